"""How far each person of the legacy registry has come: from the queue to the first sign-in."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from cagec.correio.models import Mensagem
from contas.models import NUNCA_ENTROU, Convite, Usuario
from convenentes.legado.convites import LEMBRETES, TIPO, definitivas, trazida
from convenentes.models import OndaDeConvites, Vinculo

_ONDAS = 50


class Estado(models.TextChoices):
    ATIVADO = "ativado", "Criou a senha ou entrou"
    ABERTA = "aberta", "Abriu a página do link"
    ENVIADO = "enviado", "Mensagem enviada"
    NA_FILA = "na_fila", "Na fila de envio"
    A_CONVIDAR = "a_convidar", "Ainda não convidada"
    DEVOLVIDO = "devolvido", "Mensagem devolvida"
    RECUSADO = "recusado", "Endereço recusado"
    SEM_EMAIL = "sem_email", "Sem e-mail"


# Mail does not reach them.
_FORA_DO_ALCANCE = (Estado.DEVOLVIDO, Estado.RECUSADO, Estado.SEM_EMAIL)


def pessoas(hoje: date) -> QuerySet[Any]:
    """Persons of the legacy registry, each with its ``andamento``: who was invited, who acts today and never came, and
    who came before being invited.
    """
    vigentes = Vinculo.objects.vigentes(hoje).filter(usuario=OuterRef("pk"))
    mensagens = Mensagem.objects.filter(tipo=TIPO, usuario=OuterRef("pk"))
    andamento = Case(
        When(migracao__usado_em__isnull=False, then=Value(Estado.ATIVADO)),
        When(~NUNCA_ENTROU & Q(migracao=None), then=Value(Estado.ATIVADO)),
        When(migracao__aberto_em__isnull=False, then=Value(Estado.ABERTA)),
        When(Q(migracao=None, email=""), then=Value(Estado.SEM_EMAIL)),
        When(migracao=None, then=Value(Estado.A_CONVIDAR)),
        When(Exists(definitivas().filter(mensagem__usuario=OuterRef("pk"))), then=Value(Estado.DEVOLVIDO)),
        When(Exists(mensagens.filter(estado=Mensagem.Estado.ENVIADA)), then=Value(Estado.ENVIADO)),
        When(Exists(mensagens.filter(estado=Mensagem.Estado.FALHOU)), then=Value(Estado.RECUSADO)),
        default=Value(Estado.NA_FILA),
    )
    migracao = FilteredRelation("convites", condition=Q(convites__motivo=Convite.Motivo.MIGRACAO))
    return (
        Usuario.objects.filter(is_active=True)
        .annotate(migracao=migracao)
        .filter(Q(migracao__isnull=False) | ~NUNCA_ENTROU & Q(trazida()) | NUNCA_ENTROU & Exists(vigentes))
        .annotate(andamento=andamento, convidada_em=F("migracao__criado_em"))
        .order_by("nome_busca", "pk")
    )


def contar(hoje: date) -> dict[str, int]:
    """How many persons there are in each state, in the order of the states."""
    linhas = pessoas(hoje).order_by().values_list("andamento").annotate(quantas=Count("pk"))
    contadas = dict(linhas)
    return {estado: contadas.get(estado, 0) for estado in Estado.values}


def a_telefonar(hoje: date) -> QuerySet[Any]:
    """Whom no mail reaches, or who did not come after the last reminder; each with the links of today, ``atuais``."""
    vigentes = Vinculo.objects.vigentes(hoje).select_related("convenente__municipio")
    ultimo_lembrete = Mensagem.objects.filter(
        tipo=TIPO,
        usuario=OuterRef("pk"),
        estado=Mensagem.Estado.ENVIADA,
        chave__endswith=f":lembrete:{LEMBRETES[-1]}",
    )
    nao_vieram = Q(andamento__in=(Estado.ENVIADO, Estado.ABERTA)) & Exists(ultimo_lembrete)
    chamadas = pessoas(hoje).filter(Q(andamento__in=_FORA_DO_ALCANCE) | nao_vieram)
    return chamadas.prefetch_related(
        Prefetch("vinculos", vigentes.order_by("convenente__nome_busca", "pk"), to_attr="atuais")
    )


def talvez_repetidas() -> int:
    """How many mails may have arrived twice: their sender died, or the server fell silent, as they were leaving."""
    return Mensagem.objects.filter(tipo=TIPO, repeticoes__gt=0).count()


def ondas() -> QuerySet[OndaDeConvites]:
    """The last waves, newest first."""
    return OndaDeConvites.objects.select_related("municipio", "tipo", "por")[:_ONDAS]

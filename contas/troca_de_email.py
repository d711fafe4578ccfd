"""Another address for the account: asked by its owner, confirmed at the new address, told to the old one.

Whoever reads only one of the two mailboxes, or only knows the password, does not get the account: asking needs the
password, confirming the link of the new address, and until then the old one can call it off.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from contas.convites import provar_email, resumo
from contas.models import EventoDeSeguranca, TrocaDeEmail, Usuario
from contas.seguranca import Origem, registrar

VALIDADE = timedelta(hours=48)


class JaPedida(Exception):
    """One change at a time. The text says so to the person."""

    def __init__(self) -> None:
        super().__init__(
            "Já há uma troca de e-mail à espera de confirmação. Confirme-a ou cancele-a primeiro."
        )


class LinkSemUso(Exception):
    """The change was confirmed, cancelled, or waited too long."""


def pendente(usuario: Usuario) -> TrocaDeEmail | None:
    """Return the change that waits for the click at the new address."""
    return TrocaDeEmail.objects.abertas().filter(usuario=usuario, expira_em__gt=timezone.now()).first()


@transaction.atomic
def pedir(usuario: Usuario, novo: str, chave_envio: UUID) -> TrocaDeEmail:
    """Mail the link to the new address and a warning to the old one. The same key is one. Raises JaPedida."""
    travado = Usuario.objects.select_for_update(no_key=True).get(pk=usuario.pk)
    chave = chave_do_conteudo(chave_envio, travado.pk, novo)
    feita = TrocaDeEmail.objects.filter(chave_envio=chave).first()
    if feita is not None:
        return feita
    if pendente(travado) is not None:
        raise JaPedida
    TrocaDeEmail.objects.cancelar(travado)  # what waited too long
    troca = TrocaDeEmail.objects.create(
        chave_envio=chave,
        usuario=travado,
        antigo=travado.email,
        novo=novo,
        expira_em=timezone.now() + VALIDADE,
    )
    _enfileirar(troca, "confirmar", troca.novo)
    _enfileirar(troca, "pedida", troca.antigo)
    return troca


def novo_link(troca: TrocaDeEmail) -> str:
    """Make the link that confirms. Called at delivery; only its hash is kept."""
    segredo = secrets.token_urlsafe(32)
    troca.resumo = resumo(segredo)
    troca.save(update_fields=["resumo"])
    return settings.ENDERECO + reverse("confirmar_email", args=[segredo])


def abrir_link(segredo: str) -> TrocaDeEmail | None:
    """Return the change that the link confirms, or has confirmed; None when it cannot any more. Consumes nothing."""
    a_tempo = Q(confirmada_em__isnull=False) | Q(expira_em__gt=timezone.now())
    trocas = TrocaDeEmail.objects.filter(a_tempo, resumo=resumo(segredo), cancelada_em=None)
    return trocas.select_related("usuario").first()


@transaction.atomic
def confirmar(troca: TrocaDeEmail, de: Origem) -> Usuario:
    """Give the account its new address, proved by the link. Twice is once. Raises LinkSemUso.

    The old address is told. Links that were mailed to it open nothing any more (``convites``).
    """
    usuario = Usuario.objects.select_for_update(no_key=True).get(pk=troca.usuario_id)
    troca.refresh_from_db()
    if troca.confirmada_em is not None:
        return usuario
    if pendente(usuario) != troca or not usuario.is_active:
        raise LinkSemUso
    usuario.email = troca.novo
    usuario.save(update_fields=["email"])
    provar_email(usuario)
    troca.confirmada_em = timezone.now()
    troca.save(update_fields=["confirmada_em"])
    registrar(EventoDeSeguranca.Tipo.EMAIL_ALTERADO, usuario, de)
    _enfileirar(troca, "confirmada", troca.antigo)
    return usuario


def _enfileirar(troca: TrocaDeEmail, ocasiao: str, para: str) -> None:
    enfileirar(
        f"troca-de-email:{troca.uuid}:{ocasiao}",
        f"contas.email_{ocasiao}",
        para,
        {"troca": str(troca.uuid)},
        usuario=troca.usuario,
    )

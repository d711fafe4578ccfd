"""A new representante legal, or a new mandate of the same one: asked for from the own login (docs/dominio.md, Flows).

Whoever acts for the organisation is told when the request is sent, and may contest it. Nothing changes before the team
decides (``sucessao``).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from cagec.tempo import hoje as hoje_em_minas
from contas import grupos
from contas.models import Usuario
from convenentes import eventos, itens
from convenentes.cnpj import formatar_cnpj
from convenentes.inscricao import Impedimento, incluir_autor
from convenentes.models import Convenente, EventoSolicitacao, PapelVinculo, Participante, Solicitacao, Vinculo
from convenentes.models.solicitacoes import SolicitacaoQuerySet
from convenentes.models.vinculos import VinculoQuerySet
from convenentes.participantes import nomear_representante
from convenentes.proposta import proposta_do_mandato
from documentos.models import PastaDigital

ENVIADAS = (Solicitacao.Estado.EM_ANALISE, Solicitacao.Estado.COM_PENDENCIA)
MAXIMO_DE_CNPJS = 20


class NaoContestavel(Exception):
    """The request was decided, or taken back, in the meantime."""

    def __init__(self) -> None:
        super().__init__("Este pedido não está mais em análise, e não há o que contestar.")


@transaction.atomic
def pedir(
    cnpjs: Sequence[str], usuario: Usuario, chave_envio: UUID, mandato: dict[str, Any]
) -> list[Solicitacao]:
    """Open one draft for each CNPJ, all for the same person and sharing that person's papers, and return them.

    ``mandato`` are the arguments of ``nomear_representante``. A draft of one's own that is already open is used again.
    Raises Impedimento for the first CNPJ that cannot take it, and then opens none.
    """
    convenentes = [localizar(cnpj, usuario) for cnpj in cnpjs]
    pasta = PastaDigital.objects.create()
    solicitacoes = [_abrir(convenente, usuario, chave_envio, pasta) for convenente in convenentes]
    for solicitacao in solicitacoes:
        if solicitacao.estado == Solicitacao.Estado.RASCUNHO:
            definir_mandato(solicitacao, usuario, **mandato)
    return solicitacoes


def localizar(cnpj: str, usuario: Usuario) -> Convenente:
    """Return the active record of this CNPJ. Raises Impedimento, which tells no more than the public page does."""
    convenente = Convenente.objects.publicos().filter(cnpj=cnpj).first()
    if convenente is None:
        raise Impedimento(
            f"O CNPJ {formatar_cnpj(cnpj)} não está inscrito no CAGEC.",
            "Confira o número. Se a organização ainda não tem cadastro, faça a inscrição dela.",
        )
    if convenente.estado != Convenente.Estado.ATIVO:
        raise Impedimento(
            f"O cadastro do CNPJ {formatar_cnpj(cnpj)} não está ativo.",
            "Fale com a equipe CAGEC em Ajuda e contato.",
        )
    if _enviadas(convenente).exclude(participantes__usuario=usuario).exists():
        raise _ja_pedida(convenente)
    return convenente


def _enviadas(convenente: Convenente) -> SolicitacaoQuerySet:
    return Solicitacao.objects.filter(
        convenente=convenente, tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL, estado__in=ENVIADAS
    )


def _ja_pedida(convenente: Convenente) -> Impedimento:
    """At most one is under way, and who asked is nobody else's business."""
    return Impedimento(
        f"Já há uma alteração de representante legal em andamento para o CNPJ {convenente.cnpj_formatado}.",
        "Se ela não foi pedida por você ou por sua organização, fale com a equipe CAGEC em Ajuda e contato.",
    )


def _abrir(convenente: Convenente, usuario: Usuario, chave_envio: UUID, pasta: PastaDigital) -> Solicitacao:
    tipo = Solicitacao.Tipo.REPRESENTANTE_LEGAL
    minhas = Solicitacao.objects.abertas().filter(tipo=tipo, participantes__usuario=usuario)
    aberta = minhas.filter(convenente=convenente).first()
    if aberta is not None:
        return aberta
    solicitacao, criada = Solicitacao.objects.get_or_create(
        chave_envio=chave_do_conteudo(chave_envio, tipo, convenente.pk),
        defaults={
            "tipo": tipo,
            "cnpj": convenente.cnpj,
            "convenente": convenente,
            "natureza": convenente.natureza,
            "tipo_convenente": convenente.tipo,
            "pasta": pasta,
            "criada_por": usuario,
        },
    )
    if criada:
        incluir_autor(solicitacao, usuario, PapelVinculo.RESPONSAVEL)
        itens.preparar(solicitacao)
        eventos.registrar(solicitacao, "criada", usuario)
    return solicitacao


@transaction.atomic
def definir_mandato(solicitacao: Solicitacao, por: Usuario, **mandato: Any) -> Participante:
    """Say who asks to represent the organisation, when and why. Raises NaoEditavel."""
    nomeado = nomear_representante(solicitacao, por, **mandato)
    itens.acompanhar_catalogo(solicitacao)
    return nomeado


def conferir_unica(solicitacao: Solicitacao) -> None:
    """Let one request be sent for each record: the first. Raises Impedimento."""
    assert solicitacao.convenente_id is not None
    convenente = Convenente.objects.select_for_update(of=("self",)).get(pk=solicitacao.convenente_id)
    if _enviadas(convenente).exclude(pk=solicitacao.pk).exists():
        raise _ja_pedida(convenente)


def ultimos_mandatos(hoje: date) -> VinculoQuerySet:
    """Links of who represents each organisation on ``hoje``, or was the last to do it."""
    comecados = Vinculo.objects.filter(papel=PapelVinculo.REPRESENTANTE, periodo__startswith__lte=hoje)
    depois = comecados.filter(
        convenente=OuterRef("convenente"), periodo__startswith__gt=OuterRef("periodo__startswith")
    )
    return comecados.filter(~Exists(depois))


def partes(convenente: Convenente, hoje: date) -> QuerySet[Usuario]:
    """Persons who act for the organisation on ``hoje``, and who last represented it."""
    vinculos = Vinculo.objects.filter(convenente=convenente)
    ligados = vinculos.vigentes(hoje) | ultimos_mandatos(hoje).filter(convenente=convenente)
    return Usuario.objects.filter(vinculos__in=ligados, is_active=True).distinct()


def avisar_partes(solicitacao: Solicitacao, tipo: str, ocasiao: str) -> None:
    """Tell who has a say, but for those who take part in the request: they know. ``ocasiao`` names the occasion."""
    assert solicitacao.convenente is not None
    outras = partes(solicitacao.convenente, hoje_em_minas()).exclude(participacoes__solicitacao=solicitacao)
    for pessoa in outras:
        enfileirar(
            f"{ocasiao}:{pessoa.uuid}", tipo, pessoa.email, {"solicitacao": str(solicitacao.uuid)}, pessoa
        )


def avisar_do_fim(solicitacao: Solicitacao) -> None:
    """Tell those who were told of a request that it came to nothing. Another kind of request, or a draft: nobody."""
    if solicitacao.altera_representante and solicitacao.protocolo:
        avisar_partes(
            solicitacao, "convenentes.alteracao_sem_efeito", f"alteracao_sem_efeito:{solicitacao.uuid}"
        )


def contestaveis_por(usuario: Usuario, hoje: date) -> SolicitacaoQuerySet:
    """Requests under way for the organisations in which the person has a say, not taking part in them."""
    vinculos = Vinculo.objects.filter(usuario=usuario)
    meus = Q(convenente__in=vinculos.vigentes(hoje).values("convenente")) | Q(
        convenente__in=ultimos_mandatos(hoje).filter(usuario=usuario).values("convenente")
    )
    enviadas = Solicitacao.objects.filter(
        meus, tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL, estado__in=ENVIADAS
    )
    minhas = Participante.objects.filter(usuario=usuario).values("solicitacao")
    return enviadas.exclude(pk__in=minhas).select_related("convenente").order_by("enviada_em")


def mandatos_encerrados(usuario: Usuario, hoje: date) -> VinculoQuerySet:
    """Mandates of the person that are over, where nobody has come since: there is a new one to ask for."""
    meus = ultimos_mandatos(hoje).filter(usuario=usuario, periodo__endswith__lte=hoje)
    ativos = meus.filter(convenente__estado=Convenente.Estado.ATIVO)
    return ativos.select_related("convenente").order_by("convenente__nome_busca", "id")


@transaction.atomic
def contestar(solicitacao: Solicitacao, usuario: Usuario, texto: str, chave_envio: UUID) -> EventoSolicitacao:
    """Say why it should not be approved. The team reads it beside the decision; it stops nothing.

    The same ``chave_envio`` returns the first. Raises NaoContestavel.
    """
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    anterior = travada.eventos.filter(tipo="contestada", dados__chave=str(chave_envio)).first()
    if anterior is not None:
        return anterior
    if travada.estado not in ENVIADAS:
        raise NaoContestavel
    evento = eventos.registrar(travada, "contestada", usuario, texto=texto, chave=str(chave_envio))
    for membro in [travada.analista] if travada.analista else grupos.membros():
        enfileirar(
            f"contestacao:{evento.pk}:{membro.uuid}",
            "convenentes.contestacao",
            membro.email,
            {"evento": evento.pk},
            usuario=membro,
        )
    return evento


def contestacoes(solicitacao: Solicitacao) -> QuerySet[EventoSolicitacao]:
    """What was said against it, oldest first."""
    return solicitacao.eventos.filter(tipo="contestada").select_related("por")


def no_cadastro(convenente: Convenente, hoje: date) -> dict[str, str]:
    """Who represents the organisation on ``hoje``, as the section of a proposal; empty without anybody."""
    atual = Vinculo.objects.vigentes(hoje).filter(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)
    vinculo = atual.select_related("usuario").first()
    return proposta_do_mandato(vinculo) if vinculo else {}

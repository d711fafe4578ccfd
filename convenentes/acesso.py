"""The only door to a request or a convenente on behalf of a person.

An outsider gets a 404: he never learns that it exists. A member without the needed role gets a 403.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from contas.models import Usuario
from convenentes.cnpj import limpar_cnpj
from convenentes.models import (
    Certificado,
    Convenente,
    ConviteDeVinculo,
    ItemSolicitacao,
    PapelVinculo,
    Participante,
    Solicitacao,
    Vinculo,
)
from convenentes.models.convenente import ConvenenteQuerySet
from convenentes.models.solicitacoes import SolicitacaoQuerySet
from documentos.models import Documento

GERENTES = frozenset({PapelVinculo.REPRESENTANTE, PapelVinculo.RESPONSAVEL})
ASSINAM = frozenset({PapelVinculo.REPRESENTANTE})


def solicitacoes_de(usuario: Usuario, hoje: date) -> SolicitacaoQuerySet:
    """Requests in which the person takes part, or of convenentes that the person acts for on ``hoje``.

    The request of a new representante legal carries papers of a person: only who takes part in it opens it.
    """
    vigentes = Vinculo.objects.vigentes(hoje).filter(usuario=usuario).values("convenente")
    participa = Participante.objects.atuantes(hoje).filter(usuario=usuario).values("solicitacao")
    do_convenente = Q(convenente__in=vigentes) & ~Q(tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL)
    return Solicitacao.objects.filter(Q(pk__in=participa) | do_convenente).select_related(
        "convenente", "tipo_convenente"
    )


def a_assinar_por(usuario: Usuario, hoje: date) -> SolicitacaoQuerySet:
    """Requests that wait for the signature of the person, who represents the convenente in them or on ``hoje``."""
    representa = Vinculo.objects.vigentes(hoje).filter(usuario=usuario, papel__in=ASSINAM)
    assina = Participante.objects.atuantes(hoje).filter(usuario=usuario, papel__in=ASSINAM)
    do_convenente = Q(convenente__in=representa.values("convenente")) & ~Q(
        tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL
    )
    return solicitacoes_de(usuario, hoje).filter(
        do_convenente | Q(pk__in=assina.values("solicitacao")),
        estado__in=Solicitacao.Estado.editaveis(),
        encaminhada_em__isnull=False,
    )


def convenentes_de(usuario: Usuario, hoje: date) -> ConvenenteQuerySet:
    """Convenentes that the person acts for on ``hoje``, in any role."""
    vigentes = Vinculo.objects.vigentes(hoje).filter(usuario=usuario)
    return Convenente.objects.filter(vinculos__in=vigentes).distinct()


def papeis_na_solicitacao(usuario: Usuario, solicitacao: Solicitacao, hoje: date) -> set[str]:
    """Roles of the person in the request: those of the request itself, and of its convenente on ``hoje``."""
    participacoes = solicitacao.participantes.atuantes(hoje).filter(usuario=usuario)
    papeis = set(participacoes.values_list("papel", flat=True))
    if solicitacao.convenente_id and not solicitacao.altera_representante:
        papeis |= papeis_no_convenente(usuario, solicitacao.convenente_id, hoje)
    return papeis


def papeis_no_convenente(usuario: Usuario, convenente: int, hoje: date) -> set[str]:
    """Roles in which the person acts for the convenente (its key) on ``hoje``."""
    vigentes = Vinculo.objects.vigentes(hoje).filter(usuario=usuario, convenente=convenente)
    return set(vigentes.values_list("papel", flat=True))


def solicitacao_para(
    usuario: Usuario, uuid: UUID, hoje: date, papeis: Collection[str] | None = None
) -> Solicitacao:
    """Return the request if the person takes part in it.

    Raises Http404 for an outsider and PermissionDenied when ``papeis`` is given and the person has none of them.
    """
    solicitacao = (
        Solicitacao.objects.filter(uuid=uuid).select_related("convenente", "tipo_convenente").first()
    )
    meus = papeis_na_solicitacao(usuario, solicitacao, hoje) if solicitacao else set()
    if solicitacao is None or not meus:
        raise Http404
    if papeis is not None and not meus & set(papeis):
        raise PermissionDenied("Seu papel nesta solicitação não permite esta ação.")
    return solicitacao


def item_para(usuario: Usuario, solicitacao: Solicitacao, uuid: UUID) -> ItemSolicitacao:
    """Return an item of a request that was itself obtained by ``solicitacao_para``. Raises Http404."""
    item = (
        solicitacao.itens.filter(uuid=uuid)
        .select_related(
            "exigencia", "tipo_documento", "documento__tipo", "documento__pasta__pessoal", "motivo"
        )
        .first()
    )
    if item is None:
        raise Http404
    return item


def oferece_arquivos(documento: Documento, usuario: Usuario, papeis: Collection[str]) -> bool:
    """Tell whether a page of the request offers the files of the document to the person, who has ``papeis`` in it.

    The papers about the representante legal are for that person alone, and for who is still preparing them.
    """
    pessoal = getattr(documento.pasta, "pessoal", None)
    if pessoal is not None:
        return bool(pessoal.usuario_id == usuario.pk)
    if documento.tipo.pessoal:
        return PapelVinculo.REPRESENTANTE in papeis or documento.criado_por_id == usuario.pk
    return not documento.tipo.sigiloso or bool(set(papeis) & GERENTES)


def convenente_para(
    usuario: Usuario, uuid: UUID, hoje: date, papeis: Collection[str] | None = None
) -> Convenente:
    """Return the convenente if the person acts for it on ``hoje``. Raises Http404 or PermissionDenied."""
    meus = convenentes_de(usuario, hoje).select_related("municipio", "tipo", "ente_controlador")
    convenente = meus.filter(uuid=uuid).first()
    if convenente is None:
        raise Http404
    if papeis is not None and not papeis_no_convenente(usuario, convenente.pk, hoje) & set(papeis):
        raise PermissionDenied("Seu papel neste convenente não permite esta ação.")
    return convenente


def mandato_para(usuario: Usuario, convenente: Convenente, hoje: date) -> Vinculo:
    """Return the link by which the person represents the convenente on ``hoje``. Raises Http404."""
    representa = Vinculo.objects.vigentes(hoje).filter(
        papel=PapelVinculo.REPRESENTANTE, convenente=convenente
    )
    vinculo = representa.filter(usuario=usuario).first()
    if vinculo is None:
        raise Http404
    return vinculo


def vinculo_para(usuario: Usuario, convenente: UUID, uuid: UUID, hoje: date) -> Vinculo:
    """Return a link that the person may end or make again: the representante legal any, others their own.

    That of the representante legal is in no hands of theirs. Raises Http404 or PermissionDenied.
    """
    organizacao = convenente_para(usuario, convenente, hoje)
    vinculos = organizacao.vinculos.exclude(papel=PapelVinculo.REPRESENTANTE).select_related(
        "usuario", "convenente"
    )
    vinculo = vinculos.filter(uuid=uuid).first()
    if vinculo is None:
        raise Http404
    if vinculo.usuario_id != usuario.pk:
        convenente_para(usuario, convenente, hoje, ASSINAM)
    return vinculo


def convite_para(usuario: Usuario, uuid: UUID) -> ConviteDeVinculo:
    """Return an invitation that was made to the person, answered or not. Raises Http404."""
    meus = ConviteDeVinculo.objects.para(usuario).select_related("convenente", "criado_por", "vinculo")
    convite = meus.filter(uuid=uuid).first()
    if convite is None:
        raise Http404
    return convite


def convenente_publico(cnpj: str) -> Convenente:
    """Return a record that anyone may see, by its CNPJ typed in any way. Raises Http404."""
    publicos = Convenente.objects.publicos().select_related(
        "municipio", "tipo", "natureza", "ente_controlador"
    )
    convenente = publicos.filter(cnpj=limpar_cnpj(cnpj)).first()
    if convenente is None:
        raise Http404
    return convenente


def certificado_publico(codigo: str) -> Certificado | None:
    """Return the certificate with this code, if there is one. Whoever has the code may see it."""
    certificados = Certificado.objects.select_related("convenente__municipio", "convenente__tipo", "pdf")
    return certificados.filter(codigo=codigo.upper()).first()

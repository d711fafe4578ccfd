"""Inscription of a CNPJ: from the first step to a draft of the right type (docs/dominio.md, Flows)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from contas.models import Usuario
from convenentes import eventos, itens
from convenentes.models import Convenente, PapelVinculo, Participante, Solicitacao
from convenentes.proposta import RECEITA, receber_da_receita
from convenentes.rascunho import NaoEditavel
from documentos.models import NaturezaJuridica, PastaDigital, TipoConvenente


class Impedimento(Exception):
    """Why this CNPJ cannot be inscribed, and what the person can do instead."""

    def __init__(self, motivo: str, saida: str) -> None:
        super().__init__(f"{motivo} {saida}")
        self.motivo = motivo
        self.saida = saida


def conferir_cnpj(cnpj: str, natureza: NaturezaJuridica) -> None:
    """Raise Impedimento for a registered CNPJ or a nature that cannot sign (Decreto 48.745/2023, art. 3)."""
    if not natureza.pode_inscrever:
        raise Impedimento(natureza.motivo, natureza.saida)
    registrado = (
        Convenente.objects.filter(cnpj=cnpj).exclude(estado=Convenente.Estado.CANCELADO, numero=None).first()
    )
    if registrado is None:
        return
    if registrado.estado == Convenente.Estado.EM_INSCRICAO:
        raise Impedimento(
            "Já há uma inscrição deste CNPJ em análise.",
            "Se você trabalha nessa organização, peça a quem enviou a inscrição que convide você.",
        )
    raise Impedimento(
        "Este CNPJ já está inscrito no CAGEC.",
        "Para atualizar dados ou documentos, entre com o CPF de quem tem vínculo com a organização. "
        "Se o representante legal mudou, peça a alteração de representante legal no seu painel.",
    )


@transaction.atomic
def iniciar(
    cnpj: str,
    natureza: NaturezaJuridica,
    usuario: Usuario,
    chave_envio: UUID,
    receita: dict[str, Any] | None = None,
) -> Solicitacao:
    """Open a draft in the name of ``usuario``, as responsável.

    The same ``chave_envio`` returns the first, corrected if the person went back and changed the form. Several
    people may draft the same CNPJ. ``receita`` is what ``convenentes.receita`` found. Raises Impedimento.
    """
    conferir_cnpj(cnpj, natureza)
    solicitacao, criada = Solicitacao.objects.get_or_create(
        chave_envio=chave_envio,
        defaults={
            "tipo": Solicitacao.Tipo.INSCRICAO,
            "cnpj": cnpj,
            "natureza": natureza,
            "proposta": {RECEITA: receita} if receita else {},
            "pasta": PastaDigital.objects.create,
            "criada_por": usuario,
        },
    )
    if criada:
        incluir_autor(solicitacao, usuario, PapelVinculo.RESPONSAVEL)
        eventos.registrar(solicitacao, "criada", usuario, para=solicitacao.estado)
    elif solicitacao.criada_por_id == usuario.pk and identificacao_aberta(solicitacao):
        corrigir_cnpj(solicitacao, usuario, cnpj, natureza, receita)
    return solicitacao


def incluir_autor(solicitacao: Solicitacao, usuario: Usuario, papel: str) -> Participante:
    """Make the person who opens a request take part in it."""
    return Participante.objects.create(
        solicitacao=solicitacao,
        papel=papel,
        cpf=usuario.cpf,
        nome=usuario.nome,
        email=usuario.email,
        usuario=usuario,
        criado_por=usuario,
    )


def identificacao_aberta(solicitacao: Solicitacao) -> bool:
    """Tell whether CNPJ, natureza and type may still change: until the inscription is first sent."""
    inscricao = solicitacao.tipo == Solicitacao.Tipo.INSCRICAO
    return inscricao and solicitacao.editavel and solicitacao.protocolo is None


def _travar_identificacao(solicitacao: Solicitacao) -> Solicitacao:
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if not identificacao_aberta(travada):
        raise NaoEditavel
    return travada


@transaction.atomic
def corrigir_cnpj(
    solicitacao: Solicitacao,
    por: Usuario,
    cnpj: str,
    natureza: NaturezaJuridica,
    receita: dict[str, Any] | None = None,
) -> None:
    """Correct the CNPJ or the natureza of a draft. A type that no longer fits must be chosen again.

    ``receita`` is as in ``iniciar``. Raises Impedimento and NaoEditavel.
    """
    conferir_cnpj(cnpj, natureza)
    travada = _travar_identificacao(solicitacao)
    receber_da_receita(travada.proposta, receita)
    travada.save(update_fields=["proposta"])
    if (travada.cnpj, travada.natureza_id) == (cnpj, natureza.pk):
        return
    travada.cnpj, travada.natureza = cnpj, natureza
    if travada.tipo_convenente_id and not natureza.tipos.filter(pk=travada.tipo_convenente_id).exists():
        travada.tipo_convenente = None
    travada.save(update_fields=["cnpj", "natureza", "tipo_convenente"])
    eventos.registrar(travada, "cnpj_corrigido", por)


@transaction.atomic
def definir_tipo(solicitacao: Solicitacao, tipo: TipoConvenente) -> None:
    """Choose the type among those of the natureza jurídica and lay out its items. Raises NaoEditavel.

    A change of type keeps the documents that the new type asks for too.
    """
    solicitacao = _travar_identificacao(solicitacao)
    if solicitacao.tipo_convenente_id != tipo.pk:
        solicitacao.tipo_convenente = tipo
        solicitacao.save(update_fields=["tipo_convenente"])
        itens.preparar(solicitacao)


def dados_do_convenente(solicitacao: Solicitacao) -> dict[str, Any]:
    """Return the identification that declarations and receipts print."""
    return {"razao_social": solicitacao.nome_do_convenente, "cnpj": solicitacao.cnpj_formatado}

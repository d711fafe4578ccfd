"""Requests after approval: new documents, new data. The accepted version holds until the new one is accepted."""

from uuid import UUID

from django.db import transaction

from cagec.campos import chave_do_conteudo
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import eventos, itens
from convenentes.models import Convenente, ItemSolicitacao, Solicitacao
from convenentes.proposta import proposta_atual
from documentos.models import Escopo, Exigencia, Obtencao, Pedido

_PEDIDO_DO_TIPO = {
    Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS: Pedido.DOCUMENTOS,
    Solicitacao.Tipo.ATUALIZACAO_DADOS: Pedido.DADOS,
}


class NaoAtualizavel(Exception):
    """Only an active record takes updates. The text says so to the person."""

    def __init__(self) -> None:
        super().__init__(
            "Este cadastro não está ativo e não recebe atualizações. Fale com a equipe CAGEC em Ajuda e contato."
        )


def iniciar_documentos(convenente: Convenente, usuario: Usuario, chave_envio: UUID) -> Solicitacao:
    """Open an atualização de documentos, or return the one that is open. Raises NaoAtualizavel."""
    return _iniciar(Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS, convenente, usuario, chave_envio)


def iniciar_dados(convenente: Convenente, usuario: Usuario, chave_envio: UUID) -> Solicitacao:
    """Open an atualização de dados, or return the one that is open. Raises NaoAtualizavel."""
    return _iniciar(Solicitacao.Tipo.ATUALIZACAO_DADOS, convenente, usuario, chave_envio)


@transaction.atomic
def _iniciar(tipo: str, convenente: Convenente, usuario: Usuario, chave_envio: UUID) -> Solicitacao:
    travado = Convenente.objects.select_for_update(of=("self",)).get(pk=convenente.pk)
    if travado.estado != Convenente.Estado.ATIVO:
        raise NaoAtualizavel
    aberta = Solicitacao.objects.abertas().filter(convenente=travado, tipo=tipo).first()
    if aberta is not None:
        return aberta
    solicitacao, criada = Solicitacao.objects.get_or_create(
        chave_envio=chave_do_conteudo(chave_envio, tipo, travado.pk),
        defaults={
            "tipo": tipo,
            "cnpj": travado.cnpj,
            "convenente": travado,
            "natureza": travado.natureza,
            "tipo_convenente": travado.tipo,
            "proposta": proposta_atual(travado),
            "pasta": travado.pasta,
            "criada_por": usuario,
        },
    )
    if criada:
        itens.preparar_secoes(solicitacao)
        itens.incluir_declaracao_do_pedido(solicitacao)
        eventos.registrar(solicitacao, "criada", usuario, para=solicitacao.estado)
    return solicitacao


def exigencias_disponiveis(solicitacao: Solicitacao) -> list[Exigencia]:
    """Obligations of the type that people can prove through this kind of request, in the order of the annex."""
    assert solicitacao.tipo_convenente is not None
    pedido = _PEDIDO_DO_TIPO[Solicitacao.Tipo(solicitacao.tipo)]
    do_tipo = Exigencia.objects.do_tipo(solicitacao.tipo_convenente, hoje()).filter(pedido=pedido)
    da_entidade = do_tipo.exclude(escopo=Escopo.ENTE_CONTROLADOR)
    comprovaveis = Obtencao.anexadas() | Obtencao.assinadas()
    return list(da_entidade.filter(alternativas__tipo_documento__obtencao__in=comprovaveis).distinct())


@transaction.atomic
def incluir_exigencia_no_pedido(solicitacao: Solicitacao, exigencia: Exigencia) -> ItemSolicitacao | None:
    """Add an obligation to an open update. One that this kind of request does not take changes nothing."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if not travada.editavel or exigencia not in exigencias_disponiveis(travada):
        return None
    return itens.incluir_exigencia(travada, exigencia, 100 + exigencia.grupo * 100 + exigencia.ordem)


@transaction.atomic
def retirar_item(item: ItemSolicitacao) -> None:
    """Take an obligation out of an open update again, unless the team already spoke about it."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=item.solicitacao_id)
    if travada.editavel and travada.protocolo is None and item.exigencia_id is not None:
        travada.itens.filter(pk=item.pk).delete()

"""Requests after approval: new documents, new data. The accepted version holds until the new one is accepted."""

from uuid import UUID

from django.db import transaction

from cagec.campos import chave_do_conteudo
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import eventos, identidade, itens
from convenentes.models import Convenente, ItemSolicitacao, Solicitacao
from convenentes.proposta import proposta_atual
from documentos.models import Exigencia, Pedido

TIPO_DO_PEDIDO = {
    Pedido.DOCUMENTOS: Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS,
    Pedido.DADOS: Solicitacao.Tipo.ATUALIZACAO_DADOS,
}


class NaoAtualizavel(Exception):
    """Only an active record takes updates. The text says so to the person."""

    def __init__(self) -> None:
        super().__init__(
            "Este cadastro não está ativo e não recebe atualizações. Fale com a equipe CAGEC em Ajuda e contato."
        )


class NaoResolvivel(Exception):
    """No request of people renews this line now. The text says why."""


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
    """Obligations that this kind of request takes, in the order of the annex; what only the team checks too."""
    tratadas = itens.exigencias_tratadas(solicitacao)
    return [e for e in tratadas if TIPO_DO_PEDIDO[Pedido(e.pedido)] == solicitacao.tipo]


@transaction.atomic
def resolver(convenente: Convenente, codigo: str, usuario: Usuario, chave_envio: UUID) -> ItemSolicitacao:
    """Open or go on with the update that renews a line, and return the line's item in it. Twice is once.

    Raises NaoAtualizavel, and NaoResolvivel for a line that no request of people renews now.
    """
    exigencia = Exigencia.objects.do_tipo(convenente.tipo, hoje()).filter(codigo=codigo).first()
    if exigencia is None:
        raise NaoResolvivel("Esta exigência não vale mais para a sua organização. Veja a lista de hoje.")
    tipo, chave = TIPO_DO_PEDIDO[Pedido(exigencia.pedido)], chave_do_conteudo(chave_envio, codigo)
    solicitacao = _iniciar(tipo, convenente, usuario, chave)
    item = incluir_exigencia_no_pedido(solicitacao, exigencia)
    item = item or solicitacao.itens.filter(exigencia__codigo=codigo).first()
    if item is None and solicitacao.estado == Solicitacao.Estado.EM_ANALISE:
        raise NaoResolvivel(
            f"A equipe CAGEC está analisando a solicitação {solicitacao.protocolo}. Depois da decisão, envie este item."
        )
    if item is None:
        raise NaoResolvivel(
            f"“{exigencia.nome}” não se resolve por uma solicitação. Veja na lista quem pode."
        )
    return item


@transaction.atomic
def incluir_exigencia_no_pedido(solicitacao: Solicitacao, exigencia: Exigencia) -> ItemSolicitacao | None:
    """Add an obligation to an open update. One that this kind of request does not take changes nothing."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if not travada.editavel or exigencia not in exigencias_disponiveis(travada):
        return None
    itens.acompanhar_catalogo(travada)
    item = itens.incluir_exigencia(travada, exigencia, 100 + exigencia.grupo * 100 + exigencia.ordem)
    identidade.oferecer(travada)
    return item


@transaction.atomic
def retirar_item(item: ItemSolicitacao) -> None:
    """Take an obligation out of an open update again, unless the team already spoke about it."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=item.solicitacao_id)
    if travada.editavel and travada.protocolo is None and item.exigencia_id is not None:
        travada.itens.filter(pk=item.pk).delete()

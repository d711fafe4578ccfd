"""Filling in a request: sections of data, answers and documents. Anybody who takes part in it may."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cagec.campos import chave_do_conteudo
from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from convenentes import eventos, itens
from convenentes.models import EventoSolicitacao, ItemSolicitacao, Secao, Solicitacao
from convenentes.proposta import travados
from documentos import datas, envio, guarda, juntar, transferencia
from documentos.models import Documento, TipoDocumento


class NaoEditavel(Exception):
    """The request, or this part of it, cannot be changed any more."""

    def __init__(self) -> None:
        super().__init__("Esta parte não pode mais ser alterada, porque a solicitação mudou de situação.")


def _travar(solicitacao: Solicitacao) -> Solicitacao:
    """Lock the request and check that it can still change. A change calls for a new look before signing."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if not travada.editavel:
        raise NaoEditavel
    return travada


def _travar_item(item: ItemSolicitacao) -> ItemSolicitacao:
    solicitacao = _travar(item.solicitacao)
    travado = solicitacao.itens.select_related("exigencia", "tipo_documento").filter(pk=item.pk).first()
    if travado is None:
        raise NaoEditavel
    travado.solicitacao = solicitacao
    if not itens.aberto_a_mudanca(travado):
        raise NaoEditavel
    return travado


@transaction.atomic
def salvar_secao(
    solicitacao: Solicitacao, secao: Secao, dados: dict[str, Any] | list[dict[str, Any]]
) -> Solicitacao:
    """Keep a section of the proposal and return the locked request. Raises NaoEditavel.

    What the Receita Federal says stays as it is.
    """
    item = _travar_item(solicitacao.itens.get(secao=secao))
    if isinstance(dados, dict):
        dados = {**dados, **travados(item.solicitacao.proposta, secao)}
    item.solicitacao.proposta[secao] = dados
    item.solicitacao.save(update_fields=["proposta"])
    _preencher(item)
    return item.solicitacao


@transaction.atomic
def salvar_dados(solicitacao: Solicitacao, dados: dict[str, Any], respostas: dict[str, bool]) -> None:
    """Keep the section of data and the answers that go with it. Raises NaoEditavel."""
    travada = salvar_secao(solicitacao, Secao.DADOS, dados)
    travada.proposta["respostas"] = {**travada.proposta.get("respostas", {}), **respostas}
    travada.save(update_fields=["proposta"])


@transaction.atomic
def incluir_dirigente(solicitacao: Solicitacao, dirigente: dict[str, str]) -> None:
    """Add a director; a CPF enters the list once. Raises NaoEditavel."""
    lista = _travar(solicitacao).proposta.get(Secao.DIRIGENTES, [])
    if all(d["cpf"] != dirigente["cpf"] for d in lista):
        salvar_secao(solicitacao, Secao.DIRIGENTES, [*lista, dirigente])


@transaction.atomic
def retirar_dirigente(solicitacao: Solicitacao, cpf: str) -> None:
    """Take a director out. An empty list is a section still to fill in. Raises NaoEditavel."""
    lista = _travar(solicitacao).proposta.get(Secao.DIRIGENTES, [])
    ficam = [d for d in lista if d["cpf"] != cpf]
    if len(ficam) == len(lista):
        return
    salvar_secao(solicitacao, Secao.DIRIGENTES, ficam)
    if not ficam:
        solicitacao.itens.filter(secao=Secao.DIRIGENTES).update(estado=ItemSolicitacao.Estado.A_PREENCHER)


@transaction.atomic
def responder(item: ItemSolicitacao, resposta: bool) -> None:
    """Answer the yes/no of an obligation that holds only "se houver". Raises NaoEditavel."""
    item = _travar_item(item)
    assert item.exigencia is not None
    proposta = item.solicitacao.proposta
    proposta.setdefault("respostas", {})[item.exigencia.codigo] = resposta
    item.solicitacao.save(update_fields=["proposta"])
    if not resposta:
        item.estado = ItemSolicitacao.Estado.NAO_SE_APLICA
    elif item.documento_id is None:
        item.estado = ItemSolicitacao.Estado.A_PREENCHER
    else:
        item.estado = ItemSolicitacao.Estado.PREENCHIDO
    item.save(update_fields=["estado"])


@transaction.atomic
def escolher_alternativa(item: ItemSolicitacao, tipo: TipoDocumento) -> None:
    """Prove the obligation with another of its alternatives. Raises NaoEditavel."""
    item = _travar_item(item)
    assert item.exigencia is not None
    if item.tipo_documento_id == tipo.pk or not itens.alternativas(item).filter(pk=tipo.pk).exists():
        return
    item.tipo_documento = tipo
    item.documento = None
    item.estado = ItemSolicitacao.Estado.A_PREENCHER
    item.save(update_fields=["tipo_documento", "documento", "estado"])


def anexar_documento(
    item: ItemSolicitacao,
    arquivos: Sequence[UploadedFile],
    usuario: Usuario,
    *,
    chave_envio: UUID,
    emitido_em: date | None = None,
    valido_ate: date | None = None,
    ano_referencia: int | None = None,
) -> Documento:
    """Attach files to an item; what was attached before stays in the folder as an earlier version.

    The papers of a new representante legal serve the requests that were opened together with this one too.
    Raises NaoEditavel, and ``documentos.envio.ArquivoRecusado`` when a file does not pass the checks.
    """
    assert item.tipo_documento is not None
    itens.acompanhar_catalogo(item.solicitacao)
    with transaction.atomic():
        _travar_item(item)
    # The checks take their time: they run without holding the row.
    conteudo = [guarda.resumo(arquivo) for arquivo in arquivos]
    uniao = len(arquivos) > 1 and not item.tipo_documento.varios_arquivos
    documento = envio.anexar(
        item.solicitacao.pasta,
        item.tipo_documento,
        [juntar.em_um(arquivos)] if uniao else arquivos,
        usuario,
        chave_envio=chave_do_conteudo(
            chave_envio, item.pk, item.tipo_documento_id, *conteudo, emitido_em, valido_ate, ano_referencia
        ),
        emitido_em=emitido_em,
        valido_ate=valido_ate,
        ano_referencia=ano_referencia,
    )
    with transaction.atomic():
        # All at once and in order, so that two papers at a time never wait for each other.
        juntas = list(itens.irmas(item.solicitacao).select_for_update(of=("self",)).order_by("pk"))
        travado = _travar_item(item)
        if (documento.pasta_id, documento.tipo_id) != (
            travado.solicitacao.pasta_id,
            travado.tipo_documento_id,
        ):
            raise envio.ArquivoRecusado(
                ["O documento pedido mudou enquanto este era enviado. Abra a página e envie de novo."]
            )
        for do_documento in [travado, *itens.iguais(travado, juntas)]:
            do_documento.documento = documento
            do_documento.save(update_fields=["documento"])
            _preencher(do_documento)
        transferencia.marcar_usados(arquivos)
    return documento


@transaction.atomic
def usar_datas_lidas(item: ItemSolicitacao) -> bool:
    """Give the document the dates that its certificate prints; tell whether any changed. Raises NaoEditavel."""
    documento = _travar_item(item).documento
    if documento is None:
        return False
    impressas = datas.lidas(documento, hoje_em_minas())
    Documento.objects.filter(pk=documento.pk).update(**impressas)
    return bool(impressas)


@transaction.atomic
def explicar(item: ItemSolicitacao, usuario: Usuario, texto: str) -> None:
    """Say why the document in the item is the right one, whatever a check says. The analyst reads it.

    It is about the files attached now: with others it has to be said again. Raises NaoEditavel.
    """
    travado = _travar_item(item)
    dita = explicacao(travado)
    if travado.documento is None or (dita and dita.dados["texto"] == texto):
        return
    eventos.registrar(
        travado.solicitacao,
        "explicada",
        usuario,
        nome=travado.nome,
        documento=str(travado.documento.uuid),
        texto=texto,
    )


def explicacao(item: ItemSolicitacao) -> EventoSolicitacao | None:
    """Return what was last said for the document in the item."""
    if item.documento is None:
        return None
    ditas = item.solicitacao.eventos.filter(tipo="explicada", dados__documento=str(item.documento.uuid))
    return ditas.select_related("por").last()


def _preencher(item: ItemSolicitacao) -> None:
    item.estado = ItemSolicitacao.Estado.PREENCHIDO
    item.save(update_fields=["estado"])

"""Who takes part in a request sees it and its files, and nothing more; after the approval, only links count."""

from uuid import uuid4

import pytest
from django.http import Http404

from cagec.tempo import hoje
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import alteracao, atualizacao
from convenentes.acesso import solicitacao_para, solicitacoes_de
from convenentes.ganchos import pode_ver_arquivo
from convenentes.models import PapelVinculo, Solicitacao
from documentos.models import Arquivo, Documento, TipoDocumento
from tests.convenentes import mandatos, pedidos
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _arquivo(solicitacao: Solicitacao) -> Arquivo:
    """A row without bytes in the folder of the request, of no item yet."""
    arquivo = Arquivo.objects.create(
        nome="x.pdf",
        chave=uuid4().hex,
        tipo_midia="application/pdf",
        tamanho=1,
        sha256="0" * 64,
        estado=Arquivo.Estado.PRONTO,
    )
    tipo = TipoDocumento.objects.filter(sigiloso=False).first()
    assert tipo is not None
    Documento.objects.create(tipo=tipo, pasta=solicitacao.pasta).arquivos.add(arquivo)
    return arquivo


def _aprovada(elenco: apoio.Elenco, estado: str) -> Solicitacao:
    """The request as an approval leaves it, with the link of the representante only."""
    Solicitacao.objects.filter(pk=elenco.solicitacao.pk).update(
        estado=estado,
        protocolo="2026.999999",
        enviada_em=elenco.solicitacao.criada_em,
        convenente=apoio.organizacao(elenco.representante),
    )
    return Solicitacao.objects.get(pk=elenco.solicitacao.pk)


def _ve(pessoa: Usuario, solicitacao: Solicitacao) -> bool:
    na_lista = solicitacoes_de(pessoa, hoje()).filter(pk=solicitacao.pk).exists()
    try:
        solicitacao_para(pessoa, solicitacao.uuid, hoje())
    except Http404:
        assert not na_lista
        return False
    assert na_lista
    return True


@pytest.mark.parametrize("estado", Solicitacao.Estado.aprovadas())
def test_who_filled_in_an_approved_inscription_and_has_no_link_today_is_an_outsider(estado: str) -> None:
    elenco = apoio.elenco()
    arquivo = _arquivo(elenco.solicitacao)
    assert _ve(elenco.responsavel, elenco.solicitacao)
    assert pode_ver_arquivo(elenco.responsavel, arquivo, hoje())
    solicitacao = _aprovada(elenco, estado)
    assert not _ve(elenco.responsavel, solicitacao)
    assert not pode_ver_arquivo(elenco.responsavel, arquivo, hoje())
    assert _ve(elenco.representante, solicitacao)


@pytest.mark.parametrize("estado", ["aprovada", "indeferida", "expirada"])
def test_who_prepared_a_decided_alteracao_needs_a_link_and_the_named_person_none(estado: str) -> None:
    preparou, nomeada = usuario(), usuario()
    convenente = apoio.organizacao(usuario())
    (pedido,) = alteracao.pedir([convenente.cnpj], preparou, uuid4(), mandatos.mandato(nomeada))
    pedidos.enviar(pedido)
    assert _ve(preparou, pedido)
    Solicitacao.objects.filter(pk=pedido.pk).update(estado=estado)
    assert not _ve(preparou, pedido)
    assert _ve(nomeada, pedido)
    apoio.vincular(convenente, preparou, PapelVinculo.RESPONSAVEL)
    assert _ve(preparou, pedido)


def test_a_cancelled_draft_stays_with_who_took_part_in_it() -> None:
    elenco = apoio.elenco()
    Solicitacao.objects.update(estado=Solicitacao.Estado.CANCELADA)
    assert _ve(elenco.responsavel, elenco.solicitacao)


def test_who_helps_with_an_update_reads_its_files_and_not_the_whole_folder() -> None:
    representante, ajudante = usuario(), usuario()
    convenente = apoio.organizacao(representante)
    pedido = atualizacao.iniciar_documentos(convenente, representante, uuid4())
    apoio.participar(pedido, ajudante, PapelVinculo.USUARIO)
    arquivo = _arquivo(pedido)
    assert _ve(ajudante, pedido)
    assert not pode_ver_arquivo(ajudante, arquivo, hoje())
    assert pode_ver_arquivo(representante, arquivo, hoje())
    item = pedido.itens.first()
    assert item is not None
    item.documento = arquivo.documentos.get()
    item.save()
    assert pode_ver_arquivo(ajudante, arquivo, hoje())

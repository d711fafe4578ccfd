"""The person sees what the portal read in the certificate as soon as it was examined."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cagec.tempo import hoje
from convenentes import rascunho
from convenentes.models import Convenente, ItemSolicitacao, Solicitacao
from tests.convenentes import certidoes, pedidos
from tests.convenentes.telas import apoio
from tests.documentos.certidoes import CRF

pytestmark = pytest.mark.django_db


def _pagina(convenente: Convenente, texto: str | None = None) -> str:
    item = certidoes.cnd(certidoes.pedido(convenente, texto))
    endereco = reverse("solicitacao_documento", args=[item.solicitacao.uuid, item.uuid])
    return apoio.texto(apoio.entrar(pedidos.representante_de(convenente)).get(endereco))


def test_the_certificate_that_serves_is_read_back() -> None:
    pagina = _pagina(pedidos.ativo())
    assert "Negativa (regular)" in pagina
    assert "AB12.34CD.56EF.7890" in pagina
    assert "Envie outro arquivo abaixo." not in pagina


def test_the_certificate_that_does_not_serve_may_be_sent_all_the_same() -> None:
    pagina = _pagina(pedidos.ativo(), certidoes.texto_da_cnd(pedidos.ativo()))
    assert "O CNPJ da certidão não é o desta organização." in pagina
    assert "pode enviar a solicitação assim mesmo" in pagina


@pytest.mark.parametrize(("de_outro", "selo"), [(False, "Anexado"), (True, "Confira: parece não servir")])
def test_the_list_says_which_certificate_does_not_seem_to_serve(de_outro: bool, selo: str) -> None:
    convenente = pedidos.ativo()
    texto = certidoes.texto_da_cnd(pedidos.ativo() if de_outro else convenente)
    solicitacao = certidoes.pedido(convenente, texto)
    cliente = apoio.entrar(pedidos.representante_de(convenente))
    lista = apoio.texto(cliente.get(reverse("solicitacao_documentos", args=[solicitacao.uuid])))
    assert re.search(rf"{certidoes.cnd(solicitacao).nome}</a> </span> <span [^>]*>.{{0,80}}{selo}", lista)
    pedidos.enviar(solicitacao)
    enviada = apoio.texto(cliente.get(reverse("solicitacao", args=[solicitacao.uuid])))
    assert "parece não servir" not in enviada


def test_the_list_asks_no_more_of_the_database_for_more_certificates() -> None:
    convenente = pedidos.ativo()
    cliente = apoio.entrar(pedidos.representante_de(convenente))
    contagens = []
    for outros in ([], ["cndt", "crf_fgts"]):
        solicitacao = certidoes.pedido(convenente, None, *outros)
        endereco = reverse("solicitacao_documentos", args=[solicitacao.uuid])
        cliente.get(endereco)
        with CaptureQueriesContext(connection) as consultas:
            assert cliente.get(endereco).status_code == 200
        contagens.append(len(consultas))
        Solicitacao.objects.filter(pk=solicitacao.pk).update(estado=Solicitacao.Estado.CANCELADA)
    assert contagens[0] == contagens[1]


def test_the_cnpj_that_was_read_is_written_as_people_write_it() -> None:
    convenente = pedidos.ativo()
    assert f"<dd>{convenente.cnpj_formatado}</dd>" in _pagina(convenente)


def test_a_paper_that_is_not_recognised_is_left_to_a_person() -> None:
    assert "O portal não reconheceu a certidão no texto" in _pagina(pedidos.ativo(), "Ata da assembleia")


OFERTA = "Usar as datas lidas ("


def test_a_date_that_nobody_is_asked_for_is_not_offered() -> None:
    """The federal certificate asks for the validity only; it also prints the day of issue."""
    cliente, _item, endereco = _datado(0)
    assert OFERTA not in apoio.texto(cliente.get(endereco))


def _datado(dias: int) -> tuple[Client, ItemSolicitacao, str]:
    """Who has a certificate of today, and typed a validity ``dias`` away from the printed one."""
    convenente = pedidos.ativo()
    item = certidoes.cnd(
        certidoes.pedido(convenente, valido_ate=hoje() + certidoes.VALE + timedelta(days=dias))
    )
    endereco = reverse("solicitacao_documento", args=[item.solicitacao.uuid, item.uuid])
    return apoio.entrar(pedidos.representante_de(convenente)), item, endereco


def test_the_dates_read_are_offered_and_taken_with_a_button() -> None:
    cliente, item, endereco = _datado(-30)
    validade = hoje() + certidoes.VALE
    oferta = f"{OFERTA}emissão {hoje():%d/%m/%Y}, validade {validade:%d/%m/%Y})"
    assert oferta in apoio.texto(cliente.get(endereco))
    for _ in range(2):
        cliente.post(reverse("solicitacao_documento_datas", args=[item.solicitacao.uuid, item.uuid]))
    documento = certidoes.cnd(item.solicitacao).documento
    assert documento is not None
    assert (documento.emitido_em, documento.valido_ate) == (hoje(), validade)
    assert OFERTA not in apoio.texto(cliente.get(endereco))


@pytest.mark.parametrize("texto", ["Ata da assembleia", "vencida", "CRF"])
def test_what_is_not_recognised_or_would_be_refused_offers_no_dates(texto: str) -> None:
    convenente = pedidos.ativo()
    textos = {
        "vencida": certidoes.texto_da_cnd(convenente, hoje() - timedelta(days=400)),
        "CRF": CRF,
    }
    assert OFERTA not in _pagina(convenente, textos.get(texto, texto))


def test_a_request_that_was_sent_keeps_its_dates() -> None:
    _cliente, item, _endereco = _datado(-30)
    pedidos.enviar(item.solicitacao)
    with pytest.raises(rascunho.NaoEditavel):
        rascunho.usar_datas_lidas(item)

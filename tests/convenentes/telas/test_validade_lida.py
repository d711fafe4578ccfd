"""Who sends a certificate without typing its validity is shown the printed one, and confirms it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from convenentes.forms.documentos import DocumentoForm
from convenentes.models import ItemSolicitacao
from documentos import fabricas
from documentos.models import Documento, TipoDocumento
from documentos.verificacoes import isolamento
from tests.convenentes.certidoes import VALE, texto_da_cnd
from tests.convenentes.telas import apoio
from tests.documentos import certidoes, transferir

pytestmark = pytest.mark.django_db
LEMOS = "Lemos na certidão que ela vale até"


def _visita() -> tuple[Client, ItemSolicitacao, str]:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "cnd_federal")
    endereco = reverse("solicitacao_documento", args=[elenco.solicitacao.uuid, item.uuid])
    return apoio.entrar(elenco.usuario), item, endereco


def _certidao(emitida: date | None = None) -> bytes:
    organizacao = apoio.organizacao(apoio.pessoa(77, "Rita Exemplo"))
    return certidoes.em_pdf(texto_da_cnd(organizacao, emitida))


def _sem_data(cliente: Client, endereco: str, conteudo: bytes) -> Any:
    arquivo = fabricas.enviado("cnd.pdf", conteudo)
    return cliente.post(endereco, {"chave_envio": str(uuid4()), "arquivos": arquivo, "valido_ate": ""})


def _erro(resposta: Any) -> str:
    (erro,) = resposta.context["form"].errors["valido_ate"]
    return str(erro)


def _campos(resposta: Any) -> dict[str, Any]:
    """What a browser without JavaScript sends when the page that came back is sent as it is."""
    form = resposta.context["form"]
    (guardado,) = form.fields["arquivos"].widget.get_context("arquivos", form["arquivos"].value(), {})[
        "widget"
    ]["guardados"]
    return {
        "chave_envio": form["chave_envio"].value(),
        "arquivos-enviado": str(guardado.uuid),
        "valido_ate": form["valido_ate"].value(),
    }


def test_the_printed_validity_is_proposed_and_one_click_takes_it_with_the_same_file() -> None:
    cliente, item, endereco = _visita()
    conteudo, validade = _certidao(), hoje() + VALE
    proposta = _sem_data(cliente, endereco, conteudo)
    pagina = apoio.texto(proposta)
    assert f"{LEMOS} {validade:%d/%m/%Y}." in pagina
    assert "Há um problema" not in pagina
    assert not Documento.objects.exists()
    assert f'value="{validade.isoformat()}"' in pagina
    assert "cnd.pdf" in pagina
    assert cliente.post(endereco, _campos(proposta)).status_code == 302
    item.refresh_from_db()
    assert item.documento is not None
    assert item.documento.valido_ate == validade
    assert item.documento.arquivos.get().tamanho == len(conteudo)


def test_another_day_may_be_typed_in_its_place() -> None:
    cliente, item, endereco = _visita()
    campos = _campos(_sem_data(cliente, endereco, _certidao()))
    digitada = hoje() + timedelta(days=10)
    cliente.post(endereco, campos | {"valido_ate": digitada.isoformat()})
    item.refresh_from_db()
    assert item.documento is not None
    assert item.documento.valido_ate == digitada


def test_the_file_sent_ahead_is_read_too() -> None:
    cliente, _item, endereco = _visita()
    chegado = transferir.inteiro(cliente, _certidao(), "cnd.pdf")
    campos = {"chave_envio": str(uuid4()), "arquivos-enviado": chegado, "valido_ate": ""}
    proposta = cliente.post(endereco, campos)
    assert LEMOS in apoio.texto(proposta)
    assert _campos(proposta)["arquivos-enviado"] == chegado


def test_a_certificate_that_expired_is_told_at_once() -> None:
    cliente, _item, endereco = _visita()
    emitida = hoje() - timedelta(days=400)
    vencida = _sem_data(cliente, endereco, _certidao(emitida))
    assert _erro(vencida).startswith(f"Este documento venceu em {emitida + VALE:%d/%m/%Y}.")
    assert LEMOS not in apoio.texto(vencida)


@pytest.mark.parametrize(
    "conteudo",
    [certidoes.em_pdf(certidoes.CRF), fabricas.pdf("Ata da assembleia"), b"%PDF-1.7 nada", fabricas.foto()],
    ids=["another certificate", "another paper", "damaged", "photo"],
)
def test_what_the_portal_does_not_read_is_asked_of_the_person_and_stays_chosen(conteudo: bytes) -> None:
    cliente, _item, endereco = _visita()
    resposta = _sem_data(cliente, endereco, conteudo)
    assert _erro(resposta)
    assert LEMOS not in apoio.texto(resposta)
    assert "cnd.pdf" in apoio.texto(resposta)


def test_a_reading_that_takes_too_long_leaves_the_date_to_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    cliente, _item, endereco = _visita()
    conteudo = _certidao()
    monkeypatch.setattr(isolamento, "SEGUNDOS", 0)
    assert _erro(_sem_data(cliente, endereco, conteudo))


def test_over_the_quota_the_file_has_to_be_chosen_again(settings: Any) -> None:
    cliente, _item, endereco = _visita()
    settings.COTA_DIARIA = 10
    resposta = _sem_data(cliente, endereco, _certidao())
    assert LEMOS in apoio.texto(resposta)
    assert "já recebido" not in apoio.texto(resposta)


@pytest.mark.parametrize(("codigo", "dito"), [("cnd_federal", True), ("osc_cebas", False)])
def test_the_field_says_that_it_may_stay_empty_only_where_the_portal_reads(codigo: str, dito: bool) -> None:
    form = DocumentoForm(
        tipo=TipoDocumento.objects.get(codigo=codigo), hoje=hoje(), usuario=apoio.pessoa(77, "Rita Exemplo")
    )
    assert ("pode deixar em branco" in form.fields["valido_ate"].help_text) is dito

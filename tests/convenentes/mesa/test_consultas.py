"""Look-ups of external registers: all or none, once, with the evidence or without."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import situacao
from convenentes.fontes.registro import fontes_do_convenente
from convenentes.models import Convenente, ResultadoFonte
from documentos import exame
from documentos.fabricas import pdf
from documentos.models import Arquivo
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db


@pytest.fixture
def analista() -> Usuario:
    return cena.analista(nome_civil="Rita Analista")


@pytest.fixture
def cliente(analista: Usuario) -> Client:
    return cena.entrar(analista)


@pytest.fixture
def convenente() -> Convenente:
    return cena.ativo()


@pytest.fixture
def fonte(convenente: Convenente) -> str:
    return fontes_do_convenente(convenente)[0].codigo


def _url(convenente: Convenente) -> str:
    return reverse("admin:consultas", args=[convenente.uuid])


def _linha(fonte: str, **campos: Any) -> dict[str, Any]:
    padrao = {"resultado": "sem_restricao", "consultado_em": f"{hoje()}", "detalhe": "", "evidencia": ""}
    return {f"{fonte}-{campo}": valor for campo, valor in {**padrao, **campos}.items()}


def _enviar(cliente: Client, convenente: Convenente, *linhas: dict[str, Any], **campos: Any) -> Any:
    envio = {"chave_envio": str(uuid4()), **campos}
    for linha in linhas:
        envio |= linha
    return cliente.post(_url(convenente), envio, follow=True)


def test_a_look_up_is_recorded_with_its_author_and_shown(
    cliente: Client, convenente: Convenente, fonte: str, analista: Usuario
) -> None:
    resposta = _enviar(cliente, convenente, _linha(fonte, detalhe="Certidão 123"))
    resultado = ResultadoFonte.objects.get()
    assert (resultado.registrado_por, resultado.consultado_em) == (analista, hoje())
    pagina = cena.texto(resposta)
    assert "Consultas registradas." in pagina
    assert "Certidão 123" in pagina
    assert "Rita Analista" in pagina


def test_the_evidence_is_kept_and_can_be_opened(cliente: Client, convenente: Convenente, fonte: str) -> None:
    evidencia = SimpleUploadedFile("certidão.pdf", pdf("Certidão"))
    pagina = cena.texto(_enviar(cliente, convenente, _linha(fonte, evidencia=evidencia)))
    guardada = ResultadoFonte.objects.get().evidencia
    assert guardada is not None
    endereco = reverse("arquivo", args=[guardada.uuid])
    assert endereco in pagina
    exame.examinar(guardada.pk)
    entregue = cliente.get(endereco)
    assert entregue.getvalue() == pdf("Certidão")


def test_sending_the_page_twice_records_once(cliente: Client, convenente: Convenente, fonte: str) -> None:
    chave = str(uuid4())
    for _ in range(2):
        resposta = _enviar(cliente, convenente, _linha(fonte), chave_envio=chave)
    assert "Consultas registradas." in cena.texto(resposta)
    assert ResultadoFonte.objects.count() == 1
    assert cliente.get(_url(convenente)).context["envio"]["chave_envio"].value() != chave


@pytest.mark.parametrize(
    ("campos", "mensagem"),
    [
        ({"consultado_em": f"{hoje() + timedelta(days=1)}"}, "A data da consulta não pode estar no futuro."),
        ({"consultado_em": "9999-12-31"}, "Confira o ano da data"),
        ({"consultado_em": ""}, "Informe a data da consulta."),
        ({"consultado_em": "31/02/2026"}, "Informe a data como dia/mês/ano"),
        ({"resultado": ""}, "Escolha o resultado da consulta."),
        ({"resultado": "talvez"}, "Escolha um resultado da lista."),
        ({"detalhe": "Vi no site" + "x" * 300}, "no máximo 300 caracteres"),
        ({"evidencia": SimpleUploadedFile("nota.txt", b"isto nao e um pdf")}, "nota.txt:"),
        ({"evidencia": SimpleUploadedFile("vazio.pdf", b"")}, "vazio"),
    ],
)
def test_one_bad_row_is_explained_and_nothing_is_recorded(
    cliente: Client, convenente: Convenente, fonte: str, campos: dict[str, Any], mensagem: str
) -> None:
    boa = fontes_do_convenente(convenente)[1].codigo
    if "evidencia" in campos:
        campos["evidencia"].seek(0)
    linha = _linha(fonte, **{"detalhe": "Vi no site", **campos})
    resposta = _enviar(cliente, convenente, _linha(boa, detalhe="Outra linha"), linha)
    assert resposta.status_code == 200
    pagina = cena.texto(resposta)
    assert mensagem in pagina
    assert "Vi no site" in pagina
    assert "Outra linha" in pagina
    assert not ResultadoFonte.objects.exists()
    assert not Arquivo.objects.filter(nome__in=["nota.txt", "vazio.pdf"]).exists()


def test_an_empty_page_says_what_to_do(cliente: Client, convenente: Convenente) -> None:
    assert "Nada foi registrado. Escolha o resultado" in cena.texto(_enviar(cliente, convenente))


def test_a_look_up_that_is_too_old_is_kept_and_leaves_the_line_unverified(
    cliente: Client, convenente: Convenente, fonte: str
) -> None:
    for dia in ("2001-01-01", f"{hoje() - timedelta(days=60):%d/%m/%Y}"):
        _enviar(cliente, convenente, _linha(fonte, consultado_em=dia))
    assert ResultadoFonte.objects.count() == 2
    (linha,) = (n for n in situacao.linhas(hoje(), [convenente.pk]) if n.fonte == fonte)
    assert linha.estado == situacao.Estado.NAO_VERIFICADO
    assert "Não verificado" in cena.texto(cliente.get(_url(convenente)))


def test_who_may_not_record_opens_nothing_and_an_unknown_record_is_not_found(
    cliente: Client, convenente: Convenente, fonte: str
) -> None:
    leitora = cena.entrar(cena.leitora("view_convenente", "view_resultadofonte"))
    assert leitora.get(_url(convenente)).status_code == 403
    assert _enviar(leitora, convenente, _linha(fonte)).status_code == 403
    assert not ResultadoFonte.objects.exists()
    convenente.uuid = uuid4()
    assert cliente.get(_url(convenente)).status_code == 404

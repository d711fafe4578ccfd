"""The team reads the account of a load, says which files were looked at, and signs the differences."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cagec.tempo import hoje
from contas.fabricas import cpf_ficticio, usuario
from convenentes.fabricas import cnpj_ficticio
from convenentes.legado.importacao import importar
from convenentes.legado.leitura import abrir
from convenentes.models import ArquivoLegado, CargaLegado, Comprovacao
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db

LINHAS = reverse("admin:convenentes_linhalegado_changelist")
ARQUIVOS = reverse("admin:convenentes_arquivolegado_changelist")
_CABECALHOS = {
    "convenentes": "cnpj;numero;razao_social;natureza;tipo;municipio;situacao;telefone",
    "pessoas": "cpf;nome",
    "vinculos": "cnpj;cpf;papel;inicio;mandato_ate",
    "documentos": "codigo;cnpj;exigencia;tipo_documento;aceito_em;arquivo",
}


def _carregar(pasta: Path, quantas: int = 1) -> CargaLegado:
    """Load organisations that were regular, each with a file that is missing, and a person with a bad CPF."""
    estatuto = "estatuto_regimento;estatuto_regimento"
    linhas = {
        "convenentes": [
            f"{cnpj_ficticio(n)};{n};Associação {n:03};399-9;osc;3106200;REGULAR;ramal 12"
            for n in range(1, quantas + 1)
        ],
        "pessoas": ["123;Ana Prates", f"{cpf_ficticio(1)};Rita Prates"],
        "vinculos": [
            f"{cnpj_ficticio(n)};{cpf_ficticio(1)};representante;01/01/2020;31/12/2099"
            for n in range(1, quantas + 1)
        ],
        "documentos": [
            f"E{n};{cnpj_ficticio(n)};{estatuto};{hoje():%d/%m/%Y};{n}.pdf" for n in range(1, quantas + 1)
        ],
    }
    for nome, cabecalho in _CABECALHOS.items():
        (pasta / f"{nome}.csv").write_text("\n".join([cabecalho, *linhas[nome]]) + "\n")
    with abrir(pasta) as exportacao:
        return importar(exportacao, hoje(), gravar=True)


@pytest.fixture
def cliente() -> Client:
    return cena.entrar(cena.analista())


@pytest.fixture
def chefe() -> Client:
    return cena.entrar(usuario(is_staff=True, is_superuser=True))


def _diferencas(carga: CargaLegado) -> str:
    return reverse("admin:diferencas_do_legado", args=[carga.uuid])


def test_the_account_of_each_file_is_shown(cliente: Client, tmp_path: Path) -> None:
    carga = _carregar(tmp_path)
    pagina = cena.texto(cliente.get(reverse("admin:convenentes_cargalegado_change", args=[carga.pk])))
    numeros = "<td>2</td> <td>1</td> <td>0</td> <td>0</td> <td>1</td>"
    assert f'<th scope="row">pessoas.csv</th> {numeros}' in pagina
    assert "Não está na pasta" in pagina


def test_rows_are_filtered_by_what_became_of_them(cliente: Client, tmp_path: Path) -> None:
    _carregar(tmp_path)
    rejeitadas = cena.texto(cliente.get(LINHAS, {"resultado__exact": "rejeitada"}))
    assert "não é um CPF válido" in rejeitadas
    assert "ramal 12" not in rejeitadas
    mudadas = cena.texto(cliente.get(LINHAS, {"ver": "mudou"}))
    assert "telefone: “ramal 12” → “”" in mudadas
    assert "não é um CPF válido" not in mudadas
    assert "telefone ficou em branco" in cena.texto(cliente.get(LINHAS, {"ver": "conferir"}))


def test_who_looked_at_a_file_is_noted_once_and_the_document_stays(cliente: Client, tmp_path: Path) -> None:
    _carregar(tmp_path)
    item = ArquivoLegado.objects.get()
    envio = {"action": "marcar", "_selected_action": [item.pk]}
    assert "1 arquivo(s) marcado(s)" in cena.texto(cliente.post(ARQUIVOS, envio, follow=True))
    item.refresh_from_db()
    assert item.conferido_por is not None
    assert item.conferido_em is not None
    assert Comprovacao.objects.filter(encerrada_em=None).count() == 1
    assert "0 arquivo(s) marcado(s)" in cena.texto(cliente.post(ARQUIVOS, envio, follow=True))
    assert "1.pdf" not in cena.texto(cliente.get(ARQUIVOS, {"conferencia": "falta"}))


def test_who_only_reads_cannot_say_that_a_file_was_looked_at(tmp_path: Path) -> None:
    _carregar(tmp_path)
    leitora = cena.entrar(cena.leitora("view_arquivolegado"))
    envio = {"action": "marcar", "_selected_action": [ArquivoLegado.objects.get().pk]}
    leitora.post(ARQUIVOS, envio)
    assert not ArquivoLegado.objects.exclude(conferido_em=None).exists()


def test_the_differences_are_signed_once_by_who_may(cliente: Client, chefe: Client, tmp_path: Path) -> None:
    carga = _carregar(tmp_path)
    assert "Aceitar as diferenças" not in cena.texto(cliente.get(_diferencas(carga)))
    assert cliente.post(_diferencas(carga)).status_code == 403
    lista = cena.texto(chefe.get(_diferencas(carga)))
    assert "Associação 001" in lista
    assert "Aceitar as diferenças" in lista
    assert "As diferenças foram aceitas" in cena.texto(chefe.post(_diferencas(carga), follow=True))
    carga.refresh_from_db()
    assert carga.aceita_por is not None
    assert f"aceitas por {carga.aceita_por.nome}" in cena.texto(cliente.get(_diferencas(carga)))
    antes = carga.aceita_em
    assert "já foram aceitas" in cena.texto(chefe.post(_diferencas(carga), follow=True))
    carga.refresh_from_db()
    assert carga.aceita_em == antes


def test_a_load_that_stopped_is_not_signed(chefe: Client, tmp_path: Path) -> None:
    carga = _carregar(tmp_path)
    CargaLegado.objects.update(concluida_em=None)
    assert "parou no meio" in cena.texto(chefe.post(_diferencas(carga), follow=True))
    carga.refresh_from_db()
    assert carga.aceita_em is None


@pytest.mark.parametrize("endereco", [LINHAS, ARQUIVOS, None])
def test_each_list_takes_a_constant_number_of_queries(
    cliente: Client, tmp_path: Path, endereco: str | None
) -> None:
    feitas = []
    for quantas in (3, 12):
        carga = _carregar(tmp_path, quantas)
        cliente.get(endereco or _diferencas(carga))
        with CaptureQueriesContext(connection) as consultas:
            cliente.get(endereco or _diferencas(carga))
        feitas.append(len(consultas))
    assert feitas[0] == feitas[1]


def test_the_report_is_downloaded_page_and_tables(cliente: Client, tmp_path: Path) -> None:
    carga = _carregar(tmp_path)

    def baixar(nome: str) -> Any:
        return cliente.get(reverse("admin:relatorio_do_legado", args=[carga.uuid, nome]))

    pagina = baixar("relatorio.html")
    assert "attachment" in pagina["Content-Disposition"]
    assert "Linhas rejeitadas" in pagina.content.decode()
    assert "1.pdf;Não está na pasta" in b"".join(baixar("arquivos.csv").streaming_content).decode()
    assert "Associação 001" in b"".join(baixar("diferencas.csv").streaming_content).decode()
    assert baixar("outro.csv").status_code == 404

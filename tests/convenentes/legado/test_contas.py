"""The account of a load balances exactly, row by row, and each kind of dirt has its reason."""

from collections import Counter

import pytest

from contas.models import Usuario
from convenentes.legado import relatorio
from convenentes.models import Comprovacao, Convenente, LinhaLegado, ResultadoFonte, Vinculo

pytestmark = pytest.mark.django_db


def _linhas(arquivo: str, resultado: str, motivo: str = "") -> int:
    return LinhaLegado.objects.filter(arquivo=arquivo, resultado=resultado, motivo__startswith=motivo).count()


def _avisadas(arquivo: str, aviso: str) -> int:
    avisos = LinhaLegado.objects.filter(arquivo=arquivo).values_list("avisos", flat=True)
    return sum(any(a.startswith(aviso) for a in lista) for lista in avisos)


def test_every_row_of_2000_organisations_is_counted_once_and_each_dirt_has_its_reason(
    exportar, carregar
) -> None:
    pasta, plantado = exportar(2000, com_arquivos=False)
    carga = carregar(pasta)
    contas = {c.nome: c for c in relatorio.contas(carga)}
    assert {nome: c.lidas for nome, c in contas.items()} == {
        nome: (pasta / nome).read_bytes().count(b"\n") - 1 for nome in contas
    }
    assert all(c.fecha for c in contas.values())
    assert {
        "cnpj": _linhas("convenentes", "rejeitada", "cnpj:"),
        "natureza": _linhas("convenentes", "rejeitada", "natureza: o código 302-6 não existe mais"),
        "telefone": _avisadas("convenentes", "telefone ficou em branco"),
        "cpf": _linhas("pessoas", "rejeitada", "cpf:"),
        "pessoa_repetida": _avisadas("pessoas", "nome: o mesmo CPF veio como"),
        "email_ausente": _avisadas("pessoas", "email: falta"),
        "mandato_encerrado": _avisadas("vinculos", "mandato encerrado em"),
        "data": _linhas("documentos", "rejeitada", "aceito_em: “31/02/2026” não é uma data"),
        "sem_arquivo": _avisadas("documentos", "arquivo: o documento veio sem arquivo"),
    } == {k: v for k, v in plantado.items() if k != "email_repetido"}
    assert _avisadas("pessoas", "email: é também de outra pessoa") > 30


def test_what_was_imported_is_in_the_tables(exportar, carregar) -> None:
    pasta, _ = exportar(60, com_arquivos=False)
    carga = carregar(pasta)
    importadas = Counter(carga.linhas.filter(resultado="importada").values_list("arquivo", flat=True))
    assert importadas == {
        "convenentes": Convenente.objects.filter(legado=carga).count(),
        "pessoas": Usuario.objects.count(),
        "vinculos": Vinculo.objects.filter(legado=carga).count(),
        "documentos": Comprovacao.objects.filter(legado=carga).count(),
        "restricoes": ResultadoFonte.objects.filter(legado=carga).count(),
    }

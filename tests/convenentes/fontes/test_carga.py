"""A file is loaded whole or not at all, once, and its bytes are kept as evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from contas.fabricas import usuario
from convenentes.fontes import carga
from convenentes.fontes.leitura import FonteRecusada, Recebido
from convenentes.fontes.registro import registrar
from convenentes.models import CargaFonte, Convenente, Fonte, ResultadoFonte
from documentos import guarda
from documentos.models import Arquivo, PastaDigital
from tests.convenentes.fontes.arquivos import DIA, cauc, ceis, lote, registro, ultimo

pytestmark = pytest.mark.django_db

COMANDO, PAGINA = CargaFonte.Origem.COMANDO, CargaFonte.Origem.PAGINA


def lote_de(convenente: Convenente, situacao: str = "normal") -> Recebido:
    return lote([(convenente.cnpj, situacao, f"{DIA:%d/%m/%Y}")])


def recusa(cadastro: str, recebido: Recebido) -> str:
    with pytest.raises(FonteRecusada) as erro:
        carga.carregar(cadastro, recebido, DIA, COMANDO)
    assert not CargaFonte.objects.exists()
    assert not Arquivo.objects.exists()
    return str(erro.value)


def test_the_load_keeps_the_file_its_hash_and_who_loaded_it() -> None:
    organizacao, analista = registro(30), usuario()
    recebido = lote_de(organizacao)
    feita, nova = carga.carregar("siafi_mg", recebido, DIA, PAGINA, analista)
    assert nova
    assert guarda.ler(feita.evidencia) == recebido.conteudo
    assert (feita.sha256, feita.carregada_por, feita.origem) == (feita.evidencia.sha256, analista, "pagina")
    resultado = organizacao.resultados.get()
    assert (resultado.carga, resultado.registrado_por) == (feita, None)


def test_the_same_file_twice_changes_nothing() -> None:
    recebido = lote_de(registro(31))
    primeira, _ = carga.carregar("siafi_mg", recebido, DIA, COMANDO)
    segunda, nova = carga.carregar("siafi_mg", replace(recebido, nome="outro.csv"), DIA, COMANDO)
    assert (segunda, nova) == (primeira, False)
    assert ResultadoFonte.objects.count() == Arquivo.objects.count() == 1


def test_a_corrected_file_of_the_same_day_counts() -> None:
    organizacao = registro(32)
    carga.carregar("siafi_mg", lote_de(organizacao), DIA, COMANDO)
    carga.carregar("siafi_mg", lote_de(organizacao, "bloqueado"), DIA, COMANDO)
    assert ultimo(organizacao, "siafi_mg") == ("com_restricao", DIA, "bloqueado")


def test_a_look_up_by_hand_that_is_newer_than_the_file_stays() -> None:
    organizacao = registro(33)
    amanha = DIA + timedelta(days=1)
    registrar(organizacao, Fonte.objects.get(codigo="siafi_mg"), "com_restricao", amanha, usuario(), amanha)
    feita, _ = carga.carregar("siafi_mg", lote_de(organizacao), amanha, COMANDO)
    assert feita.respostas == 0
    assert ultimo(organizacao, "siafi_mg") == ("com_restricao", amanha, "")


def test_checking_writes_nothing_and_says_what_would_come() -> None:
    conferencia = carga.conferir("siafi_mg", lote_de(registro(34), "bloqueado"), DIA)
    assert (len(conferencia.respostas), conferencia.com_restricao) == (1, 1)
    assert not CargaFonte.objects.exists()
    assert not Arquivo.objects.exists()


def test_when_the_rows_cannot_be_written_the_stored_file_goes_away() -> None:
    recebido = lote_de(registro(35))
    antes = _guardados()
    with pytest.raises(IntegrityError), transaction.atomic():
        carga.carregar("siafi_mg", recebido, DIA, PAGINA)  # the page always says who loads
    assert _guardados() == antes
    assert not CargaFonte.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_records() -> None:
    def consultas(quantos: int) -> int:
        pastas = PastaDigital.objects.bulk_create(PastaDigital() for _ in range(quantos))
        modelo = registro(36 + quantos)
        novos = [_copia(modelo, pasta, 100_000 * quantos + n) for n, pasta in enumerate(pastas)]
        Convenente.objects.bulk_create(novos)
        recebido = lote([(c.cnpj, "normal", f"{DIA:%d/%m/%Y}") for c in novos])
        with CaptureQueriesContext(
            connection,
        ) as vistas:
            feita, _ = carga.carregar("siafi_mg", recebido, DIA, COMANDO)
        assert feita.respostas == quantos
        return len(vistas)

    assert consultas(2) == consultas(40)


@pytest.mark.parametrize(
    ("conteudo", "mensagem"),
    [
        (b"", "O arquivo está vazio. Baixe-o de novo."),
        (b"  \r\n \r\n", "O arquivo está vazio. Baixe-o de novo."),
        (b"PK\x03\x04\0\0cnpj;situacao;data", "O arquivo não é um CSV. Se ele veio em ZIP, extraia o CSV"),
        ("cnpj;situacao;data\n".encode("utf-16"), "O arquivo não é um CSV."),
        (b"cnpj,situacao,data\n1,2,3\n", "Não encontramos o cabeçalho. O arquivo precisa das colunas: cnpj,"),
        (b"cnpj;situacao;data\n90000001000129;normal\n", "Linha 2: tem 2 colunas e o cabeçalho tem 3."),
        (b'cnpj;situacao;data\n"90000001000129;normal;24/11/2026\n', "Linha 2: há aspas sem fechar"),
        (b'cnpj;situacao;data\n1;"a" b;24/11/2026\n', "Linha 2: há aspas sem fechar"),
        (b"cnpj;situacao;data\n1;" + b"a" * 200_000 + b";2\n", "ou um campo longo demais."),
        (b"cnpj;situacao;data\n", "O arquivo só tem o cabeçalho. Baixe-o de novo."),
        (b"cnpj;situacao;data\n;;\n", "O arquivo só tem o cabeçalho. Baixe-o de novo."),
        (b"a" * (64 * 1024 * 1024 + 1), "O arquivo passa de 64 MB."),
    ],
    ids=[
        "empty",
        "blank",
        "zip",
        "utf-16",
        "commas",
        "ragged",
        "open",
        "glued",
        "long",
        "header",
        "holes",
        "huge",
    ],
)
def test_a_broken_file_is_refused_with_the_reason(conteudo: bytes, mensagem: str) -> None:
    assert mensagem in recusa("siafi_mg", Recebido("x.csv", conteudo))


def test_the_file_of_another_register_is_refused() -> None:
    assert "precisa das colunas: UF, Código IBGE." in recusa("cauc", ceis())
    assert "precisa das colunas: cnpj, situacao, data." in recusa("cadin_mg", cauc({"3146107": {}}))


def test_blank_lines_a_byte_mark_and_old_line_ends_do_not_disturb() -> None:
    organizacao = registro(37)
    texto = f'"cnpj";situacao;data\r\r{organizacao.cnpj};normal\x85;24/11/2026\r\r'
    carga.carregar("siafi_mg", Recebido("x.csv", texto.encode("utf-8-sig")), DIA, COMANDO)
    assert ultimo(organizacao, "siafi_mg") is not None


def _guardados() -> set[str]:
    pastas, _ = default_storage.listdir("")
    return {arquivo for pasta in pastas for arquivo in default_storage.listdir(pasta)[1]}


def _copia(modelo: Convenente, pasta: PastaDigital, numero: int) -> Convenente:
    from convenentes.fabricas import cnpj_ficticio

    return Convenente(
        cnpj=cnpj_ficticio(numero),
        numero=numero,
        estado=modelo.estado,
        razao_social=f"Cópia Fictícia {numero}",
        natureza=modelo.natureza,
        tipo=modelo.tipo,
        municipio=modelo.municipio,
        pasta=pasta,
    )

"""The name that a person gave is only shown: it never decides where anything is kept."""

import pytest

from documentos import fabricas
from documentos.models import Arquivo
from documentos.nomes import nome_limpo
from tests.documentos import apoio


@pytest.mark.parametrize(
    ("nome", "limpo"),
    [
        ("Certidão de débitos nº 5.pdf", "Certidão de débitos nº 5.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\x.pdf", "x.pdf"),
        ("C:\\fakepath\\foto.jpg", "foto.jpg"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("nota\u202efdp.exe", "notafdp.exe"),
        ("\u200b\ufeffx.pdf", "x.pdf"),
        ('a<b>"c":|?*.pdf', "abc.pdf"),
        ("  .x.pdf. ", "x.pdf"),
        ("", "arquivo"),
        (".", "arquivo"),
        ("......", "arquivo"),
        ("/", "arquivo"),
        ("\ud800", "arquivo"),
    ],
)
def test_a_hostile_name_loses_what_makes_it_so(nome: str, limpo: str) -> None:
    assert nome_limpo(nome) == limpo


@pytest.mark.parametrize("letra", ["a", "ã", "漢", "a."])
def test_a_long_name_is_cut_and_keeps_its_ending(letra: str) -> None:
    limpo = nome_limpo(letra * 300 + ".pdf")
    assert len(limpo) == 124
    assert limpo.endswith(".pdf")


def test_a_long_ending_is_cut_too() -> None:
    assert len(nome_limpo("a." + "b" * 300)) <= 255


@pytest.mark.django_db
def test_the_storage_key_says_nothing_of_the_name() -> None:
    apoio.anexar(None, fabricas.enviado("Identidade de Fulana.pdf", fabricas.pdf("x")))
    arquivo = Arquivo.objects.get()
    assert arquivo.nome == "Identidade de Fulana.pdf"
    pasta, chave = arquivo.chave.split("/")
    assert chave.startswith(pasta)
    assert len(chave) == 32
    assert int(chave, 16)


@pytest.mark.django_db
def test_a_photo_that_a_telephone_named_wrong_is_kept_under_its_right_ending_with_a_note() -> None:
    documento = apoio.anexar(None, fabricas.enviado("IMG-20260801.png", fabricas.foto()))
    arquivo = documento.arquivos.get()
    notas = list(arquivo.verificacoes.filter(nome="formato").values_list("situacao", "detalhe"))
    assert (arquivo.nome, arquivo.tipo_midia, arquivo.pronto) == ("IMG-20260801.jpg", "image/jpeg", True)
    assert notas == [
        ("atencao", "o nome terminava em .png, mas o conteúdo é JPG."),
        ("aprovado", "image/jpeg"),
    ]

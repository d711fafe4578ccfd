"""The signature: the password again, exactly what was read, and evidence that anyone can check."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from contas import fabricas as contas
from contas.models import Usuario
from documentos import assinatura, declaracoes, fabricas, guarda
from documentos.assinatura import AssinaturaBloqueada, ConteudoAlterado, SenhaIncorreta
from documentos.codigos import novo_codigo
from documentos.models import Arquivo, Assinatura, Declaracao, ModeloDeclaracao, PastaDigital
from tests.documentos import apoio

pytestmark = pytest.mark.django_db
ORGANIZACAO = {"razao_social": "Associação Fictícia", "cnpj": "90.000.001/0001-00"}


def _anexo() -> Arquivo:
    return guarda.guardar("ata.pdf", "application/pdf", fabricas.pdf("Ata"), None)


def declarar(
    *anexos: Arquivo, titulo: str = "Declaração de teste", texto: str = "Declaro que sim."
) -> Declaracao:
    tipo = apoio.tipo()
    ModeloDeclaracao.objects.create(tipo_documento=tipo, versao=1, titulo=titulo, texto=texto)
    lista = [{"nome": a.nome, "sha256": a.sha256, "arquivo": str(a.uuid)} for a in anexos]
    redacao = declaracoes.redigir(tipo, {}, lista)
    return declaracoes.preparar(redacao, PastaDigital.objects.create(), ORGANIZACAO, contas.usuario())


def assinar(*lista: Declaracao, quem: Usuario | None = None, **campos: Any) -> list[Assinatura]:
    padrao = {
        "senha": contas.SENHA,
        "cargo": "Presidenta",
        "ip": "198.51.100.7",
        "navegador": "Navegador/1.0",
    }
    return assinatura.assinar(lista, quem or contas.usuario(), **(padrao | campos))


def _ler_pdf(pdf: Arquivo) -> tuple[str, str]:
    """Return the text of a PDF, and what its QR code says."""
    documento = pypdfium2.PdfDocument(guarda.ler(pdf))
    texto = " ".join(" ".join(pagina.get_textpage().get_text_range() for pagina in documento).split())
    (codigo,) = zxingcpp.read_barcodes(documento[len(documento) - 1].render(scale=3).to_pil())
    return texto, codigo.text


def test_the_evidence_says_what_who_when_and_how() -> None:
    quem, declaracao = contas.usuario(), declarar()
    (feita,) = assinar(declaracao, quem=quem, navegador="N" * 400)
    feita.refresh_from_db()
    assert (feita.declaracao, feita.resumo) == (declaracao, declaracao.resumo)
    assert (feita.usuario, feita.nome, feita.cpf, feita.cargo) == (quem, quem.nome, quem.cpf, "Presidenta")
    assert (feita.ip, feita.navegador, feita.metodo) == ("198.51.100.7", "N" * 300, "senha")
    assert list(declaracao.documento.arquivos.all()) == [feita.pdf]
    assert feita.pdf.papel == Arquivo.Papel.GERADO


def test_the_pdf_shows_the_text_the_signature_and_the_way_to_confirm_it() -> None:
    anexo, quem = _anexo(), contas.usuario(nome_civil="Lia Representante")
    declaracao = declarar(anexo, titulo="Declaração de autenticidade")
    (feita,) = assinar(declaracao, quem=quem)
    texto, qr = _ler_pdf(feita.pdf)
    partes = (
        "Declaração de autenticidade",
        "Declaro que sim.",
        *ORGANIZACAO.values(),
        "ata.pdf",
        anexo.sha256,
    )
    assinado = ("Lia Representante", quem.cpf_mascarado, "Presidenta", feita.codigo, declaracao.resumo)
    for parte in (*partes, *assinado):
        assert parte.replace("\n", " ") in texto, parte
    assert quem.cpf not in texto
    assert quem.cpf_formatado not in texto
    assert qr == f"http://testserver/declaracoes/{feita.codigo}/"


def test_whatever_people_typed_is_printed_as_it_is_or_as_a_mark() -> None:
    estranho = "#panic() *a* $x$ <b> @c \\ [d] 📄 漢 \u202eoculto\u0007"
    anexo = _anexo()
    Arquivo.objects.filter(pk=anexo.pk).update(nome=estranho)
    anexo.refresh_from_db()
    (feita,) = assinar(declarar(anexo), quem=contas.usuario(nome_civil="Zoë Ñandú 😀"), cargo="")
    texto, _ = _ler_pdf(feita.pdf)
    assert "#panic() *a* $x$ <b> @c \\ [d] � � oculto" in texto
    assert "Zoë Ñandú �" in texto


def test_a_long_list_of_files_runs_over_pages() -> None:
    anexos = [_anexo() for _ in range(60)]
    (feita,) = assinar(declarar(*anexos))
    texto, _ = _ler_pdf(feita.pdf)
    assert texto.count("ata.pdf") == 60
    assert "Página 1 de " in texto


def test_a_wrong_password_signs_nothing_and_says_how_many_tries_are_left() -> None:
    quem, declaracao = contas.usuario(), declarar()
    for restantes in (4, 3):
        with pytest.raises(SenhaIncorreta, match=f"Você ainda pode tentar {restantes} vez"):
            assinar(declaracao, quem=quem, senha="errada")
    assert not Assinatura.objects.exists()


def test_the_fifth_wrong_password_blocks_even_the_right_one_and_nobody_else() -> None:
    quem, declaracao = contas.usuario(), declarar()
    cache.set(f"assinatura:{quem.pk}", assinatura.TENTATIVAS - 1)
    for senha in ("errada", contas.SENHA):
        with pytest.raises(AssinaturaBloqueada, match="Aguarde 15 minutos"):
            assinar(declaracao, quem=quem, senha=senha)
    assert not Assinatura.objects.exists()
    assert assinar(declaracao)


def test_the_right_password_clears_the_count() -> None:
    quem = contas.usuario()
    cache.set(f"assinatura:{quem.pk}", assinatura.TENTATIVAS - 1)
    assinatura.conferir_senha(quem, contas.SENHA)
    with pytest.raises(SenhaIncorreta, match="Você ainda pode tentar 4 vez"):
        assinatura.conferir_senha(quem, "errada")


@pytest.mark.parametrize("campo", ["titulo", "paragrafos", "anexos"])
def test_a_changed_text_is_not_signed(campo: str) -> None:
    declaracao = declarar(_anexo())
    mudado: dict[str, Any] = {"titulo": "Outra", "paragrafos": ["Declaro que não."], "anexos": []}
    Declaracao.objects.filter(pk=declaracao.pk).update(**{campo: mudado[campo]})
    declaracao.refresh_from_db()
    with pytest.raises(ConteudoAlterado, match="Envie-o de novo antes de assinar"):
        assinar(declaracao)
    assert not Assinatura.objects.exists()


def _trocar_bytes(arquivo: Arquivo) -> None:
    default_storage.delete(arquivo.chave)
    default_storage.save(arquivo.chave, ContentFile(fabricas.pdf("Outra ata")))


def _perder_bytes(arquivo: Arquivo) -> None:
    default_storage.delete(arquivo.chave)


def _trocar_resumo(arquivo: Arquivo) -> None:
    Arquivo.objects.filter(pk=arquivo.pk).update(sha256="f" * 64)


def _apagar(arquivo: Arquivo) -> None:
    Arquivo.objects.filter(pk=arquivo.pk).delete()


@pytest.mark.parametrize("estragar", [_trocar_bytes, _perder_bytes, _trocar_resumo, _apagar])
def test_an_attached_file_that_is_not_what_was_received_stops_every_signature(estragar: Any) -> None:
    anexo = _anexo()
    boa, ruim = declarar(), declarar(anexo)
    antes = Arquivo.objects.filter(papel=Arquivo.Papel.GERADO).count()
    estragar(anexo)
    with pytest.raises(ConteudoAlterado, match=r"ata\.pdf"):
        assinar(boa, ruim)
    assert not Assinatura.objects.exists()
    assert Arquivo.objects.filter(papel=Arquivo.Papel.GERADO).count() == antes


def test_bytes_changed_in_the_storage_are_noticed_there_too(armazem: str) -> None:
    anexo = _anexo()
    declaracao = declarar(anexo)
    assinatura.conferir_conteudo(declaracao)
    _trocar_bytes(anexo)
    with pytest.raises(ConteudoAlterado):
        assinatura.conferir_conteudo(declaracao)


def test_codes_have_more_than_128_bits_and_no_letter_that_looks_like_a_number() -> None:
    codigos = [novo_codigo() for _ in range(300)]
    letras = "".join(codigos).replace("-", "")
    assert len(letras) == 300 * 26
    assert len(set(letras)) == 32  # 26 letters of 5 bits: 130
    assert not set("01IO") & set(letras)
    assert len(set(codigos)) == 300

"""Does the PDF open without a password, does it have pages; what is active in it leaves the copy."""

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from documentos import fabricas
from documentos.verificacoes import pdf
from tests.documentos import hostis

Estrago = Callable[[pikepdf.Pdf], None]


def _com(estrago: Estrago) -> bytes:
    documento = hostis.pdf_em_branco()
    estrago(documento)
    return hostis.salvar(documento)


def _protegido(**opcoes: str | pikepdf.Permissions) -> bytes:
    return hostis.salvar(hostis.pdf_em_branco(), encryption=pikepdf.Encryption(**opcoes))  # type: ignore[arg-type]


def _imprimir_como_pdf(conteudo: bytes, senha: str | None = None) -> bytes:
    """What a reader's "Imprimir → Salvar como PDF" makes: the pages, drawn again."""
    saida = BytesIO()
    documento = pypdfium2.PdfDocument(conteudo, password=senha)
    documento[0].render().to_pil().save(saida, "PDF")
    return saida.getvalue()


def _dito(conteudo: bytes) -> tuple[str, str, bytes | None]:
    """What is said about active content, and the copy to serve."""
    (_, ativo), copia = pdf.examinar(conteudo)
    return ativo.situacao, ativo.detalhe, copia


def _pedacos(conteudo: bytes) -> set[bytes]:
    """Every word of the PDF, written open."""
    with pikepdf.open(BytesIO(conteudo)) as documento:
        aberto = hostis.salvar(documento, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return set(re.split(rb"[\s()<>]+", aberto))


@pytest.mark.parametrize("paginas", [1, 3])
def test_an_ordinary_pdf_passes_and_its_pages_are_counted(paginas: int) -> None:
    resultado = pdf.verificar(fabricas.pdf("Certidão", paginas))
    assert (resultado.situacao, resultado.detalhe) == ("aprovado", f"{paginas} página(s)")


def test_ten_thousand_pages_pass() -> None:
    assert pdf.verificar(hostis.pdf_com_paginas(10_000)).detalhe == "10000 página(s)"


def test_links_forms_and_outlines_are_no_programs() -> None:
    def enfeitar(documento: pikepdf.Pdf) -> None:
        ligacao = Dictionary(S=Name.URI, URI=String("https://www.mg.gov.br"))
        documento.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=ligacao)])
        documento.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([documento.pages[0].obj, Name.Fit]))
        documento.Root.AcroForm = Dictionary(Fields=Array([]))
        documento.Root.Names = Dictionary(Dests=Dictionary(Names=Array([])))
        # A font may be called anything.
        documento.pages[0].Resources = Dictionary(Font=Dictionary(JS=Dictionary(Type=Name.Font)))

    assert _dito(_com(enfeitar)) == ("aprovado", "", None)


def test_a_password_to_open_is_refused_and_printing_it_again_helps() -> None:
    conteudo = _protegido(user="abrir", owner="dono")
    resultado = pdf.verificar(conteudo)
    assert (resultado.situacao, resultado.detalhe) == ("reprovado", "o PDF está protegido por senha.")
    assert resultado.conselho.startswith("Abra-o com a senha, escolha Imprimir → Salvar como PDF")
    assert pdf.verificar(_imprimir_como_pdf(conteudo, "abrir")).situacao == "aprovado"


def test_a_password_to_change_is_told_apart_because_the_person_sees_no_password() -> None:
    conteudo = _protegido(user="", owner="dono")
    resultado = pdf.verificar(conteudo)
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == "o PDF abre sem senha, mas tem proteção contra cópia ou alteração."
    assert resultado.conselho.startswith("Abra-o, escolha Imprimir → Salvar como PDF")
    assert pdf.verificar(_imprimir_como_pdf(conteudo)).situacao == "aprovado"


def test_nobody_is_told_to_print_what_does_not_print() -> None:
    sem_imprimir = pikepdf.Permissions(print_lowres=False, print_highres=False)
    resultado = pdf.verificar(_protegido(user="", owner="dono", allow=sem_imprimir))
    assert resultado.situacao == "reprovado"
    assert "peça a quem o emitiu uma cópia sem proteção" in resultado.conselho
    assert "Salvar como PDF" not in resultado.conselho


@pytest.mark.parametrize("parte", [0.1, 0.5, 0.8, 0.99])
def test_a_pdf_cut_in_the_middle_is_refused(parte: float) -> None:
    inteiro = fabricas.pdf("Certidão", 3)
    resultado = pdf.verificar(inteiro[: int(len(inteiro) * parte)])
    assert resultado.situacao == "reprovado"
    assert resultado.detalhe == "o PDF está danificado ou incompleto."
    assert "Gere ou baixe o PDF de novo" in resultado.conselho


@pytest.mark.parametrize("conteudo", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"lixo " * 99 + b"%%EOF"])
def test_rubbish_between_header_and_end_is_refused(conteudo: bytes) -> None:
    assert pdf.verificar(conteudo).detalhe == "o PDF está danificado ou incompleto."


def test_a_pdf_without_pages_is_refused() -> None:
    resultado = pdf.verificar(hostis.pdf_com_paginas(0))
    assert (resultado.situacao, resultado.detalhe) == ("reprovado", "o PDF não tem páginas.")


def _acao(tipo: Name) -> Dictionary:
    return Dictionary(S=tipo, JS=String("app.alert(1)"), F=String("cmd.exe"))


def _ao_abrir(documento: pikepdf.Pdf) -> None:
    documento.Root.OpenAction = _acao(Name.JavaScript)


def _ao_abrir_noutro_objeto(documento: pikepdf.Pdf) -> None:
    documento.Root.OpenAction = documento.make_indirect(_acao(Name.JavaScript))


def _na_arvore_de_nomes(documento: pikepdf.Pdf) -> None:
    nomes = Array([String("inicio"), _acao(Name.JavaScript)])
    documento.Root.Names = Dictionary(JavaScript=Dictionary(Names=nomes))


def _numa_anotacao(documento: pikepdf.Pdf) -> None:
    anotacao = Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=_acao(Name.JavaScript))
    documento.pages[0].Annots = Array([anotacao])


def _ao_virar_a_pagina(documento: pikepdf.Pdf) -> None:
    documento.pages[0].AA = Dictionary(O=_acao(Name.Launch))


def _depois_de_outra_acao(documento: pikepdf.Pdf) -> None:
    documento.Root.OpenAction = Dictionary(S=Name.GoTo, Next=Array([_acao(Name.Launch)]))


def _com_o_tipo_noutro_objeto(documento: pikepdf.Pdf) -> None:
    documento.Root.OpenAction = Dictionary(S=documento.make_indirect(Name.Launch))


def _num_video(documento: pikepdf.Pdf) -> None:
    documento.Root.OpenAction = _acao(Name.Rendition)


def _no_dicionario_de_um_fluxo(documento: pikepdf.Pdf) -> None:
    fluxo = documento.make_stream(b"q Q")
    fluxo.Extra = _acao(Name.JavaScript)
    documento.pages[0].Contents = fluxo


@pytest.mark.parametrize(
    "estrago",
    [
        _ao_abrir,
        _ao_abrir_noutro_objeto,
        _na_arvore_de_nomes,
        _numa_anotacao,
        _ao_virar_a_pagina,
        _depois_de_outra_acao,
        _com_o_tipo_noutro_objeto,
        _num_video,
        _no_dicionario_de_um_fluxo,
    ],
)
def test_a_program_leaves_the_copy_wherever_it_hides(estrago: Estrago) -> None:
    situacao, detalhe, copia = _dito(_com(estrago))
    assert situacao == "atencao"
    assert detalhe.startswith("o PDF continha ")
    assert copia is not None
    assert _dito(copia) == ("aprovado", "", None)
    assert not {b"/JavaScript", b"/Launch", b"app.alert", b"cmd.exe"} & set(_pedacos(copia))


def test_a_program_inside_a_compressed_object_stream_is_found() -> None:
    documento = hostis.pdf_em_branco()
    _ao_abrir_noutro_objeto(documento)
    conteudo = hostis.salvar(documento, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in conteudo
    assert "JavaScript" in _dito(conteudo)[1]


@pytest.mark.parametrize("estrago", [hostis.com_xfa, hostis.com_anexo, hostis.com_midia])
def test_forms_of_programs_embedded_files_and_media_leave_the_copy(estrago: Estrago) -> None:
    situacao, _, copia = _dito(_com(estrago))
    assert situacao == "atencao"
    assert copia is not None
    assert hostis.SEGREDO not in copia
    assert _dito(copia) == ("aprovado", "", None)


def test_a_signed_pdf_stays_as_it_is_and_what_is_active_is_told() -> None:
    def assinar(documento: pikepdf.Pdf) -> None:
        _ao_abrir(documento)
        documento.Root.Assinatura = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]))

    situacao, detalhe, copia = _dito(_com(assinar))
    assert (situacao, copia) == ("atencao", None)
    assert detalhe.startswith("o PDF é assinado e contém JavaScript")


@pytest.mark.parametrize("depois", [hostis.zip_com(b"x"), b"MZ\x90 programa"], ids=["zip", "exe"])
def test_what_follows_the_end_of_a_pdf_leaves_the_copy(depois: bytes) -> None:
    _, detalhe, copia = _dito(fabricas.pdf("Certidão") + depois)
    assert "outro arquivo no fim" in detalhe
    assert copia is not None
    assert depois not in copia


def test_line_breaks_after_the_end_are_nothing() -> None:
    assert _dito(fabricas.pdf("Certidão") + b"\r\n\0")[2] is None


@pytest.mark.parametrize("valor", [String("x"), Array([]), Name.X, 7])
def test_a_wrong_type_in_the_catalogue_does_not_break_the_check(valor: object) -> None:
    def estragar(documento: pikepdf.Pdf) -> None:
        documento.Root.Names = valor
        documento.Root.OpenAction = valor

    assert _dito(_com(estragar)) == ("aprovado", "", None)


def test_deep_nesting_does_not_exhaust_the_check() -> None:
    fundo = b"[" * 450 + b"<< /S /JavaScript >>" + b"]" * 450
    catalogo = b"<< /Type /Catalog /Pages 2 0 R /X %s >>" % fundo
    pagina = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    conteudo = hostis.pdf_de_objetos(catalogo, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", pagina)
    assert "JavaScript" in _dito(conteudo)[1]

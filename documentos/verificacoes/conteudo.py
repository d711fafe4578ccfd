"""All that is dear and dangerous in looking at a file, in one process of its own: its content, and a clean copy."""

from collections.abc import Callable
from dataclasses import dataclass

from documentos.verificacoes import formato, imagem, legibilidade, pdf, selfie
from documentos.verificacoes.isolamento import Interrompida, isolada
from documentos.verificacoes.resultado import Resultado, reprovado


@dataclass(frozen=True)
class Exame:
    """What the checks of the content said, and the bytes to serve instead of those received, if any."""

    resultados: list[Resultado]
    copia: bytes | None = None
    midia_da_copia: str = ""


def examinar(midia: str, conteudo: bytes, *, e_selfie: bool = False) -> Exame:
    """Check the content of a file of this media type. Other types than PDF and picture have nothing to check."""
    if midia == "application/pdf" and e_selfie:
        return Exame([foto_em_pdf()])
    if midia not in formato.MIDIAS.values():
        return Exame([])
    try:
        resultados, copia = isolada(pdf.examinar if midia == "application/pdf" else imagem.examinar, conteudo)
    except Interrompida:
        return Exame([_complexo()])
    midia_da_copia = formato.midia(copia) if copia else ""
    if e_selfie and copia is not None:
        resultados = [*resultados, *_aconselhar(selfie.verificar, copia)]
    elif all(r.situacao != "reprovado" for r in resultados):
        resultados = [
            *resultados,
            *_aconselhar(legibilidade.verificar, copia or conteudo, midia_da_copia or midia),
        ]
    return Exame(resultados, copia, midia_da_copia)


def foto_em_pdf() -> Resultado:
    """The refusal of a PDF where a photo of the person is expected."""
    return reprovado(
        "selfie", "1", "a selfie deve ser uma foto.", "Envie a foto em JPEG, PNG ou HEIC, não em PDF."
    )


def _complexo() -> Resultado:
    return reprovado(
        "isolamento",
        "1",
        "o arquivo é complexo demais para ser examinado.",
        "Escolha Imprimir → Salvar como PDF, ou tire uma foto nova, e envie a cópia.",
    )


def _aconselhar(conselho: Callable[..., list[Resultado]], *args: bytes | str) -> list[Resultado]:
    """These checks only assist: when they cannot run, nothing is lost."""
    try:
        return isolada(conselho, *args)
    except Interrompida:
        return []

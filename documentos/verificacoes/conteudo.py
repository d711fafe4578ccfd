"""All that is dear and dangerous in looking at a file, in one process of its own: its content, and a clean copy."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from documentos.verificacoes import formato, imagem, legibilidade, lido, pdf, selfie
from documentos.verificacoes.isolamento import Interrompida, em_partes
from documentos.verificacoes.lido import Lido
from documentos.verificacoes.resultado import Resultado, atencao, reprovado


@dataclass(frozen=True)
class Exame:
    """What checks of the content said, the bytes to serve instead of those received, if any, and what was read."""

    resultados: Sequence[Resultado] = ()
    copia: bytes | None = None
    midia_da_copia: str = ""
    lido: Lido | None = None

    def mais(self, parte: "Exame") -> "Exame":
        """Return this and what the next check said."""
        return Exame(
            [*self.resultados, *parte.resultados],
            self.copia or parte.copia,
            self.midia_da_copia or parte.midia_da_copia,
            self.lido or parte.lido,
        )


def examinar(midia: str, conteudo: bytes, *, e_selfie: bool = False, raizes: Sequence[bytes] = ()) -> Exame:
    """Check the content of a file of this media type. Other types than PDF and picture have nothing to check.

    When a check cannot end, its name is told, and what those before it found stays.
    """
    if midia == "application/pdf" and e_selfie:
        return Exame([foto_em_pdf()])
    if midia not in formato.MIDIAS.values():
        return Exame()
    exame, etapas = Exame(), iter(_etapas(midia, e_selfie))
    etapa = next(etapas)
    try:
        for parte in em_partes(_examinar, midia, conteudo, e_selfie, raizes):
            exame, etapa = exame.mais(parte), next(etapas, etapa)
    except Interrompida:
        return exame.mais(Exame([_interrompida(etapa)]))
    return exame


def _etapas(midia: str, e_selfie: bool) -> tuple[ModuleType, ...]:
    """Return the checks in their order: the first one decides, the others only assist, what serves most before."""
    if midia == "application/pdf":
        return pdf, lido, legibilidade
    return imagem, selfie if e_selfie else legibilidade


def _examinar(midia: str, conteudo: bytes, e_selfie: bool, raizes: Sequence[bytes]) -> Iterator[Exame]:
    """Run each of ``_etapas``. In the process of its own."""
    e_pdf = midia == "application/pdf"
    resultados, copia = pdf.examinar(conteudo) if e_pdf else imagem.examinar(conteudo)
    midia_da_copia = formato.midia(copia) if copia else ""
    yield Exame(resultados, copia, midia_da_copia)
    if any(r.situacao == "reprovado" for r in resultados):
        return
    if e_pdf:
        yield _se_terminar(lido, lambda: Exame(lido=lido.ler(conteudo, raizes)))
    mostrado, midia_mostrada = copia or conteudo, midia_da_copia or midia
    if e_selfie:
        yield _se_terminar(selfie, lambda: Exame(selfie.verificar(mostrado)))
    else:
        yield _se_terminar(legibilidade, lambda: Exame(legibilidade.verificar(mostrado, midia_mostrada)))


def _se_terminar(etapa: ModuleType, fazer: Callable[[], Exame]) -> Exame:
    """A check that only assists may fail; that it did is told, and the next one has its turn."""
    try:
        return fazer()
    except Exception:  # noqa: BLE001 - whatever a decoder raises on hostile bytes, or for want of memory
        return Exame([_interrompida(etapa)])


def foto_em_pdf() -> Resultado:
    """The refusal of a PDF where a photo of the person is expected."""
    return reprovado(
        "selfie", "1", "a selfie deve ser uma foto.", "Envie a foto em JPEG, PNG ou HEIC, não em PDF."
    )


def _interrompida(etapa: ModuleType) -> Resultado:
    if etapa in {pdf, imagem}:
        return reprovado(
            etapa.NOME,
            etapa.VERSAO,
            "o arquivo é complexo demais para ser examinado.",
            "Escolha Imprimir → Salvar como PDF, ou tire uma foto nova, e envie a cópia.",
        )
    return atencao(
        etapa.NOME,
        etapa.VERSAO,
        "esta conferência não terminou: o portal não conseguiu ler o arquivo todo.",
        "Se as páginas abrem bem aqui no portal, não é preciso fazer nada: a equipe confere.",
    )

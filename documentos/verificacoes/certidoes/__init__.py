"""Certificates that the portal reads, one file per kind (docs/dominio.md, PIAD)."""

from documentos.verificacoes.certidoes import cdt_mg, cnd_federal, cnd_municipal, cndt, crf_fgts, tce
from documentos.verificacoes.certidoes.leitura import Certidao, Resultado

__all__ = ["NOMES", "VERSAO", "Certidao", "Resultado", "ler", "serve_a"]

VERSAO = "2"
NOMES = {
    "cnd_federal": "certidão de tributos federais (Receita Federal e PGFN)",
    "crf_fgts": "certificado do FGTS (CRF)",
    "cndt": "certidão de débitos trabalhistas (CNDT)",
    "cdt_mg": "certidão de débitos tributários de Minas Gerais (CDT)",
    "cnd_municipal": "certidão de tributos municipais",
    "tce_pessoal": "certidão do Tribunal de Contas sobre despesa com pessoal",
    "tce_divida": "certidão do Tribunal de Contas sobre dívida e operações de crédito",
    "tce_limites": "certidão do Tribunal de Contas sobre os limites da LRF",
}
# The most particular first: many papers name the prefeitura, the State or the Union in passing.
_LEITORES = (cnd_federal.ler, crf_fgts.ler, cndt.ler, cdt_mg.ler, tce.ler, cnd_municipal.ler)


def ler(texto: str) -> Certidao | None:
    """Recognise a certificate in normalised text and read it; None when it is none that is known."""
    return next((lida for leitor in _LEITORES if (lida := leitor(texto)) is not None), None)


def serve_a(especie: str) -> frozenset[str]:
    """Return the codes of the kinds of document (``TipoDocumento.codigo``) that a certificate of this kind proves."""
    return frozenset({"tce_pessoal", "tce_divida"} if especie == "tce_limites" else {especie})

"""The certificate of the labour courts on unpaid judgments (CLT, art. 642-A; 180 days)."""

from documentos.verificacoes.certidoes.leitura import Certidao, apos, cnpjs, dia_apos, resultado, validade

ENDERECO = "https://www.tst.jus.br/certidao1"


def ler(texto: str) -> Certidao | None:
    """Read it, or return None when the text is something else."""
    if "DEBITOS TRABALHISTAS" not in texto or "CERTIDAO" not in texto:
        return None
    emitida = dia_apos(r"EXPEDI(?:CAO|DA EM)", texto)
    return Certidao(
        "cndt",
        cnpjs(texto),
        emitida,
        validade(r"VALIDADE|VALIDA ATE", texto, emitida),
        resultado(texto),
        apos(r"CERTIDAO N[O.º°]*", r"\d[\d.]* ?/ ?\d{4}", texto),
        ENDERECO,
    )

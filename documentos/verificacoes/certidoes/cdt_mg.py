"""The certificate of the State on its taxes (CDT, SEF-MG; 90 days)."""

from documentos.verificacoes.certidoes.leitura import Certidao, apos, cnpjs, dia_apos, resultado, validade

ENDERECO = "https://www2.fazenda.mg.gov.br/sol/"


def ler(texto: str) -> Certidao | None:
    """Read it, or return None when the text is something else."""
    do_estado = "SECRETARIA DE ESTADO DE FAZENDA" in texto or "FAZENDA DE MINAS GERAIS" in texto
    if not do_estado or "CERTIDAO DE DEBITOS TRIBUTARIOS" not in texto:
        return None
    emitida = dia_apos(r"(?:CERTIDAO )?EMITIDA EM", texto)
    return Certidao(
        "cdt_mg",
        cnpjs(texto),
        emitida,
        validade(r"(?:CERTIDAO )?VALIDA ATE", texto, emitida),
        resultado(texto),
        apos(r"CODIGO DE CONTROLE(?: D[AE] CERTIDAO)?", r"\d[\d ]{8,24}\d", texto),
        ENDERECO,
    )

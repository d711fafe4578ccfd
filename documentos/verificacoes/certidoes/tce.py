"""The certificates of the Tribunal de Contas on the limits of LRF (120 days): personnel, debt and credit operations."""

import re

from documentos.verificacoes.certidoes.leitura import (
    Certidao,
    Resultado,
    apos,
    cnpjs,
    dia_apos,
    validade,
)

ENDERECO = "https://www.tce.mg.gov.br/"
_PESSOAL = r"DESPESAS? (?:TOTAL )?(?:COM|DE) PESSOAL"
_DIVIDA = r"DIVIDA CONSOLIDADA|OPERAC(?:AO|OES) DE CREDITO"
_DENTRO = (
    r"NAO (?:FOI|FORAM|TER|HAVER)? ?(?:ULTRAPASS|EXCED|DESCUMPR)|DENTRO DOS? LIMITES?"
    r"|(?<!DES)CUMPRI|OBSERV(?:OU|ARAM|ADOS?) "
)
_FORA = (
    r"(?<!NAO )(?:ULTRAPASS|EXCED(?:EU|ERAM))|(?<!NAO )DESCUMPR|ACIMA DOS? LIMITES?|NAO (?:CUMPRI|OBSERVOU)"
)


def ler(texto: str) -> Certidao | None:
    """Read it, or return None when the text is something else. One paper may attest both groups of limits."""
    if "TRIBUNAL DE CONTAS" not in texto or "CERTI" not in texto:
        return None
    pessoal, divida = re.search(_PESSOAL, texto), re.search(_DIVIDA, texto)
    if not pessoal and not divida:
        return None
    emitida = dia_apos(
        r"EMITIDA (?:ELETRONICAMENTE )?EM|EXPEDIDA EM|BELO HORIZONTE,?|DATA D[AE] EMISSAO", texto
    )
    return Certidao(
        "tce_limites" if pessoal and divida else "tce_pessoal" if pessoal else "tce_divida",
        cnpjs(texto),
        emitida,
        validade(r"VALIDA ATE(?: O DIA)?|VALIDADE(?: ATE)?", texto, emitida),
        _resultado(texto),
        apos(
            r"CODIGO (?:DE|PARA) (?:CONTROLE|VERIFICACAO|AUTENTICIDADE|AUTENTICACAO)",
            r"[0-9A-Z][0-9A-Z.-]{5,40}",
            texto,
        ),
        ENDERECO,
    )


def _resultado(texto: str) -> Resultado:
    if re.search(_FORA, texto):
        return Resultado.IRREGULAR
    return Resultado.REGULAR if re.search(_DENTRO, texto) else Resultado.NAO_LIDO

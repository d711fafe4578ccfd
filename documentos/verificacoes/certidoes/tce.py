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
    r"(?<!DES)CUMPRI(?!MENTO)|OBSERV(?:OU|ARAM|AD[AO]S?)\b|ATEND(?:EU|ERAM|ID[AO]S?)\b|DENTRO DOS? LIMITES?"
)
_FORA = (
    r"ULTRAPASS(?:OU|ARAM|AD[AO]S?)\b|EXCED(?:EU|ERAM|ID[AO]S?)\b"
    r"|DESCUMPRI(?!MENTO)|HOUVE DESCUMPRIMENTO|ACIMA DOS? LIMITES?"
)
_NAO = re.compile(r"\bNAO(?: \w+){0,2} $")  # "não foram ultrapassados", "não se encontra acima do limite"


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
    """Tell the outcome: what is said to be above a limit, or not to keep it, wins over all else that is said."""
    fora, dentro = _ditos(_FORA, texto), _ditos(_DENTRO, texto)
    if True in fora or False in dentro:
        return Resultado.IRREGULAR
    return Resultado.REGULAR if fora or dentro else Resultado.NAO_LIDO


def _ditos(o_que: str, texto: str) -> set[bool]:
    """Return whether it is affirmed, denied, or both; empty when it is not said."""
    return {
        _NAO.search(texto, max(achado.start() - 60, 0), achado.start()) is None
        for achado in re.finditer(o_que, texto)
    }

"""The certificate of a prefeitura on its taxes. Each one prints it in its own way: what is common is read."""

import re

from documentos.verificacoes.certidoes.leitura import Certidao, apos, cnpjs, dia_apos, resultado, validade


def ler(texto: str) -> Certidao | None:
    """Read it, or return None when the text is something else."""
    da_prefeitura = re.search(r"PREFEITURA|MUNICIPIO DE|SECRETARIA MUNICIPAL|FAZENDA MUNICIPAL", texto)
    if not da_prefeitura or not re.search(
        r"CERTIDAO (?:NEGATIVA|POSITIVA|DE DEBITOS|DE REGULARIDADE)", texto
    ):
        return None
    emitida = dia_apos(
        r"EMITIDA (?:AS [\d:]+ )?(?:EM|NO DIA|DO DIA)|DATA D[AE] EMISSAO|EMISSAO|EXPEDIDA EM", texto
    )
    return Certidao(
        "cnd_municipal",
        cnpjs(texto),
        emitida,
        validade(r"VALIDA ATE(?: O DIA)?|VALIDADE(?: ATE)?|DATA DE VALIDADE", texto, emitida),
        resultado(texto),
        apos(
            r"CODIGO (?:DE|PARA) (?:CONTROLE|VERIFICACAO|AUTENTICIDADE|AUTENTICACAO|VALIDACAO)(?: DA CERTIDAO)?",
            r"[0-9A-Z][0-9A-Z./-]{3,40}",
            texto,
        ),
    )

"""The certificate of the Caixa on the FGTS (30 days). It is issued only to who is in order."""

import re

from documentos.verificacoes.certidoes.leitura import DATA, Certidao, Resultado, apos, cnpjs, dia

ENDERECO = "https://consulta-crf.caixa.gov.br/consultacrf/pages/consultaEmpregador.jsf"
CAIXA = "00360305000104"


def ler(texto: str) -> Certidao | None:
    """Read it, or return None when the text is something else. Its validity begins on the day of the issue."""
    if not re.search(r"CERTIFICADO DE REGULARIDADE DO FGTS", texto):
        return None
    periodo = re.search(rf"VALIDADE[ :]*{DATA} ?(?:A|ATE) ?{DATA}", texto)
    return Certidao(
        "crf_fgts",
        tuple(cnpj for cnpj in cnpjs(texto) if cnpj != CAIXA),
        dia(periodo[1]) if periodo else None,
        dia(periodo[2]) if periodo else None,
        Resultado.REGULAR,
        apos(r"CERTIFICACAO (?:NUMERO|N[O.º°]*)", r"\d[\d ]{14,30}\d", texto),
        ENDERECO,
    )

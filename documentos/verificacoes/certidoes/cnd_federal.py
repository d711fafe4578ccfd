"""The joint certificate of Receita Federal and PGFN: federal taxes and the debt to the Union (180 days)."""

from documentos.verificacoes.certidoes.leitura import Certidao, apos, cnpjs, dia_apos, resultado, validade

ENDERECO = "https://solucoes.receita.fazenda.gov.br/Servicos/certidaointernet/PJ/Autenticidade/Confirmar"


def ler(texto: str) -> Certidao | None:
    """Read it, or return None when the text is something else."""
    if "TRIBUTOS FEDERAIS" not in texto or "DIVIDA ATIVA DA UNIAO" not in texto:
        return None
    emitida = dia_apos(r"EMITIDA (?:AS [\d: ]+ ?H?(?:ORAS)? )?(?:DO|NO|EM)?(?: DIA)?", texto)
    return Certidao(
        "cnd_federal",
        cnpjs(texto),
        emitida,
        validade(r"VALIDA ATE(?: O DIA)?", texto, emitida),
        resultado(texto),
        apos(r"CODIGO DE CONTROLE(?: DA CERTIDAO)?", r"(?:[0-9A-F]{4} ?\. ?){3}[0-9A-F]{4}", texto),
        ENDERECO,
    )

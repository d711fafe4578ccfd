"""The catalogue in plain words."""

from documentos.envio import DIAS_DESDE_A_EMISSAO
from documentos.models import Condicao, Exigencia, TipoDocumento, Validade

_CONDICOES = {
    Condicao.SE_HOUVER: "Só se houver.",
    Condicao.SE_DELEGADO: "Só se houver delegação.",
    Condicao.RPPS: "Só para quem tem regime próprio de previdência.",
    Condicao.AREA_SAUDE: "Só para quem atua na saúde.",
    Condicao.AREA_ASSISTENCIA_SOCIAL: "Só para quem atua na assistência social.",
    Condicao.AREA_CRIANCA: "Só para quem atende crianças e adolescentes.",
    Condicao.OPCIONAL: "Opcional.",
}


def quando_se_aplica(exigencia: Exigencia) -> str:
    """Return of whom an obligation is asked, empty when of everybody of the type."""
    return _CONDICOES.get(Condicao(exigencia.condicao), "")


def validade_em_palavras(tipo: TipoDocumento) -> str:
    """Return for how long the document will be valid once accepted (docs/dominio.md, Catalogue)."""
    dias = tipo.dias
    return {
        Validade.MANDATO: "Vale até o fim do mandato do representante legal.",
        Validade.IMPRESSA: "Vale até a data impressa no documento"
        + (f", em geral {dias} dias após a emissão." if dias else "."),
        Validade.ANO: "Vale até 31 de dezembro do ano de referência.",
        Validade.FIXA: "Vale até a data que consta do próprio ato.",
        Validade.PERM: "Não vence: vale até mudar.",
        Validade.VIVA: "É consultado permanentemente e não vence.",
        Validade.EMISSAO90_MANDATO: f"Deve ter sido emitido há no máximo {DIAS_DESDE_A_EMISSAO} dias; "
        "depois de aceito, vale até o fim do mandato do representante legal.",
    }[Validade(tipo.validade)]

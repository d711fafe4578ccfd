"""The dates that a certificate prints, proposed to the person who typed others or none."""

from datetime import date

from documentos.envio import problemas_das_datas
from documentos.models import Documento
from documentos.verificacoes.certidoes import serve_a


def lidas(documento: Documento, hoje: date) -> dict[str, date]:
    """Return ``emitido_em`` and ``valido_ate`` as printed, where the document has others and these would be taken.

    Empty when nothing differs, when the portal recognised no certificate of the kind that was asked for, or when the
    printed dates would be refused on ``hoje`` (São Paulo).
    """
    arquivos = list(documento.arquivos.select_related("leitura"))
    certidao = (
        arquivos[0].leitura.certidao if len(arquivos) == 1 and hasattr(arquivos[0], "leitura") else None
    )
    if certidao is None or documento.tipo.codigo not in serve_a(certidao.especie):
        return {}
    impressas = {"emitido_em": certidao.emitida_em, "valido_ate": certidao.valida_ate}
    novas = {nome: dia for nome, dia in impressas.items() if dia and dia != getattr(documento, nome)}
    ficariam = {nome: novas.get(nome, getattr(documento, nome)) for nome in impressas}
    recusadas = problemas_das_datas(documento.tipo, **ficariam, ano=documento.ano_referencia, hoje=hoje)
    return {} if recusadas else novas

"""The dates that a certificate prints, proposed to the person who typed others or none."""

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from documentos.envio import problemas_das_datas
from documentos.models import Documento, TipoDocumento, Validade
from documentos.verificacoes import lido, tamanho
from documentos.verificacoes.certidao import CONHECIDAS
from documentos.verificacoes.certidoes import serve_a
from documentos.verificacoes.isolamento import Interrompida, isolada


def lidas(documento: Documento, hoje: date) -> dict[str, date]:
    """Return ``emitido_em`` and ``valido_ate`` as printed, where the document has others and these would be taken.

    Empty when the date that is asked for does not differ, when the portal recognised no certificate of the kind asked
    for, or when the printed dates would be refused on ``hoje`` (São Paulo).
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
    pedida = "emitido_em" if documento.tipo.validade == Validade.EMISSAO90_MANDATO else "valido_ate"
    return {} if recusadas or pedida not in novas else novas


def legivel(tipo: TipoDocumento) -> bool:
    """Tell whether the portal may read the dates of this kind of document by itself."""
    return tipo.codigo in CONHECIDAS


def validade_impressa(tipo: TipoDocumento, arquivos: Sequence[UploadedFile]) -> date | None:
    """Return the last day printed in a certificate that is on its way in, of the kind that was asked for.

    It is read at once only where the person typed none: what is read then is proposed, never taken unseen.
    """
    if len(arquivos) != 1 or not legivel(tipo) or (arquivos[0].size or 0) > tamanho.LIMITE:
        return None
    arquivos[0].seek(0)
    conteudo = arquivos[0].read()
    arquivos[0].seek(0)
    if not conteudo.startswith(b"%PDF-"):
        return None
    try:
        certidao = isolada(lido.ler_certidao, conteudo)
    except Interrompida:
        return None
    return certidao.valida_ate if certidao and tipo.codigo in serve_a(certidao.especie) else None

"""Updates with a real certificate, read by the portal."""

import re
from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction

from cagec.tempo import hoje
from convenentes import atualizacao, piad, rascunho
from convenentes.cnpj import formatar_cnpj
from convenentes.models import AnaliseAutomatica, Convenente, ItemSolicitacao, Solicitacao
from documentos import fabricas
from documentos.models import Exigencia, TipoDocumento, Verificacao
from tests.convenentes import pedidos
from tests.documentos import certidoes

VALE = timedelta(days=179)


def texto_da_cnd(convenente: Convenente, emitida: date | None = None) -> str:
    """A federal certificate of the convenente, of today."""
    emitida = emitida or hoje()
    texto = certidoes.CND.replace(certidoes.CNPJ, formatar_cnpj(convenente.cnpj))
    texto = texto.replace("05/03/2026", f"{emitida:%d/%m/%Y}")
    return re.sub(r"01/09/2026", f"{emitida + VALE:%d/%m/%Y}", texto)


def pedido(
    convenente: Convenente, texto: str | None = None, *outros: str, valido_ate: date | None = None
) -> Solicitacao:
    """An update with the certificate attached and examined, and ``outros`` with documents that nobody read."""
    solicitacao = anexado(convenente, texto, *outros, valido_ate=valido_ate)
    examinar(solicitacao)
    return solicitacao


def anexado(
    convenente: Convenente, texto: str | None = None, *outros: str, valido_ate: date | None = None
) -> Solicitacao:
    """The same, before anything was examined."""
    pessoa = pedidos.representante_de(convenente)
    solicitacao = (
        pedidos.atualizacao_de(convenente, *outros)
        if outros
        else atualizacao.iniciar_documentos(convenente, pessoa, uuid4())
    )
    item = atualizacao.incluir_exigencia_no_pedido(solicitacao, Exigencia.objects.get(codigo="cnd_federal"))
    assert item is not None
    arquivo = fabricas.enviado("cnd.pdf", certidoes.em_pdf(texto or texto_da_cnd(convenente)))
    rascunho.anexar_documento(
        item,
        [arquivo],
        pessoa,
        chave_envio=uuid4(),
        emitido_em=None,
        valido_ate=valido_ate or hoje() + VALE,
        ano_referencia=None,
    )
    return solicitacao


def examinar(solicitacao: Solicitacao) -> None:
    """Examine its files, as if an antivirus had passed them."""
    for item in solicitacao.itens.exclude(documento=None):
        assert item.documento is not None
        arquivos = item.documento.arquivos.all()
        fabricas.examinar(*arquivos)
        Verificacao.objects.filter(arquivo__in=arquivos, situacao="atencao", nome="antivirus").update(
            situacao="aprovado"
        )


def cnd(solicitacao: Solicitacao) -> ItemSolicitacao:
    """The item of the certificate, as it is now."""
    return pedidos.item_de(solicitacao, "cnd_federal")


def ligar(auditoria: int = 0, **campos: bool) -> AnaliseAutomatica:
    """Let the machine approve the federal certificate."""
    tipo = TipoDocumento.objects.get(codigo="cnd_federal")
    return AnaliseAutomatica.objects.create(tipo_documento=tipo, ligada=True, auditoria=auditoria, **campos)


def enviar(solicitacao: Solicitacao) -> Solicitacao:
    """Send it, and let the machine look at it as the signature does."""
    with transaction.atomic():
        pedidos.enviar(solicitacao)
        piad.analisar(solicitacao)
    return solicitacao

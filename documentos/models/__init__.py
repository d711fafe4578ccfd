"""Catalogue of obligations, files and documents, declarations and signatures."""

from documentos.models.arquivos import (
    Arquivo,
    Documento,
    DocumentoArquivo,
    PastaDigital,
    PastaPessoal,
    Verificacao,
    VisualizacaoSigilosa,
)
from documentos.models.assinaturas import Assinatura, Declaracao, ModeloDeclaracao
from documentos.models.catalogo import (
    Condicao,
    Escopo,
    Genero,
    Grupo,
    MotivoRecusa,
    NaturezaJuridica,
    Obtencao,
    Pedido,
    TipoConvenente,
    TipoDocumento,
    Validade,
)
from documentos.models.identidade import PedidoDeIdentidade
from documentos.models.leituras import AssinaturaDigital, Leitura
from documentos.models.normas import Alternativa, Exigencia, Norma
from documentos.models.orientacoes import Orientacao
from documentos.models.transferencias import Transferencia

__all__ = [
    "Alternativa",
    "Arquivo",
    "Assinatura",
    "AssinaturaDigital",
    "Condicao",
    "Declaracao",
    "Documento",
    "DocumentoArquivo",
    "Escopo",
    "Exigencia",
    "Genero",
    "Grupo",
    "Leitura",
    "ModeloDeclaracao",
    "MotivoRecusa",
    "NaturezaJuridica",
    "Norma",
    "Obtencao",
    "Orientacao",
    "PastaDigital",
    "PastaPessoal",
    "Pedido",
    "PedidoDeIdentidade",
    "TipoConvenente",
    "TipoDocumento",
    "Transferencia",
    "Validade",
    "Verificacao",
    "VisualizacaoSigilosa",
]

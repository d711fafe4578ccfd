"""The receipt of a request that was signed and sent (docs/dominio.md, Flows)."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from contas.documentos_pessoais import mascarar_cpf
from convenentes import itens
from convenentes.models import Solicitacao
from documentos.models import Assinatura

_MODELO = Path(__file__).parent / "pdf" / "comprovante.typ"
PROXIMOS_PASSOS = (
    "A equipe CAGEC analisa cada item. Você recebe um e-mail com a decisão.",
    "Se algo for recusado, o e-mail diz o motivo. Você corrige só o que foi recusado, em até 30 dias.",
    "Enquanto a análise não começar, a solicitação pode ser cancelada na página dela.",
)


def recibo(solicitacao: Solicitacao) -> dict[str, Any]:
    """Return what the receipt says, ready to be kept as JSON. The CPF of who signed is masked (LGPD)."""
    assert solicitacao.protocolo is not None and solicitacao.enviada_em is not None
    return {
        "protocolo": solicitacao.protocolo,
        "tipo": solicitacao.get_tipo_display(),
        "razao_social": solicitacao.nome_do_convenente,
        "cnpj": solicitacao.cnpj_formatado,
        "enviada_em": _instante(solicitacao.enviada_em),
        "documentos": _documentos(solicitacao),
        "assinaturas": _assinaturas(solicitacao),
        "proximos_passos": list(PROXIMOS_PASSOS),
    }


def _instante(momento: Any) -> str:
    return f"{timezone.localtime(momento):%d/%m/%Y às %H:%M:%S} (horário de Brasília)"


def _documentos(solicitacao: Solicitacao) -> list[dict[str, Any]]:
    documentos = itens.documentos(solicitacao).filter(declaracao=None)
    return [
        {
            "nome": documento.tipo.nome,
            "arquivos": [{"nome": a.nome, "sha256": a.sha256} for a in documento.arquivos.all()],
        }
        for documento in documentos.select_related("tipo").prefetch_related("arquivos").order_by("id")
    ]


def _assinaturas(solicitacao: Solicitacao) -> list[dict[str, str]]:
    assinaturas = Assinatura.objects.filter(declaracao__documento__itens__solicitacao=solicitacao).distinct()
    return [
        {
            "titulo": a.declaracao.titulo,
            "nome": a.nome,
            "cpf": mascarar_cpf(a.cpf),
            "cargo": a.cargo,
            "em": _instante(a.assinada_em),
            "codigo": a.codigo,
            "endereco": settings.ENDERECO + reverse("declaracao", args=[a.codigo]),
        }
        for a in assinaturas.select_related("declaracao").order_by("assinada_em", "id")
    ]


def compor_pdf(solicitacao: Solicitacao) -> bytes:
    """Compose the PDF of the receipt (PDF/UA-1 and PDF/A-2a)."""
    assert solicitacao.enviada_em is not None
    pdf: bytes = typst.compile(
        str(_MODELO),
        sys_inputs={"dados": json.dumps(recibo(solicitacao))},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=solicitacao.enviada_em.replace(microsecond=0),
        ignore_system_fonts=True,
    )
    return pdf

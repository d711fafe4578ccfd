"""The CRC (Certificado de Registro Cadastral): an immutable picture, issued even when irregular.

See docs/dominio.md, CRC. Anyone may issue it; the code and the QR lead to a public page that confirms it.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from convenentes import situacao
from convenentes.models import Certificado, Convenente, PapelVinculo, Vinculo
from documentos import guarda
from documentos.codigos import novo_codigo
from documentos.models import Escopo
from documentos.pdfs import compor

_MODELO = Path(__file__).parent / "pdf" / "crc.typ"


class NaoCertificavel(Exception):
    """Only a record that the public may see has a certificate."""


@transaction.atomic
def emitir(convenente: Convenente, hoje: date, chave_envio: UUID) -> Certificado:
    """Issue a certificate of the situation on ``hoje``. The same ``chave_envio`` returns the first of the day.

    Raises NaoCertificavel for a record that is not public.
    """
    Convenente.objects.select_for_update(of=("self",)).get(pk=convenente.pk)
    chave_envio = chave_do_conteudo(chave_envio, convenente.pk, hoje)
    existente = Certificado.objects.filter(chave_envio=chave_envio).first()
    if existente is not None:
        return existente
    if not Convenente.objects.publicos().filter(pk=convenente.pk).exists():
        raise NaoCertificavel
    codigo, agora = novo_codigo(), timezone.localtime()
    retrato = retratar(convenente, hoje)
    pdf = guarda.guardar_gerado(
        f"CRC-{convenente.cnpj}.pdf", "application/pdf", compor_pdf(retrato, codigo, agora)
    )
    return Certificado.objects.create(
        chave_envio=chave_envio,
        codigo=codigo,
        convenente=convenente,
        regular=retrato["regular"],
        retrato=retrato,
        pdf=pdf,
        emitido_em=agora,
    )


def retratar(convenente: Convenente, hoje: date) -> dict[str, Any]:
    """Return everything that the certificate says, ready to be kept as JSON. Nothing private goes in."""
    quadro = situacao.quadro(convenente, hoje)
    representante = (
        Vinculo.objects.vigentes(hoje)
        .filter(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)
        .select_related("usuario")
        .first()
    )
    return {
        "numero": convenente.numero,
        "cnpj": convenente.cnpj_formatado,
        "razao_social": convenente.razao_social,
        "nome_fantasia": convenente.nome_fantasia,
        "tipo": convenente.tipo.nome,
        "municipio": str(convenente.municipio),
        "situacao": "REGULAR" if quadro.regular else "IRREGULAR",
        "regular": quadro.regular,
        "motivo_do_cadastro": quadro.motivo_do_cadastro,
        "impedimento": bool(quadro.impedimentos),
        "dia": f"{hoje:%d/%m/%Y}",
        "data_de_risco": _dia(quadro.data_de_risco),
        "representante": {
            "nome": representante.usuario.nome if representante else "",
            "cargo": representante.cargo if representante else "",
            "mandato_ate": _dia(representante.mandato_ate if representante else None),
        },
        "grupos": [
            {"nome": nome, "linhas": [_linha(publica) for publica in publicas(linhas)]}
            for nome, linhas in quadro.grupos
        ],
    }


def publicas(linhas: list[situacao.Linha]) -> list[situacao.Linha]:
    """Merge what is said about the person of the representante into one line: its details are private."""
    pessoais = [linha for linha in linhas if linha.escopo == Escopo.REPRESENTANTE]
    outras = [linha for linha in linhas if linha.escopo != Escopo.REPRESENTANTE]
    if not pessoais:
        return outras
    return [_resumir_pessoais(pessoais), *outras]


def _resumir_pessoais(linhas: list[situacao.Linha]) -> situacao.Linha:
    contam = [linha for linha in linhas if linha.estado != situacao.Estado.NAO_SE_APLICA] or linhas
    pior = next((linha for linha in contam if linha.irregular), None)
    datas = [linha.valido_ate for linha in contam if linha.valido_ate]
    base = pior or min(contam, key=lambda linha: linha.valido_ate or date.max)
    return situacao.Linha(
        **{
            **base.__dict__,
            "codigo": "representante",
            "nome": situacao.SECAO_DO_REPRESENTANTE,
            "origem": "Documentos e declarações do representante legal",
            "documento_id": None,
            "valido_ate": base.valido_ate if pior else min(datas, default=None),
        }
    )


def _linha(linha: situacao.Linha) -> dict[str, Any]:
    return {
        "nome": linha.nome,
        "estado": linha.estado_nome,
        "motivo": linha.motivo if linha.irregular else "",
        "valido_ate": _dia(linha.valido_ate),
        "origem": linha.origem or "",
        "verificado_em": _dia(linha.verificado_em),
        "irregular": linha.irregular,
    }


def _dia(dia: date | datetime | None) -> str:
    return f"{dia:%d/%m/%Y}" if dia else ""


def endereco(codigo: str) -> str:
    """Return the public address that confirms the certificate."""
    return settings.ENDERECO + reverse("crc", args=[codigo])


def compor_pdf(retrato: dict[str, Any], codigo: str, emitido_em: datetime) -> bytes:
    """Compose the PDF, with a QR code of the page that confirms it."""
    dados = {
        **retrato,
        "codigo": codigo,
        "emitido_em": f"{emitido_em:%d/%m/%Y às %H:%M:%S} (horário de Brasília)",
    }
    return compor(_MODELO, dados, emitido_em, endereco(codigo))

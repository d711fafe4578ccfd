"""Receita Federal: what it says of a CNPJ, asked over HTTP (``RFB_ENDPOINT``, docs/fontes.md)."""

import json
import re
import time
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings

TAMANHO_MAXIMO = 256 * 1024
_SEGUNDOS_SEM_RESPOSTA = 4
_SEGUNDOS_AO_TODO = 8


class ForaDoAr(Exception):
    """The look-up is off, did not answer in time, or answered something else than the data of the CNPJ."""


@dataclass(frozen=True)
class Empresa:
    """The organisation as the Receita Federal has it. What it left blank is an empty text or None."""

    cnpj: str
    situacao: str
    natureza: str
    razao_social: str
    nome_fantasia: str
    data_abertura: date | None
    cep: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    codigo_ibge: str

    @property
    def ativa(self) -> bool:
        """Only an active CNPJ may be inscribed."""
        return self.situacao == "ATIVA"


def consultar(cnpj: str) -> Empresa | None:
    """Ask about a CNPJ; None when the Receita Federal does not have it. Raises ForaDoAr."""
    if not settings.RFB_ENDPOINT:
        raise ForaDoAr("off")
    corpo = _buscar(f"{settings.RFB_ENDPOINT}/{cnpj}")
    if corpo is None:
        return None
    try:
        empresa = _empresa(json.loads(corpo))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as erro:
        raise ForaDoAr("unknown answer") from erro
    if empresa.cnpj != cnpj:
        raise ForaDoAr("another CNPJ")
    return empresa


def _buscar(endereco: str) -> bytes | None:
    """Return the body, or None for 404. Bounded in size, in silence and in all."""
    pedido = Request(endereco, headers={"Accept": "application/json"})  # noqa: S310 - set by the installation
    fim = time.monotonic() + _SEGUNDOS_AO_TODO
    try:
        with urlopen(pedido, timeout=_SEGUNDOS_SEM_RESPOSTA) as resposta:  # noqa: S310 - as above
            corpo = b""
            while parte := resposta.read1(16 * 1024):
                corpo += parte
                if len(corpo) > TAMANHO_MAXIMO or time.monotonic() > fim:
                    raise ForaDoAr("too much or too slow")
            return corpo
    except HTTPError as erro:
        with erro:
            if erro.code == 404:
                return None
        raise ForaDoAr(str(erro.code)) from erro
    except (OSError, HTTPException) as erro:
        raise ForaDoAr(str(erro)) from erro


def _empresa(dados: dict[str, Any]) -> Empresa:
    """Raises ValueError, TypeError, KeyError or AttributeError for what is not the data of a CNPJ."""
    abertura = dados.get("data_inicio_atividade")
    rua = " ".join(filter(None, (_texto(dados, "descricao_tipo_de_logradouro"), _texto(dados, "logradouro"))))
    return Empresa(
        cnpj=re.sub(r"[^0-9A-Z]", "", dados["cnpj"].upper()),
        situacao=dados["descricao_situacao_cadastral"].strip().upper(),
        natureza=f"{int(dados['codigo_natureza_juridica']):04d}",
        razao_social=_texto(dados, "razao_social")[:200],
        nome_fantasia=_texto(dados, "nome_fantasia")[:200],
        data_abertura=date.fromisoformat(abertura) if abertura else None,
        cep=re.sub(r"[^0-9]", "", _texto(dados, "cep")),
        logradouro=rua[:150],
        numero=_texto(dados, "numero")[:20],
        complemento=" ".join(_texto(dados, "complemento").split())[:100],
        bairro=_texto(dados, "bairro")[:100],
        codigo_ibge=_texto(dados, "codigo_municipio_ibge"),
    )


def _texto(dados: dict[str, Any], campo: str) -> str:
    return str(dados.get(campo) or "").replace("\0", "").strip()

"""The public look-up: by CNPJ, name without accents, município, type and situation (docs/dominio.md, Consultation)."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q

from convenentes import historico, situacao
from convenentes.cnpj import cnpj_valido, limpar_cnpj
from convenentes.models import Convenente
from convenentes.models.convenente import ConvenenteQuerySet
from convenentes.texto import normalizar

POR_PAGINA = 20


@dataclass(frozen=True)
class Filtros:
    """What the person looks for. Empty fields do not filter."""

    texto: str = ""
    municipio: str = ""
    tipo: str = ""
    situacao: str = ""


@dataclass(frozen=True)
class Achado:
    """A row of the result: the record and its situation on the day."""

    convenente: Convenente
    resumo: situacao.Resumo


def procurar(filtros: Filtros, pagina: int | str, hoje: date) -> Page[Convenente]:
    """Return a page of public records in alphabetical order. A page that does not exist gives the nearest one."""
    achados = _filtrar(filtros)
    if filtros.situacao:
        achados = achados.filter(historico.com_resposta(filtros.situacao == "regular", hoje))
    return Paginator(achados.order_by("nome_busca", "pk"), POR_PAGINA).get_page(pagina)


def com_situacao(convenentes: list[Convenente], hoje: date) -> list[Achado]:
    """Join records with their situation on ``hoje``, in one query for all."""
    resumos = situacao.resumir([c.pk for c in convenentes], hoje)
    return [Achado(c, resumos[c.pk]) for c in convenentes]


def _filtrar(filtros: Filtros) -> ConvenenteQuerySet:
    convenentes = por_texto(Convenente.objects.publicos().select_related("municipio", "tipo"), filtros.texto)
    if municipio := filtros.municipio.replace("\x00", "").strip():
        nome = normalizar(municipio)
        convenentes = convenentes.filter(municipio__nome_busca__contains=nome) if nome else convenentes.none()
    if filtros.tipo:
        convenentes = convenentes.filter(tipo__slug=filtros.tipo)
    return convenentes


def por_texto(convenentes: ConvenenteQuerySet, texto: str) -> ConvenenteQuerySet:
    """Keep those whose CNPJ, or name and município, have what was typed. Nothing typed keeps all."""
    limpo = texto.replace("\x00", "").strip()
    return convenentes.filter(_com_texto(limpo)) if limpo else convenentes


def _com_texto(texto: str) -> Q:
    cnpj = limpar_cnpj(texto)
    if cnpj_valido(cnpj):
        return Q(cnpj=cnpj)
    condicao = Q()
    for palavra in normalizar(texto).split():
        condicao &= Q(nome_busca__contains=palavra) | Q(municipio__nome_busca__contains=palavra)
    if not normalizar(texto):
        return Q(pk__in=[])
    if len(cnpj) >= 8 and cnpj[:8].isdecimal():
        condicao |= Q(cnpj__startswith=cnpj)
    return condicao

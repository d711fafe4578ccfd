"""What the admin pages of the registry share."""

import csv
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, StreamingHttpResponse

from contas.models import Usuario

M = TypeVar("M", bound=Model)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class SomenteLeitura(admin.ModelAdmin[M]):
    """Rows that only journeys write: the admin shows them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def analista(request: HttpRequest) -> Usuario:
    """Return the signed-in member of the team. Only for views behind ``admin_view``."""
    assert isinstance(request.user, Usuario)
    return request.user


class _Eco:
    """A file that gives back what is written to it."""

    def write(self, texto: str) -> str:
        return texto


def planilha(nome: str, linhas: Iterable[tuple[str, ...]]) -> StreamingHttpResponse:
    """Return a table for a spreadsheet, row by row. It must not run what somebody wrote."""
    escritor = csv.writer(_Eco(), delimiter=";")
    seguras = ([f"'{v}" if v.startswith(_FORMULAS) else v for v in linha] for linha in linhas)
    textos = (("" if n else "\ufeff") + escritor.writerow(linha) for n, linha in enumerate(seguras))
    resposta = StreamingHttpResponse(textos, content_type="text/csv; charset=utf-8")
    resposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return resposta

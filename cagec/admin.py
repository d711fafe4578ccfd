"""The admin site of the CAGEC team: Django's own, with the portal's sign-in and identity."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Field, ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

# Several of a list are ticked: the admin's two boxes need JavaScript and have names that no screen reader says.
CAIXAS: dict[type[Field[Any, Any]], dict[str, Any]] = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


def em_palavras(campo: str, descricao: str) -> Callable[[Any], str]:
    """Return a column that says "Sim" or "Não": the admin's own red cross looks like an error."""

    @admin.display(description=descricao, ordering=campo)
    def coluna(objeto: Any) -> str:
        return "Sim" if getattr(objeto, campo) else "Não"

    coluna.__name__ = campo  # the class of its cells
    return coluna


class MesaDeAnalise(admin.AdminSite):
    """The team's desk. Signing in goes through the portal's own page, so its limits hold here too."""

    site_header = "CAGEC – Mesa de análise"
    site_title = "CAGEC"
    index_title = "Mesa de análise"
    enable_nav_sidebar = False  # the width belongs to the queue and to the documents

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Only who is of the team comes this far. There is no second form to try passwords on."""
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The portal's own page counts the wrong passwords."""
        return redirect("alterar_senha")

"""The admin site of the CAGEC team: Django's own, with the portal's sign-in and identity."""

from functools import wraps
from typing import Any
from urllib.parse import unquote

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator


class MesaDeAnalise(admin.AdminSite):
    """The team's desk. Signing in goes through the portal's own page, so its limits hold here too."""

    site_header = "CAGEC – Mesa de análise"
    site_title = "CAGEC"
    index_title = "Mesa de análise"

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuse an address with a character that no text of the database can hold: the filters would fail."""

        @wraps(view)
        def conferida(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "\0" in unquote(request.get_full_path()):
                raise BadRequest
            resposta: HttpResponse = view(request, *args, **kwargs)
            return resposta

        return super().admin_view(conferida, cacheable)

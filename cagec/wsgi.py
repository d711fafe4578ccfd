"""WSGI entry point."""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cagec.settings")


def em_utf8(app: "WSGIApplication") -> "WSGIApplication":
    """Let ``app`` read every request as UTF-8, whatever charset it claims.

    Browsers claim none; the names of some codecs would break the request before any view could answer.
    """

    def envolta(ambiente: "WSGIEnvironment", comecar: "StartResponse") -> Iterable[bytes]:
        tipo = ambiente.get("CONTENT_TYPE", "")
        return app({**ambiente, "CONTENT_TYPE": re.sub("(?i)charset", "ignorado", tipo)}, comecar)

    return envolta


application = em_utf8(get_wsgi_application())

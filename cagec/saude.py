"""Is the portal able to work: database and broker answer; and what operators should look at."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

# Upper apps count here what should be zero; it makes nobody ill.
sinais: dict[str, Callable[[], int]] = {}


def saude(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the cache do, for the supervisor and the reverse proxy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.get("saude")
    return JsonResponse({"situacao": "ok", "sinais": {nome: contar() for nome, contar in sinais.items()}})

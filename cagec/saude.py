"""Is the portal able to work: database and broker answer."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse


def saude(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the cache do, for the supervisor and the reverse proxy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.get("saude")
    return JsonResponse({"situacao": "ok"})

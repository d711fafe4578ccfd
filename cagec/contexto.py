"""Template context that every page gets."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Say whether this is a demonstration and whether the embedded mailbox page exists."""
    return {"faixa_demonstracao": settings.DEMONSTRACAO, "tem_caixa_postal": bool(settings.CAIXA_POSTAL)}

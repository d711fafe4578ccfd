"""Today's date, the one clock that rules and pages share."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def hoje() -> date:
    """Return today's date in São Paulo. In tests the file ``hoje`` of the data folder moves the clock."""
    if settings.AMBIENTE == "testes":
        relogio = settings.DADOS / "hoje"
        if relogio.exists():
            return date.fromisoformat(relogio.read_text().strip())
    return timezone.localdate()

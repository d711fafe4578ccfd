"""Acceptance of the term of use, with its evidence (LGPD, art. 8º, § 2º)."""

from datetime import date

from cagec.tempo import hoje
from contas.models import AceiteDeTermo, Termo, Usuario


def termo_vigente(hoje: date) -> Termo | None:
    """Return the latest version of the term in force on ``hoje`` (São Paulo)."""
    return Termo.objects.filter(vigente_de__lte=hoje).first()


def aceitar(usuario: Usuario, *, ip: str | None, navegador: str) -> None:
    """Keep that the person accepted the version in force today. Once only."""
    termo = termo_vigente(hoje())
    if termo is not None:
        AceiteDeTermo.objects.get_or_create(
            usuario=usuario, termo=termo, defaults={"ip": ip, "navegador": navegador[:300]}
        )

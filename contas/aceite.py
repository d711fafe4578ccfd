"""Acceptance of the term of use: at the first password, and again when a new version is in force."""

from datetime import date

from django.db.models import Exists, OuterRef

from contas.models import AceiteDeTermo, Termo, Usuario


def termo_vigente(hoje: date) -> Termo | None:
    """Return the newest version in force on the day ``hoje`` (São Paulo)."""
    return Termo.objects.filter(vigente_de__lte=hoje).first()


def termo_pendente(usuario: Usuario, hoje: date) -> Termo | None:
    """Return the version in force if the person has not accepted it yet. One query."""
    aceites = AceiteDeTermo.objects.filter(usuario=usuario, termo=OuterRef("pk"))
    termo = Termo.objects.filter(vigente_de__lte=hoje).annotate(aceito=Exists(aceites)).first()
    return None if termo is None or termo.aceito else termo


def aceitar(usuario: Usuario, termo: Termo, *, ip: str | None, navegador: str) -> AceiteDeTermo:
    """Keep the evidence of acceptance (LGPD, art. 8º, § 2º). A second time returns the first evidence."""
    aceite, _ = AceiteDeTermo.objects.get_or_create(
        usuario=usuario, termo=termo, defaults={"ip": ip, "navegador": navegador[:300]}
    )
    return aceite

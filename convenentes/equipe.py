"""Who acts for a convenente: today, in the past, and who made it so."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from convenentes.models import Convenente, EventoVinculo, PapelVinculo, Vinculo

SO_VOCE = "Só você cuida deste cadastro: inclua um responsável."
_ORDEM = list(PapelVinculo)
_EX = 50
# In the present: a link may be made, or ended, for a day that is yet to come.
_MUDANCAS = {
    EventoVinculo.Tipo.LIGADO: "passa a atuar",
    EventoVinculo.Tipo.INICIADO: "começou a atuar",
    EventoVinculo.Tipo.ENCERRADO: "deixa de atuar",
}


def atuais(convenente: Convenente, hoje: date) -> list[Vinculo]:
    """Links that hold on ``hoje`` (São Paulo) or are yet to begin, the representante legal first."""
    ate = Q(periodo__upper_inf=True) | Q(periodo__endswith__gt=hoje)
    vinculos = convenente.vinculos.filter(ate).select_related("usuario").order_by("periodo", "id")
    return sorted(vinculos, key=lambda v: _ORDEM.index(PapelVinculo(v.papel)))


def ex_integrantes(convenente: Convenente, hoje: date) -> list[Vinculo]:
    """The last ended link of each person who was responsável or usuário and acts in no role now."""
    em_curso = [v.usuario_id for v in atuais(convenente, hoje)]
    encerrados = convenente.vinculos.exclude(papel=PapelVinculo.REPRESENTANTE).exclude(usuario__in=em_curso)
    ultimos = encerrados.order_by("usuario_id", "-id").distinct("usuario_id").select_related("usuario")
    return list(ultimos[:_EX])


def sozinhos(convenentes: Collection[int], hoje: date) -> set[int]:
    """Which of the convenentes (their keys) have a single person to act for them on ``hoje``."""
    vigentes = Vinculo.objects.vigentes(hoje).filter(convenente__in=convenentes, usuario__is_active=True)
    contados = vigentes.order_by().values("convenente").annotate(pessoas=Count("usuario", distinct=True))
    return {linha["convenente"] for linha in contados if linha["pessoas"] == 1}


def mudanca(evento: EventoVinculo) -> str:
    """Say what the event changed for the person, between the name and the role."""
    return _MUDANCAS[EventoVinculo.Tipo(evento.tipo)]


def autor(evento: EventoVinculo) -> str:
    """Return who made or ended the link. Analysts act in the name of the team; without an author, the system."""
    if evento.por is None:
        return "Portal CAGEC"
    return "Equipe CAGEC" if evento.por.is_staff else evento.por.nome

"""Notices at the top of the pages: which hold, for whom, and which the visitor has closed."""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from atendimento.models import AvisoDoPortal
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes.models import PapelVinculo, Vinculo

FECHADOS = "avisos_fechados"  # key of the session
_MAXIMO = 5


def vigentes(agora: datetime) -> ArraySubquery:
    """Return the notices that hold at ``agora`` as a column, for the query that every page makes for its footer."""
    avisos = AvisoDoPortal.objects.filter(de__lte=agora, ate__gt=agora)[:_MAXIMO]
    return ArraySubquery(avisos.values(json=JSONObject(uuid="uuid", texto="texto", publico="publico")))


def para(request: HttpRequest, avisos: list[dict[str, str]]) -> list[dict[str, str]]:
    """Choose what this visitor sees. Only a notice for representantes legais costs a query more."""
    fechados = request.session.get(FECHADOS, []) if avisos else []
    return [a for a in avisos if a["uuid"] not in fechados and _alcanca(a["publico"], request.user)]


def _alcanca(publico: str, pessoa: object) -> bool:
    if publico == AvisoDoPortal.Publico.TODOS:
        return True
    if not isinstance(pessoa, Usuario):
        return False
    if publico == AvisoDoPortal.Publico.REPRESENTANTES:
        vinculos = Vinculo.objects.vigentes(hoje())
        return vinculos.filter(usuario=pessoa, papel=PapelVinculo.REPRESENTANTE).exists()
    return publico == AvisoDoPortal.Publico.QUEM_ENTROU or pessoa.is_staff


def fechar(request: HttpRequest, uuid: str) -> None:
    """Hide a notice for the rest of the session. The last closed are remembered, not an endless list."""
    fechados = [f for f in request.session.get(FECHADOS, []) if f != uuid]
    request.session[FECHADOS] = [*fechados, uuid][-20:]

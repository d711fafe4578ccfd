"""The words of the catalogue by their code, held in memory while a load runs: some thousands at most."""

from dataclasses import dataclass
from datetime import date

from convenentes.legado.apagadas import Apagadas
from convenentes.models import Fonte, Municipio
from documentos.models import Exigencia, NaturezaJuridica, TipoConvenente, TipoDocumento


@dataclass(frozen=True)
class Versoes:
    """One line of the catalogue: its versions by the day they took force, and the kinds that prove it today."""

    versoes: list[tuple[date, int]]
    tipos: frozenset[str]
    escopo: str

    def em(self, dia: date) -> int:
        """Return the version of the time of ``dia``; before the first, the first."""
        antes = [pk for desde, pk in self.versoes if desde <= dia]
        return antes[-1] if antes else self.versoes[0][1]


class Catalogo:
    """What codes mean on ``hoje`` (São Paulo). ``naturezas_antigas``: what the office put in the place of old codes.

    All of it is read at once: while rows are being copied, the connection answers nothing else.
    """

    def __init__(self, hoje: date, naturezas_antigas: dict[str, str]) -> None:
        self.hoje = hoje
        self.naturezas_antigas = naturezas_antigas
        self.naturezas = {n.codigo: n for n in NaturezaJuridica.objects.prefetch_related("tipos")}
        self.tipos_da_natureza = {n.pk: {t.pk for t in n.tipos.all()} for n in self.naturezas.values()}
        self.tipos = {t.slug: t for t in TipoConvenente.objects.all()}
        self.municipios = dict(Municipio.objects.values_list("codigo_ibge", "pk"))
        self.fontes = dict(Fonte.objects.values_list("codigo", "pk"))
        self.documentos = {t.codigo: t for t in TipoDocumento.objects.all()}
        self.exigencias = _exigencias(hoje)
        self.apagadas = Apagadas()


def _exigencias(hoje: date) -> dict[str, Versoes]:
    """Return the lines in force on ``hoje``, by code."""
    versoes: dict[str, list[tuple[date, int]]] = {}
    publicadas = Exigencia.objects.filter(vigente_de__isnull=False)
    for codigo, desde, pk in publicadas.order_by("vigente_de").values_list("codigo", "vigente_de", "pk"):
        assert desde is not None
        versoes.setdefault(codigo, []).append((desde, pk))
    em_vigor = Exigencia.objects.em_vigor(hoje).prefetch_related("alternativas__tipo_documento")
    return {
        e.codigo: Versoes(
            versoes[e.codigo],
            frozenset(a.tipo_documento.codigo for a in e.alternativas.all()),
            e.escopo,
        )
        for e in em_vigor
    }

"""What a norm not yet published would do: who would become irregular, by type (docs/dominio.md, Catalogue).

In 2017 a new norm made every record irregular overnight. Here the team sees it before, and may give a transition.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from contas.models import Usuario
from convenentes import historico, situacao
from convenentes.models import Convenente
from documentos import normas
from documentos.models import Norma, TipoConvenente


@dataclass(frozen=True)
class EfeitoNoTipo:
    """Active records of one type: how many, how many regular before, and how many change."""

    tipo: TipoConvenente
    ativos: int
    regulares: int
    ficam_irregulares: int
    ficam_regulares: int


@dataclass(frozen=True)
class Efeito:
    """The effect of the catalogue of ``dia`` on what is known today: documents, look-ups and mandates of now."""

    dia: date
    por_tipo: list[EfeitoNoTipo]

    @property
    def ficam_irregulares(self) -> int:
        return sum(e.ficam_irregulares for e in self.por_tipo)


def prever(norma: Norma, hoje: date) -> list[Efeito]:
    """Return the effect when the norm takes force and, if it gives one, when its transition is over.

    Everything else is as of ``hoje`` (São Paulo): by that day many papers will have expired, and others come.
    """
    fim = norma.exigencias.aggregate(fim=Max("transicao_ate"))["fim"]
    dias = [norma.vigente_de, *([fim + timedelta(days=1)] if fim and fim >= norma.vigente_de else [])]
    return [_no_dia(norma, dia, hoje) for dia in dias]


@transaction.atomic
def publicar(norma: Norma, por: Usuario, hoje: date) -> Norma:
    """Publish a draft and let every record know the day on which its answer may change.

    Raises ``documentos.normas.NaoPublicavel``.
    """
    publicada = normas.publicar(norma, por, hoje)
    historico.atualizar(hoje)
    return publicada


def _no_dia(norma: Norma, dia: date, hoje: date) -> Efeito:
    antes = situacao.resumir(None, hoje, catalogo=dia)
    depois = situacao.resumir(None, hoje, catalogo=dia, rascunho=norma)
    tipos: dict[int, list[int]] = {}
    for pk, tipo in Convenente.objects.filter(estado=Convenente.Estado.ATIVO).values_list("pk", "tipo"):
        tipos.setdefault(tipo, []).append(pk)
    return Efeito(
        dia,
        [
            EfeitoNoTipo(
                tipo,
                len(tipos[tipo.pk]),
                sum(antes[pk].regular for pk in tipos[tipo.pk]),
                sum(antes[pk].regular and not depois[pk].regular for pk in tipos[tipo.pk]),
                sum(depois[pk].regular and not antes[pk].regular for pk in tipos[tipo.pk]),
            )
            for tipo in TipoConvenente.objects.filter(pk__in=tipos)
        ],
    )

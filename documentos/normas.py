"""Norms as versions of the catalogue: draft, change, end, publish (docs/dominio.md, Catalogue)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from contas.models import Usuario
from documentos.models import Alternativa, Condicao, Exigencia, Norma


class NaoPublicavel(Exception):
    """The norm cannot be published as it stands. ``problemas`` say what to mend."""

    def __init__(self, problemas: list[str]) -> None:
        super().__init__(" ".join(problemas))
        self.problemas = problemas


@transaction.atomic
def alterar(norma: Norma, exigencia: Exigencia) -> Exigencia:
    """Copy an obligation in force into a draft, to be changed there. Twice is once."""
    existente = norma.exigencias.filter(codigo=exigencia.codigo).first()
    if existente is not None:
        return existente
    campos = {
        campo.name: getattr(exigencia, campo.name)
        for campo in Exigencia._meta.concrete_fields
        if campo.name not in {"id", "norma", "vigente_de", "vigente_ate", "transicao_ate"}
    }
    copia = Exigencia.objects.create(norma=norma, **campos)
    copia.tipos.set(exigencia.tipos.all())
    Alternativa.objects.bulk_create(
        Alternativa(exigencia=copia, tipo_documento=a.tipo_documento, ordem=a.ordem)
        for a in exigencia.alternativas.select_related("tipo_documento")
    )
    return copia


@transaction.atomic
def publicar(norma: Norma, por: Usuario | None = None, hoje: date | None = None) -> Norma:
    """Put a draft in force from its date on; its lines end what they replace. Never changes afterwards.

    ``hoje`` (São Paulo), when given, refuses a date already past: what was said of those days stays said.
    Raises NaoPublicavel.
    """
    travada = Norma.objects.select_for_update(of=("self",)).get(pk=norma.pk)
    novas = list(travada.exigencias.prefetch_related("alternativas", "tipos"))
    problemas = _problemas(travada, novas, hoje)
    if problemas:
        raise NaoPublicavel(problemas)
    vespera = travada.vigente_de - timedelta(days=1)
    saem = Exigencia.objects.filter(vigente_de__lt=travada.vigente_de, vigente_ate=None)
    saem.filter(codigo__in=[e.codigo for e in novas]).update(vigente_ate=vespera)
    saem.filter(revogada_por=travada).update(vigente_ate=vespera)
    travada.exigencias.update(vigente_de=travada.vigente_de)
    travada.publicada_em, travada.publicada_por = timezone.now(), por
    travada.save(update_fields=["publicada_em", "publicada_por"])
    return travada


def _problemas(norma: Norma, novas: list[Exigencia], hoje: date | None) -> list[str]:
    if not norma.rascunho:
        return ["Esta norma já foi publicada."]
    problemas = []
    if hoje is not None and norma.vigente_de < hoje:
        problemas.append("A data de vigência já passou. Escolha hoje ou um dia futuro.")
    if not novas and not norma.revoga.exists():
        problemas.append("A norma não muda nada: inclua ou encerre ao menos uma exigência.")
    for exigencia in novas:
        problemas += _problemas_da_exigencia(exigencia)
    posteriores = Exigencia.objects.filter(
        codigo__in=[e.codigo for e in novas], vigente_de__gte=norma.vigente_de
    ).select_related("norma")
    problemas += [
        f"“{e.nome}” já muda em {e.vigente_de:%d/%m/%Y} por {e.norma}. Escolha uma data posterior."
        for e in posteriores
    ]
    return problemas


def _problemas_da_exigencia(exigencia: Exigencia) -> list[str]:
    problemas = []
    if not exigencia.tipos.all():
        problemas.append(f"“{exigencia.nome}” não é exigida de nenhum tipo de convenente.")
    if not exigencia.alternativas.all():
        problemas.append(f"“{exigencia.nome}” não tem documento que a comprove.")
    if exigencia.condicao in {Condicao.SE_HOUVER, Condicao.SE_DELEGADO} and not exigencia.pergunta:
        problemas.append(f"“{exigencia.nome}” depende de uma pergunta, que falta escrever.")
    return problemas

"""Norms as versions: what was published never changes; another norm takes its place."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from documentos.models import Alternativa, Exigencia, Norma, TipoConvenente
from documentos.normas import NaoPublicavel, alterar, publicar

pytestmark = pytest.mark.django_db
DIA = date(2027, 1, 1)


def _norma(**campos: object) -> Norma:
    return Norma.objects.create(**{"slug": "nova", "nome": "Norma nova", "vigente_de": DIA, **campos})


def _cndt() -> Exigencia:
    return Exigencia.objects.exclude(vigente_de=None).get(codigo="cndt")


def test_the_loaded_catalogue_is_published_and_in_force_from_its_date() -> None:
    norma = Norma.objects.get()
    assert not norma.rascunho
    assert {e.vigente_de for e in norma.exigencias.all()} == {norma.vigente_de}


def test_a_copy_in_a_draft_holds_for_nobody() -> None:
    copia = alterar(_norma(), _cndt())
    osc = TipoConvenente.objects.get(slug="osc")
    assert copia.vigente_de is None
    assert copia not in Exigencia.objects.do_tipo(osc, DIA)
    assert list(copia.tipos.all()) == list(_cndt().tipos.all())
    assert [a.tipo_documento for a in copia.alternativas.all()] == [
        a.tipo_documento for a in _cndt().alternativas.all()
    ]


def test_copying_twice_is_once() -> None:
    norma = _norma()
    assert alterar(norma, _cndt()) == alterar(norma, _cndt())


def test_publishing_ends_the_version_before_on_the_eve() -> None:
    antiga, norma = _cndt(), _norma()
    nova = alterar(norma, antiga)
    publicar(norma)
    antiga.refresh_from_db()
    nova.refresh_from_db()
    assert (antiga.vigente_ate, nova.vigente_de, nova.vigente_ate) == (date(2026, 12, 31), DIA, None)
    osc = TipoConvenente.objects.get(slug="osc")
    for dia, esperada in ((date(2026, 12, 31), antiga), (DIA, nova)):
        assert [e for e in Exigencia.objects.do_tipo(osc, dia) if e.codigo == "cndt"] == [esperada]


def test_a_norm_may_only_end_lines() -> None:
    norma = _norma()
    norma.revoga.add(_cndt())
    publicar(norma)
    assert not Exigencia.objects.em_vigor(DIA).filter(codigo="cndt").exists()
    assert Exigencia.objects.em_vigor(date(2026, 12, 31)).filter(codigo="cndt").exists()


@pytest.mark.parametrize(
    "mudar",
    [
        lambda: Norma.objects.update(nome="Outra"),
        lambda: Norma.objects.all().delete(),
        lambda: Exigencia.objects.filter(codigo="cndt").update(causa_irregularidade=False),
        lambda: Exigencia.objects.filter(codigo="cndt").update(vigente_de=date(2019, 1, 1)),
        lambda: _cndt().tipos.set([]),
        lambda: _cndt().alternativas.all().delete(),
        lambda: Alternativa.objects.filter(exigencia__codigo="cndt").update(ordem=9),
        lambda: Norma.objects.get().revoga.add(_cndt()),
    ],
)
def test_what_was_published_never_changes(mudar: object) -> None:
    assert callable(mudar)
    with pytest.raises(IntegrityError), transaction.atomic():
        mudar()


def test_an_end_once_set_stays() -> None:
    norma = _norma()
    norma.revoga.add(_cndt())
    publicar(norma)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exigencia.objects.filter(codigo="cndt").update(vigente_ate=None)


def test_an_empty_norm_is_not_published() -> None:
    with pytest.raises(NaoPublicavel, match="não muda nada"):
        publicar(_norma())


def test_a_norm_is_published_once() -> None:
    with pytest.raises(NaoPublicavel, match="já foi publicada"):
        publicar(Norma.objects.get())


def test_the_team_cannot_publish_for_days_already_gone() -> None:
    norma = _norma()
    alterar(norma, _cndt())
    with pytest.raises(NaoPublicavel, match="já passou"):
        publicar(norma, hoje=date(2027, 1, 2))


def test_what_is_incomplete_is_named() -> None:
    norma = _norma()
    copia = alterar(norma, _cndt())
    copia.tipos.clear()
    copia.alternativas.all().delete()
    Exigencia.objects.filter(pk=copia.pk).update(condicao="se_houver")
    with pytest.raises(NaoPublicavel) as erro:
        publicar(norma)
    assert len(erro.value.problemas) == 3
    assert all("Certidão" in problema for problema in erro.value.problemas)


def test_two_norms_may_not_change_a_line_in_the_wrong_order() -> None:
    depois = _norma(slug="depois", vigente_de=date(2027, 6, 1))
    alterar(depois, _cndt())
    antes = _norma()
    alterar(antes, _cndt())
    publicar(depois)
    with pytest.raises(NaoPublicavel, match="01/06/2027"):
        publicar(antes)

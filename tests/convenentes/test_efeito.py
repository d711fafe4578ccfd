"""The story of 2017: a new norm made everybody irregular. With a preview and a transition nobody is surprised."""

import pytest

from convenentes import efeito, situacao
from convenentes.models import Convenente
from documentos.models import Exigencia, Norma
from documentos.normas import alterar, publicar
from tests.convenentes import mundo as construcao
from tests.convenentes.mundo import HOJE, Catalogo, as_, dias
from tests.convenentes.oraculo import Mundo, Obrigacao, Organizacao, Prova

pytestmark = pytest.mark.django_db
EM_DIA = Organizacao(provas=(Prova("estatuto", as_(dias(-30)), "PERM"),))


@pytest.fixture
def registro() -> tuple[Catalogo, list[Convenente]]:
    obrigacao = Obrigacao("estatuto", validades=("PERM",))
    regras = construcao.catalogo((obrigacao,), {}, dias(-100))
    return regras, construcao.povoar(Mundo((obrigacao,), (EM_DIA, EM_DIA, Organizacao()), {}), regras)


def _rascunho(regras: Catalogo, **campos: object) -> Norma:
    norma = Norma.objects.create(slug="nova", nome="Norma nova", vigente_de=dias(10))
    copia = alterar(norma, regras.exigencias["estatuto"])
    copia.codigo = "novo-documento"
    for campo, valor in campos.items():
        setattr(copia, campo, valor)
    copia.save()
    return norma


def test_the_preview_says_who_would_become_irregular_by_type(
    registro: tuple[Catalogo, list[Convenente]],
) -> None:
    regras, _ = registro
    (no_dia,) = efeito.prever(_rascunho(regras), HOJE)
    (do_tipo,) = [e for e in no_dia.por_tipo if e.tipo == regras.tipo]
    assert (no_dia.dia, do_tipo.ativos, do_tipo.regulares) == (dias(10), 3, 2)
    assert (do_tipo.ficam_irregulares, do_tipo.ficam_regulares) == (2, 0)
    assert no_dia.ficam_irregulares == 2


def test_papers_that_expire_before_the_norm_do_not_hide_its_effect() -> None:
    obrigacao = Obrigacao("certidao")
    regras = construcao.catalogo((obrigacao,), {}, dias(-100))
    em_dia = Organizacao(provas=(Prova("certidao", as_(dias(-30)), valido_ate=dias(5)),))
    construcao.povoar(Mundo((obrigacao,), (em_dia,), {}), regras)
    norma = Norma.objects.create(slug="nova", nome="Norma nova", vigente_de=dias(10))
    copia = alterar(norma, regras.exigencias["certidao"])
    Exigencia.objects.filter(pk=copia.pk).update(codigo="novo-documento")
    (no_dia,) = efeito.prever(norma, HOJE)
    assert no_dia.ficam_irregulares == 1


def test_a_draft_changes_nothing_for_anybody(registro: tuple[Catalogo, list[Convenente]]) -> None:
    regras, (primeiro, *_) = registro
    efeito.prever(_rascunho(regras), HOJE)
    assert situacao.quadro(primeiro, dias(20)).regular


def test_with_a_transition_nobody_is_irregular_until_it_is_over(
    registro: tuple[Catalogo, list[Convenente]],
) -> None:
    regras, (primeiro, *_) = registro
    norma = _rascunho(regras, transicao_ate=dias(100))
    no_dia, depois = efeito.prever(norma, HOJE)
    assert (no_dia.ficam_irregulares, depois.dia, depois.ficam_irregulares) == (0, dias(101), 2)
    publicar(norma)
    assert situacao.quadro(primeiro, dias(100)).regular
    assert [linha.estado for linha in situacao.linhas(dias(100), [primeiro.pk])] == [
        "vigente",
        "nao_apresentado",
    ]
    assert not situacao.quadro(primeiro, dias(101)).regular


def test_ending_a_line_makes_regular_who_lacked_it(registro: tuple[Catalogo, list[Convenente]]) -> None:
    regras, (*_, sem_nada) = registro
    outra = Norma.objects.create(slug="branda", nome="Norma branda", vigente_de=dias(10))
    outra.revoga.add(regras.exigencias["estatuto"])
    substituta = alterar(outra, regras.exigencias["estatuto"])
    Exigencia.objects.filter(pk=substituta.pk).update(codigo="so-informa", causa_irregularidade=False)
    (no_dia,) = efeito.prever(outra, HOJE)
    assert sum(e.ficam_regulares for e in no_dia.por_tipo) == 1
    publicar(outra)
    assert not situacao.quadro(sem_nada, dias(9)).regular
    assert situacao.quadro(sem_nada, dias(10)).regular


def test_a_new_version_of_a_line_is_still_proved_by_what_was_accepted(
    registro: tuple[Catalogo, list[Convenente]],
) -> None:
    regras, (primeiro, *_) = registro
    norma = Norma.objects.create(slug="renomeia", nome="Norma que muda o nome", vigente_de=dias(10))
    copia = alterar(norma, regras.exigencias["estatuto"])
    copia.nome = "Estatuto consolidado"
    copia.save()
    publicar(norma)
    assert [(li.nome, li.estado) for li in situacao.linhas(dias(10), [primeiro.pk])] == [
        ("Estatuto consolidado", "vigente")
    ]
    assert [li.nome for li in situacao.linhas(dias(9), [primeiro.pk])] == ["Obrigação estatuto"]


def test_documents_of_one_day_may_be_judged_by_the_catalogue_of_another(
    registro: tuple[Catalogo, list[Convenente]],
) -> None:
    regras, (primeiro, *_) = registro
    publicar(_rascunho(regras))
    assert not situacao.quadro(primeiro, dias(20)).regular
    assert situacao.quadro(primeiro, dias(20), catalogo=HOJE).regular

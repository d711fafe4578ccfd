"""All municípios of the country and the list of external registers are there from the start."""

import pytest

from convenentes import municipios
from convenentes.fontes import cadastro
from convenentes.models import Fonte, Municipio
from documentos.models import Exigencia

pytestmark = pytest.mark.django_db


def test_all_municipios_are_loaded_and_those_of_minas_are_853() -> None:
    assert Municipio.objects.count() == 5570
    assert Municipio.objects.filter(uf="MG").count() == 853


def test_a_municipio_is_found_without_accents() -> None:
    assert Municipio.objects.get(nome_busca="belo horizonte", uf="MG").codigo_ibge == "3106200"
    assert Municipio.objects.get(nome_busca="uba", uf="MG").nome == "Ubá"


def test_loading_again_adds_no_municipio() -> None:
    assert municipios.carregar() == {"municípios": 0}


def test_every_line_of_a_register_has_its_register() -> None:
    nas_linhas = set(Exigencia.objects.exclude(fonte="").values_list("fonte", flat=True))
    assert nas_linhas == set(Fonte.objects.values_list("codigo", flat=True))


def test_a_restriction_is_an_impediment_only_in_the_four_debtor_and_sanction_registers() -> None:
    impeditivas = Fonte.objects.filter(impedimento=True).values_list("codigo", flat=True)
    assert set(impeditivas) == {"cadin_mg", "siafi_mg", "cafimp", "cepim"}


def test_loading_again_keeps_the_age_limit_that_the_team_chose() -> None:
    Fonte.objects.filter(codigo="cadin_mg").update(validade_dias=15)
    assert cadastro.carregar() == {"cadastros externos": 0}
    assert Fonte.objects.get(codigo="cadin_mg").validade_dias == 15

"""What the loaded answers and the declared outages mean to the rule of regularity."""

from datetime import date, timedelta

import pytest

from contas.fabricas import usuario
from convenentes import situacao
from convenentes.fontes import carga, indisponibilidade
from convenentes.models import CargaFonte, Convenente, Fonte
from tests.convenentes.fontes.arquivos import DIA, cauc, lote, registro

pytestmark = pytest.mark.django_db

LIMITE = timedelta(days=7)
UM_DIA = timedelta(days=1)


def linha(convenente: Convenente, fonte: str, dia: date) -> tuple[str, date | None]:
    achada = next(li for li in situacao.linhas(dia, [convenente.pk]) if li.fonte == fonte)
    return achada.estado, achada.valido_ate


@pytest.fixture
def organizacao() -> Convenente:
    convenente = registro(90)
    recebido = lote([(convenente.cnpj, "normal", f"{DIA:%d/%m/%Y}")])
    # The rule looks at what was recorded until the end of the day: the answers below are of the past.
    carga.carregar("siafi_mg", recebido, DIA, CargaFonte.Origem.COMANDO)
    convenente.resultados.update(registrado_em=f"{DIA}T12:00:00-03:00")
    return convenente


def fora_do_ar(de: date, ate: date) -> None:
    fonte = Fonte.objects.get(codigo="siafi_mg")
    (declarada,) = indisponibilidade.declarar([fonte], de, ate, "x", usuario(), de)
    declarada.declarada_em = f"{DIA}T12:00:00-03:00"
    declarada.save(update_fields=["declarada_em"])


def test_an_answer_holds_for_its_age_limit_and_no_longer(organizacao: Convenente) -> None:
    assert linha(organizacao, "siafi_mg", DIA + LIMITE) == ("vigente", DIA + LIMITE)
    assert linha(organizacao, "siafi_mg", DIA + LIMITE + UM_DIA)[0] == "nao_verificado"


def test_days_out_do_not_count_in_the_age(organizacao: Convenente) -> None:
    fora_do_ar(DIA + 5 * UM_DIA, DIA + 9 * UM_DIA)
    assert linha(organizacao, "siafi_mg", DIA + 9 * UM_DIA)[0] == "vigente"
    assert linha(organizacao, "siafi_mg", DIA + 12 * UM_DIA) == ("vigente", DIA + 12 * UM_DIA)
    assert linha(organizacao, "siafi_mg", DIA + 13 * UM_DIA)[0] == "nao_verificado"


def test_an_answer_that_was_too_old_when_the_outage_began_stays_too_old(organizacao: Convenente) -> None:
    fora_do_ar(DIA + 9 * UM_DIA, DIA + 20 * UM_DIA)
    assert linha(organizacao, "siafi_mg", DIA + 8 * UM_DIA)[0] == "nao_verificado"
    assert linha(organizacao, "siafi_mg", DIA + 15 * UM_DIA)[0] == "nao_verificado"


def test_the_date_that_the_cauc_prints_ends_the_answer() -> None:
    municipio = registro(91, "municipio")
    amanha = DIA + UM_DIA
    carga.carregar("cauc", cauc({"3146107": {"3.3": f"{amanha:%d/%m/%y}"}}), DIA, CargaFonte.Origem.COMANDO)
    municipio.resultados.update(registrado_em=f"{DIA}T12:00:00-03:00")
    assert linha(municipio, "cauc_3_3", amanha) == ("vigente", amanha)
    assert linha(municipio, "cauc_3_3", amanha + UM_DIA)[0] == "nao_verificado"

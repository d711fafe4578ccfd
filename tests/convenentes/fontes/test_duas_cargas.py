"""Two loads at the very same moment: one after the other, and the second finds what the first did."""

from functools import partial

import pytest

from convenentes.fontes import carga
from convenentes.models import CargaFonte, Fonte, ResultadoFonte
from tests.convenentes.fontes.arquivos import DIA, lote, registro
from tests.convenentes.simultaneo import ao_mesmo_tempo


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_loaded_once() -> None:
    recebido = lote([(registro(99).cnpj, "normal", f"{DIA:%d/%m/%Y}")])
    enviar = partial(carga.carregar, "siafi_mg", recebido, DIA, CargaFonte.Origem.COMANDO)
    (uma, nova), (outra, de_novo) = ao_mesmo_tempo(Fonte.objects.get(codigo="siafi_mg"), enviar, enviar)
    assert uma == outra
    assert {nova, de_novo} == {True, False}
    assert ResultadoFonte.objects.count() == 1

"""While a load is at work everybody goes on using the portal: nothing of it makes anybody wait for its end."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from convenentes.estado import mudar_estado
from convenentes.models import CargaLegado, Convenente
from tests.convenentes.legado.processo import esperar, iniciar_carga
from tests.convenentes.mesa import cena


@pytest.mark.django_db(transaction=True)
def test_people_inscribe_look_up_and_decide_during_a_load(exportar, tmp_path: Path, client: Client) -> None:
    with transaction.atomic():
        ativo = cena.ativo(razao_social="Fundação Estrela")
    pasta, _ = exportar(300, com_arquivos=False)
    processo = iniciar_carga(pasta, tmp_path)
    esperar(CargaLegado.objects.exists, processo)
    voltas = 0
    while processo.poll() is None:
        assert client.get(reverse("consulta"), {"q": "estrela"}).status_code == 200
        ativo.estado = Convenente.Estado.BLOQUEADO if voltas % 2 else Convenente.Estado.ATIVO
        mudar_estado(ativo)
        with transaction.atomic():
            cena.enviada()
        voltas += 1
    assert processo.returncode == 0
    assert voltas > 1
    assert Convenente.objects.filter(legado=None, numero=None).count() == voltas

"""One folder takes so much in a day, and says so before anything is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documentos import fabricas
from documentos.envio import ArquivoRecusado
from documentos.models import Arquivo, PastaDigital
from tests.documentos import apoio


@pytest.mark.django_db
def test_a_folder_over_its_quota_says_when_to_go_on_and_takes_more_the_next_day(settings: Any) -> None:
    pasta = PastaDigital.objects.create()
    conteudo = fabricas.pdf("Certidão")
    settings.COTA_DIARIA = len(conteudo)
    apoio.anexar(pasta=pasta)
    with pytest.raises(ArquivoRecusado, match="envie este amanhã"):
        apoio.anexar(pasta=pasta)
    assert Arquivo.objects.count() == 1
    apoio.anexar(pasta=PastaDigital.objects.create())
    Arquivo.objects.update(criado_em=timezone.now() - timedelta(hours=25))
    apoio.anexar(pasta=pasta)

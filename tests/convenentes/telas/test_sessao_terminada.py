"""A step of a request that is sent after the session had ended loses nothing."""

import re

import pytest
from django.urls import reverse

from contas.models import Sessao
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def test_the_data_of_an_inscription_come_back_after_signing_in_and_are_saved_by_the_person() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_dados", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.responsavel)
    cliente.get(endereco)
    Sessao.objects.all().delete()

    digitado = apoio.dados_da_osc() | {"razao_social": "Associação Recuperada"}
    login = cliente.post(endereco, digitado)["Location"]
    senha = {"login": elenco.responsavel.cpf, "password": apoio.SENHA}
    resposta = cliente.get(cliente.post(login, senha)["Location"])
    pagina = apoio.texto(resposta)
    assert "Recuperamos o que você digitou" in pagina
    assert "Associação Recuperada" in pagina
    assert re.search(r'<input[^>]*value="cultura"[^>]* checked', pagina)
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.nome_do_convenente != "Associação Recuperada"

    assert cliente.post(endereco, digitado).status_code == 302
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.nome_do_convenente == "Associação Recuperada"

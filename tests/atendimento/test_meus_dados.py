"""What the help desk holds about a person: in the copy of the own data, and emptied when the person is erased."""

import pytest

from atendimento import fabricas
from atendimento.models import MensagemDoChamado
from contas.anonimizacao import EMAIL, anonimizar
from contas.fabricas import usuario
from contas.meus_dados import categorias


@pytest.mark.django_db
def test_the_person_gets_a_copy_of_the_conversation() -> None:
    pessoa = usuario()
    fabricas.chamado(pessoa, escrito=fabricas.escrito("Preciso de ajuda"))
    fabricas.chamado(usuario())
    (categoria,) = (c for c in categorias if c.nome == "Pedidos de ajuda")
    assert [registro["Mensagem"] for registro in categoria.colher(pessoa)] == ["Preciso de ajuda"]


def test_nothing_that_names_an_erased_person_stays(dono: None) -> None:
    pessoa = usuario()
    chamado = fabricas.chamado(pessoa, escrito=fabricas.escrito("Sou Fulano"))
    anonimizar(pessoa)
    chamado.refresh_from_db()
    assert (chamado.email, chamado.assunto, chamado.encerrado) == (EMAIL, "", True)
    assert not MensagemDoChamado.objects.exclude(texto="").exists()

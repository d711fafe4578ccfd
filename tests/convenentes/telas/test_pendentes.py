"""Several requests read and signed with one password."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from contas.fabricas import SENHA, usuario
from contas.models import Usuario
from convenentes import assinaturas
from convenentes.models import Solicitacao
from documentos.models import Assinatura
from tests.convenentes import pedidos
from tests.convenentes.telas.apoio import entrar, texto

pytestmark = pytest.mark.django_db
LISTA = "/solicitacoes/pendentes-de-assinatura/"


@pytest.fixture
def prefeita() -> Usuario:
    return usuario()


def encaminhada(representante: Usuario) -> Solicitacao:
    pedido = pedidos.pronta(representante=representante)
    assinaturas.encaminhar(pedido, pedido.criada_por)
    pedido.refresh_from_db()
    return pedido


def pagina_de(*solicitacoes: Solicitacao) -> str:
    return f"{reverse('assinar_juntas')}?{urlencode([('pedido', s.uuid) for s in solicitacoes])}"


def assinar(cliente: Client, *solicitacoes: Solicitacao, senha: str = SENHA) -> Any:
    endereco = pagina_de(*solicitacoes)
    lidos = [
        f"{leitura.solicitacao.uuid}:{leitura.resumo}" for leitura in cliente.get(endereco).context["prontas"]
    ]
    return cliente.post(endereco, {"senha": senha, "lido": lidos}, follow=True)


def estados(*solicitacoes: Solicitacao) -> list[str]:
    return [Solicitacao.objects.get(pk=s.pk).estado for s in solicitacoes]


def test_the_list_shows_what_waits_for_this_person_and_nothing_else(prefeita: Usuario) -> None:
    minha, alheia = encaminhada(prefeita), encaminhada(usuario())
    rascunho = pedidos.pronta(representante=prefeita)
    pagina = texto(entrar(prefeita).get(LISTA))
    assert str(minha.uuid) in pagina
    assert str(alheia.uuid) not in pagina
    assert str(rascunho.uuid) not in pagina


def test_the_list_asks_as_much_for_one_as_for_many(
    prefeita: Usuario, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cliente = entrar(prefeita)
    encaminhada(prefeita)
    cliente.get(LISTA)
    with django_assert_max_num_queries(30) as de_uma:
        cliente.get(LISTA)
    for _ in range(3):
        sem_endereco(encaminhada(prefeita))
    with django_assert_max_num_queries(len(de_uma)):
        cliente.get(LISTA)


def test_one_password_signs_and_sends_them_all(prefeita: Usuario) -> None:
    duas = encaminhada(prefeita), encaminhada(prefeita)
    pagina = texto(assinar(entrar(prefeita), *duas))
    assert "enviadas para análise: 2" in pagina
    assert estados(*duas) == ["em_analise", "em_analise"]
    assert Assinatura.objects.filter(usuario=prefeita, resumo="").count() == 0
    assert {a.declaracao.convenente["cnpj"] for a in Assinatura.objects.select_related("declaracao")} == {
        s.cnpj_formatado for s in duas
    }


def test_a_wrong_password_signs_nothing(prefeita: Usuario) -> None:
    duas = encaminhada(prefeita), encaminhada(prefeita)
    pagina = texto(assinar(entrar(prefeita), *duas, senha="outra"))
    assert "Senha incorreta" in pagina
    assert estados(*duas) == ["aguardando_assinatura"] * 2
    assert not Assinatura.objects.exists()


def test_one_that_changed_after_it_was_read_is_told_and_stops_no_other(prefeita: Usuario) -> None:
    mudada, igual = encaminhada(prefeita), encaminhada(prefeita)
    cliente, endereco = entrar(prefeita), pagina_de(mudada, igual)
    lidos = [f"{x.solicitacao.uuid}:{x.resumo}" for x in cliente.get(endereco).context["prontas"]]
    mudada.proposta["dados"]["razao_social"] = "Outro Nome"
    mudada.save(update_fields=["proposta"])
    pagina = texto(cliente.post(endereco, {"senha": SENHA, "lido": lidos}, follow=True))
    assert "Outro Nome: O conteúdo mudou depois que você abriu a página." in pagina
    assert estados(mudada, igual) == ["aguardando_assinatura", "em_analise"]


def sem_endereco(pedido: Solicitacao) -> Solicitacao:
    pedido.itens.filter(secao="endereco").update(estado="a_preencher")
    return pedido


def onde_completar(pedido: Solicitacao) -> str:
    lugar = reverse("solicitacao_endereco", args=[pedido.uuid])
    return f'<a href="{lugar}">Preencha: Endereço e contatos.</a>'


def caixa(pedido: Solicitacao, como: str) -> str:
    return f'<input type="checkbox" name="pedido" value="{pedido.uuid}" {como}>'


def test_the_list_says_what_each_one_lacks_and_where_and_does_not_offer_to_sign_it(prefeita: Usuario) -> None:
    pronta, incompleta = encaminhada(prefeita), sem_endereco(encaminhada(prefeita))
    pagina = texto(entrar(prefeita).get(LISTA))
    assert caixa(pronta, "checked") in pagina
    assert caixa(incompleta, "disabled") in pagina
    assert pagina.count("Ainda não pode ser assinada") == 1
    assert onde_completar(incompleta) in pagina


def test_with_none_ready_there_is_nothing_to_press(prefeita: Usuario) -> None:
    sem_endereco(encaminhada(prefeita))
    pagina = texto(entrar(prefeita).get(LISTA))
    assert "Ler e assinar as escolhidas" not in pagina
    assert "Complete o que falta para assinar." in pagina


def test_what_is_not_complete_is_shown_with_what_is_missing_and_not_signed(prefeita: Usuario) -> None:
    pedido = sem_endereco(encaminhada(prefeita))
    pagina = entrar(prefeita).get(pagina_de(pedido))
    assert pagina.context["prontas"] == []
    assert "Ainda não pode ser assinada" in texto(pagina)
    assert onde_completar(pedido) in texto(pagina)


def test_what_somebody_else_signs_is_not_found(prefeita: Usuario) -> None:
    assert entrar(prefeita).get(pagina_de(encaminhada(usuario()))).status_code == 404


def test_who_does_not_represent_may_not_sign(prefeita: Usuario) -> None:
    pedido = encaminhada(prefeita)
    assert entrar(pedido.criada_por).get(pagina_de(pedido)).status_code == 403


def test_the_panel_points_to_the_list_when_there_is_more_than_one(prefeita: Usuario) -> None:
    cliente = entrar(prefeita)
    encaminhada(prefeita)
    assert LISTA not in texto(cliente.get("/painel/"))
    encaminhada(prefeita)
    assert LISTA in texto(cliente.get("/painel/"))

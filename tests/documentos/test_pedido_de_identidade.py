"""The page where a person asks the team for the account of the own CPF."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cagec.correio.entrega import varrer
from cagec.correio.models import Mensagem
from contas import fabricas as contas
from contas.documentos_pessoais import formatar_cpf
from documentos import fabricas, identidade
from documentos.models import Arquivo, PedidoDeIdentidade
from tests.convenentes.telas.apoio import texto
from tests.documentos import apoio, hostis, transferir

PAGINA = "/pedido-de-identidade/"


def _dados(**campos: Any) -> dict[str, Any]:
    padrao = {
        "chave_envio": str(uuid4()),
        "cpf": formatar_cpf(contas.cpf_ficticio(41)),
        "nome": "Nair Perdida",
        "email": "nair@example.org",
        "telefone": "(31) 99999-0000",
        "explicacao": "Perdi o acesso ao meu e-mail.",
        "documento": fabricas.enviado("rg.pdf", fabricas.pdf("Identidade")),
        "selfie": fabricas.enviado("eu.jpg", hostis.imagem()),
    }
    return padrao | campos


@pytest.mark.django_db
def test_a_request_is_kept_and_the_person_is_told_what_happens_now(client: Client) -> None:
    assert client.get(PAGINA).status_code == 200
    resposta = client.post(PAGINA, _dados(), follow=True)
    assert resposta.redirect_chain == [(reverse("pedido_de_identidade_enviado"), 302)]
    assert "A resposta chega ao e-mail que você informou." in texto(resposta)
    pedido = PedidoDeIdentidade.objects.get()
    assert (pedido.cpf, pedido.nome, pedido.estado) == (contas.cpf_ficticio(41), "Nair Perdida", "aberto")
    assert pedido.selfie is not None
    assert (pedido.documento.nome, pedido.selfie.nome) == ("rg.pdf", "eu.jpg")
    assert pedido.documento.enviado_por is None
    fabricas.examinar(pedido.selfie)
    assert pedido.selfie.verificacoes.filter(nome="selfie").exists()


@pytest.mark.django_db
def test_asking_is_told_to_the_new_address_and_to_the_one_that_the_account_has(
    client: Client, caixa_postal: Any
) -> None:
    dona = contas.usuario(email="velho@example.org")
    client.post(PAGINA, _dados(cpf=dona.cpf))
    varrer()
    (novo,), (antigo,) = caixa_postal("nair@example.org"), caixa_postal("velho@example.org")
    assert novo["Subject"] == "CAGEC: recebemos seu pedido de identidade"
    assert antigo["Subject"] == "CAGEC: pediram para trocar o e-mail da sua conta"
    assert "Se não foi você" in antigo.get_body(("plain",)).get_content()
    assert "nair" not in str(antigo).lower()


@pytest.mark.django_db
def test_without_an_account_or_with_the_same_address_only_who_asked_is_told(client: Client) -> None:
    client.post(PAGINA, _dados())
    dona = contas.usuario(email="Nair@example.org")
    client.post(PAGINA, _dados(cpf=dona.cpf))
    assert set(Mensagem.objects.values_list("para", flat=True)) == {"nair@example.org"}
    assert Mensagem.objects.count() == 2


@pytest.mark.django_db
def test_the_page_says_the_steps(client: Client) -> None:
    pagina = texto(client.get(PAGINA))
    for passo in ("Como funciona", "também o antigo", "um link para criar a senha"):
        assert passo in pagina


@pytest.mark.django_db
def test_the_answer_never_tells_whether_there_is_an_account(client: Client) -> None:
    pessoa = contas.usuario()
    com, sem = (client.post(PAGINA, _dados(cpf=cpf)) for cpf in (pessoa.cpf, contas.cpf_ficticio(42)))
    assert (com.status_code, com["Location"], com.content) == (sem.status_code, sem["Location"], sem.content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("campo", "valor", "mensagem"),
    [
        ("cpf", "111.111.111-11", "CPF inválido."),
        ("nome", "Nair <b>", "Use só letras"),
        ("email", "nair@", "email válido"),
        ("telefone", "", "obrigatório"),
        ("explicacao", "", "obrigatório"),
        ("explicacao", "x" * 2001, "2000"),
        ("documento", "", "Escolha o arquivo do seu documento."),
        ("selfie", "", "Tire ou escolha a foto."),
    ],
)
def test_each_error_is_next_to_its_field_and_what_was_typed_stays(
    client: Client, campo: str, valor: str, mensagem: str
) -> None:
    resposta = client.post(PAGINA, _dados(**{campo: valor}))
    erros = resposta.context["form"].errors
    assert list(erros) == [campo]
    assert mensagem in str(erros[campo])
    pagina = texto(resposta)
    typed = {"nome": "Nair Perdida", "email": "nair@example.org", "telefone": "(31) 99999-0000"}
    for outro, digitado in typed.items():
        assert outro == campo or f'value="{digitado}"' in pagina
    assert not PedidoDeIdentidade.objects.exists()


@pytest.mark.django_db
def test_a_refused_file_is_told_next_to_its_own_field_both_at_once(client: Client) -> None:
    cortada = fabricas.enviado("eu.jpg", hostis.imagem()[:200])
    falso = fabricas.enviado("rg.pdf", b"MZ" + b"\0" * 90)
    erros = client.post(PAGINA, _dados(documento=falso, selfie=cortada)).context["form"].errors
    assert set(erros) == {"documento", "selfie"}
    assert "rg.pdf: o conteúdo não corresponde" in erros["documento"][0]
    assert "eu.jpg: a imagem está danificada" in erros["selfie"][0]
    assert not Arquivo.objects.exists()


@pytest.mark.django_db
def test_the_selfie_is_a_photo(client: Client) -> None:
    pdf = fabricas.enviado("eu.pdf", fabricas.pdf("Eu"))
    erros = client.post(PAGINA, _dados(selfie=pdf)).context["form"].errors
    assert erros == {
        "selfie": ["eu.pdf: a selfie deve ser uma foto. Envie a foto em JPEG, PNG ou HEIC, não em PDF."]
    }


@pytest.mark.django_db
def test_who_is_not_signed_in_has_plain_fields_only(client: Client) -> None:
    pagina = texto(client.get(PAGINA))
    assert "data-transferir" not in pagina
    assert "envio.js" not in pagina
    chegado = transferir.inteiro(apoio.entrar(contas.usuario()), hostis.imagem(), "eu.jpg")
    dados = _dados(**{"selfie-enviado": chegado})
    del dados["selfie"]
    assert "não chegou inteiro" in client.post(PAGINA, dados).context["form"].errors["selfie"][0]


@pytest.mark.django_db
def test_a_double_click_is_one_request(client: Client) -> None:
    chave = str(uuid4())
    for _ in range(2):
        assert client.post(PAGINA, _dados(chave_envio=chave)).status_code == 302
    assert PedidoDeIdentidade.objects.count() == 1
    assert Arquivo.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "corrigido", [{"email": "certo@example.org"}, {"selfie": fabricas.enviado("outra.jpg", hostis.imagem())}]
)
def test_a_form_corrected_with_the_back_button_is_another_request(
    client: Client, corrigido: dict[str, Any]
) -> None:
    chave = str(uuid4())
    for dados in ({}, corrigido):
        assert client.post(PAGINA, _dados(chave_envio=chave, **dados)).status_code == 302
    assert PedidoDeIdentidade.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_click_twice_at_the_same_moment_keeps_one_request_and_two_files() -> None:
    dados = _dados(chave_envio=uuid4(), cpf=contas.cpf_ficticio(41))
    largada = Barrier(2)

    def pedir(_vez: int) -> int:
        arquivos = {
            "documento": fabricas.enviado("rg.pdf", fabricas.pdf("Identidade")),
            "selfie": fabricas.enviado("eu.jpg", hostis.imagem()),
        }
        try:
            largada.wait()
            return identidade.pedir(**(dados | arquivos)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as dois:
        assert len(set(dois.map(pedir, range(2)))) == 1
    assert PedidoDeIdentidade.objects.count() == 1
    assert Arquivo.objects.count() == 2


@pytest.mark.django_db
def test_the_eleventh_request_of_an_hour_waits_and_nothing_typed_is_lost(client: Client) -> None:
    for _ in range(10):
        ruins = {"documento": fabricas.enviado("rg.pdf", b"x"), "selfie": fabricas.enviado("eu.jpg", b"x")}
        assert set(client.post(PAGINA, _dados(**ruins)).context["form"].errors) == set(ruins)
    resposta = client.post(PAGINA, _dados())
    assert "Aguarde alguns minutos e tente de novo." in texto(resposta)
    assert 'value="Nair Perdida"' in texto(resposta)
    assert not PedidoDeIdentidade.objects.exists()
    de_outro_lugar = client.post(PAGINA, _dados(), REMOTE_ADDR="198.51.100.9")
    assert de_outro_lugar.status_code == 302

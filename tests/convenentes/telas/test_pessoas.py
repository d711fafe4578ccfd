from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from cagec.correio.models import Mensagem
from convenentes.models import PapelVinculo
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db

MANDATO = {"cargo": "Presidente", "mandato_de": "2026-01-01", "mandato_ate": ""}


def _outra_pessoa() -> dict[str, str]:
    return {"cpf": apoio.cpf(50), "nome": "Zeca Novo", "email": "zeca@exemplo.org.br", **MANDATO}


def test_naming_somebody_without_an_account_mails_the_instructions() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_representante", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.get(endereco).status_code == 200
    assert cliente.post(endereco, _outra_pessoa()).status_code == 302
    nomeado = elenco.solicitacao.participantes.get(papel=PapelVinculo.REPRESENTANTE)
    assert (nomeado.nome, nomeado.usuario) == ("Zeca Novo", None)
    assert Mensagem.objects.filter(tipo="convenentes.instrucoes", para="zeca@exemplo.org.br").count() == 1


def test_i_am_the_representante_needs_no_data_of_mine() -> None:
    rita = apoio.pessoa(1, "Rita")
    solicitacao = apoio.nova_inscricao(rita)
    endereco = reverse("solicitacao_representante", args=[solicitacao.uuid])
    resposta = apoio.entrar(rita).post(endereco, {"sou_eu": "on", "cpf": "errado", **MANDATO})
    assert resposta.status_code == 302
    assert solicitacao.participantes.get(papel=PapelVinculo.REPRESENTANTE).usuario == rita


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("cpf", ""),
        ("cpf", "123"),
        ("nome", ""),
        ("email", "sem-arroba"),
        ("cargo", ""),
        ("mandato_de", ""),
        ("mandato_de", "2999-01-01"),
        ("mandato_ate", "2020-01-01"),
        ("mandato_ate", "31/02/2027"),
        ("mandato_ate", "9999-12-31"),
        ("mandato_de", "0001-01-01"),
    ],
)
def test_a_wrong_representante_stays_on_the_page_with_a_message(campo: str, valor: str) -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_representante", args=[elenco.solicitacao.uuid])
    resposta = apoio.entrar(elenco.responsavel).post(endereco, {**_outra_pessoa(), campo: valor})
    assert campo in resposta.context["form"].errors
    assert elenco.solicitacao.participantes.get(papel=PapelVinculo.REPRESENTANTE).nome == "Lia Representante"


def test_instructions_are_mailed_again_once_a_day() -> None:
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    cliente.post(reverse("solicitacao_representante", args=[elenco.solicitacao.uuid]), _outra_pessoa())
    antes = Mensagem.objects.count()
    for _ in range(2):
        cliente.post(reverse("solicitacao_representante_reenviar", args=[elenco.solicitacao.uuid]))
    assert Mensagem.objects.count() == antes + 1


def test_a_double_click_invites_once() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_pessoas", args=[elenco.solicitacao.uuid])
    convite = {
        "cpf": apoio.cpf(60),
        "nome": "Bia Ajudante",
        "email": "bia@exemplo.org.br",
        "chave_envio": str(uuid4()),
    }
    cliente = apoio.entrar(elenco.responsavel)
    for _ in range(2):
        assert cliente.post(endereco, convite).status_code == 302
    assert elenco.solicitacao.participantes.filter(nome="Bia Ajudante").count() == 1
    assert Mensagem.objects.filter(para="bia@exemplo.org.br").count() == 1
    assert "Bia Ajudante" in apoio.texto(cliente.get(endereco))


def _ajudante(**campos: str) -> dict[str, str]:
    padrao = {"cpf": apoio.cpf(60), "nome": "Bia Ajudante", "email": "bia@exemplo.org.br"}
    return {**padrao, "chave_envio": str(uuid4()), **campos}


def test_two_persons_invited_from_the_same_page_get_a_link_each() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_pessoas", args=[elenco.solicitacao.uuid])
    cliente, primeira = apoio.entrar(elenco.responsavel), _ajudante()
    cliente.post(endereco, primeira)
    cliente.post(endereco, {**primeira, "cpf": apoio.cpf(61), "email": "eva@exemplo.org.br"})
    convidados = elenco.solicitacao.participantes.exclude(convite=None)
    assert {p.convite.cpf for p in convidados if p.convite} == {apoio.cpf(60), apoio.cpf(61)}
    assert Mensagem.objects.filter(para="eva@exemplo.org.br").exists()


def test_an_invitation_sent_to_a_wrong_address_goes_again_to_the_right_one() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_pessoas", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.responsavel)
    cliente.post(endereco, _ajudante(email="bai@exemplo.org.br"))
    cliente.post(endereco, _ajudante())
    assert Mensagem.objects.filter(para="bia@exemplo.org.br").exists()
    assert elenco.solicitacao.participantes.get(cpf=apoio.cpf(60)).email == "bia@exemplo.org.br"


@pytest.mark.parametrize("nome", ["Ganhe em premio.example", "Bia <b>", "Bia\r\nBcc: x", "\u202eaiB"])
def test_what_is_no_name_is_mailed_to_nobody(nome: str) -> None:
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    ajuda = cliente.post(reverse("solicitacao_pessoas", args=[elenco.solicitacao.uuid]), _ajudante(nome=nome))
    assina = cliente.post(
        reverse("solicitacao_representante", args=[elenco.solicitacao.uuid]),
        {**_outra_pessoa(), "nome": nome},
    )
    assert "nome" in ajuda.context["form"].errors
    assert "nome" in assina.context["form"].errors
    assert not Mensagem.objects.exists()


@pytest.mark.parametrize(("campo", "valor"), [("cpf", "1"), ("nome", ""), ("email", "x")])
def test_a_wrong_invitation_stays_on_the_page_with_a_message(campo: str, valor: str) -> None:
    elenco = apoio.elenco()
    convite = {"cpf": apoio.cpf(60), "nome": "Bia", "email": "b@exemplo.org", "chave_envio": str(uuid4())}
    resposta = apoio.entrar(elenco.responsavel).post(
        reverse("solicitacao_pessoas", args=[elenco.solicitacao.uuid]), {**convite, campo: valor}
    )
    assert campo in resposta.context["form"].errors


def test_who_is_taken_out_gets_404_at_once() -> None:
    elenco = apoio.elenco()
    ajudante = elenco.solicitacao.participantes.get(papel=PapelVinculo.USUARIO)
    do_usuario = apoio.entrar(elenco.usuario)
    pagina = reverse("solicitacao", args=[elenco.solicitacao.uuid])
    assert do_usuario.get(pagina).status_code == 200
    retirar = reverse("solicitacao_pessoa_retirar", args=[elenco.solicitacao.uuid, ajudante.uuid])
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.post(retirar).status_code == 302
    assert cliente.post(retirar).status_code == 302
    assert do_usuario.get(pagina).status_code == 404


def test_the_representante_is_not_taken_out_by_the_button_of_the_helpers() -> None:
    elenco = apoio.elenco()
    representante = elenco.solicitacao.participantes.get(papel=PapelVinculo.REPRESENTANTE)
    apoio.entrar(elenco.responsavel).post(
        reverse("solicitacao_pessoa_retirar", args=[elenco.solicitacao.uuid, representante.uuid])
    )
    assert elenco.solicitacao.participantes.filter(pk=representante.pk).exists()


@pytest.mark.parametrize("pagina", ["solicitacao_pessoas", "solicitacao_representante"])
def test_nobody_invites_by_the_hundred(pagina: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "convidar": "2/h/user"}
    elenco = apoio.elenco()
    cliente, endereco = apoio.entrar(elenco.responsavel), reverse(pagina, args=[elenco.solicitacao.uuid])
    for numero in (60, 61, 62):
        envio = {**_ajudante(cpf=apoio.cpf(numero), email=f"bia{numero}@exemplo.org.br"), **MANDATO}
        resposta = cliente.post(endereco, envio)
    assert "Aguarde alguns minutos" in apoio.texto(resposta)
    assert 'value="bia62@exemplo.org.br"' in apoio.texto(resposta)
    assert Mensagem.objects.count() == 2


@pytest.mark.parametrize("pagina", ["solicitacao_pessoas", "solicitacao_representante"])
def test_the_inviter_sees_the_same_whether_or_not_the_cpf_has_an_account(pagina: str) -> None:
    elenco = apoio.elenco()
    apoio.pessoa(61, "Dona Da Conta")
    cliente, endereco = apoio.entrar(elenco.responsavel), reverse(pagina, args=[elenco.solicitacao.uuid])
    vistas = []
    for numero in (60, 61):
        envio = {**_ajudante(cpf=apoio.cpf(numero), nome="Bia Digitada"), **MANDATO}
        cliente.post(endereco, envio, follow=True)
        convidado = elenco.solicitacao.participantes.get(cpf=apoio.cpf(numero))
        visto = apoio.texto(cliente.get(reverse("solicitacao", args=[elenco.solicitacao.uuid])))
        enviados = Mensagem.objects.filter(contexto__participante=str(convidado.uuid))
        vistas.append((convidado.nome_a_mostrar, "Dona Da Conta" in visto, [m.para for m in enviados]))
    assert vistas[0] == vistas[1] == ("Bia Digitada", False, ["bia@exemplo.org.br"])

"""A file of the thread, for who has no account: by the mailed link, and after saying again e-mail and CPF."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from atendimento import anexos, chamados, enderecos, fabricas, mesa
from atendimento.chamados import Quem
from atendimento.models import Categoria, Chamado, MensagemDoChamado
from contas.fabricas import cpf_ficticio, usuario
from documentos.fabricas import enviado, examinar, pdf
from documentos.models import Arquivo

pytestmark = pytest.mark.django_db
CPF = cpf_ficticio(41)
CONFERE = {"email": "Ana@example.org", "cpf": CPF}


def _pedido(email: str = "ana@example.org", cpf: str = CPF) -> Chamado:
    quem = Quem(email, cpf=cpf, nome="Ana Fictícia")
    return chamados.abrir(quem, fabricas.escrito(), categoria=Categoria.ACESSO, assunto="Não entro")


def _respondido(chamado: Chamado, atendente: Any) -> MensagemDoChamado:
    arquivos = anexos.verificar([enviado("modelo.pdf", pdf("Modelo"))], None)
    return mesa.responder(chamado, atendente, "Veja o modelo.", chave_envio=uuid4(), arquivos=arquivos)


def _arquivo(mensagem: MensagemDoChamado) -> Arquivo:
    arquivo = mensagem.arquivos.get()
    examinar(arquivo)
    return arquivo


def _endereco(chamado: Chamado, arquivo: Arquivo) -> str:
    chave = enderecos.caminho(chamado).rstrip("/").rsplit("/", 1)[1]
    return reverse("arquivo_do_link", args=[chave, arquivo.uuid])


def _veio(resposta: Any) -> bool:
    return resposta.streaming and b"".join(resposta.streaming_content) == pdf("Modelo")


def test_a_file_of_the_team_is_downloaded_after_email_and_cpf(client: Client, atendente) -> None:
    chamado = _pedido()
    arquivo = _arquivo(_respondido(chamado, atendente))
    endereco = _endereco(chamado, arquivo)
    assert f'href="{endereco}"' in client.get(enderecos.caminho(chamado)).content.decode()
    assert not client.get(endereco).streaming
    resposta = client.post(endereco, CONFERE)
    assert _veio(resposta)
    assert (resposta["Cache-Control"], resposta["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert chamado.eventos.filter(tipo="arquivo_baixado", por=None).count() == 1


@pytest.mark.parametrize("errado", [{"cpf": cpf_ficticio(42)}, {"email": "outra@example.org"}, {"cpf": ""}])
def test_who_does_not_know_both_gets_nothing(client: Client, atendente, errado: dict[str, str]) -> None:
    chamado = _pedido()
    endereco = _endereco(chamado, _arquivo(_respondido(chamado, atendente)))
    resposta = client.post(endereco, CONFERE | errado)
    assert not resposta.streaming
    assert "resumo-erros" in resposta.content.decode()
    assert not chamado.eventos.filter(tipo="arquivo_baixado").exists()


def test_of_a_request_that_came_by_mail_the_address_is_asked_for(client: Client, atendente) -> None:
    chamado = _pedido("prefeitura@example.org", cpf="")
    endereco = _endereco(chamado, _arquivo(_respondido(chamado, atendente)))
    assert "CPF" not in client.get(endereco).content.decode().split("<main")[1].split("</main")[0]
    assert not client.post(endereco, {"email": "outra@example.org"}).streaming
    assert _veio(client.post(endereco, {"email": "prefeitura@example.org"}))


def test_after_thirty_attempts_not_even_the_right_ones_open_it(client: Client, atendente) -> None:
    chamado = _pedido()
    endereco = _endereco(chamado, _arquivo(_respondido(chamado, atendente)))
    for _ in range(30):
        client.post(endereco, CONFERE | {"cpf": cpf_ficticio(42)})
    resposta = client.post(endereco, CONFERE)
    assert not resposta.streaming
    assert "Aguarde alguns minutos" in resposta.content.decode()


def test_a_file_that_was_not_found_clean_does_not_leave(client: Client, atendente) -> None:
    chamado = _pedido()
    arquivo = _respondido(chamado, atendente).arquivos.get()
    assert client.post(_endereco(chamado, arquivo), CONFERE).status_code == 404
    tela = client.get(enderecos.caminho(chamado)).content.decode()
    assert "Em verificação" in tela
    assert "Baixar modelo.pdf" not in tela


def test_files_of_a_note_or_of_another_request_are_not_there(client: Client, atendente) -> None:
    chamado, outro = _pedido(), _pedido("x@example.org", cpf_ficticio(43))
    arquivos = anexos.verificar([enviado("nota.pdf", pdf("Nota"))], None)
    nota = mesa.anotar(chamado, atendente, "Interno.", chave_envio=uuid4(), arquivos=arquivos)
    for arquivo in (_arquivo(nota), _arquivo(_respondido(outro, atendente))):
        assert client.post(_endereco(chamado, arquivo), CONFERE).status_code == 404


def test_the_file_of_a_joined_request_is_in_the_one_that_goes_on(client: Client, atendente) -> None:
    este, outro = _pedido(), _pedido()
    arquivo = _arquivo(_respondido(este, atendente))
    Chamado.objects.update(confirmado=True)
    mesa.juntar(este, outro, atendente)
    assert _veio(client.post(_endereco(outro, arquivo), CONFERE))


def test_the_link_gives_no_file_of_a_request_that_got_an_account(client: Client, atendente) -> None:
    chamado = _pedido()
    endereco = _endereco(chamado, _arquivo(_respondido(chamado, atendente)))
    Chamado.objects.filter(pk=chamado.pk).update(usuario=usuario())
    assert client.post(endereco, CONFERE).status_code == 404


@pytest.mark.parametrize(("cpf", "pede"), [(CPF, "seu e-mail e seu CPF."), ("", "seu e-mail.")])
def test_the_mail_says_what_the_page_will_ask_for(atendente, correio, cpf: str, pede: str) -> None:
    _respondido(_pedido(cpf=cpf), atendente)
    texto = correio("ana@example.org")[-1].get_body(("plain",)).get_content()
    assert f"Para baixar, informe de novo {pede}" in texto

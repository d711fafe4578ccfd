"""From the mail to the first sign-in: the link, its reminders, and the other ways in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.correio import entrega
from cagec.correio.entrega import varrer
from cagec.correio.models import Devolucao, Mensagem
from cagec.tempo import hoje
from contas import fabricas, govbr
from contas.convites import ConviteInvalido, definir_senha
from contas.models import AceiteDeTermo, Convite, LinkDeConvite, Termo, Usuario
from convenentes import avisos
from convenentes.legado import acompanhamento, convites
from convenentes.legado.convites import Selecao
from documentos import guarda, identidade
from documentos.fabricas import pdf
from documentos.models import PedidoDeIdentidade
from tests.convenentes import a_vencer
from tests.convenentes.legado.migradas import migrada
from tests.convenentes.mundo import HOJE, dias

pytestmark = pytest.mark.django_db
Caixa = Callable[[str], list[EmailMessage]]
SENHA = "maritaca cantando na janela"


@pytest.fixture
def link_de(caixa_postal: Caixa) -> Callable[[Usuario], str]:
    """Deliver what is due and return the link in the last mail to a person."""

    def link(pessoa: Usuario) -> str:
        varrer()
        ultima = max(caixa_postal(pessoa.email), key=lambda m: int(m["X-CAGEC-Mensagem"]))
        corpo = ultima.get_body(("plain",))
        assert corpo is not None
        achado = re.search(r"http://testserver(/definir-senha/\S+)", corpo.get_content())
        assert achado is not None
        return achado[1]

    return link


def _convidar() -> None:
    convites.convidar(Selecao(), hoje(), por_hora=3600, limite=5)


def _definir(client: Client, url: str) -> int:
    return client.post(url, {"senha": SENHA, "repetir": SENHA, "aceito": "on"}).status_code


def _andamento(pessoa: Usuario) -> str:
    return str(acompanhamento.pessoas(hoje()).get(pk=pessoa.pk).andamento)


def test_a_program_that_follows_links_neither_uses_one_nor_counts_as_somebody(
    client: Client, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = migrada()
    _convidar()
    url = link_de(pessoa)
    for _ in range(5):
        assert client.get(url).status_code == 200
    assert _andamento(pessoa) == "enviado"
    for _ in range(2):
        assert client.post(url + "aberta/").status_code == 204
    assert _andamento(pessoa) == "aberta"
    assert _definir(client, url) == 302
    assert _andamento(pessoa) == "ativado"


def test_without_javascript_the_first_attempt_shows_that_somebody_is_there(
    client: Client, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = migrada()
    _convidar()
    client.post(link_de(pessoa), {"senha": "curta"})
    assert _andamento(pessoa) == "aberta"


def test_an_invented_link_says_nothing(client: Client) -> None:
    assert client.post(reverse("link_aberto", args=["inventado"])).status_code == 204


def test_an_expired_link_mails_another_with_the_same_words_and_a_used_one_offers_the_way_in(
    client: Client, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = migrada()
    _convidar()
    velho = link_de(pessoa)
    LinkDeConvite.objects.update(criado_em=timezone.now() - timedelta(days=14))
    assert client.get(velho).status_code == 410
    client.post(velho + "reenviar/", {"chave_envio": str(uuid4())})
    novo = link_de(pessoa)
    assert set(Mensagem.objects.values_list("tipo", flat=True)) == {convites.TIPO}
    assert _definir(client, novo) == 302
    usado = Client().get(novo)
    assert usado.status_code == 410
    assert reverse("account_login") in usado.content.decode()


def test_the_term_is_accepted_and_one_mail_in_all_was_sent_until_the_first_sign_in(
    client: Client, link_de: Callable[[Usuario], str]
) -> None:
    """Although a document of the organisation is about to expire: that is for after the first sign-in."""
    termo = Termo.objects.create(versao=90, titulo="Termo", texto="Texto.", vigente_de=hoje())
    pessoa = migrada(a_vencer.registro(a_vencer.certidao(dias(5))))
    assert avisos.avisar(HOJE) == 0
    _convidar()
    url = link_de(pessoa)
    convites.lembrar(timezone.now() + timedelta(hours=1))
    assert _definir(client, url) == 302
    assert AceiteDeTermo.objects.filter(usuario=pessoa, termo=termo).exists()
    assert Mensagem.objects.filter(para=pessoa.email).count() == 1
    assert avisos.avisar(HOJE) == 1


def _enviada_ha(dias: int) -> datetime:
    """Let the first mails have left so many days ago; return now."""
    agora = timezone.now()
    Mensagem.objects.update(estado="enviada", enviada_em=agora - timedelta(days=dias))
    return agora


@pytest.mark.parametrize(
    ("passados", "lembrete"), [(2, None), (3, 3), (6, 3), (7, 7), (13, 7), (14, 14), (40, 14)]
)
def test_who_does_not_come_is_reminded_once_on_each_occasion(passados: int, lembrete: int | None) -> None:
    migrada()
    _convidar()
    agora = _enviada_ha(passados)
    assert convites.lembrar(agora) == (lembrete is not None)
    assert convites.lembrar(agora) == 0
    assert Mensagem.objects.filter(chave__endswith=f":lembrete:{lembrete}").exists() == (lembrete is not None)


def test_a_reminder_says_so_and_has_a_link_of_its_own(link_de: Callable[[Usuario], str]) -> None:
    pessoa = migrada()
    _convidar()
    primeiro = link_de(pessoa)
    convites.lembrar(timezone.now() + timedelta(days=3))
    Mensagem.objects.filter(estado="na_fila").update(proxima_tentativa=timezone.now())
    assert link_de(pessoa) != primeiro
    assert "Este é um lembrete." in Mensagem.objects.latest("pk").corpo


def test_who_came_or_whose_address_sends_back_is_not_reminded(client: Client) -> None:
    chegou, devolveu, saiu = migrada(), migrada(), migrada()
    _convidar()
    agora = _enviada_ha(3)
    govbr.ativar(chegou)
    Devolucao.objects.create(
        mensagem=Mensagem.objects.get(usuario=devolveu), definitiva=True, codigo="5.1.1", resumo="x"
    )
    Usuario.objects.filter(pk=saiu.pk).update(is_active=False)
    assert convites.lembrar(agora) == 0


def test_a_reminder_that_waits_does_not_leave_after_the_person_came(
    client: Client, caixa_postal: Caixa, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = migrada()
    _convidar()
    url = link_de(pessoa)
    convites.lembrar(_enviada_ha(3))
    assert _definir(client, url) == 302
    varrer()
    assert len(caixa_postal(pessoa.email)) == 1


def test_esqueci_a_senha_activates_and_closes_the_invitation(
    client: Client, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = migrada()
    _convidar()
    convite = link_de(pessoa)
    pedido = {"cpf": pessoa.cpf, "email": pessoa.email, "chave_envio": str(uuid4())}
    client.post(reverse("recuperar_acesso"), pedido)
    assert _definir(client, link_de(pessoa)) == 302
    assert _andamento(pessoa) == "ativado"
    assert Client().get(convite).status_code == 410
    assert not Convite.objects.filter(usuario=pessoa, usado_em=None).exists()


def test_who_has_no_address_comes_through_the_team(client: Client, link_de: Callable[[Usuario], str]) -> None:
    pessoa = migrada(email="")
    _aceitar_identidade(pessoa, "novo@example.org")
    pessoa.refresh_from_db()
    assert _definir(client, link_de(pessoa)) == 302
    pessoa.refresh_from_db()
    assert not pessoa.nunca_entrou
    assert Mensagem.objects.filter(para="novo@example.org", tipo="contas.seguranca").count() == 0


def test_who_had_come_before_is_told_that_the_password_was_set_again(
    client: Client, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = fabricas.usuario(last_login=timezone.now())
    _aceitar_identidade(pessoa, pessoa.email)
    assert _definir(client, link_de(pessoa)) == 302
    assert Mensagem.objects.filter(para=pessoa.email, tipo="contas.seguranca").count() == 1


def test_the_link_to_an_address_that_the_team_corrected_opens_nothing_and_the_reminder_brings_another(
    client: Client, caixa_postal: Caixa, link_de: Callable[[Usuario], str]
) -> None:
    pessoa = migrada(email="alheio@example.org")
    _convidar()
    alheio = link_de(pessoa)
    Devolucao.objects.create(mensagem=Mensagem.objects.get(), definitiva=True, codigo="5.1.1", resumo="x")
    _aceitar_identidade(pessoa, "certo@example.org")
    pessoa.refresh_from_db()
    assert "Se o e-mail da sua conta mudou" in client.get(alheio).content.decode()
    assert client.post(alheio + "reenviar/", {"chave_envio": str(uuid4())}).status_code == 404
    varrer()
    convites.lembrar(timezone.now() + timedelta(days=3))
    Mensagem.objects.filter(estado="na_fila").update(proxima_tentativa=timezone.now())
    assert _definir(client, link_de(pessoa)) == 302
    assert _andamento(pessoa) == "ativado"
    assert len(caixa_postal("alheio@example.org")) == 2  # the invitation, and that the address was changed


def test_an_invitation_that_waits_leaves_for_the_address_that_the_team_corrected(
    caixa_postal: Caixa,
) -> None:
    pessoa = migrada(email="alheio@example.org")
    _convidar()
    _aceitar_identidade(pessoa, "certo@example.org")
    varrer()
    assert [m["X-CAGEC-Mensagem"] for m in caixa_postal("certo@example.org")].count(
        str(Mensagem.objects.get(tipo=convites.TIPO).pk)
    ) == 1


def test_an_invitation_already_written_for_the_former_address_does_not_leave(
    monkeypatch: pytest.MonkeyPatch, caixa_postal: Caixa
) -> None:
    """The team corrects the address while a sender, who has borrowed the mail, is about to send it."""
    pessoa = migrada(email="alheio@example.org")
    _convidar()
    compor = entrega._compor

    def corrigir_antes(*partes: Any) -> EmailMultiAlternatives:
        monkeypatch.setattr(entrega, "_compor", compor)
        _aceitar_identidade(pessoa, "certo@example.org")
        return compor(*partes)

    monkeypatch.setattr(entrega, "_compor", corrigir_antes)
    varrer()
    assert not [m for m in caixa_postal("alheio@example.org") if "crie sua senha" in m["Subject"]]


def test_the_page_of_a_link_read_before_the_address_changed_sets_no_password(
    link_de: Callable[[Usuario], str],
) -> None:
    pessoa = migrada(email="alheio@example.org")
    _convidar()
    link_de(pessoa)
    lido = Convite.objects.get()
    _aceitar_identidade(pessoa, "certo@example.org")
    with pytest.raises(ConviteInvalido):
        definir_senha(lido, SENHA, ip=None, navegador="")


def _aceitar_identidade(pessoa: Usuario, email: str) -> None:
    """The team finds the proofs of the person good, and gives the account this address."""
    prova = guarda.guardar("rg.pdf", "application/pdf", pdf("rg", 1), None)
    pedido = PedidoDeIdentidade.objects.create(
        cpf=pessoa.cpf, nome=pessoa.nome, email=email, telefone="", documento=prova, selfie=prova
    )
    identidade.aceitar(pedido, fabricas.usuario(is_staff=True))

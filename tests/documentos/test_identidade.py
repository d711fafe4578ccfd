"""The team decides an identity request: the account changes hands, or the person is told why not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cagec.correio.entrega import varrer
from cagec.correio.models import Mensagem
from contas import fabricas as contas
from contas import fatores
from contas.convites import ConviteInvalido, convidar, definir_senha, novo_link
from contas.models import Convite, EventoDeSeguranca, Usuario
from documentos import identidade
from documentos.identidade import ContaDaEquipe, JaDecidido
from documentos.models import Arquivo, PedidoDeIdentidade


def _pedido(cpf: str, email: str = "novo@example.org", **campos: Any) -> PedidoDeIdentidade:
    """A request whose files have no bytes: the decision does not read them."""
    documento, selfie = (
        Arquivo.objects.create(
            nome="x.jpg", chave=uuid4().hex, tipo_midia="image/jpeg", tamanho=1, sha256="0" * 64
        )
        for _ in range(2)
    )
    dados = {"nome": "Nair Perdida", "telefone": "(31) 99999-0000", "explicacao": "Perdi o e-mail."}
    return PedidoDeIdentidade.objects.create(
        cpf=cpf, email=email, documento=documento, selfie=selfie, **(dados | campos)
    )


def _tipos() -> dict[str, str]:
    return dict(Mensagem.objects.values_list("tipo", "para"))


@pytest.mark.django_db
def test_accepting_gives_the_account_to_who_asked_and_ends_what_was_open() -> None:
    dona, analista = contas.usuario(email="velho@example.org"), contas.usuario(is_staff=True)
    intruso = Client()
    intruso.force_login(dona)
    assert intruso.get(reverse("minha_conta")).status_code == 200
    pedido = _pedido(dona.cpf)
    identidade.aceitar(pedido, analista)
    dona.refresh_from_db()
    assert dona.email == "novo@example.org"
    assert not dona.check_password(contas.SENHA)
    assert intruso.get(reverse("minha_conta")).status_code == 302
    assert not EmailAddress.objects.filter(user=dona).exists()
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.decidido_por) == ("aceito", analista)
    assert pedido.decidido_em is not None


@pytest.mark.django_db
def test_neither_the_old_password_nor_the_old_address_opens_the_account(client: Client) -> None:
    dona = contas.usuario(email="velho@example.org")
    identidade.aceitar(_pedido(dona.cpf), contas.usuario(is_staff=True))
    for login in (dona.cpf, "velho@example.org", "novo@example.org"):
        resposta = client.post(reverse("account_login"), {"login": login, "password": contas.SENHA})
        assert resposta.status_code == 200, login


@pytest.mark.django_db
def test_a_link_mailed_to_the_old_address_before_opens_nothing(client: Client) -> None:
    """Neither its address nor a page of it that is open already."""
    dona = contas.usuario(email="velho@example.org")
    motivo = Convite.Motivo.RECUPERACAO
    antigo = convidar(motivo, dona.cpf, dona.nome_civil, dona.email, usuario=dona)
    link = novo_link(antigo)
    identidade.aceitar(_pedido(dona.cpf), contas.usuario(is_staff=True))
    assert client.get(link).status_code == 404
    with pytest.raises(ConviteInvalido):
        definir_senha(antigo, "maritaca cantando na janela", ip=None, navegador="")


@pytest.mark.django_db
def test_the_old_address_is_told_and_the_new_one_gets_the_link(caixa_postal: Any) -> None:
    dona = contas.usuario(email="velho@example.org")
    identidade.aceitar(_pedido(dona.cpf), contas.usuario(is_staff=True))
    varrer()
    (aviso,), (link,) = caixa_postal("velho@example.org"), caixa_postal("novo@example.org")
    assert aviso["Subject"] == "CAGEC: o e-mail da sua conta mudou"
    assert "novo@example.org" not in str(aviso)
    assert "/definir-senha/" in link.get_body(("plain",)).get_content()
    assert "/definir-senha/" not in aviso.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_the_link_sets_the_password_of_the_same_account() -> None:
    dona = contas.usuario(email="velho@example.org")
    identidade.aceitar(_pedido(dona.cpf), contas.usuario(is_staff=True))
    convite = Convite.objects.get()
    assert definir_senha(convite, "maritaca cantando na janela", ip=None, navegador="") == dona
    assert EmailAddress.objects.get(user=dona, verified=True).email == "novo@example.org"


@pytest.mark.django_db
def test_who_lost_the_telephone_enters_with_the_link_alone_and_reads_who_took_the_factor_away() -> None:
    dona, analista = contas.usuario(), contas.usuario(is_staff=True)
    TOTP.activate(dona, generate_totp_secret())
    identidade.aceitar(_pedido(dona.cpf), analista)
    assert not fatores.protegido(dona)
    evento = EventoDeSeguranca.objects.get(usuario=dona, tipo="fator_removido")
    assert evento.dados["pela_equipe"] == analista.nome


@pytest.mark.django_db
def test_an_unchanged_address_gets_no_warning_about_a_change() -> None:
    dona = contas.usuario(email="Velho@example.org")
    identidade.aceitar(_pedido(dona.cpf, "velho@example.org"), contas.usuario(is_staff=True))
    assert _tipos() == {"contas.recuperacao": "velho@example.org"}


@pytest.mark.django_db
def test_without_an_account_an_ordinary_invitation_leaves() -> None:
    cpf = contas.cpf_ficticio(43)
    identidade.aceitar(_pedido(cpf), contas.usuario(is_staff=True))
    assert _tipos() == {"contas.convite": "novo@example.org"}
    nova = definir_senha(Convite.objects.get(), "maritaca cantando na janela", ip=None, navegador="")
    assert (nova.cpf, nova.nome, nova.email) == (cpf, "Nair Perdida", "novo@example.org")
    assert not nova.is_staff


@pytest.mark.django_db
def test_a_key_invented_by_the_sender_does_not_swallow_the_link() -> None:
    dona, chave = contas.usuario(), uuid4()
    convidar(Convite.Motivo.NOVO_USUARIO, dona.cpf, "Nair Perdida", "novo@example.org", chave_envio=chave)
    identidade.aceitar(_pedido(dona.cpf, chave_envio=chave), contas.usuario(is_staff=True))
    assert Convite.objects.filter(usuario=dona).exists()


@pytest.mark.django_db
def test_an_account_of_the_team_is_given_only_by_an_administrator() -> None:
    chefe = contas.usuario(is_staff=True, is_superuser=True)
    colega, pedido = contas.usuario(is_staff=True), _pedido(chefe.cpf)
    with pytest.raises(ContaDaEquipe, match="Só um administrador"):
        identidade.aceitar(pedido, colega)
    chefe.refresh_from_db()
    assert chefe.check_password(contas.SENHA)
    pedido.refresh_from_db()
    assert pedido.estado == "aberto"
    identidade.aceitar(pedido, contas.usuario(is_staff=True, is_superuser=True))
    assert not Usuario.objects.get(pk=chefe.pk).has_usable_password()


@pytest.mark.django_db
def test_refusing_says_why_and_touches_nothing(caixa_postal: Any) -> None:
    dona = contas.usuario(email="velho@example.org")
    pedido = _pedido(dona.cpf)
    identidade.recusar(pedido, contas.usuario(is_staff=True), "A foto do documento não está legível.")
    varrer()
    (mensagem,), (aviso,) = caixa_postal("novo@example.org"), caixa_postal("velho@example.org")
    assert aviso["Subject"] == "CAGEC: o e-mail da sua conta continua o mesmo"
    assert "não está legível" not in str(aviso)
    corpo = mensagem.get_body(("plain",)).get_content()
    assert "A foto do documento não está legível." in " ".join(corpo.split())
    assert reverse("pedido_de_identidade") in corpo
    dona.refresh_from_db()
    assert dona.check_password(contas.SENHA)
    pedido.refresh_from_db()
    assert pedido.estado == "recusado"


@pytest.mark.django_db
@pytest.mark.parametrize("primeira", ["aceitar", "recusar"])
def test_a_decided_request_is_not_decided_again(primeira: str) -> None:
    analista, pedido = contas.usuario(is_staff=True), _pedido(contas.usuario().cpf)
    decisoes = {
        "aceitar": lambda: identidade.aceitar(pedido, analista),
        "recusar": lambda: identidade.recusar(pedido, analista, "Não."),
    }
    decisoes[primeira]()
    mensagens = Mensagem.objects.count()
    for decidir in decisoes.values():
        with pytest.raises(JaDecidido, match="já foi decidido"):
            decidir()
    assert Mensagem.objects.count() == mensagens


@pytest.mark.django_db(transaction=True)
def test_of_two_analysts_at_the_same_moment_one_decides() -> None:
    pedido = _pedido(contas.usuario().cpf)
    analistas = [contas.usuario(is_staff=True) for _ in range(2)]
    largada = Barrier(2)

    def decidir(analista: Usuario) -> str:
        try:
            largada.wait()
            identidade.recusar(pedido, analista, f"Motivo de {analista.nome}.")
        except JaDecidido:
            return "tarde demais"
        finally:
            connection.close()
        return analista.nome

    with ThreadPoolExecutor(2) as dois:
        respostas = list(dois.map(decidir, analistas))
    (venceu,) = set(respostas) - {"tarde demais"}
    pedido.refresh_from_db()
    assert pedido.resposta == f"Motivo de {venceu}."
    assert _tipos().keys() == {"documentos.identidade_recusado", "documentos.identidade_recusado_ao_antigo"}
    assert Mensagem.objects.count() == 2


@pytest.mark.django_db
def test_the_database_itself_wants_the_date_of_a_decision() -> None:
    pedido = _pedido(contas.cpf_ficticio(44))
    with pytest.raises(IntegrityError), transaction.atomic():
        PedidoDeIdentidade.objects.filter(pk=pedido.pk).update(estado="aceito")


@pytest.mark.django_db
def test_a_mail_about_a_request_that_is_gone_is_not_made_up() -> None:
    from documentos.mensagens import identidade_recusado

    with pytest.raises(LookupError):
        identidade_recusado({"pedido": str(uuid4())})

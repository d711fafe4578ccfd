"""Another e-mail for the account: asked with the password, confirmed at the new address, told to the old one."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas import fabricas, troca_de_email
from contas.convites import ConviteInvalido, convidar, definir_senha
from contas.models import Convite, EventoDeSeguranca, TrocaDeEmail, Usuario

pytestmark = pytest.mark.django_db
PAGINA = "/minha-conta/email/"
NOVA = "maritaca cantando na janela"


@pytest.fixture
def dona() -> Usuario:
    return fabricas.usuario(email="velho@example.org")


@pytest.fixture
def cliente(dona: Usuario) -> Client:
    """A browser in which the person is signed in and has just retyped the password."""
    cliente = Client()
    cliente.force_login(dona, backend="allauth.account.auth_backends.AuthenticationBackend")
    cliente.post(reverse("account_reauthenticate"), {"password": fabricas.SENHA})
    return cliente


def _pedir(cliente: Client, email: str = "novo@example.org", chave: str = ""):
    return cliente.post(PAGINA, {"email": email, "chave_envio": chave or str(uuid4())}, follow=True)


def _link(correio, endereco: str = "novo@example.org") -> str:
    corpo = correio(endereco)[-1].get_body(("plain",)).get_content()
    achado = re.search(r"http://testserver(/confirmar-email/\S+)", corpo)
    assert achado is not None
    return achado[1]


def test_the_page_asks_for_the_password_again_and_then_goes_on(dona: Usuario, client: Client) -> None:
    client.force_login(dona, backend="allauth.account.auth_backends.AuthenticationBackend")
    resposta = client.post(PAGINA, {"email": "novo@example.org", "chave_envio": str(uuid4())})
    assert resposta["Location"].startswith(reverse("account_reauthenticate"))
    assert not TrocaDeEmail.objects.exists()
    client.post(resposta["Location"], {"password": "errada"})
    assert not TrocaDeEmail.objects.exists()
    client.post(resposta["Location"], {"password": fabricas.SENHA, "next": PAGINA})
    assert TrocaDeEmail.objects.get().novo == "novo@example.org"


def test_nothing_changes_until_the_link_is_confirmed(cliente: Client, dona: Usuario, correio) -> None:
    pagina = _pedir(cliente).content.decode()
    assert "Falta confirmar o novo e-mail" in pagina
    (aviso,), link = correio("velho@example.org"), _link(correio)
    assert "Não fui eu" in aviso.get_body(("plain",)).get_content()
    assert reverse("recuperar_acesso") in aviso.get_body(("plain",)).get_content()
    assert "novo@example.org" not in str(aviso)
    for _ in range(5):  # scanners and previews of mail open it too
        assert Client().get(link).status_code == 200
    dona.refresh_from_db()
    assert dona.email == "velho@example.org"


def test_confirming_gives_the_new_address_and_tells_the_old_one(
    cliente: Client, dona: Usuario, correio
) -> None:
    _pedir(cliente)
    link = _link(correio)
    for _ in range(2):  # a double click
        assert cliente.post(link)["Location"] == reverse("minha_conta")
    dona.refresh_from_db()
    assert dona.email == "novo@example.org"
    assert list(EmailAddress.objects.filter(user=dona).values_list("email", "verified")) == [
        ("novo@example.org", True)
    ]
    assert EventoDeSeguranca.objects.get(usuario=dona, tipo="email_alterado").ip == "127.0.0.1"
    _, mudou = correio("velho@example.org")
    assert mudou["Subject"] == "CAGEC: o e-mail da sua conta mudou"
    assert reverse("pedido_de_identidade") in mudou.get_body(("plain",)).get_content()
    assert Client().get(link).status_code == 410
    assert "novo@example.org" in cliente.get(reverse("minha_conta")).content.decode()


def test_only_the_hash_of_the_link_is_kept(cliente: Client, correio) -> None:
    _pedir(cliente)
    segredo = _link(correio).rstrip("/").rsplit("/", 1)[1]
    assert segredo not in str(TrocaDeEmail.objects.values().get())
    assert segredo not in Mensagem.objects.get(tipo="contas.email_confirmar").corpo


def test_links_mailed_to_the_old_address_die(cliente: Client, dona: Usuario, correio) -> None:
    antigo = convidar(Convite.Motivo.RECUPERACAO, dona.cpf, dona.nome, dona.email, usuario=dona)
    _pedir(cliente)
    cliente.post(_link(correio))
    with pytest.raises(ConviteInvalido):
        definir_senha(antigo, NOVA, ip=None, navegador="")


def test_recovering_the_access_calls_the_change_off(cliente: Client, dona: Usuario, correio) -> None:
    _pedir(cliente)
    link = _link(correio)
    convite = convidar(Convite.Motivo.RECUPERACAO, dona.cpf, dona.nome, dona.email, usuario=dona)
    definir_senha(convite, NOVA, ip=None, navegador="")
    assert Client().post(link).status_code == 410
    dona.refresh_from_db()
    assert dona.email == "velho@example.org"


def test_one_change_at_a_time_which_can_be_called_off(cliente: Client, correio) -> None:
    _pedir(cliente)
    link = _link(correio)
    assert "Já há uma troca de e-mail" in _pedir(cliente, "outro@example.org").content.decode()
    assert TrocaDeEmail.objects.count() == 1
    assert cliente.post(reverse("cancelar_troca_de_email"))["Location"] == reverse("minha_conta")
    assert Client().post(link).status_code == 410
    assert "Falta confirmar" in _pedir(cliente, "outro@example.org").content.decode()


def test_the_database_itself_keeps_one_open(cliente: Client, dona: Usuario) -> None:
    _pedir(cliente)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrocaDeEmail.objects.create(usuario=dona, antigo="a@b.co", novo="c@d.co", expira_em=timezone.now())


def test_a_link_is_over_after_48_hours_and_another_change_may_be_asked(cliente: Client, correio) -> None:
    _pedir(cliente)
    link = _link(correio)
    TrocaDeEmail.objects.update(expira_em=timezone.now() - timedelta(seconds=1))
    for resposta in (Client().get(link), Client().post(link)):
        assert resposta.status_code == 410
        assert "não vale mais" in resposta.content.decode()
    assert "Falta confirmar" in _pedir(cliente).content.decode()


def test_a_double_click_mails_once(cliente: Client) -> None:
    chave = str(uuid4())
    for _ in range(2):
        _pedir(cliente, chave=chave)
    assert TrocaDeEmail.objects.count() == 1
    assert Mensagem.objects.count() == 2


@pytest.mark.parametrize(
    ("email", "mensagem"),
    [
        ("", "obrigatório"),
        ("novo@", "E-mail inválido"),
        ("VELHO@example.org", "já é o e-mail"),
        ("\x00@a.b", "nulos"),
    ],
)
def test_bad_input_is_explained_and_stays(cliente: Client, email: str, mensagem: str) -> None:
    resposta = _pedir(cliente, email)
    assert mensagem in str(resposta.context["form"].errors["email"])
    assert not TrocaDeEmail.objects.exists()


def test_an_address_of_several_people_is_taken_and_then_opens_no_account(
    cliente: Client, dona: Usuario, correio
) -> None:
    outra = fabricas.usuario(email="novo@example.org")
    _pedir(cliente)
    cliente.post(_link(correio))
    for pessoa, entra in (("novo@example.org", False), (outra.cpf, True), (dona.cpf, True)):
        resposta = Client().post(reverse("account_login"), {"login": pessoa, "password": fabricas.SENHA})
        assert (resposta.status_code == 302) == entra, pessoa


def test_asking_again_and_again_is_limited(cliente: Client) -> None:
    for numero in range(11):
        pagina = _pedir(cliente, f"novo{numero}@example.org").content.decode()
        cliente.post(reverse("cancelar_troca_de_email"))
    assert "Aguarde alguns minutos" in pagina
    assert TrocaDeEmail.objects.count() == 10


def test_an_account_that_was_closed_meanwhile_is_not_changed(cliente: Client, dona: Usuario, correio) -> None:
    _pedir(cliente)
    link = _link(correio)
    Usuario.objects.filter(pk=dona.pk).update(is_active=False)
    assert Client().post(link).status_code == 410


def test_an_invented_link_says_that_it_does_not_work(client: Client) -> None:
    assert client.get(reverse("confirmar_email", args=["inventado"])).status_code == 410


def test_a_mail_about_a_change_that_is_gone_is_not_made_up() -> None:
    from contas.mensagens import email_pedida

    with pytest.raises(LookupError):
        email_pedida({"troca": str(uuid4())})


def test_the_link_of_a_mail_delivered_again_is_the_one_that_counts(dona: Usuario) -> None:
    troca = troca_de_email.pedir(dona, "novo@example.org", uuid4())
    primeiro, segundo = (troca_de_email.novo_link(troca).rstrip("/").rsplit("/", 1)[1] for _ in range(2))
    assert troca_de_email.abrir_link(primeiro) is None
    assert troca_de_email.abrir_link(segundo) == troca

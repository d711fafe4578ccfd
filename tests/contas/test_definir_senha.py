"""The page of a mailed link."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contas import convites, fabricas
from contas.models import AceiteDeTermo, Convite, LinkDeConvite, Termo, Usuario

pytestmark = pytest.mark.django_db
NOVA = "maritaca cantando na janela"


@pytest.fixture
def termo() -> Termo:
    ultima = Termo.objects.first()
    return Termo.objects.create(
        versao=(ultima.versao if ultima else 0) + 1,
        titulo="Termo de uso de teste",
        texto="Primeiro parágrafo do termo.",
        vigente_de=timezone.localdate(),
    )


def endereco(convite: Convite) -> str:
    return convites.novo_link(convite).removeprefix("http://testserver")


def enviar(client: Client, url: str, senha: str = NOVA, **campos: str):
    return client.post(url, {"senha": senha, "repetir": senha, "aceito": "on"} | campos)


def test_opening_the_link_consumes_nothing_and_shows_rules_and_term(client: Client, termo: Termo) -> None:
    convite = fabricas.convite(nome_civil="Joana Guimarães")
    url = endereco(convite)
    for _ in range(3):
        resposta = client.get(url)
    pagina = resposta.content.decode()
    assert resposta.status_code == 200
    assert "Joana Guimarães" in pagina
    assert "12 caracteres ou mais" in pagina
    assert "Primeiro parágrafo do termo." in pagina
    convite.refresh_from_db()
    assert convite.usado_em is None


def test_the_secret_of_the_address_stays_out_of_referrers_and_caches(client: Client) -> None:
    url = endereco(fabricas.convite())
    for resposta in (client.get(url), client.get("/definir-senha/inventado/")):
        assert resposta["Referrer-Policy"] == "strict-origin"
        assert "no-store" in resposta["Cache-Control"]


def test_the_password_creates_the_account_and_signs_in(client: Client, termo: Termo) -> None:
    convite = fabricas.convite()
    resposta = enviar(client, endereco(convite))
    usuario = Usuario.objects.get(cpf=convite.cpf)
    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("painel")
    assert client.session["_auth_user_id"] == str(usuario.pk)
    assert usuario.password.startswith("argon2")
    assert EmailAddress.objects.get(user=usuario).verified
    aceite = AceiteDeTermo.objects.get(usuario=usuario)
    assert (aceite.termo, aceite.ip) == (termo, "127.0.0.1")


@pytest.mark.parametrize(
    ("senha", "aviso"),
    [
        ("curta", "12"),
        ("qwertyqwerty", "comum"),
        ("cagec cagec", "portal"),
        ("x" * 10_000, "128"),
        ("senha com \x00 nulo dentro", "nulos"),
        ("", "obrigatório"),
    ],
)
def test_a_weak_password_is_explained(client: Client, termo: Termo, senha: str, aviso: str) -> None:
    resposta = enviar(client, endereco(fabricas.convite()), senha)
    assert resposta.status_code == 200
    assert aviso in " ".join(resposta.context["form"].errors["senha"])
    assert not Usuario.objects.exists()


def test_the_name_of_the_person_is_no_password(client: Client, termo: Termo) -> None:
    resposta = enviar(client, endereco(fabricas.convite(nome_civil="Bartolomeu Gusmão")), "Bartolomeu123")
    assert "seu nome" in " ".join(resposta.context["form"].errors["senha"])


def test_a_long_sentence_in_any_alphabet_is_fine(client: Client, termo: Termo) -> None:
    assert enviar(client, endereco(fabricas.convite()), "пароль 🙂 com acentuação").status_code == 302


def test_two_different_passwords_are_refused(client: Client, termo: Termo) -> None:
    resposta = enviar(client, endereco(fabricas.convite()), repetir="outra senha qualquer")
    assert "repetir" in resposta.context["form"].errors


def test_the_term_must_be_accepted(client: Client, termo: Termo) -> None:
    url = endereco(fabricas.convite())
    resposta = client.post(url, {"senha": NOVA, "repetir": NOVA})
    assert "aceitar o termo" in " ".join(resposta.context["form"].errors["aceito"])
    assert not Usuario.objects.exists()


def test_a_used_link_points_to_the_way_in(client: Client, termo: Termo) -> None:
    url = endereco(fabricas.convite())
    enviar(client, url)
    outro = Client()
    for resposta in (outro.get(url), enviar(outro, url, "senha de outra pessoa")):
        assert resposta.status_code == 410
        assert reverse("recuperar_acesso") in resposta.content.decode()
    assert "_auth_user_id" not in outro.session


def test_the_second_click_of_a_double_click_signs_in_too(client: Client, termo: Termo) -> None:
    url = endereco(fabricas.convite())
    enviar(client, url)
    segundo = Client()
    assert enviar(segundo, url).status_code == 302
    assert "_auth_user_id" in segundo.session
    Convite.objects.update(usado_em=timezone.now() - timedelta(minutes=2))
    assert enviar(Client(), url).status_code == 410


def test_an_unknown_link_shows_the_way_out(client: Client) -> None:
    resposta = client.get("/definir-senha/inventado/")
    assert resposta.status_code == 404
    assert reverse("novo_usuario") in resposta.content.decode()


def test_an_expired_link_mails_a_new_one_and_stays_expired(client: Client, link_de, termo: Termo) -> None:
    convite = fabricas.convite()
    velho = endereco(convite)
    LinkDeConvite.objects.update(criado_em=timezone.now() - timedelta(days=14))
    pagina = client.get(velho)
    assert pagina.status_code == 410
    chave = str(pagina.context["form"].initial.get("chave_envio", "")) or "c" * 32
    segredo = velho.strip("/").split("/")[-1]
    for _ in range(2):
        resposta = client.post(reverse("reenviar_link", args=[segredo]), {"chave_envio": chave})
        assert resposta["Location"] == reverse("novo_usuario_enviado")
    novo = link_de(convite.email)
    assert novo != velho
    assert enviar(client, velho).status_code == 410
    assert enviar(client, novo).status_code == 302


def test_asking_again_and_again_for_a_new_link_waits(client: Client) -> None:
    segredo = endereco(fabricas.convite()).strip("/").split("/")[-1]
    url = reverse("reenviar_link", args=[segredo])
    assert [client.post(url).status_code for _ in range(4)] == [302, 302, 302, 200]


def test_nobody_squats_a_cpf_the_first_password_wins(client: Client, termo: Termo) -> None:
    cpf = fabricas.cpf_ficticio(800)
    primeiro, segundo = fabricas.convite(cpf=cpf), fabricas.convite(cpf=cpf)
    urls = [endereco(primeiro), endereco(segundo)]
    assert enviar(client, urls[1]).status_code == 302
    resposta = enviar(Client(), urls[0])
    pagina = resposta.content.decode()
    assert resposta.status_code == 409
    for nome in ("account_login", "recuperar_acesso", "pedido_de_identidade"):
        assert reverse(nome) in pagina
    assert Usuario.objects.get(cpf=cpf).email == segundo.email


@pytest.mark.django_db(transaction=True)
def test_two_links_of_one_cpf_at_the_same_moment_create_one_account() -> None:
    cpf = fabricas.cpf_ficticio(801)
    with transaction.atomic():
        par = [fabricas.convite(cpf=cpf), fabricas.convite(cpf=cpf)]
    assert sorted(definir_ao_mesmo_tempo(par)) == ["CpfJaUsado", "conta"]
    assert Usuario.objects.filter(cpf=cpf).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_signs_in_both_times() -> None:
    with transaction.atomic():
        convite = fabricas.convite()
    assert definir_ao_mesmo_tempo([convite] * 3) == ["conta"] * 3
    assert Usuario.objects.count() == 1


def definir_ao_mesmo_tempo(lista: list[Convite]) -> list[str]:
    """Set the password through every invitation at once; return how each one ended."""
    largada, resultados = Barrier(len(lista)), []

    def tentar(convite: Convite) -> None:
        largada.wait()
        try:
            convites.definir_senha(convite, NOVA, ip=None, navegador="")
            resultados.append("conta")
        except (convites.CpfJaUsado, convites.ConviteInvalido) as erro:
            resultados.append(type(erro).__name__)
        finally:
            connections.close_all()

    linhas = [Thread(target=tentar, args=[convite]) for convite in lista]
    for linha in linhas:
        linha.start()
    for linha in linhas:
        linha.join()
    return resultados

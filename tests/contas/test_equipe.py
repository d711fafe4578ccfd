"""How the team is made: no password in any hand, rights by group."""

from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.forms import PasswordInput
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas import fabricas, grupos
from contas.models import Convite, Termo, Usuario

pytestmark = pytest.mark.django_db
NOVA = "maritaca cantando na janela"
CPF = fabricas.cpf_ficticio(990)


def administrador() -> None:
    call_command("criar_administrador", cpf=CPF, nome="Ana Chefe", email="ana@example.org")


def test_the_command_mails_the_link_of_a_superuser(client: Client, link_de) -> None:
    administrador()
    client.post(link_de("ana@example.org"), {"senha": NOVA, "repetir": NOVA, "aceito": "on"})
    ana = Usuario.objects.get(cpf=CPF)
    assert (ana.is_staff, ana.is_superuser) == (True, True)


def test_the_command_promotes_who_has_an_account() -> None:
    fabricas.usuario(cpf=CPF)
    administrador()
    assert Usuario.objects.get(cpf=CPF).is_superuser
    assert not Mensagem.objects.exists()


@pytest.mark.parametrize(("cpf", "email"), [("123", "a@example.org"), (CPF, "sem arroba")])
def test_the_command_refuses_bad_input(cpf: str, email: str) -> None:
    with pytest.raises(CommandError):
        call_command("criar_administrador", cpf=cpf, nome="Ana", email=email)


@pytest.fixture
def chefe(client: Client) -> Usuario:
    chefe = fabricas.usuario(is_staff=True, is_superuser=True)
    client.force_login(chefe)
    return chefe


def convidar(client: Client, cpf: str, chave: str = ""):
    envio = {
        "chave_envio": chave or str(uuid4()),
        "cpf": cpf,
        "nome_civil": "Rui",
        "email": "rui@example.org",
    }
    return client.post(reverse("admin:contas_convite_add"), envio)


def test_a_superuser_invites_an_analyst(client: Client, chefe: Usuario, link_de) -> None:
    grupos.sincronizar()
    chave = str(uuid4())
    for _ in range(2):
        assert convidar(client, CPF, chave).status_code == 302
    assert Convite.objects.get().criado_por == chefe
    Client().post(link_de("rui@example.org"), {"senha": NOVA, "repetir": NOVA, "aceito": "on"})
    rui = Usuario.objects.get(cpf=CPF)
    assert (rui.is_staff, rui.is_superuser) == (True, False)
    assert rui.has_perm("contas.view_convite")
    assert not rui.has_perm("contas.change_usuario")


def test_who_has_an_account_is_not_invited_again(client: Client, chefe: Usuario) -> None:
    resposta = convidar(client, fabricas.usuario().cpf)
    assert "já tem conta" in resposta.content.decode()


@pytest.mark.parametrize("cpf", ["", "abc", "\x00"])
def test_a_bad_invitation_is_explained(client: Client, chefe: Usuario, cpf: str) -> None:
    assert convidar(client, cpf).status_code == 200
    assert not Convite.objects.exists()


@pytest.fixture
def analista(client: Client) -> Usuario:
    grupos.sincronizar()
    analista = fabricas.usuario(is_staff=True)
    grupos.incluir_na_equipe(analista)
    client.force_login(analista)
    return analista


def test_an_analyst_reads_and_mails_links_again_but_gives_no_rights(
    client: Client, analista: Usuario
) -> None:
    convite = fabricas.convite()
    for nome, pk in (("usuario", analista.pk), ("convite", convite.pk)):
        assert client.get(reverse(f"admin:contas_{nome}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:contas_{nome}_change", args=[pk])).status_code == 200
    envio = {"action": "enviar_novo_link", "_selected_action": [convite.pk]}
    client.post(reverse("admin:contas_convite_changelist"), envio)
    assert Mensagem.objects.get().para == convite.email
    assert convidar(client, CPF).status_code == 403
    proprio = reverse("admin:contas_usuario_change", args=[analista.pk])
    assert client.post(proprio, {"is_superuser": "on"}).status_code == 403


def test_a_link_is_mailed_again_once_for_each_mail_that_left(
    client: Client, analista: Usuario, correio
) -> None:
    convites = [fabricas.convite(email="eva@example.org"), fabricas.convite(usado_em=timezone.now())]
    envio = {"action": "enviar_novo_link", "_selected_action": [c.pk for c in convites]}
    for _ in range(2):
        pagina = client.post(reverse("admin:contas_convite_changelist"), envio, follow=True)
        assert "1 link(s) a caminho." in pagina.content.decode()
    assert len(correio("eva@example.org")) == 1
    client.post(reverse("admin:contas_convite_changelist"), envio)
    assert len(correio("eva@example.org")) == 2
    assert Mensagem.objects.count() == 2


def test_what_was_accepted_is_read_and_never_changed(client: Client, chefe: Usuario) -> None:
    aceite = chefe.aceites.get()
    pagina = reverse("admin:contas_aceitedetermo_change", args=[aceite.pk])
    assert client.get(pagina).status_code == 200
    assert client.get(reverse("admin:contas_aceitedetermo_changelist")).status_code == 200
    for endereco in (pagina, pagina.replace("change", "delete"), reverse("admin:contas_aceitedetermo_add")):
        assert client.post(endereco, {"post": "yes", "ip": "10.0.0.1"}).status_code == 403
    assert chefe.aceites.get().ip == aceite.ip


def test_a_superuser_gives_rights_and_never_changes_who_the_person_is(client: Client, chefe: Usuario) -> None:
    pessoa = fabricas.usuario()
    url = reverse("admin:contas_usuario_change", args=[pessoa.pk])
    pagina = client.get(url).content.decode()
    assert "password" not in pagina
    outros = {
        "nome_civil": "Outro Nome",
        "nome_social": "Outro",
        "email": "x@example.org",
        "telefone": "1",
        "cpf": "0",
    }
    envio = outros | {"is_active": "on", "is_staff": "on", "password": "x"}
    assert client.post(url, envio).status_code == 302
    depois = Usuario.objects.get(pk=pessoa.pk)
    assert depois.is_staff
    for campo in (*outros, "password"):
        assert getattr(depois, campo) == getattr(pessoa, campo), campo
    assert client.get(reverse("admin:contas_usuario_add")).status_code == 403


def test_no_form_of_the_admin_has_a_password(rf: RequestFactory, chefe: Usuario) -> None:
    pedido = rf.get("/")
    pedido.user = chefe
    for modelo, do_admin in admin.site._registry.items():
        campos = do_admin.get_form(pedido, None, change=True).base_fields
        segredos = [n for n, c in campos.items() if isinstance(c.widget, PasswordInput) or "password" in n]
        assert not segredos, modelo


def test_a_published_term_is_never_edited(client: Client, chefe: Usuario) -> None:
    url = reverse("admin:contas_termo_add")
    envio = {"versao": 77, "titulo": "Termo", "texto": "Texto", "vigente_de": timezone.localdate()}
    assert client.post(url, envio).status_code == 302
    termo = Termo.objects.get(versao=77)
    mudar = reverse("admin:contas_termo_change", args=[termo.pk])
    client.post(reverse("aceitar_termo"), {"aceito": "on", "senha": fabricas.SENHA})
    assert client.get(mudar).status_code == 200
    assert client.post(mudar, envio | {"texto": "outro"}).status_code == 403


def test_an_unknown_permission_is_noticed() -> None:
    antes = set(grupos._permissoes)
    grupos.permitir_a_equipe("contas.voar")
    try:
        with pytest.raises(LookupError, match=r"contas\.voar"):
            grupos.sincronizar()
    finally:
        grupos._permissoes.clear()
        grupos._permissoes.update(antes)


def test_what_the_office_added_to_the_group_stays() -> None:
    extra = Permission.objects.get(codename="add_termo")
    grupos.sincronizar().permissions.add(extra)
    assert extra in grupos.sincronizar().permissions.all()

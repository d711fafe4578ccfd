"""Signing in never strands anybody: blocked, away from the desk, with the telephone lost."""

from pathlib import Path

from contas.fabricas import cpf_ficticio
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import Navegante

SENHA_NOVA = "maritaca cantando na janela"


def criar_senha_nova(pessoa: Navegante) -> None:
    """Follow the link of the mail that gives access back."""
    pessoa.ler_email("recupere seu acesso")
    pessoa.seguir(pessoa.pagina.locator("article a[href*='/definir-senha/']").first)
    pessoa.preencher(senha=SENHA_NOVA, repetir=SENHA_NOVA)
    pessoa.clicar("Criar senha e entrar")


def test_who_is_blocked_and_then_away_goes_on_alone_no_celular(pessoas: Pessoas, portal: Portal) -> None:
    """Without JavaScript: wrong passwords until the block, a new one by mail; a form sent too late comes back."""
    berta = passos.nova_pessoa(pessoas, 350_001, "Berta Bloqueada Fictícia", largura=390, javascript=False)
    passos.criar_conta(berta)
    passos.sair(berta)
    for _ in range(6):
        passos.digitar_a_senha(berta, senha="não me lembro")
    passos.digitar_a_senha(berta)
    assert berta.le("a entrada está bloqueada por cinco minutos")
    berta.clicar("Esqueci a senha ou estou bloqueado")
    berta.preencher(cpf=berta.cpf, email=berta.email)
    berta.clicar("Enviar link")
    criar_senha_nova(berta)
    assert "/painel/" in berta.pagina.url

    berta.abrir("/minha-conta/")
    assert berta.le("a sessão termina depois de 60 minutos sem uso")
    berta.preencher(nome_social="Betinha", telefone="(31) 98888-7777")
    passos.passar_minutos(portal, berta, 61)
    berta.clicar("Salvar")
    assert berta.le("o que você digitou fica guardado por duas horas")
    passos.digitar_a_senha(berta, senha=SENHA_NOVA)
    assert berta.le("Recuperamos o que você digitou")
    berta.clicar("Salvar")
    assert berta.le("Seus dados foram salvos.")
    assert berta.pagina.locator("[name=nome_social]").input_value() == "Betinha"
    berta.abrir("/minha-conta/seguranca/")
    for linha in ("Senha errada", "Entrada bloqueada", "Entrada desbloqueada", "Senha criada pelo link"):
        assert berta.le(linha)


def test_a_key_of_access_signs_in_and_who_lost_it_gets_back_in_without_it(
    pessoas: Pessoas, portal: Portal, tmp_path: Path
) -> None:
    """No key works for an address made of numbers, so this person calls the portal ``localhost``."""
    contexto = pessoas.nova(maquina="localhost")
    carla = Navegante(contexto, "Carla Chave Fictícia", cpf_ficticio(350_002), "carla@jornada.example", True)
    analista = passos.nova_pessoa(pessoas, 350_003, "Alda Analista Fictícia")
    passos.criar_conta(carla)

    carla.abrir("/minha-conta/seguranca/chave/")
    passos.digitar_a_senha(carla)
    chaveiro = contexto.new_cdp_session(carla.pagina)
    chaveiro.send("WebAuthn.enable")
    chave = chaveiro.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    carla.preencher(name="Meu celular")
    carla.clicar("Cadastrar")
    assert carla.pagina.locator(".codigos code").count() == 10
    passos.sair(carla)
    passos.digitar_a_senha(carla)
    assert carla.le("Falta o segundo fator")
    carla.clicar("Usar minha chave de acesso")
    assert "/painel/" in carla.pagina.url

    avisar_antes_do_fim(carla, portal)

    passos.sair(carla)
    chaveiro.send("WebAuthn.removeVirtualAuthenticator", chave)
    passos.digitar_a_senha(carla)
    carla.clicar("peça à equipe CAGEC")
    passos.pedir_identidade(carla, tmp_path, "Perdi o celular com a chave de acesso.")
    passos.preparar_analista(analista, portal)
    passos.aceitar_identidade(analista, carla.cpf)
    criar_senha_nova(carla)
    assert "/painel/" in carla.pagina.url
    carla.abrir(f"{portal.endereco}/minha-conta/seguranca/")
    assert carla.le("Hoje a senha é a única proteção da sua conta.")
    assert carla.le("Segundo fator removido (todos, pela equipe CAGEC)")


def avisar_antes_do_fim(pessoa: Navegante, portal: Portal) -> None:
    """Five minutes before the end the page asks; who goes on has sixty minutes again, who does not is told."""
    pagina = pessoa.pagina
    pagina.clock.install()
    pessoa.abrir("/minha-conta/")
    passos.passar_minutos(portal, pessoa, 56)
    pagina.clock.fast_forward("56:00")
    pagina.get_by_role("alertdialog", name="Você ainda está aí?").wait_for()
    pagina.get_by_role("button", name="Continuar conectado").click()
    pagina.get_by_role("alertdialog").wait_for(state="hidden")
    pagina.wait_for_function("fetch('/sessao/').then(r => r.json()).then(s => s.restam > 3500)")
    passos.passar_minutos(portal, pessoa, 61)
    pagina.clock.fast_forward("56:00")
    pagina.get_by_role("alertdialog", name="Sua sessão terminou").wait_for()
    pagina.get_by_role("button", name="Entendi").click()
    pessoa.abrir("/minha-conta/")
    passos.digitar_a_senha(pessoa)
    pessoa.clicar("Usar minha chave de acesso")

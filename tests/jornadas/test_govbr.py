"""Sign-in by gov.br in a real browser, which also holds the page to its policy about where forms may lead."""

from contas.fabricas import cpf_ficticio
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import Navegante
from tests.jornadas.passos import criar_conta
from tests.provedor_oidc import SENHA
from tests.servicos import provedor_oidc


def test_who_has_an_account_enters_with_gov_br(portal: Portal, pessoas: Pessoas) -> None:
    contexto = pessoas.nova(largura=390, javascript=False)
    pessoa = Navegante(contexto, "Gil Govbr Fictício", cpf_ficticio(340_001), "gil@jornada.example", False)
    criar_conta(pessoa)
    pessoa.abrir("/sair/")
    pessoa.clicar("Sair")
    pessoa.abrir("/entrar/?next=/minha-conta/")
    pessoa.clicar("Entrar com gov.br")
    assert pessoa.le("não respondeu")

    with provedor_oidc(portal.endereco, portal.dados / "provedor.log"):
        pessoa.abrir("/entrar/?next=/minha-conta/")
        pessoa.clicar("Entrar com gov.br")
        assert pessoa.le("Identifique-se")
        pessoa.preencher(cpf=pessoa.cpf, senha=SENHA)
        pessoa.clicar("Continuar")
    assert pessoa.pagina.url == f"{portal.endereco}/minha-conta/"
    assert pessoa.le(pessoa.nome)

"""People of an organisation: one who acts for three, one who is removed while at work, one who only helps.

The organisations are those of the demonstration.
"""

from pathlib import Path

import pytest

from contas.codigos_da_demonstracao import DOMINIO
from contas.fabricas import SENHA, cpf_ficticio
from convenentes.fabricas import cnpj_ficticio
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import Navegante


@pytest.fixture
def marta(pessoas: Pessoas, portal: Portal) -> Navegante:
    """The representante legal of the demonstration, signed in."""
    portal.gerenciar("demonstracao", "--quantos", "4")
    return _da_demonstracao(pessoas, 900_003, "marta")


@pytest.fixture
def davi(pessoas: Pessoas, marta: Navegante) -> Navegante:
    """The responsável of the same organisations, signed in on a phone."""
    return _da_demonstracao(pessoas, 900_004, "davi", largura=390)


def _da_demonstracao(pessoas: Pessoas, numero: int, nome: str, *, largura: int = 1280) -> Navegante:
    pessoa = Navegante(pessoas.nova(largura=largura), nome, cpf_ficticio(numero), f"{nome}{DOMINIO}", True)
    passos.entrar(pessoa, SENHA)
    return pessoa


def _organizacoes(pessoa: Navegante) -> list[str]:
    """The names that the panel lists."""
    pessoa.abrir("/painel/")
    secao = pessoa.pagina.locator("section[aria-labelledby=titulo-organizacoes]")
    return secao.locator(".linhas h3").all_inner_texts()


def test_who_acts_for_three_organisations_always_reads_for_which_one(marta: Navegante) -> None:
    nomes = _organizacoes(marta)
    assert len(nomes) == 3
    assert marta.pagina.get_by_text("Seu papel: Representante legal").count() == 3
    for nome in nomes:
        marta.clicar(f"Ver o que falta em {nome}")
        marta.retratar("o-que-falta")
        _age_por(marta, nome)
        marta.clicar("Atualizar documentos")
        _age_por(marta, nome)
        marta.seguir(marta.pagina.get_by_role("link", name="Mudar de organização"))
    solicitacoes = marta.pagina.locator("section[aria-labelledby=titulo-solicitacoes] .linhas > li")
    abertas = solicitacoes.filter(has_text="Atualização de documentos").locator("h3").all_inner_texts()
    assert sorted(abertas) == sorted(nomes)


def _age_por(pessoa: Navegante, nome: str) -> None:
    assert pessoa.pagina.locator(".em-nome-de strong").inner_text() == nome
    assert "representante legal" in pessoa.pagina.locator(".em-nome-de").inner_text()


def test_who_is_removed_while_at_work_is_an_outsider_on_the_next_click(
    marta: Navegante, davi: Navegante, pessoas: Pessoas
) -> None:
    bia = passos.nova_pessoa(pessoas, 307_001, "Bia Convidada Fictícia")
    nome = _organizacoes(marta)[0]
    marta.clicar(f"Pessoas de {nome}")
    marta.preencher(cpf=bia.cpf, nome=bia.nome, email=bia.email, papel="responsavel")
    marta.clicar("Convidar")
    assert marta.le("Ainda não aceitou")
    marta.retratar("pessoas")

    bia.criar_senha("convite para atuar por")
    assert _organizacoes(bia) == [nome]
    bia.clicar(f"Ver o que falta em {nome}")
    bia.clicar("Atualizar documentos")
    assert bia.nome in davi.ler_email("nova pessoa no cadastro")

    marta.pagina.reload()
    marta.clicar(f"Desvincular {bia.nome}, responsável pelas informações")
    marta.preencher(motivo="Mudou de setor")
    marta.clicar("Desvincular")
    assert marta.le("Mudou de setor")
    bia.seguir(bia.pagina.locator("main form button[type=submit]").first)
    assert bia.le("Página não encontrada")
    assert bia.le("tem vínculo com a organização")
    assert _organizacoes(bia) == []
    assert "Mudou de setor" in bia.ler_email("mudança nas pessoas do cadastro")
    assert bia.nome in davi.ler_email("mudança nas pessoas do cadastro")


def test_who_is_invited_to_a_draft_fills_in_and_attaches_and_no_more(
    davi: Navegante, pessoas: Pessoas, tmp_path: Path
) -> None:
    ugo = passos.nova_pessoa(pessoas, 307_002, "Ugo Ajudante Fictício")
    davi.abrir("/painel/")
    davi.clicar("Inscrever uma organização")
    davi.preencher(cnpj=cnpj_ficticio(800_024), natureza="1015")
    davi.clicar("Começar a inscrição")
    endereco = passos.endereco_do_pedido(davi)
    davi.preencher(tipo="uniao")
    davi.clicar("Salvar e continuar")
    davi.abrir(f"{endereco}pessoas/")
    davi.preencher(cpf=ugo.cpf, nome=ugo.nome, email=ugo.email)
    davi.clicar("Convidar")

    ugo.criar_senha("convite para preencher dados")
    ugo.abrir(f"{endereco}dados/")
    ugo.preencher(razao_social="Superintendência da Jornada das Pessoas", data_abertura="2011-03-14")
    ugo.clicar("Salvar e continuar")
    ugo.abrir(f"{endereco}documentos/")
    ugo.seguir(ugo.pagina.locator("main .linhas > li", has_text="Falta enviar").get_by_role("link").first)
    passos.anexar(ugo, tmp_path, passos.hoje())
    ugo.abrir(f"{endereco}revisao/")
    assert ugo.le("só ele ou o representante legal encaminha")
    assert not ugo.pagina.get_by_role("button", name="Encaminhar").count()
    for pagina in ("assinar", "pessoas", "representante"):
        ugo.abrir(f"{endereco}{pagina}/")
        assert ugo.le("Você não tem acesso a esta página")
    davi.abrir(endereco)
    assert davi.le("Superintendência da Jornada das Pessoas")

"""Somebody lost the mailbox of the account: asks with document and selfie, and gets in again at another address."""

from pathlib import Path

from convenentes.fabricas import cnpj_ficticio
from documentos.fabricas import foto, pdf
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import Navegante
from tests.jornadas.passos import Caso

CASO = Caso(21, cnpj_ficticio(800_006), "3999", "osc", "Associação do E-mail Perdido", "Presidente")
SENHA_NOVA = "maritaca cantando na janela"


def test_a_lost_mailbox_does_not_strand_anybody(pessoas: Pessoas, portal: Portal, tmp_path: Path) -> None:
    quem = passos.elenco(pessoas, CASO)
    dona, analista = quem.responsavel, quem.analista
    passos.criar_conta(dona)
    passos.preparar_analista(analista, portal)

    de_volta = Navegante(pessoas.nova(largura=390), dona.nome, dona.cpf, "outro@jornada.example", True)
    pedir(de_volta, tmp_path)
    assert de_volta.le("Pedido recebido")
    assert "Como funciona" not in de_volta.ler_email("recebemos seu pedido de identidade")
    assert "Se não foi você" in dona.ler_email("pediram para trocar o e-mail da sua conta")

    decidir(analista, dona.cpf)

    assert "trocou o e-mail da conta" in dona.ler_email("o e-mail da sua conta mudou")
    de_volta.ler_email("recupere seu acesso")
    de_volta.seguir(de_volta.pagina.locator("article a[href*='/definir-senha/']").first)
    de_volta.preencher(senha=SENHA_NOVA, repetir=SENHA_NOVA)
    de_volta.clicar("Criar senha e entrar")
    assert "/painel/" in de_volta.pagina.url
    de_volta.abrir("/meus-dados/quem-viu/")
    de_volta.abrir("/minha-conta/")
    assert de_volta.le("outro@jornada.example")
    dona.abrir("/painel/")
    assert "/entrar/" in dona.pagina.url


def pedir(pessoa: Navegante, arquivos: Path) -> None:
    """Ask for the own account without signing in."""
    documento, selfie = arquivos / "identidade.pdf", arquivos / "selfie.jpg"
    documento.write_bytes(pdf("Documento de identidade"))
    selfie.write_bytes(foto())
    pessoa.abrir("/recuperar-acesso/")
    pessoa.abrir("/pedido-de-identidade/")
    pessoa.preencher(cpf=pessoa.cpf, nome=pessoa.nome, email=pessoa.email, telefone="(31) 99999-0000")
    pessoa.preencher(explicacao="Perdi o acesso ao meu e-mail.", documento=documento, selfie=selfie)
    pessoa.clicar("Enviar pedido")


def decidir(analista: Navegante, cpf: str) -> None:
    """Look at the proofs, marked, and accept."""
    analista.abrir(f"/admin/documentos/pedidodeidentidade/?q={cpf}")
    analista.seguir(analista.pagina.locator("#result_list tbody th a").first)
    for imagem in analista.pagina.locator(".provas img").all():
        imagem.scroll_into_view_if_needed()
        assert imagem.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    assert analista.le("A equipe ainda não aceitou documentos desta pessoa.")
    analista.pagina.locator("[name=decisao][value=aceitar]").check()
    analista.seguir(analista.pagina.locator("[name=_save]"))
    assert analista.le("com sucesso")

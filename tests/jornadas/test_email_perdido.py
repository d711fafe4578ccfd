"""Somebody lost the mailbox of the account: asks with document and selfie, and gets in again at another address."""

from pathlib import Path

from convenentes.fabricas import cnpj_ficticio
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
    de_volta.abrir("/recuperar-acesso/")
    passos.pedir_identidade(de_volta, tmp_path, "Perdi o acesso ao meu e-mail.")
    assert de_volta.le("Pedido recebido")
    assert "Como funciona" not in de_volta.ler_email("recebemos seu pedido de identidade")
    assert "Se não foi você" in dona.ler_email("pediram para trocar o e-mail da sua conta")

    passos.aceitar_identidade(analista, dona.cpf)

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

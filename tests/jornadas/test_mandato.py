"""Hand-over of a mandate: an election with a future start, and a substitution after which the titular returns."""

from datetime import date, timedelta
from pathlib import Path

from convenentes.fabricas import cnpj_ficticio
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import SENHA, Navegante
from tests.jornadas.passos import Caso, Elenco

CASO = Caso(
    23, cnpj_ficticio(800_023), "1015", "uniao", "Superintendência da Jornada do Mandato", "Superintendente"
)


def test_an_election_with_a_future_start_and_a_substitution_that_returns_by_itself(
    pessoas: Pessoas, portal: Portal, tmp_path: Path
) -> None:
    quem = passos.elenco(pessoas, CASO)
    eleita = passos.nova_pessoa(pessoas, 306_005, "Elisa Eleita Fictícia")
    vice = passos.nova_pessoa(pessoas, 306_006, "Vitor Vice Fictício", largura=390, javascript=False)
    hoje = passos.hoje()
    posse, volta = hoje + timedelta(days=20), hoje + timedelta(days=60)
    _inscrita(quem, portal, tmp_path, hoje)

    passos.criar_conta(eleita)
    endereco = _pedir(eleita, "eleicao", posse, hoje + timedelta(days=1400))
    passos.enviar_documentos(eleita, endereco, tmp_path, hoje)
    protocolo = passos.assinar(eleita, endereco, SENHA)
    quem.representante.ler_email("pedido de alteração de representante legal")
    quem.representante.abrir("/painel/")
    quem.representante.clicar(f"Ver o pedido de {CASO.razao_social}")
    quem.representante.preencher(texto="A posse ainda depende de recurso.")
    quem.representante.clicar("Enviar contestação")
    passos.abrir_mesa(quem.analista, protocolo)
    assert quem.analista.le("A posse ainda depende de recurso.")
    passos.dar_pareceres(quem.analista)
    passos.decidir(quem.analista, "aprovar")
    assert f"{posse:%d/%m/%Y}" in quem.representante.ler_email("representante legal alterado")
    assert _representante(quem.publico, CASO) == quem.representante.nome

    portal.mover_relogio(posse)
    assert _representante(quem.publico, CASO) == eleita.nome
    quem.representante.abrir("/painel/")
    assert not quem.representante.le("Seu papel: Representante legal")

    passos.criar_conta(vice)
    endereco = _pedir(vice, "substituicao", posse, volta - timedelta(days=1))
    passos.enviar_documentos(vice, endereco, tmp_path, hoje)
    protocolo = passos.assinar(vice, endereco, SENHA)
    passos.abrir_mesa(quem.analista, protocolo)
    passos.dar_pareceres(quem.analista)
    passos.decidir(quem.analista, "aprovar")
    assert _representante(quem.publico, CASO) == vice.nome
    portal.mover_relogio(volta)
    assert _representante(quem.publico, CASO) == eleita.nome
    eleita.abrir("/painel/")
    assert eleita.le("Seu papel: Representante legal")


def _inscrita(quem: Elenco, portal: Portal, arquivos: Path, hoje: date) -> None:
    """An approved record with its representante legal."""
    passos.preparar_analista(quem.analista, portal)
    passos.criar_conta(quem.responsavel)
    endereco = passos.inscrever(quem.responsavel, CASO, quem.representante, arquivos, hoje)
    quem.representante.criar_senha("representante legal")
    passos.enviar_documentos(quem.representante, endereco, arquivos, hoje)
    protocolo = passos.assinar(quem.representante, endereco, SENHA)
    passos.abrir_mesa(quem.analista, protocolo)
    passos.dar_pareceres(quem.analista)
    passos.decidir(quem.analista, "aprovar")


def _pedir(pessoa: Navegante, motivo: str, de: date, ate: date) -> str:
    """Ask to represent the organisation, from the own panel; return the address of the request."""
    pessoa.abrir("/painel/")
    pessoa.clicar("Solicitar alteração de representante legal")
    pessoa.preencher(
        cnpjs=CASO.cnpj, motivo=motivo, cargo=CASO.cargo, mandato_de=f"{de}", mandato_ate=f"{ate}"
    )
    pessoa.clicar("Começar o pedido")
    return passos.endereco_do_pedido(pessoa)


def _representante(publico: Navegante, caso: Caso) -> str:
    """Who represents the organisation today, as anybody reads it."""
    publico.abrir(f"/convenentes/{caso.cnpj}/")
    linha = publico.pagina.locator("dt", has_text="Representante legal").locator(
        "xpath=following-sibling::dd[1]"
    )
    return linha.inner_text().split(",")[0]

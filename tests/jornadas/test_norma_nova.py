"""The story of 2017, told again: a new norm asks everybody for a new paper, and nobody is surprised.

In the same stack the team loads a file of the CAUC. The organisations are those of the demonstration.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator

from contas.fabricas import SENHA, cpf_ficticio
from convenentes.fabricas import cnpj_ficticio
from convenentes.municipios import DADOS
from tests.convenentes.fontes.arquivos import cauc
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import Navegante
from tests.jornadas.passos import Caso

NORMA = "Resolução Fictícia da Jornada"
PAPEL = "Plano anual de integridade"
OSC = Caso(22, cnpj_ficticio(900_000, letras=True), "3999", "osc", "", "")
FUNDO = Caso(22, cnpj_ficticio(900_003), "1333", "fms", "", "")


def test_a_new_norm_and_a_file_of_the_cauc_surprise_nobody(
    pessoas: Pessoas, portal: Portal, tmp_path: Path
) -> None:
    hoje = passos.hoje()
    transicao = hoje + timedelta(days=2)
    portal.gerenciar("demonstracao", "--quantos", "4")
    quem = passos.elenco(pessoas, OSC)
    passos.preparar_analista(quem.analista, portal)
    quem.representante.cpf = cpf_ficticio(900_003)
    assert ": REGULAR" in passos.situacao(quem.publico, OSC)

    rascunhar_norma(quem.analista, hoje, transicao)
    publicar_norma(quem.analista, hoje, transicao)
    assert ": REGULAR" in passos.situacao(quem.publico, OSC)
    ver_o_que_falta(quem.representante)
    so_depois = f"Só conta para a regularidade depois de {transicao:%d/%m/%Y}"
    assert so_depois in linha_do_papel(quem.representante).inner_text()

    carregar_cauc(quem.analista, quem.publico, hoje, tmp_path)

    portal.mover_relogio(transicao + timedelta(days=1))
    resposta = passos.situacao(quem.publico, OSC)
    assert "IRREGULAR" in resposta
    assert f"{PAPEL}: falta apresentar" in resposta
    quem.representante.pagina.reload()
    assert so_depois not in linha_do_papel(quem.representante).inner_text()
    quem.representante.seguir(linha_do_papel(quem.representante).get_by_role("button"))
    assert quem.representante.pagina.locator("h1").inner_text() == PAPEL
    passos.anexar(quem.representante, tmp_path, hoje)


def rascunhar_norma(analista: Navegante, hoje: date, transicao: date) -> None:
    """A kind of document that did not exist, a norm, and the line that asks it of every OSC."""
    analista.abrir("/admin/documentos/tipodocumento/add/")
    analista.preencher(codigo="plano_integridade", nome=PAPEL, validade="PERM", obtencao="upload")
    analista.preencher(orientacao="Envie o plano aprovado pela diretoria, em um só arquivo.")
    analista.clicar("Salvar")
    analista.abrir("/admin/documentos/norma/add/")
    analista.preencher(slug="jornada-2017", nome=NORMA, vigente_de=f"{hoje:%d/%m/%Y}")
    analista.clicar("Salvar")
    analista.abrir("/admin/documentos/exigencia/add/")
    analista.preencher(norma=NORMA, codigo="plano_integridade", nome=PAPEL, grupo="1")
    analista.preencher(escopo="convenente", transicao_ate=f"{transicao:%d/%m/%Y}")
    analista.pagina.get_by_label("Entidade Privada sem Fins Lucrativos (OSC)").check()
    analista.preencher(**{"alternativas-0-tipo_documento": PAPEL})
    analista.clicar("Salvar")


def publicar_norma(analista: Navegante, hoje: date, transicao: date) -> None:
    """The preview says that nobody becomes irregular today, and who does when the transition is over."""
    analista.abrir("/admin/documentos/norma/")
    analista.clicar("Rascunho: ver o efeito")
    assert analista.le(f"Ao entrar em vigor, em {hoje:%d/%m/%Y}: 0 cadastros ficam irregulares")
    depois = analista.pagina.locator("table", has_text="Depois da transição")
    assert f"{transicao + timedelta(days=1):%d/%m/%Y}" in depois.inner_text()
    da_osc = depois.locator("tr", has_text="(OSC)").locator("td").all_inner_texts()
    regulares, ficam_irregulares = da_osc[1:3]
    assert int(regulares) == int(ficam_irregulares) > 0
    analista.clicar("Publicar a norma")
    assert analista.le(f"vale a partir de {hoje:%d/%m/%Y}")


def ver_o_que_falta(representante: Navegante) -> None:
    """Sign in and open the list of what the organisation lacks."""
    passos.entrar(representante, SENHA)
    representante.abrir(f"/consulta/?q={OSC.cnpj}")
    representante.clicar("Veja o que falta e resolva")


def linha_do_papel(representante: Navegante) -> Locator:
    """Return the line of the new paper in the list of what is missing."""
    return representante.pagina.locator("main .linhas > li", has_text=PAPEL)


def carregar_cauc(analista: Navegante, publico: Navegante, hoje: date, pasta: Path) -> None:
    """A file with errors is refused whole, line by line; the good one answers the fund by its município."""
    publico.abrir(f"/consulta/?q={FUNDO.cnpj}")
    nome = publico.pagina.locator("h1").inner_text().removeprefix("Fundo Municipal de Saúde de ")
    with DADOS.open(newline="") as arquivo:
        (codigo,) = [
            m["codigo_ibge"] for m in csv.DictReader(arquivo) if (m["nome"], m["uf"]) == (nome, "MG")
        ]
    em_ordem = {codigo: {"5.2": "!"}}
    arquivo_ruim = cauc({**em_ordem, "123": {}, "3169901": {"3.3": "amanhã"}}, hoje)
    antes = linha_do_cauc(publico)

    enviar_cauc(analista, pasta, arquivo_ruim.conteudo)
    assert analista.le("O arquivo foi recusado e nada mudou")
    assert analista.le("Linha 6: código IBGE inválido: 123")
    assert analista.le("Linha 7: item 3.3")
    publico.pagina.reload()
    assert linha_do_cauc(publico) == antes

    enviar_cauc(analista, pasta, cauc(em_ordem, hoje).conteudo)
    assert analista.le("1 linha lida")
    publico.pagina.reload()
    assert "Com restrição" in linha_do_cauc(publico)
    assert f"verificado em {hoje:%d/%m/%Y}" in linha_do_cauc(publico)


def enviar_cauc(analista: Navegante, pasta: Path, conteudo: bytes) -> None:
    """Upload a file on the page of the team."""
    arquivo = pasta / "relatorio-situacao-de-varios-entes.csv"
    arquivo.write_bytes(conteudo)
    analista.abrir("/admin/convenentes/cargafonte/carregar/")
    analista.preencher(cadastro="cauc", arquivo=str(arquivo))
    analista.clicar("Carregar")


def linha_do_cauc(publico: Navegante) -> str:
    """Return what the public page says of the minimum in health."""
    return publico.pagina.locator("tr", has_text="CAUC 5.2").inner_text()

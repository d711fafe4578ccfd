"""Certificates in our own words, modelled on what the issuers print, and the ways in which their text arrives."""

import re
import textwrap
import unicodedata
from collections.abc import Callable

from documentos import fabricas

CNPJ, OUTRO_CNPJ, ALFANUMERICO = "11.222.333/0001-81", "44.555.666/0001-09", "12.ABC.345/01DE-35"

CND = """MINISTÉRIO DA FAZENDA
Secretaria da Receita Federal do Brasil
Procuradoria-Geral da Fazenda Nacional
CERTIDÃO NEGATIVA DE DÉBITOS RELATIVOS AOS TRIBUTOS FEDERAIS E À DÍVIDA ATIVA DA UNIÃO
Nome: ASSOCIAÇÃO FICTÍCIA DE OFÍCIOS
CNPJ: 11.222.333/0001-81
Ressalvado o direito de a Fazenda Nacional cobrar débitos que vierem a ser apurados, é certificado que
não constam pendências em seu nome. Vale para o estabelecimento matriz e suas filiais.
Emitida às 10:11:12 do dia 05/03/2026 <hora e data de Brasília>.
Válida até 01/09/2026.
Código de controle da certidão: AB12.34CD.56EF.7890"""

CRF = """CAIXA ECONÔMICA FEDERAL
Certificado de Regularidade do FGTS - CRF
Inscrição: 11.222.333/0001-81
Razão Social: ASSOCIAÇÃO FICTÍCIA DE OFÍCIOS
A Caixa certifica que, nesta data, a empresa acima encontra-se em situação regular perante o Fundo.
Validade: 05/03/2026 a 03/04/2026
Certificação Número: 2026030501020304050607
Informação obtida em 06/03/2026 09:10:11"""

CNDT = """PODER JUDICIÁRIO
JUSTIÇA DO TRABALHO
CERTIDÃO NEGATIVA DE DÉBITOS TRABALHISTAS
Nome: ASSOCIAÇÃO FICTÍCIA DE OFÍCIOS (MATRIZ E FILIAIS)
CNPJ: 11.222.333/0001-81
Certidão nº: 12345678/2026
Expedição: 05/03/2026, às 10:11:12
Validade: 01/09/2026 - 180 (cento e oitenta) dias, contados da data de sua expedição.
Certifica-se que não consta como inadimplente no Banco Nacional de Devedores Trabalhistas."""

CDT = """SECRETARIA DE ESTADO DE FAZENDA DE MINAS GERAIS
CERTIDÃO DE DÉBITOS TRIBUTÁRIOS
Negativa
CERTIDÃO EMITIDA EM: 05/03/2026
CERTIDÃO VÁLIDA ATÉ: 03/06/2026
NOME: ASSOCIAÇÃO FICTÍCIA DE OFÍCIOS
CNPJ/CPF: 11.222.333/0001-81
Certifica-se que não há débitos em aberto.
CÓDIGO DE CONTROLE DE CERTIDÃO: 2026000123456789"""

TCE = """TRIBUNAL DE CONTAS DO ESTADO DE MINAS GERAIS
CERTIDÃO
Certifica-se que o Município de Fictícia, CNPJ 11.222.333/0001-81, não ultrapassou no último
quadrimestre o limite da despesa total com pessoal fixado na Lei Complementar 101/2000.
Belo Horizonte, 5 de março de 2026
Certidão válida por 120 (cento e vinte) dias, a contar da emissão.
Código de verificação: 7F3A-99B1"""

MUNICIPAL = """PREFEITURA MUNICIPAL DE FICTÍCIA
Secretaria Municipal de Fazenda
CERTIDÃO NEGATIVA DE DÉBITOS MUNICIPAIS
Contribuinte: ASSOCIAÇÃO FICTÍCIA DE OFÍCIOS
CNPJ: 11.222.333/0001-81
Emitida em 5 de março de 2026
Prazo de validade: 60 (sessenta) dias
Código de autenticidade: FIC-2026-0099"""

TODAS = {
    "cnd_federal": CND,
    "crf_fgts": CRF,
    "cndt": CNDT,
    "cdt_mg": CDT,
    "tce_pessoal": TCE,
    "cnd_municipal": MUNICIPAL,
}


def sem_acentos(texto: str) -> str:
    """What a program that knows only ASCII writes."""
    aberto = unicodedata.normalize("NFKD", texto)
    return "".join(c for c in aberto if not unicodedata.combining(c)).replace("º", "o")


VARIACOES: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "in capitals": str.upper,
    "without accents": sem_acentos,
    "with double spaces": lambda texto: texto.replace(" ", "  "),
    "broken inside the dates": lambda texto: re.sub(r"(\d\d/\d\d/)(\d{4})", "\\1\n\\2", texto),
    "broken at every space": lambda texto: texto.replace(" ", "\n"),
    "with ligatures": lambda texto: texto.replace("fi", "ﬁ").replace("FI", "ﬁ"),
    "with spaces in the CNPJ": lambda texto: texto.replace(CNPJ, "11. 222. 333 / 0001 -81"),
}


def em_pdf(texto: str) -> bytes:
    """Return a one-page PDF of the text, in lines that fit the paper."""
    linhas = [parte for linha in texto.splitlines() for parte in textwrap.wrap(linha, 60) or [""]]
    return fabricas.pdf("\n".join(linhas))

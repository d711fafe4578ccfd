"""The main job, as people do it: from no account to a public certificate, and back after a paper expires."""

from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from convenentes.fabricas import cnpj_ficticio
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import SENHA, Navegante
from tests.jornadas.passos import Caso

CASOS = {
    "osc": Caso(
        1,
        cnpj_ficticio(800_001, letras=True),
        "3999",
        "osc",
        "Associação Jornada do Bem Viver",
        "Presidente",
        areas=("cultura",),
        com_dirigentes=True,
    ),
    "municipio": Caso(
        2, cnpj_ficticio(800_002), "1244", "municipio", "Município da Jornada", "Prefeito", rpps="nao"
    ),
    "osc-celular": Caso(
        3,
        cnpj_ficticio(800_003),
        "3999",
        "osc",
        "Instituto Jornada pelo Celular",
        "Presidente",
        areas=("esporte",),
        com_dirigentes=True,
    ),
    "municipio-celular": Caso(
        4,
        cnpj_ficticio(800_004),
        "1244",
        "municipio",
        "Município da Jornada pelo Celular",
        "Prefeita",
        rpps="nao",
    ),
}


@pytest.mark.parametrize("nome", CASOS)
def test_from_no_account_to_a_certificate_and_back_after_expiry(
    nome: str, pessoas: Pessoas, portal: Portal, tmp_path: Path
) -> None:
    caso = CASOS[nome]
    celular = nome.endswith("celular")
    quem = passos.elenco(pessoas, caso, largura=390 if celular else 1280, javascript=not celular)
    hoje = passos.hoje()
    passos.preparar_analista(quem.analista, portal)

    passos.criar_conta(quem.responsavel)
    endereco = passos.inscrever(quem.responsavel, caso, quem.representante, tmp_path, hoje)

    quem.representante.criar_senha("representante legal")
    passos.enviar_documentos(quem.representante, endereco, tmp_path, hoje)
    protocolo = passos.assinar(quem.representante, endereco, SENHA)
    assert protocolo in quem.responsavel.ler_email("recebemos sua solicitação")

    passos.abrir_mesa(quem.analista, protocolo)
    passos.dar_pareceres(
        quem.analista, recusar="endereço do representante", explicacao="A conta é de outra pessoa."
    )
    passos.decidir(quem.analista, "devolver", "Falta só um item.")

    assert "A conta é de outra pessoa." in quem.responsavel.ler_email("pendências")
    passos.enviar_documentos(quem.responsavel, endereco, tmp_path, hoje)
    quem.responsavel.abrir(f"{endereco}revisao/")
    quem.responsavel.clicar("Encaminhar para assinatura do representante")
    assert passos.assinar(quem.representante, endereco, SENHA) == protocolo

    passos.abrir_mesa(quem.analista, protocolo)
    passos.dar_pareceres(quem.analista)
    passos.decidir(quem.analista, "aprovar")
    assert "aprovada" in quem.responsavel.ler_email("solicitação aprovada").lower()
    assert "IRREGULAR" in passos.situacao(quem.publico, caso)

    passos.registrar_consultas(quem.analista, caso)
    assert ": REGULAR" in passos.situacao(quem.publico, caso)
    confirmar_o_certificado(quem.publico, caso, tmp_path)

    vencido = hoje + timedelta(days=passos.DIAS_DO_FGTS + 1)
    portal.mover_relogio(vencido)
    resposta = passos.situacao(quem.publico, caso)
    assert "IRREGULAR" in resposta
    assert f"FGTS: venceu em {hoje + timedelta(days=passos.DIAS_DO_FGTS):%d/%m/%Y}" in resposta

    endereco = passos.atualizar_documento(
        quem.responsavel, caso, "Certificado de Regularidade do FGTS", tmp_path, vencido
    )
    protocolo = passos.assinar(quem.representante, endereco, SENHA)
    passos.abrir_mesa(quem.analista, protocolo)
    passos.dar_pareceres(quem.analista)
    passos.decidir(quem.analista, "aprovar")
    assert ": REGULAR" in passos.situacao(quem.publico, caso)
    olhar_para_tras(quem.publico, caso, hoje, vencido)
    quem.responsavel.abrir("/painel/")
    quem.responsavel.clicar(f"Ver vencimentos de {caso.razao_social}")
    assert quem.responsavel.le("Certificado de Regularidade do FGTS")
    quem.responsavel.abrir("/minha-conta/avisos/")


def olhar_para_tras(publico: Navegante, caso: Caso, hoje: date, vencido: date) -> None:
    """Ask what held on the days of this story, and what the type of organisation is asked for."""
    publico.clicar("Histórico da situação e consulta de outra data")
    for dia in (hoje, vencido):
        publico.preencher(em=f"{dia}")
        publico.clicar("Ver a situação do dia")
        assert publico.le(f"Em {dia:%d/%m/%Y}: REGULAR")
    publico.abrir(f"/documentos-exigidos/{caso.tipo}/")
    assert publico.le("Certificado de Regularidade do FGTS")
    publico.abrir("/documentos-exigidos/")


def confirmar_o_certificado(publico: Navegante, caso: Caso, pasta: Path) -> None:
    """Issue the CRC, read the QR code printed on it and follow it to the page that confirms it."""
    publico.clicar("Emitir CRC")
    crc = publico.baixar("Baixar o CRC em PDF", pasta)
    documento = pypdfium2.PdfDocument(crc.read_bytes())
    texto = "".join(pagina.get_textpage().get_text_range() for pagina in documento)
    assert caso.razao_social in texto
    assert "REGULAR" in texto
    (codigo,) = zxingcpp.read_barcodes(documento[0].render(scale=3).to_pil())
    publico.abrir(codigo.text)
    assert publico.le("Certificado autêntico")
    publico.retratar("certificado")
    assert publico.le(caso.razao_social)


def test_a_refused_author_reads_why(pessoas: Pessoas, portal: Portal, tmp_path: Path) -> None:
    caso = Caso(
        5, cnpj_ficticio(800_005), "1015", "uniao", "Superintendência da Jornada Recusada", "Superintendente"
    )
    quem = passos.elenco(pessoas, caso)
    hoje = passos.hoje()
    passos.preparar_analista(quem.analista, portal)
    passos.criar_conta(quem.responsavel)
    endereco = passos.inscrever(quem.responsavel, caso, quem.representante, tmp_path, hoje)
    quem.representante.criar_senha("representante legal")
    passos.enviar_documentos(quem.representante, endereco, tmp_path, hoje)
    protocolo = passos.assinar(quem.representante, endereco, SENHA)
    passos.abrir_mesa(quem.analista, protocolo)
    passos.decidir(quem.analista, "indeferir", "Os documentos são de outra organização.")

    assert "Os documentos são de outra organização." in quem.responsavel.ler_email("indeferida")
    quem.responsavel.abrir(endereco)
    assert quem.responsavel.le("Indeferida")
    assert quem.responsavel.le("Os documentos são de outra organização.")
    quem.publico.abrir(f"/consulta/?q={caso.cnpj}")
    assert quem.publico.le("Nenhum convenente encontrado")

"""The certificate: complete, immutable, accessible, and silent about what is private."""

import json
from datetime import date, time
from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.test import Client
from django.urls import reverse

from contas.fabricas import usuario
from convenentes import crc, situacao
from convenentes.models import Certificado, Convenente, PapelVinculo, Vinculo
from documentos import guarda
from documentos.models import Arquivo, DocumentoArquivo
from tests.convenentes import mundo
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Consulta, Mandato, Mundo, Obrigacao, Organizacao, Pedido, Prova

pytestmark = pytest.mark.django_db

OBRIGACOES = (
    Obrigacao("estatuto", validades=("PERM",), grupo=1),
    Obrigacao("posse", "representante", ("MANDATO",), 2),
    Obrigacao("endereco", "representante", ("EMISSAO90_MANDATO",), 2),
    Obrigacao("procuracao", "representante", ("FIXA",), 2, condicao="se_delegado"),
    Obrigacao("certidao"),
    Obrigacao("devedores", "fonte", ("VIVA",), 5, fonte="prova_devedores"),
    Obrigacao("clausula", validades=("PERM",), grupo=7, causa=False),
)
ACEITA = as_(dias(-9), time(23, 30))
COMPLETA = Organizacao(
    respostas={"procuracao": False},
    mandatos=(Mandato(dias(-300), dias(500)),),
    provas=(
        Prova("estatuto", ACEITA, "PERM"),
        Prova("posse", ACEITA, "MANDATO", mandato=0),
        Prova("endereco", ACEITA, "EMISSAO90_MANDATO", mandato=0),
        Prova("certidao", ACEITA, valido_ate=dias(90)),
    ),
    consultas=(Consulta("prova_devedores", HOJE, as_(HOJE)),),
)


def registrar(org: Organizacao = COMPLETA, **campos: Any) -> Convenente:
    regras = mundo.catalogo(OBRIGACOES, {"prova_devedores": 7}, date(2021, 1, 1))
    (registro,) = mundo.povoar(Mundo(OBRIGACOES, (org,), {}), regras)
    Vinculo.objects.filter(convenente=registro).update(
        cargo="Presidente", usuario=usuario(nome_civil="Lia Prado")
    )
    for campo, valor in campos.items():
        setattr(registro, campo, valor)
    registro.save()
    return registro


def linhas_de(retrato: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {linha["nome"]: linha for grupo in retrato["grupos"] for linha in grupo["linhas"]}


def test_the_picture_of_a_regular_record_says_everything_public() -> None:
    registro = registrar(razao_social="Associação Aurora", nome_fantasia="Aurora")
    retrato = crc.retratar(registro, HOJE)
    assert retrato["situacao"] == "REGULAR"
    assert (retrato["razao_social"], retrato["nome_fantasia"], retrato["cnpj"], retrato["numero"]) == (
        "Associação Aurora",
        "Aurora",
        registro.cnpj_formatado,
        registro.numero,
    )
    assert retrato["representante"] == {
        "nome": "Lia Prado",
        "cargo": "Presidente",
        "mandato_ate": f"{dias(500):%d/%m/%Y}",
    }
    assert retrato["data_de_risco"] == f"{dias(7):%d/%m/%Y}"
    assert linhas_de(retrato)["Obrigação certidao"] == {
        "nome": "Obrigação certidao",
        "estado": "Em dia",
        "motivo": "",
        "valido_ate": f"{dias(90):%d/%m/%Y}",
        "origem": "Papel IMPRESSA",
        "verificado_em": f"{dias(-9):%d/%m/%Y}",
        "irregular": False,
    }
    assert json.loads(json.dumps(retrato)) == retrato


def test_an_irregular_record_is_certified_with_the_reason_of_each_line() -> None:
    recusada = Pedido(as_(HOJE), "aprovada_parcialmente", {"certidao": "recusado"})
    restrita = Consulta("prova_devedores", HOJE, as_(HOJE), restricao=True)
    registro = registrar(Organizacao(pedidos=(recusada,), consultas=(restrita,)), estado="bloqueado")
    retrato = crc.retratar(registro, HOJE)
    assert (retrato["situacao"], retrato["impedimento"], retrato["motivo_do_cadastro"]) == (
        "IRREGULAR",
        True,
        "O cadastro está bloqueado.",
    )
    assert {nome: linha["motivo"] for nome, linha in linhas_de(retrato).items()} == {
        "Obrigação estatuto": "falta apresentar",
        situacao.SECAO_DO_REPRESENTANTE: "falta apresentar",
        "Obrigação certidao": "houve recusa na análise, falta corrigir",
        "Obrigação devedores": "o cadastro consultado aponta restrição",
        "Obrigação clausula": "",
    }
    assert retrato["representante"] == {"nome": "", "cargo": "", "mandato_ate": ""}


def test_the_papers_of_the_person_are_one_line_that_says_no_more_than_needed() -> None:
    registro = registrar()
    linhas = situacao.linhas(HOJE, [registro.pk])
    pessoal, *outras = crc.publicas(linhas)
    assert (pessoal.nome, pessoal.codigo, pessoal.documento_id, pessoal.estado, pessoal.valido_ate) == (
        situacao.SECAO_DO_REPRESENTANTE,
        "representante",
        None,
        "vigente",
        dias(500),
    )
    assert [linha.codigo for linha in outras] == ["estatuto", "certidao", "devedores", "clausula"]
    assert crc.publicas(outras) == outras


def test_the_line_of_the_person_shows_what_is_missing_first() -> None:
    sem_endereco = Organizacao(
        respostas={"procuracao": False}, mandatos=COMPLETA.mandatos, provas=COMPLETA.provas[:2]
    )
    pessoal = crc.publicas(situacao.linhas(HOJE, [registrar(sem_endereco).pk]))[0]
    assert (pessoal.estado, pessoal.irregular, pessoal.valido_ate) == ("nao_apresentado", True, None)


def test_a_person_of_whom_nothing_is_asked_reads_not_applicable() -> None:
    registro = registrar(Organizacao(respostas={"procuracao": False}))
    so_a_procuracao = [
        linha for linha in situacao.linhas(HOJE, [registro.pk]) if linha.codigo == "procuracao"
    ]
    assert [linha.estado for linha in crc.publicas(so_a_procuracao)] == ["nao_se_aplica"]


def test_nothing_private_enters_the_picture() -> None:
    recusada = Pedido(as_(HOJE), "aprovada_parcialmente", {"certidao": "recusado", "posse": "recusado"})
    registro = registrar(Organizacao(**{**COMPLETA.__dict__, "pedidos": (recusada,)}))
    documento = registro.comprovacoes.filter(documento__isnull=False).first()
    assert documento is not None
    assert documento.documento is not None
    arquivo = Arquivo.objects.create(
        nome="segredo.pdf",
        chave="x",
        tipo_midia="application/pdf",
        tamanho=1,
        sha256="0" * 64,
        estado=Arquivo.Estado.PRONTO,
    )
    DocumentoArquivo.objects.create(documento=documento.documento, arquivo=arquivo)
    registro.solicitacoes.get(estado="aprovada_parcialmente").itens.update(texto="Texto do analista")
    registro.dirigentes.create(nome="Dirigente Oculto", cpf="52998224725", cargo="Tesoureiro")
    dito = json.dumps(crc.retratar(registro, HOJE), ensure_ascii=False)
    pessoa = registro.vinculos.get(papel=PapelVinculo.REPRESENTANTE).usuario
    for privado in (
        pessoa.cpf,
        pessoa.email,
        "segredo",
        "Texto do analista",
        "Dirigente Oculto",
        "52998224725",
        "Obrigação posse",
        "Obrigação procuracao",
    ):
        assert privado not in dito


@pytest.mark.parametrize(
    "campos",
    [
        {"estado": "em_inscricao", "numero": None},
        {"estado": "em_inscricao"},
        {"estado": "cancelado", "numero": None},
    ],
)
def test_what_is_not_public_has_no_certificate(campos: dict[str, Any]) -> None:
    registro = mundo.convenente(**campos)
    with pytest.raises(crc.NaoCertificavel):
        crc.emitir(registro, HOJE, uuid4())
    assert not Certificado.objects.exists()


@pytest.fixture
def emitido() -> Certificado:
    return crc.emitir(registrar(razao_social="Irmãs & D'Ávila #Luz *Forte*"), HOJE, uuid4())


def test_the_pdf_is_complete_tagged_and_its_qr_opens_the_confirmation(emitido: Certificado) -> None:
    conteudo = guarda.ler(emitido.pdf)
    pdf = pypdfium2.PdfDocument(conteudo)
    texto = " ".join(" ".join(pagina.get_textpage().get_text_range() for pagina in pdf).split())
    retrato = emitido.retrato
    ditos = [retrato["razao_social"], retrato["cnpj"], "REGULAR", emitido.codigo, "Lia Prado"]
    ditos += [linha["nome"] for grupo in retrato["grupos"] for linha in grupo["linhas"]]
    ditos += [grupo["nome"] for grupo in retrato["grupos"]]
    assert [d for d in ditos if d not in texto] == []
    with pikepdf.open(BytesIO(conteudo)) as aberto, aberto.open_metadata() as metadados:
        assert metadados["pdfuaid:part"] == "1"
        assert aberto.Root.MarkInfo.Marked
        assert str(aberto.Root.Lang).startswith("pt")
    (qr,) = zxingcpp.read_barcodes(pdf[0].render(scale=3).to_pil())
    assert qr.text == settings.ENDERECO + reverse("crc", args=[emitido.codigo])
    pdf.close()


def test_the_same_key_on_the_same_day_is_the_same_certificate() -> None:
    registro, chave = registrar(), uuid4()
    emitidos = [crc.emitir(registro, dia, chave) for dia in (HOJE, HOJE, dias(1))]
    assert emitidos[0] == emitidos[1] != emitidos[2]
    assert crc.emitir(mundo.convenente(), HOJE, chave) not in emitidos


def test_the_certificate_stays_as_it_was_and_its_page_says_what_holds_today(
    emitido: Certificado, client: Client
) -> None:
    antes = (emitido.retrato, emitido.pdf.sha256)
    Convenente.objects.update(estado="bloqueado", razao_social="Nome Novo")
    emitido.refresh_from_db()
    assert (emitido.retrato, emitido.pdf.sha256) == antes
    assert guarda.integro(emitido.pdf)
    pagina = client.get(reverse("crc", args=[emitido.codigo.lower()]))
    texto = " ".join(pagina.content.decode().split())
    certificada, hoje = texto.split("Situação certificada")[1].split("Situação hoje")
    assert "IRREGULAR" not in certificada
    assert f"em {HOJE:%d/%m/%Y}" in certificada
    assert "IRREGULAR" in hoje.split("Impressão digital")[0]
    assert "Nome Novo" not in texto
    assert emitido.pdf.sha256 in texto


def test_the_certificate_of_an_irregular_record_carries_the_reasons_into_the_pdf() -> None:
    registro = registrar(Organizacao(), razao_social="Em Falta")
    certificado = crc.emitir(registro, HOJE, uuid4())
    assert not certificado.regular
    pdf = pypdfium2.PdfDocument(guarda.ler(certificado.pdf))
    texto = " ".join(" ".join(pagina.get_textpage().get_text_range() for pagina in pdf).split())
    pdf.close()
    assert "IRREGULAR" in texto
    assert texto.count("Motivo: falta apresentar") == 3

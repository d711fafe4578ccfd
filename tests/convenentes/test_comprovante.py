"""The receipt of a request that was signed and sent."""

import json
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from django.utils import timezone

from contas.documentos_pessoais import formatar_cpf, mascarar_cpf
from contas.fabricas import usuario
from convenentes import comprovante, fabricas
from convenentes.models import Solicitacao
from documentos.models import Assinatura
from tests.convenentes import pedidos

pytestmark = pytest.mark.django_db


@pytest.fixture
def enviada() -> Solicitacao:
    pessoa = usuario()
    solicitacao = pedidos.pronta(representante=pessoa, razao_social="Casa & Luz #1")
    fabricas.anexar(pedidos.item_de(solicitacao, "cnpj"), solicitacao.criada_por, timezone.localdate())
    fabricas.assinar(solicitacao, pessoa)
    solicitacao.refresh_from_db()
    return solicitacao


def test_the_receipt_says_what_was_sent_signed_and_what_comes_next(enviada: Solicitacao) -> None:
    recibo = comprovante.recibo(enviada)
    assert (recibo["protocolo"], recibo["razao_social"], recibo["cnpj"], recibo["tipo"]) == (
        enviada.protocolo,
        "Casa & Luz #1",
        enviada.cnpj_formatado,
        "Inscrição",
    )
    enviados = {
        (a.nome, a.sha256)
        for item in enviada.itens.filter(documento__declaracao=None, documento__isnull=False)
        for a in item.documento.arquivos.all()  # type: ignore[union-attr, misc]
    }
    ditos = {(a["nome"], a["sha256"]) for d in recibo["documentos"] for a in d["arquivos"]}
    assert ditos == enviados
    assert ditos
    assinaturas = Assinatura.objects.all()
    assert {a["codigo"] for a in recibo["assinaturas"]} == {a.codigo for a in assinaturas}
    for dita in recibo["assinaturas"]:
        assert dita["cpf"] == mascarar_cpf(assinaturas[0].cpf)
        assert dita["endereco"] == f"{settings.ENDERECO}/declaracoes/{dita['codigo']}/"
    assert enviada.enviada_em is not None
    local = timezone.localtime(enviada.enviada_em)
    assert recibo["enviada_em"] == f"{local:%d/%m/%Y às %H:%M:%S} (horário de Brasília)"
    assert recibo["proximos_passos"] == list(comprovante.PROXIMOS_PASSOS)


def test_the_pdf_is_accessible_complete_and_hides_the_cpf(enviada: Solicitacao) -> None:
    conteudo = comprovante.compor_pdf(enviada)
    pdf = pypdfium2.PdfDocument(conteudo)
    texto = " ".join(" ".join(pagina.get_textpage().get_text_range() for pagina in pdf).split())
    pdf.close()
    assinatura = Assinatura.objects.all()[0]
    assert enviada.protocolo is not None
    for dito in (
        enviada.protocolo,
        "Casa & Luz #1",
        enviada.cnpj_formatado,
        assinatura.codigo,
        assinatura.nome,
    ):
        assert dito in texto
    for inteiro in (assinatura.cpf, formatar_cpf(assinatura.cpf)):
        assert inteiro not in texto
        assert inteiro not in json.dumps(comprovante.recibo(enviada))
    with pikepdf.open(BytesIO(conteudo)) as aberto, aberto.open_metadata() as metadados:
        assert metadados["pdfuaid:part"] == "1"
        assert aberto.Root.MarkInfo.Marked
    assert comprovante.compor_pdf(enviada) == conteudo

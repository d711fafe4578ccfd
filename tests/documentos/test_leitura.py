"""What a PDF says is read once, when it is examined, and kept."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from documentos import fabricas
from documentos.models import Arquivo, AssinaturaDigital, Documento, Leitura
from tests.documentos import apoio, assinantes, certidoes

pytestmark = pytest.mark.django_db


def _anexar(conteudo: bytes, nome: str = "certidao.pdf") -> Documento:
    return apoio.anexar(None, fabricas.enviado(nome, conteudo))


def test_a_certificate_is_kept_as_it_was_read() -> None:
    leitura = Leitura.objects.get(arquivo__documentos=_anexar(certidoes.em_pdf(certidoes.CND)))
    assert (leitura.especie, leitura.cnpjs, leitura.resultado) == (
        "cnd_federal",
        ["11222333000181"],
        Leitura.Resultado.NEGATIVA,
    )
    assert (leitura.emitida_em, leitura.valida_ate) == (date(2026, 3, 5), date(2026, 9, 1))
    assert leitura.codigo == "AB12.34CD.56EF.7890"
    assert leitura.endereco.startswith("https://")
    assert leitura.certidao is not None


def test_the_certificate_of_the_fgts_says_regular_and_not_negativa() -> None:
    leitura = Leitura.objects.get(arquivo__documentos=_anexar(certidoes.em_pdf(certidoes.CRF)))
    assert leitura.get_resultado_display() == "Regular"


def test_another_paper_is_recognised_as_none() -> None:
    leitura = Leitura.objects.get(arquivo__documentos=_anexar(fabricas.pdf("Ata da assembleia")))
    assert (leitura.especie, leitura.tem_texto, leitura.certidao) == ("", True, None)


def test_a_photo_is_not_read() -> None:
    documento = _anexar(fabricas.foto(), "foto.jpg")
    assert documento.estado == Arquivo.Estado.PRONTO
    assert not Leitura.objects.filter(arquivo__documentos=documento).exists()


def test_signatures_are_trusted_by_the_roots_of_the_office(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "raiz.pem").write_bytes(assinantes.raiz(assinantes.autoridade()))
    settings.RAIZES_DE_CONFIANCA = str(tmp_path)
    documento = _anexar(assinantes.assinar(fabricas.pdf("Ata"), assinantes.pessoa(cpf="52998224725")))
    assinatura = AssinaturaDigital.objects.get(arquivo__documentos=documento)
    assert (assinatura.nome, assinatura.cpf) == ("MARIA FICTICIA", "52998224725")
    assert (assinatura.integra, assinatura.alterada_depois, assinatura.confiavel) == (True, False, True)


def test_without_roots_a_signature_is_intact_but_of_nobody_we_know() -> None:
    documento = _anexar(assinantes.assinar(fabricas.pdf("Ata"), assinantes.pessoa()))
    assinatura = AssinaturaDigital.objects.get(arquivo__documentos=documento)
    assert (assinatura.integra, assinatura.confiavel) == (True, False)

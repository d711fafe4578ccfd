"""The digital signatures of a PDF: who signed, when, whether it is intact, whether we trust who says so.

Nothing is fetched from the network: neither revocation lists nor missing certificates. The roots are those that the
office keeps (``RAIZES_DE_CONFIANCA``). Runs in a process of its own (``isolamento``); pyHanko is slow to import, and is
so only there.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

MAXIMO = 20
for _biblioteca in (
    "pyhanko",
    "pyhanko_certvalidator",
):  # what is wrong with a signature is told to people, not to a log
    logging.getLogger(_biblioteca).setLevel(logging.CRITICAL)
# otherName of ICP-Brasil in the certificate of a person: birth (8), CPF (11), … (DOC-ICP-04, 7.1.2.3).
_OID_PESSOA = "2.16.76.1.3.1"


@dataclass(frozen=True)
class Assinada:
    """One signature. ``cpf`` is "" when the certificate does not say it; ``em`` is what the signer's clock said, if
    nobody attests it. ``integra``: what was signed is still as it was. ``alterada_depois``: something was added to the
    file that a signature or a form does not explain. ``confiavel``: intact, and its chain ends in a root we keep."""

    nome: str
    cpf: str
    em: datetime | None
    integra: bool
    alterada_depois: bool
    confiavel: bool


def parece_assinado(conteudo: bytes) -> bool:
    """Tell whether it is worth looking: without a byte range there is no signature."""
    return b"/ByteRange" in conteudo


def verificar(conteudo: bytes, raizes: Sequence[bytes]) -> list[Assinada]:
    """Validate each signature against the roots (PEM or DER). One that cannot be understood is not intact."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        assinaturas = PdfFileReader(BytesIO(conteudo), strict=False).embedded_regular_signatures
        return [_verificar(assinatura, raizes) for assinatura in assinaturas[:MAXIMO]]
    except MemoryError:  # says nothing about the signature
        raise
    except Exception:  # noqa: BLE001 - whatever a parser raises on hostile bytes: it says it is signed, and is not
        return [Assinada("", "", None, integra=False, alterada_depois=True, confiavel=False)]


def _verificar(assinatura: "EmbeddedPdfSignature", raizes: Sequence[bytes]) -> Assinada:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    contexto = ValidationContext(
        trust_roots=_certificados(raizes), allow_fetching=False, revocation_mode="soft-fail"
    )
    try:
        estado = validate_pdf_signature(assinatura, contexto)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return Assinada(*_quem(assinatura), None, integra=False, alterada_depois=True, confiavel=False)
    integra = estado.intact and estado.valid
    return Assinada(
        *_quem(assinatura),
        em=estado.signer_reported_dt,
        integra=integra,
        alterada_depois=_alterada(estado),
        confiavel=integra and estado.trusted and not _alterada(estado),
    )


def _alterada(estado: "PdfSignatureStatus") -> bool:
    """Another signature changes nothing, nor does a form filled where the signer allows it; all else does."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    return not estado.docmdp_ok or estado.modification_level == ModificationLevel.OTHER


def _certificados(raizes: Sequence[bytes]) -> list[Any]:
    from asn1crypto import pem, x509

    return [
        x509.Certificate.load(der)
        for raiz in raizes
        for _, _, der in (pem.unarmor(raiz, multiple=True) if pem.detect(raiz) else [("", {}, raiz)])
    ]


def _quem(assinatura: "EmbeddedPdfSignature") -> tuple[str, str]:
    """Return name and CPF of the signer. ICP-Brasil writes "NAME:CPF" as the common name too."""
    certificado = assinatura.signer_cert
    comum = str(certificado.subject.native.get("common_name", ""))
    nome, _, numero = comum.partition(":")
    return nome, _cpf(certificado) or (numero if re.fullmatch(r"\d{11}", numero) else "")


def _cpf(certificado: Any) -> str:
    nomes = certificado.subject_alt_name_value
    for nome in nomes or ():
        if nome.name == "other_name" and nome.chosen["type_id"].dotted == _OID_PESSOA:
            achado = re.search(r"\d{8}(\d{11})", str(nome.chosen["value"].native))
            return achado[1] if achado else ""
    return ""

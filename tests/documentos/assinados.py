"""PDFs signed as people bring them, by a certificate of the tests."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys, x509
from cryptography import x509 as certificados
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


@cache
def _assinante() -> signers.SimpleSigner:
    chave, agora = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    nome = certificados.Name([certificados.NameAttribute(NameOID.COMMON_NAME, "Fulana Fictícia")])
    certificado = (
        certificados.CertificateBuilder()
        .subject_name(nome)
        .issuer_name(nome)
        .public_key(chave.public_key())
        .serial_number(1)
        .not_valid_before(agora - timedelta(days=1))
        .not_valid_after(agora + timedelta(days=30))
        .sign(chave, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    sem_senha = serialization.NoEncryption()
    privada = chave.private_bytes(der, serialization.PrivateFormat.PKCS8, sem_senha)
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificado.public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(privada),
        cert_registry=SimpleCertificateStore(),
    )


def pdf_assinado(conteudo: bytes) -> bytes:
    """Return the PDF with a signature in a field of its own."""
    escrita = IncrementalPdfFileWriter(io.BytesIO(conteudo))
    campo = signers.PdfSignatureMetadata(field_name="Assinatura")
    assinado: io.BytesIO = signers.sign_pdf(escrita, campo, signer=_assinante())
    return assinado.getvalue()

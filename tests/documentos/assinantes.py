"""A certificate authority of our own, its signers, and PDFs signed by them. Everybody is fictional."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

Chave = ec.EllipticCurvePrivateKey
Par = tuple[x509.Certificate, Chave]
_OID_PESSOA = x509.ObjectIdentifier("2.16.76.1.3.1")


@cache
def autoridade(nome: str = "AC Raiz de Teste", emissora: Par | None = None) -> Par:
    """Return an authority: a root, or one that ``emissora`` vouches for."""
    chave = ec.generate_private_key(ec.SECP256R1())
    return _emitir(nome, chave, emissora, autoridade=True), chave


@cache
def pessoa(nome: str = "MARIA FICTICIA", cpf: str = "", emissora: Par | None = None, dias: int = 365) -> Par:
    """Return a signer. With ``cpf`` it is in the certificate as ICP-Brasil writes it; ``dias`` < 0: expired."""
    chave = ec.generate_private_key(ec.SECP256R1())
    return _emitir(nome, chave, emissora or autoridade(), cpf=cpf, dias=dias), chave


def _emitir(
    nome: str, chave: Chave, emissora: Par | None, *, autoridade: bool = False, cpf: str = "", dias: int = 365
) -> x509.Certificate:
    sujeito = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nome)])
    agora = datetime.now(UTC)
    certificado = (
        x509.CertificateBuilder()
        .subject_name(sujeito)
        .issuer_name(emissora[0].subject if emissora else sujeito)
        .public_key(chave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(agora - timedelta(days=730))
        .not_valid_after(agora + timedelta(days=dias))
        .add_extension(x509.BasicConstraints(ca=autoridade, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                not autoridade, not autoridade, False, False, False, autoridade, autoridade, False, False
            ),
            critical=True,
        )
    )
    if cpf:
        dado = b"\x0c" + bytes([8 + 11]) + f"01011980{cpf}".encode()  # a UTF8String
        certificado = certificado.add_extension(
            x509.SubjectAlternativeName([x509.OtherName(_OID_PESSOA, dado)]), critical=False
        )
    return certificado.sign(emissora[1] if emissora else chave, hashes.SHA256())


def raiz(par: Par) -> bytes:
    """Return the certificate of an authority as the office keeps it."""
    return par[0].public_bytes(serialization.Encoding.PEM)


def assinar(pdf: bytes, par: Par, *intermediarias: Par, campo: str = "Assinatura1") -> bytes:
    """Sign a PDF, once more if it already is."""
    guarda = SimpleCertificateStore()
    guarda.register_multiple([_asn1(outra) for outra in intermediarias])
    chave = par[1].private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assinante = SimpleSigner(
        signing_cert=_asn1(par), signing_key=keys.PrivateKeyInfo.load(chave), cert_registry=guarda
    )
    saida = PdfSigner(
        PdfSignatureMetadata(field_name=campo, md_algorithm="sha256"),
        assinante,
        new_field_spec=SigFieldSpec(campo),
    ).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), in_place=False)
    assinado: bytes = saida.getvalue()
    return assinado


def _asn1(par: Par) -> asn1.Certificate:
    return asn1.Certificate.load(par[0].public_bytes(serialization.Encoding.DER))


def acrescentar(pdf: bytes) -> bytes:
    """Change the first page in an update after the signature, as an editor does."""
    escrita = IncrementalPdfFileWriter(BytesIO(pdf))
    pagina = escrita.root["/Pages"]["/Kids"][0]
    pagina["/Rotate"] = NumberObject(90)
    escrita.update_container(pagina)
    saida = BytesIO()
    escrita.write(saida)
    return saida.getvalue()

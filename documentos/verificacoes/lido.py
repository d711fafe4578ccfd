"""All that a program can read in a PDF by itself: certificate and signatures. Runs in a process of its own
(``isolamento``)."""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from documentos.verificacoes import assinaturas, certidoes
from documentos.verificacoes.assinaturas import Assinada
from documentos.verificacoes.certidoes import Certidao
from documentos.verificacoes.texto import Texto, extrair, normalizar

NOME, VERSAO = "leitura", "1"


@dataclass(frozen=True)
class Lido:
    """``tem_texto`` is false for a scan, which only a person can read; ``a_vista`` as in ``texto.Texto``."""

    tem_texto: bool
    a_vista: bool
    certidao: Certidao | None
    assinaturas: list[Assinada]


def ler(conteudo: bytes, raizes: Sequence[bytes]) -> Lido:
    """Read a PDF. Raises whatever a parser raises on hostile bytes, but for signatures, which are then not intact."""
    assinadas = assinaturas.verificar(conteudo, raizes) if assinaturas.parece_assinado(conteudo) else []
    texto = _extrair(conteudo)
    return Lido(bool(texto.conteudo.strip()), texto.a_vista, _certidao(texto), assinadas)


def ler_certidao(conteudo: bytes) -> Certidao | None:
    """Read only the certificate in a PDF; None when it is none that is known. Raises as ``ler``."""
    return _certidao(_extrair(conteudo))


def _certidao(texto: Texto) -> Certidao | None:
    return certidoes.ler(normalizar(texto.conteudo))


def _extrair(conteudo: bytes) -> Texto:
    with pypdfium2.PdfDocument(conteudo) as pdf:
        return extrair(pdf)

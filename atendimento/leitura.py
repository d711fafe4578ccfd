"""Read a mail whatever program wrote it: who, what about, the text, the files. Nothing in it is trusted.

It reads bytes of strangers, so it runs in a process of its own (``verificacoes.isolamento``), which has no Django.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

import nh3
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from tnefparse import TNEF

from atendimento.citacao import sem_citacao

MAIOR_TEXTO, MAIOR_INTEGRA = 20_000, 100_000
_DECORACAO = 8 * 1024  # a picture inside the text smaller than this is the logotype of a signature
_SEM_ASSUNTO, _SEM_TEXTO = "(sem assunto)", "(mensagem sem texto)"
_LINHAS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote"})
_IDENTIFICACAO = re.compile(r"<[^<>\s\x00]{1,250}>")
_RESPOSTA = re.compile(r"\s*(?:(?:re|res|enc|fw|fwd)\s*:\s*|\[chamado \d+\]\s*|CAGEC:\s*)", re.IGNORECASE)


@dataclass
class Lida:
    """What a mail says. ``recusados``: what could not be read of it, in words for its sender."""

    nome: str
    assunto: str
    identificacao: str
    integra: str = ""
    arquivos: list[UploadedFile] = field(default_factory=list)
    recusados: list[str] = field(default_factory=list)

    @property
    def texto(self) -> str:
        """Return what is new in it, without what it quotes."""
        return sem_citacao(self.integra)[:MAIOR_TEXTO] or _SEM_TEXTO


def ler(conteudo: bytes, tamanho: int) -> Lida:
    """Return what a mail says, without anything that PostgreSQL or a page could not hold.

    ``conteudo`` may be only the beginning of its ``tamanho`` bytes.
    """
    mensagem, cortado = message_from_bytes(conteudo), len(conteudo) < tamanho
    lida = Lida(
        nome=cabecalho(parseaddr(_cru(mensagem, "From"))[0])[:150],
        assunto=_assunto(cabecalho(_cru(mensagem, "Subject"))),
        identificacao=next(iter(identificacoes(mensagem, "Message-ID")), "")[:255],
    )
    puro: list[str] = []
    marcado: list[str] = []
    for parte in _partes(mensagem):
        if _e_arquivo(parte):
            _juntar_arquivo(lida, parte, puro, cortado)
        elif parte.get_content_type() == "text/plain":
            puro.append(_texto(parte))
        elif parte.get_content_type() == "text/html":
            marcado.append(de_html(_texto(parte)))
    texto = "\n".join(puro) if "".join(puro).strip() else "\n".join(marcado)
    lida.integra = _limpo(texto).strip()[:MAIOR_INTEGRA]
    if cortado:
        megas = tamanho // (1024 * 1024)
        lida.recusados = [f"os arquivos: o e-mail tem {megas} MB. Envie-os pelo portal, até 20 MB cada."]
    return lida


def cabecalho(valor: str) -> str:
    """Return a header on one line, decoded as well as it can be."""
    valor = valor.replace("\r", "").replace("\n", "")
    try:
        partes = decode_header(valor)
    except (HeaderParseError, ValueError):
        partes = [(valor, None)]
    lidas = (p if isinstance(p, str) else _decodificar(p, codigo or "") for p, codigo in partes)
    cru = "".join(lidas).encode("utf-8", "surrogateescape")  # bytes that no header may have, but some do
    return " ".join(_limpo(_decodificar(cru, "")).split())


def identificacoes(mensagem: Message, *nomes: str) -> list[str]:
    """Return the Message-IDs in these headers."""
    return [
        i
        for nome in nomes
        for valor in mensagem.get_all(nome, [])
        for i in _IDENTIFICACAO.findall(str(valor))
    ]


def de_html(marcado: str) -> str:
    """Return the text of a page, line by line: no script, style, picture or link is left."""
    limpo = nh3.clean(marcado, tags=set(_LINHAS), attributes={}, strip_comments=True)
    limpo = re.sub(r"\s+", " ", limpo)
    limpo = re.sub(r"<(?:br|/p|/div|/li|/tr|/h\d|/?blockquote)>", "\n", limpo)
    texto = html.unescape(re.sub(r"<[^<>]*>", "", limpo))
    return "\n".join(linha.strip() for linha in texto.splitlines())


def _assunto(assunto: str) -> str:
    while achado := _RESPOSTA.match(assunto):
        assunto = assunto[achado.end() :]
    return re.sub(r"\s*\[chamado \d+\]", "", assunto)[:150] or _SEM_ASSUNTO


def _cru(mensagem: Message, nome: str) -> str:
    """Return a header as it came, bytes that no header may have included."""
    return next((str(valor) for campo, valor in mensagem.raw_items() if campo.lower() == nome.lower()), "")


def _partes(mensagem: Message) -> Iterator[Message]:
    """The leaves of a mail. One that was forwarded as a file is a leaf too."""
    filhas = mensagem.get_payload()
    if mensagem.get_content_maintype() == "multipart" and isinstance(filhas, list):
        for filha in filhas:
            if isinstance(filha, Message):
                yield from _partes(filha)
    else:
        yield mensagem


def _e_arquivo(parte: Message) -> bool:
    texto = parte.get_content_maintype() == "text" and not parte.get_filename()
    return parte.get_content_disposition() == "attachment" or not texto


def _juntar_arquivo(lida: Lida, parte: Message, puro: list[str], cortado: bool) -> None:
    if cortado:
        return
    nome = cabecalho(parte.get_filename() or "").rstrip("/.") or "arquivo"
    bruto = parte.get_payload(decode=True)
    conteudo = bruto if isinstance(bruto, bytes) else b""
    if nome.lower() == "winmail.dat" or parte.get_content_type() == "application/ms-tnef":
        _abrir_winmail(lida, conteudo, puro)
    elif parte.get_content_maintype() == "message":
        lida.recusados.append(f"{nome}: é um e-mail dentro do e-mail. Copie o texto dele, ou salve-o em PDF.")
    elif not (_decora(parte) and len(conteudo) < _DECORACAO):
        lida.arquivos.append(SimpleUploadedFile(nome, conteudo, parte.get_content_type()))


def _decora(parte: Message) -> bool:
    return parte.get_content_maintype() == "image" and parte.get_content_disposition() != "attachment"


def _abrir_winmail(lida: Lida, conteudo: bytes, puro: list[str]) -> None:
    """Take text and files out of the envelope that some Outlooks put them in (TNEF)."""
    try:
        envelope = TNEF(conteudo)
        corpo = envelope.body or b""
        puro.append(corpo if isinstance(corpo, str) else _decodificar(corpo, ""))
        for anexo in envelope.attachments:
            nome = cabecalho(anexo.long_filename() or anexo.name or "arquivo").rstrip("\x00")
            lida.arquivos.append(SimpleUploadedFile(nome, bytes(anexo.data), "application/octet-stream"))
    except Exception:  # noqa: BLE001 - the format is a stranger's, and so is what breaks in it
        lida.recusados.append(
            "winmail.dat: não conseguimos abrir. Anexe os arquivos separados, em PDF, JPEG, PNG ou HEIC."
        )


def _texto(parte: Message) -> str:
    bruto = parte.get_payload(decode=True)
    return _decodificar(bruto if isinstance(bruto, bytes) else b"", str(parte.get_content_charset() or ""))


def _decodificar(bruto: bytes, declarado: str) -> str:
    """Decode as declared, else as most mails are; what nobody can decode shows as replaced."""
    for codigo in (declarado, "utf-8", "cp1252"):
        try:
            return bruto.decode(codigo)
        except (LookupError, ValueError):
            continue
    return bruto.decode("utf-8", "replace")


def _limpo(texto: str) -> str:
    texto = texto.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return "".join(c for c in texto if c in "\n\t" or c.isprintable())

"""Awkward mails, made by code, and what must come of each. Every one is a real thing that mailboxes get."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid

from atendimento.models import Chamado
from cagec.correio.entrada import AUTOMATICAS, NAO_ENTENDIDAS, PROCESSADAS
from cagec.correio.entrega import identificada
from cagec.correio.models import Mensagem
from documentos.fabricas import foto, pdf
from tests.correio.devolvida import relatorio

PESSOA = "pessoa@example.org"
EQUIPE = "cagec@governo.mg.gov.br"
QUOTED = "> Olá, pessoa.\n> Recebemos seu pedido de ajuda.\n"


@dataclass(frozen=True)
class Conversa:
    """A request, and the mail about it that its author received."""

    chamado: Chamado
    nossa: EmailMessage

    @property
    def identificacao(self) -> str:
        return str(
            self.nossa["Message-ID"]
        ).strip()  # a long one begins on a line of its own (RFC 5322, 2.2.3)

    @property
    def resposta_a(self) -> str:
        return str(self.nossa["Reply-To"])


@dataclass(frozen=True)
class Esperado:
    """What comes of a mail: its folder, requests and answers made, mails that leave because of it."""

    pasta: str = PROCESSADAS
    novos: int = 0
    respostas: int = 0
    avisos: int = 0
    texto: str = ""
    assunto: str = ""
    arquivos: tuple[str, ...] = ()
    recusado: str = ""


def novo(texto: str = "", assunto: str = "Não sei o que falta", **avulsos: object) -> Esperado:
    return Esperado(novos=1, avisos=1, texto=texto, assunto=assunto, **avulsos)  # type: ignore[arg-type]


def resposta(texto: str = "", avisos: int = 0, **avulsos: object) -> Esperado:
    return Esperado(respostas=1, avisos=avisos, texto=texto, **avulsos)  # type: ignore[arg-type]


def escrita(texto: str = "Deu certo?", de: str = PESSOA, **cabecalhos: str) -> EmailMessage:
    """A plain mail to the office. In the names of headers ``_`` is a hyphen."""
    mensagem = EmailMessage()
    campos = {"Subject": "Não sei o que falta", "From": de, "To": EQUIPE, "Message_ID": make_msgid()}
    for nome, valor in (campos | cabecalhos).items():
        if valor:
            mensagem[nome.replace("_", "-")] = valor
    mensagem.set_content(texto)
    return mensagem


def respondida(conversa: Conversa, texto: str = "Deu certo.", **cabecalhos: str) -> EmailMessage:
    """The answer of a mail program to what we sent."""
    proprios = {"In_Reply_To": conversa.identificacao, "Subject": f"Re: {conversa.nossa['Subject']}"}
    return escrita(texto, **(proprios | cabecalhos))


def com_anexo(
    mensagem: EmailMessage, nome: str, conteudo: bytes, tipo: str = "application/pdf"
) -> EmailMessage:
    principal, secundario = tipo.split("/")
    mensagem.add_attachment(conteudo, maintype=principal, subtype=secundario, filename=nome)
    return mensagem


def so_html(marcado: str) -> EmailMessage:
    mensagem = escrita()
    mensagem.set_content(marcado, subtype="html")
    return mensagem


def winmail(texto: str, nome: str, conteudo: bytes) -> bytes:
    """What Outlook puts in winmail.dat: a text and one file (MS-OXTNEF)."""

    def atributo(nivel: int, codigo: int, dados: bytes) -> bytes:
        return struct.pack("<BII", nivel, codigo, len(dados)) + dados + struct.pack("<H", sum(dados) & 0xFFFF)

    return b"".join(
        [
            struct.pack("<IH", 0x223E9F78, 1),
            atributo(1, 0x0002800C, texto.encode("cp1252") + b"\0"),
            atributo(2, 0x00069002, bytes(14)),
            atributo(2, 0x00018010, nome.encode("cp1252") + b"\0"),
            atributo(2, 0x0006800F, conteudo),
        ]
    )


def crua(corpo: bytes, tipo: bytes, assunto: bytes = b"Charset") -> bytes:
    """A mail whose program got the encodings wrong."""
    return (
        b"From: pessoa@example.org\r\nTo: cagec@governo.mg.gov.br\r\nSubject: " + assunto + b"\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: " + tipo + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + corpo
    )


def boneca(quantas: int) -> bytes:
    """A mail whose parts are inside each other."""
    cabecalhos = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(quantas)
    )
    return b"From: pessoa@example.org\r\n" + cabecalhos + b"\r\nOi"


CABECALHO_DO_GMAIL = "Em qui., 26 de nov. de 2026 às 10:00, CAGEC\n<cagec@governo.mg.gov.br> escreveu:\n\n"
DO_OUTLOOK = (
    "De: CAGEC <cagec@governo.mg.gov.br>\nEnviada em: quinta-feira\nPara: Pessoa\nAssunto: CAGEC\n\nOlá."
)
_PDF, _FOTO = pdf("Ata"), foto()

CASOS: dict[str, tuple[Callable[[Conversa], EmailMessage | bytes], Esperado]] = {
    "a new one": (lambda c: escrita("Qual documento falta?"), novo("Qual documento falta?")),
    "without a subject": (lambda c: escrita(Subject=""), novo("Deu certo?", "(sem assunto)")),
    "without a text": (lambda c: escrita(""), novo("(mensagem sem texto)")),
    "only HTML": (
        lambda c: so_html(
            "<style>p{}</style><p>Ol&aacute;, <b>equipe</b>.</p><script>x()</script><p>Falta?<br>Sim</p>"
        ),
        novo("Olá, equipe.\nFalta?\nSim"),
    ),
    "HTML that attacks": (
        lambda c: so_html(
            '<img src=x onerror="alert(1)"><a href="javascript:x">Oi</a><iframe src=//e></iframe>'
        ),
        novo("Oi"),
    ),
    "subject in folded and encoded words": (
        lambda c: escrita(
            Subject="Documentação da inscrição não é aceita pelo sistema há três dias seguidos"
        ),
        novo(assunto="Documentação da inscrição não é aceita pelo sistema há três dias seguidos"),
    ),
    "says UTF-8 and is Latin-1": (
        lambda c: crua(
            "Não é aceito".encode("latin-1"), b"text/plain; charset=utf-8", "Ação".encode("latin-1")
        ),
        novo("Não é aceito", "Ação"),
    ),
    "says ASCII and is UTF-8": (
        lambda c: crua("Não é".encode(), b"text/plain; charset=us-ascii"),
        novo("Não é", "Charset"),
    ),
    "a charset that does not exist": (
        lambda c: crua("Não é".encode(), b"text/plain; charset=x-inventado"),
        novo("Não é", "Charset"),
    ),
    "control characters": (
        lambda c: crua(b"Oi\x07\x1b equipe", b"text/plain"),
        novo("Oi equipe", "Charset"),
    ),
    "winmail.dat": (
        lambda c: com_anexo(
            escrita(""), "winmail.dat", winmail("Segue a ata", "ata.pdf", _PDF), "application/ms-tnef"
        ),
        novo("Segue a ata", arquivos=("ata.pdf",)),
    ),
    "winmail.dat that is broken": (
        lambda c: com_anexo(escrita("Segue"), "winmail.dat", b"\x78\x9f\x3e\x22\x01", "application/ms-tnef"),
        novo("Segue", recusado="winmail.dat"),
    ),
    "a file that is accepted": (
        lambda c: com_anexo(respondida(c, "Segue."), "ata assinada.pdf", _PDF),
        resposta("Segue.", arquivos=("ata assinada.pdf",)),
    ),
    "a file that is refused": (
        lambda c: com_anexo(respondida(c, "Segue."), "virus.exe", b"MZ\x90", "application/octet-stream"),
        resposta("Segue.", avisos=1, recusado="virus.exe"),
    ),
    "one file accepted, one refused": (
        lambda c: com_anexo(com_anexo(respondida(c), "a.jpg", _FOTO, "image/jpeg"), "b.pdf", b"nada"),
        resposta(avisos=1, arquivos=("a.jpg",), recusado="b.pdf"),
    ),
    "a mail inside the mail": (
        lambda c: com_mensagem(escrita("Veja abaixo")),
        novo("Veja abaixo", recusado="e-mail dentro do e-mail"),
    ),
    "forty megabytes": (
        lambda c: com_anexo(respondida(c, "Segue o vídeo."), "video.pdf", bytes(30 * 1024 * 1024)),
        resposta("Segue o vídeo.", avisos=1, recusado="41 MB"),
    ),
    "an answer by Message-ID": (respondida, resposta("Deu certo.")),
    "an answer whose program kept only References": (
        lambda c: respondida(c, In_Reply_To="", References=f"<x@example.org> {c.identificacao}"),
        resposta("Deu certo."),
    ),
    "an answer to the signed address alone": (
        lambda c: escrita("Deu certo.", To=c.resposta_a),
        resposta("Deu certo."),
    ),
    "an answer from another address of the person": (
        lambda c: respondida(c, From="outro@example.org"),
        resposta("Deu certo."),
    ),
    "the address in capitals": (lambda c: escrita("Oi", To=c.resposta_a.upper()), resposta("Oi")),
    "quoted by Gmail": (
        lambda c: respondida(c, "Já enviei.\n\n" + CABECALHO_DO_GMAIL + QUOTED),
        resposta("Já enviei."),
    ),
    "quoted by Outlook": (lambda c: respondida(c, "Já enviei.\n\n" + DO_OUTLOOK), resposta("Já enviei.")),
    "answered below the quotation": (
        lambda c: respondida(c, CABECALHO_DO_GMAIL + QUOTED + "\nJá enviei."),
        resposta("Já enviei."),
    ),
    "forged sender, with no proof": (
        lambda c: escrita(
            "Mande o link para mim", Subject=f"Re: [chamado {c.chamado.numero}] Não sei o que falta"
        ),
        novo("Mande o link para mim"),
    ),
    "forged sender, with an invented token": (
        lambda c: escrita(
            "Oi", To=f"cagec+{c.chamado.pk}.{'0' * 32}@governo.mg.gov.br", In_Reply_To="<1.a@x>"
        ),
        novo("Oi"),
    ),
    "out of office": (
        lambda c: respondida(c, "Volto já", Auto_Submitted="auto-replied"),
        Esperado(AUTOMATICAS),
    ),
    "out of office of an old Exchange": (
        lambda c: respondida(c, X_Auto_Response_Suppress="All"),
        Esperado(AUTOMATICAS),
    ),
    "a mailing list": (lambda c: escrita(List_Id="<lista.example.org>"), Esperado(AUTOMATICAS)),
    "bulk": (lambda c: escrita(Precedence="bulk"), Esperado(AUTOMATICAS)),
    "an empty envelope sender": (lambda c: escrita(Return_Path="<>"), Esperado(AUTOMATICAS)),
    "our own address": (lambda c: respondida(c, From=f"CAGEC <{EQUIPE}>"), Esperado(AUTOMATICAS)),
    "our own mail, back": (lambda c: bytes(c.nossa), Esperado(AUTOMATICAS)),
    "a bounce of our mail": (
        lambda c: relatorio(_mensagem(c), original=c.identificacao),
        Esperado(PROCESSADAS),
    ),
    "a bounce of another mail": (
        lambda c: relatorio(_mensagem(c), original="<outra@example.org>"),
        Esperado(NAO_ENTENDIDAS),
    ),
    "a charset that is none of text": (
        lambda c: crua(b"Oi", b"text/plain; charset=undefined", b"=?undefined?q?Charset?="),
        novo("Oi", "Charset"),
    ),
    "a charset with a zero byte": (
        lambda c: crua(b"Oi", b'text/plain; charset="a\0b"'),
        novo("Oi", "Charset"),
    ),
    "a zero byte in its Message-ID": (
        lambda c: b"Message-ID: <a\0b@example.org>\r\n" + crua(b"Oi", b"text/plain"),
        novo("Oi", "Charset"),
    ),
    "a file named as a folder": (
        lambda c: com_anexo(respondida(c, "Segue."), "..", _PDF),
        resposta("Segue.", arquivos=("arquivo.pdf",)),
    ),
    "parts inside parts, by the hundred": (lambda c: boneca(300), Esperado(NAO_ENTENDIDAS)),
    "parts inside parts, by the thousand": (lambda c: boneca(3000), Esperado(NAO_ENTENDIDAS)),
    "comments inside comments": (
        lambda c: b"From: " + b"(" * 900 + b" pessoa@example.org\r\n\r\nOi",
        Esperado(NAO_ENTENDIDAS),
    ),
    "no sender at all": (lambda c: escrita(de=""), Esperado(NAO_ENTENDIDAS)),
    "no mail at all": (lambda c: b"\x00\xff\xfe isto nao e um e-mail", Esperado(NAO_ENTENDIDAS)),
}


def com_mensagem(mensagem: EmailMessage) -> EmailMessage:
    mensagem.add_attachment(escrita("De dentro"))
    return mensagem


def _mensagem(conversa: Conversa) -> Mensagem:
    mensagem = identificada(conversa.identificacao)
    assert mensagem is not None
    return mensagem

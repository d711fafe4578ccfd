"""The expiries of one convenente as a calendar to subscribe to, at a secret address (RFC 5545)."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.http import Http404

from contas.models import Usuario
from convenentes import situacao, vencimentos
from convenentes.models import Convenente, EnderecoDeCalendario, Vinculo
from documentos.models import Escopo

_LARGURA = 75  # bytes of a line; a longer one goes on after a line break and a space


class Evento(NamedTuple):
    """The last day of a line, without anything about a person."""

    codigo: str
    nome: str
    dia: date


def criar_endereco(usuario: Usuario, convenente: Convenente, agora: datetime) -> str:
    """Return a new secret of 256 bits, of which only the hash is kept. The address made before dies."""
    segredo = secrets.token_urlsafe(32)
    EnderecoDeCalendario.objects.update_or_create(
        usuario=usuario, convenente=convenente, defaults={"resumo": _resumo(segredo), "criado_em": agora}
    )
    return segredo


def desligar(usuario: Usuario, convenente: Convenente) -> None:
    """Kill the address of this person, if there is one."""
    EnderecoDeCalendario.objects.filter(usuario=usuario, convenente=convenente).delete()


def convenente_do_segredo(segredo: str, hoje: date) -> Convenente:
    """Return whose calendar the secret opens on ``hoje``. Raises Http404, also once its person no longer acts."""
    endereco = (
        EnderecoDeCalendario.objects.filter(resumo=_resumo(segredo), usuario__is_active=True)
        .select_related("convenente")
        .first()
    )
    vigentes = Vinculo.objects.vigentes(hoje)
    if endereco is None or not vigentes.filter(
        usuario=endereco.usuario_id, convenente=endereco.convenente_id
    ):
        raise Http404
    return endereco.convenente


def eventos(convenente: Convenente, hoje: date) -> list[Evento]:
    """Return what expires. The papers of the representante are one event a day, as on the public page."""
    lista = vencimentos.listar(hoje, [convenente.pk]).get(convenente.pk, [])
    return list(dict.fromkeys(_evento(v) for v in lista if not v.restricao))


def _evento(vencimento: vencimentos.Vencimento) -> Evento:
    if vencimento.escopo == Escopo.REPRESENTANTE and vencimento.codigo != vencimentos.MANDATO:
        return Evento("representante", situacao.SECAO_DO_REPRESENTANTE, vencimento.vence_em)
    return Evento(vencimento.codigo, vencimento.nome, vencimento.vence_em)


def compor(convenente: Convenente, hoje: date, agora: datetime) -> bytes:
    """Write the calendar: one event of a whole day for each expiry. ``agora`` is in UTC."""
    linhas = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CAGEC//Vencimentos//PT",
        f"X-WR-CALNAME:{_texto(f'CAGEC – {convenente.razao_social}')}",
    ]
    for evento in eventos(convenente, hoje):
        linhas += [
            "BEGIN:VEVENT",
            f"UID:{evento.codigo}-{evento.dia:%Y%m%d}-{convenente.uuid}",
            f"DTSTAMP:{agora:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{evento.dia:%Y%m%d}",
            f"DTEND;VALUE=DATE:{evento.dia + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_texto(f'Vence: {evento.nome} – {convenente.razao_social}')}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    linhas.append("END:VCALENDAR")
    return b"".join(_dobrar(linha) + b"\r\n" for linha in linhas)


def _texto(valor: str) -> str:
    """Escape what has a meaning in the format; a name is one line, whatever was typed."""
    limpo = " ".join(valor.split())
    return limpo.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _dobrar(linha: str) -> bytes:
    """Break a line at 75 bytes, never inside a letter."""
    pedacos = [b""]
    for letra in linha:
        codificada = letra.encode()
        if len(pedacos[-1]) + len(codificada) > _LARGURA:
            pedacos.append(b" ")
        pedacos[-1] += codificada
    return b"\r\n".join(pedacos)


def _resumo(segredo: str) -> str:
    return hashlib.sha256(segredo.encode()).hexdigest()

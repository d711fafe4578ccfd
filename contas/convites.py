"""Invitations: how an account is born, and how access is recovered.

A link is made when its mail is delivered and only its hash is kept. Opening it consumes nothing; only the
POST that sets the password does.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cagec.correio.fila import enfileirar
from contas import ganchos
from contas.models import AceiteDeTermo, Convite, LinkDeConvite, Termo, Usuario

VALIDADE = timedelta(days=14)


class CpfJaUsado(Exception):
    """An account with this CPF came into being after the invitation."""


class ConviteInvalido(Exception):
    """The invitation was used already or is over."""


@transaction.atomic
def convidar(
    motivo: str,
    cpf: str,
    nome_civil: str,
    email: str,
    *,
    nome_social: str = "",
    telefone: str = "",
    criado_por: Usuario | None = None,
    usuario: Usuario | None = None,
    chave_envio: UUID | None = None,
    mensagem: str = "contas.convite",
    contexto: dict[str, Any] | None = None,
) -> Convite:
    """Create an invitation and queue its mail, of the kind ``mensagem``. The same ``chave_envio`` is one."""
    convite, criado = Convite.objects.get_or_create(
        chave_envio=chave_envio or uuid4(),
        defaults={
            "motivo": motivo,
            "cpf": cpf,
            "nome_civil": nome_civil,
            "nome_social": nome_social,
            "email": email,
            "telefone": telefone,
            "criado_por": criado_por,
            "usuario": usuario,
            "expira_em": timezone.now() + VALIDADE,
        },
    )
    if criado:
        enviar_link(convite, "0", mensagem, contexto)
    return convite


def enviar_link(
    convite: Convite, vez: str, mensagem: str = "contas.convite", contexto: dict[str, Any] | None = None
) -> None:
    """Queue the mail with the link. ``vez`` names the occasion, each of which mails once."""
    enfileirar(
        f"convite:{convite.uuid}:{vez}",
        mensagem,
        convite.email,
        {"convite": str(convite.uuid), **(contexto or {})},
    )


def novo_link(convite: Convite) -> str:
    """Make a link for the invitation, good for 14 days from now. Called at delivery.

    Earlier links of the same invitation go on working.
    """
    segredo = secrets.token_urlsafe(32)
    convite.expira_em = timezone.now() + VALIDADE
    convite.save(update_fields=["expira_em"])
    LinkDeConvite.objects.create(convite=convite, resumo=_resumo(segredo))
    return settings.ENDERECO + reverse("definir_senha", args=[segredo])


def convite_do_segredo(segredo: str) -> Convite | None:
    """Return the invitation of a link, used and expired ones included."""
    link = LinkDeConvite.objects.filter(resumo=_resumo(segredo)).select_related("convite__usuario").first()
    return link.convite if link else None


def _resumo(segredo: str) -> str:
    return hashlib.sha256(segredo.encode()).hexdigest()


@transaction.atomic
def reenviar(convite: Convite) -> None:
    """Answer the resend form of an expired link: a new term and a new mail to the same address."""
    convite = Convite.objects.select_for_update().get(pk=convite.pk)
    if convite.usado_em is None and convite.expira_em <= timezone.now():
        convite.expira_em = timezone.now() + VALIDADE
        convite.save(update_fields=["expira_em"])
        enviar_link(convite, f"reenvio:{convite.expira_em:%Y%m%d%H%M%S}")


@transaction.atomic
def definir_senha(convite: Convite, senha: str, *, ip: str | None, navegador: str) -> Usuario:
    """Set the password: the account is born here, or gets its access back.

    Keeps the evidence that the term was accepted, and the e-mail as verified, since the link proved it.
    Raises ConviteInvalido or CpfJaUsado.
    """
    convite = Convite.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=convite.pk)
    if convite.usado_em is not None or convite.expira_em <= timezone.now():
        raise ConviteInvalido
    usuario = _usuario_do_convite(convite)
    usuario.set_password(senha)
    usuario.save()
    if convite.motivo == Convite.Motivo.RECUPERACAO:
        encerrar_sessoes(usuario)
    EmailAddress.objects.update_or_create(
        user=usuario, email=usuario.email.lower(), defaults={"verified": True, "primary": True}
    )
    termo = Termo.objects.first()
    if termo is not None:
        AceiteDeTermo.objects.get_or_create(
            usuario=usuario, termo=termo, defaults={"ip": ip, "navegador": navegador[:300]}
        )
    convite.usuario = usuario
    convite.usado_em = timezone.now()
    convite.save(update_fields=["usuario", "usado_em"])
    for gancho in ganchos.ao_ativar:
        gancho(usuario, convite)
    return usuario


def _usuario_do_convite(convite: Convite) -> Usuario:
    if convite.usuario is not None:
        return convite.usuario
    if Usuario.objects.filter(cpf=convite.cpf).exists():
        raise CpfJaUsado
    da_equipe = convite.motivo == Convite.Motivo.EQUIPE
    return Usuario(
        cpf=convite.cpf,
        nome_civil=convite.nome_civil,
        nome_social=convite.nome_social,
        email=convite.email,
        telefone=convite.telefone,
        is_staff=da_equipe,
        is_superuser=da_equipe and convite.criado_por is None,
    )


def encerrar_sessoes(usuario: Usuario) -> None:
    """End every session of the person, on all devices."""
    for sessao in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if sessao.get_decoded().get("_auth_user_id") == str(usuario.pk):
            sessao.delete()

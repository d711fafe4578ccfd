"""Invitations: how an account is born, and how access is recovered.

A link is made when its mail is delivered and only its hash is kept. Opening it consumes nothing; only the
POST that sets the password does.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas import ganchos
from contas.aceite import aceitar, termo_vigente
from contas.grupos import incluir_na_equipe
from contas.models import Convite, EventoDeSeguranca, LinkDeConvite, Sessao, TrocaDeEmail, Usuario
from contas.seguranca import Origem, registrar

VALIDADE = timedelta(days=14)
CLIQUE_DUPLO = timedelta(minutes=1)


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
    """Create an invitation and queue its mail, of the kind ``mensagem``.

    The same ``chave_envio`` for the same CPF and address is one.
    """
    convite, criado = Convite.objects.get_or_create(
        chave_envio=chave_do_conteudo(chave_envio or uuid4(), cpf, email),
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


def convidar_em_lote(pessoas: QuerySet[Usuario]) -> list[int]:
    """Create one invitation for each of these persons of the legacy registry; return the keys of the new ones.

    Who has one gets no other. Their mails are the caller's, who queues them in the same transaction.
    """
    consulta, parametros = pessoas.values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _CONVIDAR_EM_LOTE.format(pessoas=consulta),
            (Convite.Motivo.MIGRACAO, timezone.now(), timezone.now() + VALIDADE, *parametros),
        )
        return [pk for (pk,) in cursor.fetchall()]


_CONVIDAR_EM_LOTE = """
    INSERT INTO contas_convite
        (uuid, chave_envio, motivo, cpf, nome_civil, nome_social, email, telefone, usuario_id, criado_em, expira_em)
    SELECT gen_random_uuid(), gen_random_uuid(), %s, cpf, nome_civil, nome_social, email, telefone, id, %s, %s
    FROM contas_usuario
    WHERE id IN ({pessoas})
    ORDER BY id
    ON CONFLICT (usuario_id) WHERE motivo = 'migracao' DO NOTHING
    RETURNING id
"""


def chave_da_mensagem(convite: UUID, vez: str) -> str:
    """Return the key, in the outbox, of the mail of an occasion."""
    return f"convite:{convite}:{vez}"


def enviar_link(
    convite: Convite, vez: str, mensagem: str = "contas.convite", contexto: dict[str, Any] | None = None
) -> None:
    """Queue the mail with the link. ``vez`` names the occasion, each of which mails once."""
    enfileirar(
        chave_da_mensagem(convite.uuid, vez),
        mensagem,
        convite.email,
        {"convite": str(convite.uuid), **(contexto or {})},
        usuario=convite.usuario,
    )


def novo_link(convite: Convite) -> str:
    """Make a link for the invitation, good for 14 days from now. Called at delivery.

    Earlier links of the same invitation go on working until their own fourteen days end.
    """
    (link,) = novos_links([convite])
    return link


def novos_links(convites: Sequence[Convite]) -> list[str]:
    """The same for many invitations, in their order."""
    segredos = [secrets.token_urlsafe(32) for _ in convites]
    expira_em = timezone.now() + VALIDADE
    Convite.objects.filter(pk__in=[convite.pk for convite in convites]).update(expira_em=expira_em)
    for convite in convites:
        convite.expira_em = expira_em
    LinkDeConvite.objects.bulk_create(
        LinkDeConvite(convite=convite, resumo=resumo(segredo))
        for convite, segredo in zip(convites, segredos, strict=True)
    )
    return [settings.ENDERECO + reverse("definir_senha", args=[segredo]) for segredo in segredos]


def abrir_link(segredo: str) -> LinkDeConvite | None:
    """Return the link that was mailed, used and expired ones included. Consumes nothing."""
    return LinkDeConvite.objects.filter(resumo=resumo(segredo)).select_related("convite__usuario").first()


def vencido(link: LinkDeConvite) -> bool:
    """Tell whether the fourteen days of this very link are over."""
    return link.criado_em + VALIDADE <= timezone.now()


def resumo(segredo: str) -> str:
    """Return what is kept of the secret of a link."""
    return hashlib.sha256(segredo.encode()).hexdigest()


@transaction.atomic
def reenviar(convite: Convite, chave_envio: UUID) -> None:
    """Mail a new link of an unused invitation, always to its own address. The same key mails once."""
    convite = Convite.objects.select_for_update().get(pk=convite.pk)
    if convite.usado_em is not None:
        return
    enviar_link(convite, f"reenvio:{chave_envio}", _mensagem_do_reenvio(convite))


@transaction.atomic
def mudar_endereco(cpf: str, email: str) -> None:
    """Turn the open invitations of an account to the address it is about to get, with their mails that have not left.

    The links that were mailed to the former address are gone: whoever reads that mailbox may be somebody else.
    """
    abertos = Convite.objects.filter(usuario__cpf=cpf, usado_em=None).exclude(email__iexact=email)
    # Locked first, as in ``definir_senha``: a link that is being made for a mail is waited for, and goes too.
    travados = list(abertos.select_for_update(of=("self",)).order_by("pk"))
    LinkDeConvite.objects.filter(convite__in=travados).delete()
    delas = Mensagem.objects.filter(usuario__cpf=cpf, contexto__convite__in=[str(c.uuid) for c in travados])
    delas.exclude(estado=Mensagem.Estado.ENVIADA).update(para=email)
    Convite.objects.filter(pk__in=[convite.pk for convite in travados]).update(email=email)


def _mensagem_do_reenvio(convite: Convite) -> str:
    """The kind of the first mail, where its words still fit; of a new account, the plain one."""
    if convite.motivo not in {Convite.Motivo.RECUPERACAO, Convite.Motivo.MIGRACAO}:
        return "contas.convite"
    return Mensagem.objects.values_list("tipo", flat=True).get(chave=chave_da_mensagem(convite.uuid, "0"))


@transaction.atomic
def marcar_aberto(convite: Convite) -> None:
    """Keep when somebody first touched the page of a link. Called by a POST only: a GET may come from a program."""
    Convite.objects.filter(pk=convite.pk, aberto_em=None, usado_em=None).update(aberto_em=timezone.now())


@transaction.atomic
def definir_senha(convite: Convite, senha: str, *, ip: str | None, navegador: str) -> Usuario:
    """Set the password: the account is born here, or gets its access back. Open sessions of it end.

    Keeps the evidence that the term was accepted, and the e-mail as verified, since the link proved it.
    Raises ConviteInvalido or CpfJaUsado.
    """
    do_link = convite.email
    convite, *outros = _travar(convite)
    if convite.usado_em is not None:
        return _clique_duplo(convite, senha)
    if convite.expira_em <= timezone.now() or _endereco_trocado(convite, do_link):
        raise ConviteInvalido
    usuario = convite.usuario or _nova_conta(convite)
    primeira = convite.usuario is None or usuario.nunca_entrou
    usuario.set_password(senha)
    try:
        with transaction.atomic():
            usuario.save()
    except IntegrityError as erro:
        raise CpfJaUsado from erro  # the other half of a race for the same CPF was faster
    if convite.motivo == Convite.Motivo.EQUIPE:
        incluir_na_equipe(usuario)
    provar_email(usuario)
    # Whoever gets the access back may have lost it to who asked for another address.
    TrocaDeEmail.objects.cancelar(usuario)
    termo = termo_vigente(hoje())
    if termo is not None:
        aceitar(usuario, termo, ip=ip, navegador=navegador)
    Sessao.objects.filter(usuario=usuario).delete()
    definida = EventoDeSeguranca.Tipo.SENHA_DEFINIDA
    registrar(definida, usuario, Origem(ip, navegador[:300]), avisar=not primeira)
    convite.usuario = usuario
    _usar(convite, usuario)
    for outro in outros:
        _usar(outro, usuario)
    return usuario


def _travar(convite: Convite) -> list[Convite]:
    """Lock the invitation, which comes first, and the open one of the legacy registry to the same account.

    Whichever way the person came, no link in some mailbox makes a first password any more.
    """
    da_migracao = Q(
        usuario__isnull=False, usuario=convite.usuario_id, motivo=Convite.Motivo.MIGRACAO, usado_em=None
    )
    travados = Convite.objects.select_for_update(of=("self",)).filter(Q(pk=convite.pk) | da_migracao)
    return sorted(travados.order_by("pk"), key=lambda travado: travado.pk != convite.pk)


def _usar(convite: Convite, usuario: Usuario) -> None:
    convite.usado_em = timezone.now()
    convite.save(update_fields=["usuario", "usado_em"])
    for gancho in ganchos.ao_ativar:
        gancho(usuario, convite)


def _endereco_trocado(convite: Convite, do_link: str) -> bool:
    """Tell whether the account has another address by now: a link to the old one proves nothing any more."""
    return convite.usuario is not None and convite.usuario.email.lower() != do_link.lower()


def _clique_duplo(convite: Convite, senha: str) -> Usuario:
    """The same password sent again at once gets the result of the first. Raises ConviteInvalido otherwise."""
    assert convite.usado_em is not None
    recente = convite.usado_em + CLIQUE_DUPLO > timezone.now()
    if recente and convite.usuario is not None and convite.usuario.check_password(senha):
        return convite.usuario
    raise ConviteInvalido


def _nova_conta(convite: Convite) -> Usuario:
    if Usuario.objects.filter(cpf=convite.cpf).exists():
        raise CpfJaUsado
    return conta_prevista(convite)


def conta_prevista(convite: Convite) -> Usuario:
    """Return the account that the invitation would give birth to, not saved."""
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


def provar_email(usuario: Usuario) -> None:
    """Keep the address of the account as verified, and no other: a link that was mailed there has just proved it."""
    email = usuario.email.lower()
    EmailAddress.objects.filter(user=usuario).exclude(email=email).delete()
    EmailAddress.objects.update_or_create(
        user=usuario, email=email, defaults={"verified": True, "primary": True}
    )

"""Erasing a person: what names the person goes away, what the office did stays (LGPD, arts. 16, I, and 18, VI)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cagec.correio.models import Devolucao, Mensagem
from contas import ganchos
from contas.documentos_pessoais import digitos_do_cpf
from contas.models import (
    AceiteDeTermo,
    Convite,
    EventoDeSeguranca,
    LinkDeConvite,
    PedidoDoTitular,
    Sessao,
    TrocaDeEmail,
    Usuario,
)
from contas.titular import exigir_sem_impedimento

NOME = "Pessoa anonimizada"
EMAIL = "anonimizado@cagec.invalid"


def cpf_anonimo(usuario: Usuario) -> str:
    """Return eleven digits that are no CPF and are of this row only: the check digits are wrong."""
    base = f"{usuario.pk % 10**9:09d}"
    return base + f"{(int(digitos_do_cpf(base)) + 1) % 100:02d}"


@transaction.atomic
def anonimizar(usuario: Usuario) -> None:
    """Take name, CPF, addresses and evidence of access out of every row about the person, whose account ends.

    What was signed or sent to the office stays, by legal duty, with what it says of the person. Only cagec_dono may
    do it: the log of security is closed to cagec_app. Raises NaoPodeDecidir while the person acts for somebody.
    """
    usuario = Usuario.objects.select_for_update().get(pk=usuario.pk)
    exigir_sem_impedimento(usuario)
    cpf, email, novo = usuario.cpf, usuario.email, cpf_anonimo(usuario)
    for gancho in ganchos.ao_anonimizar:
        gancho(usuario, cpf)
    EmailAddress.objects.filter(user=usuario).delete()
    Authenticator.objects.filter(user=usuario).delete()
    Sessao.objects.filter(usuario=usuario).delete()
    convites = Convite.objects.filter(cpf=cpf)
    LinkDeConvite.objects.filter(convite__in=convites).delete()
    convites.update(
        cpf=novo, nome_civil=NOME, nome_social="", email=EMAIL, telefone="", expira_em=timezone.now()
    )
    trocas = TrocaDeEmail.objects.filter(usuario=usuario)
    enderecos = {email, *trocas.values_list("antigo", flat=True), *trocas.values_list("novo", flat=True)}
    trocas.abertas().update(cancelada_em=timezone.now())
    trocas.update(antigo=EMAIL, novo=EMAIL, resumo="")
    AceiteDeTermo.objects.filter(usuario=usuario).update(ip=None, navegador="")
    # What happened and when stays; ``dados`` may hold the name that the person gave to a key of access.
    EventoDeSeguranca.objects.filter(usuario=usuario).update(ip=None, navegador="", dados={})
    mensagens = Mensagem.objects.filter(Q(usuario=usuario) | Q(usuario=None, para__in=enderecos))
    Devolucao.objects.filter(mensagem__in=mensagens).update(detalhe="")
    mensagens.update(para=EMAIL, contexto={}, assunto="", corpo="", estado=Mensagem.Estado.FALHOU)
    PedidoDoTitular.objects.filter(usuario=usuario).update(texto="", resposta="", executado_em=timezone.now())
    _esvaziar(usuario, novo)


def _esvaziar(usuario: Usuario, cpf: str) -> None:
    usuario.cpf, usuario.nome_civil, usuario.email = cpf, NOME, EMAIL
    usuario.nome_social = usuario.telefone = ""
    usuario.is_active = False
    usuario.set_unusable_password()
    usuario.last_login = None
    usuario.save()

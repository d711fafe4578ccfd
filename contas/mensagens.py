"""E-mails of accounts: one function per kind."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cagec.correio.tipos import Corpo, tipo
from contas.convites import novo_link
from contas.models import Convite


def convite_do_contexto(contexto: dict[str, Any]) -> Convite:
    """Return the invitation that a mail speaks of. Raises LookupError when it is gone."""
    convite = Convite.objects.filter(uuid=contexto["convite"]).first()
    if convite is None:
        raise LookupError("convite")
    return convite


@tipo("contas.convite")
def convite(contexto: dict[str, Any]) -> Corpo:
    """The set-up link of a new account."""
    convite = convite_do_contexto(contexto)
    link = novo_link(convite)
    nome = convite.nome_social or convite.nome_civil
    return Corpo(
        "CAGEC: crie sua senha",
        [
            f"Olá, {nome}.",
            "Recebemos um pedido de cadastro no Portal CAGEC com o seu CPF. "
            "Para concluir, abra o link abaixo e crie sua senha.",
            f"O link vale até {timezone.localdate(convite.expira_em):%d/%m/%Y}. "
            "Se ele vencer, a própria página oferece um novo.",
            "Se não foi você quem pediu, ignore este e-mail: nenhuma conta é criada sem a senha.",
        ],
        ("Criar minha senha", link),
        segredo=link,
    )


@tipo("contas.recuperacao")
def recuperacao(contexto: dict[str, Any]) -> Corpo:
    """The link that gives access back."""
    convite = convite_do_contexto(contexto)
    link = novo_link(convite)
    return Corpo(
        "CAGEC: recupere seu acesso",
        [
            f"Olá, {convite.nome_social or convite.nome_civil}.",
            "Recebemos um pedido para recuperar seu acesso ao Portal CAGEC. "
            "Abra o link abaixo e crie uma senha nova. "
            "As sessões abertas em outros aparelhos serão encerradas.",
            "Se não foi você, ignore este e-mail: sua senha atual continua valendo.",
        ],
        ("Criar senha nova", link),
        segredo=link,
    )


@tipo("contas.ja_cadastrado")
def ja_cadastrado(contexto: dict[str, Any]) -> Corpo:
    """Somebody asked for a new account with a CPF that has one, from its own address."""
    return Corpo(
        "CAGEC: você já tem cadastro",
        [
            "Recebemos um pedido de novo cadastro com o seu CPF, mas você já tem conta no Portal CAGEC.",
            "Entre com seu CPF e sua senha. "
            "Se esqueceu a senha ou está bloqueado, use a recuperação de acesso.",
        ],
        ("Recuperar meu acesso", settings.ENDERECO + reverse("recuperar_acesso")),
    )


@tipo("contas.sem_conta")
def sem_conta(contexto: dict[str, Any]) -> Corpo:
    """Somebody asked for recovery with this address, which is not that of the CPF typed."""
    return Corpo(
        "CAGEC: não encontramos seu cadastro",
        [
            "Recebemos um pedido de recuperação de acesso ao Portal CAGEC com este e-mail, mas ele não está "
            "ligado ao CPF informado.",
            "Confira o CPF e tente com o e-mail que você usou no cadastro. Se ainda não tem conta, faça seu "
            "cadastro de novo usuário.",
            "Se não foi você, ignore este e-mail.",
        ],
        ("Fazer meu cadastro", settings.ENDERECO + reverse("novo_usuario")),
    )


@tipo("contas.senha_alterada")
def senha_alterada(contexto: dict[str, Any]) -> Corpo:
    """The password was changed in the page of the account."""
    return Corpo(
        "CAGEC: sua senha foi alterada",
        [
            "A senha da sua conta no Portal CAGEC acaba de ser alterada, e as sessões abertas em outros "
            "aparelhos foram encerradas.",
            "Se não foi você, recupere seu acesso agora mesmo.",
        ],
        ("Recuperar meu acesso", settings.ENDERECO + reverse("recuperar_acesso")),
    )

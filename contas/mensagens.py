"""E-mails of accounts: one function per kind."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cagec.correio.tipos import Corpo, tipo
from contas import troca_de_email
from contas.aparelhos import descrever
from contas.convites import novo_link
from contas.models import Convite, EventoDeSeguranca, PedidoDoTitular, TrocaDeEmail


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


_T = EventoDeSeguranca.Tipo
_SEGURANCA = {
    _T.ENTROU: (
        "entrada em um aparelho novo",
        "Sua conta foi aberta em um navegador que ainda não conhecíamos.",
    ),
    _T.FATOR_ATIVADO: ("segundo fator ativado", "Um segundo fator passou a proteger a entrada na sua conta."),
    _T.FATOR_REMOVIDO: (
        "segundo fator removido",
        "Um segundo fator deixou de proteger a entrada na sua conta.",
    ),
    _T.CODIGOS_GERADOS: ("novos códigos de recuperação", "Novos códigos de recuperação foram gerados."),
    _T.CODIGO_USADO: (
        "código de recuperação usado",
        "Um código de recuperação foi usado no lugar do segundo fator. Ele não vale mais.",
    ),
    _T.SENHA_DEFINIDA: (
        "sua senha foi redefinida",
        "Uma senha nova foi criada pelo link que enviamos a este e-mail, e as sessões abertas foram encerradas.",
    ),
    _T.SENHA_ALTERADA: (
        "sua senha foi alterada",
        "A senha da sua conta acaba de ser alterada, e as sessões abertas em outros aparelhos foram encerradas.",
    ),
}


def _quem(evento: EventoDeSeguranca) -> str:
    if evento.dados.get("pela_equipe"):
        return "Por quem: equipe CAGEC."
    return f"De onde: {descrever(evento.navegador)}, endereço {evento.ip or 'desconhecido'}."


@tipo("contas.seguranca")
def seguranca(contexto: dict[str, Any]) -> Corpo:
    """Something that weighs happened to the access of a person."""
    evento = EventoDeSeguranca.objects.get(pk=contexto["evento"])
    assunto, texto = _SEGURANCA[EventoDeSeguranca.Tipo(evento.tipo)]
    em = timezone.localtime(evento.em)
    return Corpo(
        f"CAGEC: {assunto}",
        [
            texto,
            f"Quando: {em:%d/%m/%Y} às {em:%H:%M} (horário de Brasília).",
            _quem(evento),
            "Se foi você, não precisa fazer nada. Se não foi, crie uma senha nova agora mesmo: isso encerra todas as "
            "sessões abertas.",
        ],
        ("Recuperar meu acesso", settings.ENDERECO + reverse("recuperar_acesso")),
    )


@tipo("contas.segundo_fator_retirado")
def segundo_fator_retirado(contexto: dict[str, Any]) -> Corpo:
    """The operator let somebody of the team in again: every administrator is told."""
    evento = EventoDeSeguranca.objects.select_related("usuario").get(pk=contexto["evento"])
    assert evento.usuario is not None
    em = timezone.localtime(evento.em)
    return Corpo(
        "CAGEC: segundo fator de uma conta da equipe",
        [
            f"Em {em:%d/%m/%Y} às {em:%H:%M} (horário de Brasília), quem opera o servidor retirou o segundo fator de "
            f"{evento.usuario.nome}, CPF {evento.usuario.cpf_mascarado}, e encerrou as sessões abertas.",
            "Na próxima entrada, só com a senha, a conta cadastra outro segundo fator.",
            "Se ninguém da equipe pediu isso, fale agora com quem opera o servidor e desative a conta na mesa.",
        ],
        ("Abrir a mesa de análise", settings.ENDERECO + reverse("admin:index")),
    )


def _troca(contexto: dict[str, Any]) -> TrocaDeEmail:
    troca = TrocaDeEmail.objects.filter(uuid=contexto["troca"]).select_related("usuario").first()
    if troca is None:
        raise LookupError("troca de e-mail")
    return troca


@tipo("contas.email_confirmar")
def email_confirmar(contexto: dict[str, Any]) -> Corpo:
    """The link that proves the new address of an account."""
    troca = _troca(contexto)
    link = troca_de_email.novo_link(troca)
    return Corpo(
        "CAGEC: confirme seu novo e-mail",
        [
            f"Olá, {troca.usuario.nome}.",
            "Você pediu para usar este endereço na sua conta do Portal CAGEC. Abra o link abaixo e confirme.",
            f"O link vale até {timezone.localtime(troca.expira_em):%d/%m/%Y às %H:%M}. Até lá, vale o e-mail de antes.",
            "Se não foi você quem pediu, ignore este e-mail: nada muda.",
        ],
        ("Confirmar este e-mail", link),
        segredo=link,
    )


@tipo("contas.email_pedida")
def email_pedida(contexto: dict[str, Any]) -> Corpo:
    """The address of today is told that another one was asked for."""
    _troca(contexto)
    return Corpo(
        "CAGEC: pediram para trocar o e-mail da sua conta",
        [
            "Alguém entrou na sua conta do Portal CAGEC com a sua senha e pediu para trocar o e-mail. A troca só vale "
            "depois da confirmação no endereço novo.",
            "Se foi você, não é preciso fazer nada aqui.",
            "Se não foi você, crie uma senha nova agora, pelo botão abaixo: isso cancela a troca e encerra as sessões "
            "abertas.",
        ],
        ("Não fui eu", settings.ENDERECO + reverse("recuperar_acesso")),
    )


@tipo("contas.email_confirmada")
def email_confirmada(contexto: dict[str, Any]) -> Corpo:
    """The address of before is told that it is not the account's any more."""
    _troca(contexto)
    return Corpo(
        "CAGEC: o e-mail da sua conta mudou",
        [
            "A conta do Portal CAGEC que usava este endereço tem outro e-mail a partir de agora. Os links que "
            "enviamos para cá deixaram de valer.",
            "Se foi você, não é preciso fazer nada.",
            "Se não foi você, peça sua conta de volta pelo botão abaixo, com seu documento e uma selfie.",
        ],
        ("Não fui eu", settings.ENDERECO + reverse("pedido_de_identidade")),
    )


def _pedido_do_contexto(contexto: dict[str, Any]) -> PedidoDoTitular:
    """Return the request that a mail speaks of. Raises LookupError when it is gone."""
    pedido = PedidoDoTitular.objects.filter(uuid=contexto["pedido"]).first()
    if pedido is None:
        raise LookupError("pedido do titular")
    return pedido


@tipo("contas.pedido_do_titular_recebido")
def pedido_do_titular_recebido(contexto: dict[str, Any]) -> Corpo:
    """A request about the own data has come in."""
    pedido = _pedido_do_contexto(contexto)
    return Corpo(
        "CAGEC: recebemos seu pedido sobre seus dados",
        [
            f"Seu pedido: {pedido.get_tipo_display().lower()}.",
            "A equipe CAGEC analisa e responde em até 15 dias, por e-mail.",
            "Se não foi você quem pediu, altere sua senha e fale com a equipe.",
        ],
        ("Ver meus pedidos", settings.ENDERECO + reverse("meus_dados")),
    )


@tipo("contas.pedido_do_titular_decidido")
def pedido_do_titular_decidido(contexto: dict[str, Any]) -> Corpo:
    """The team has answered."""
    pedido = _pedido_do_contexto(contexto)
    atendido = pedido.estado == PedidoDoTitular.Estado.ATENDIDO
    return Corpo(
        "CAGEC: resposta ao seu pedido sobre seus dados",
        [
            f"Seu pedido: {pedido.get_tipo_display().lower()}.",
            "A equipe CAGEC atendeu o pedido." if atendido else "A equipe CAGEC não pôde atender o pedido.",
            f"Resposta da equipe: {pedido.resposta}",
        ],
        ("Ver meus pedidos", settings.ENDERECO + reverse("meus_dados")),
    )

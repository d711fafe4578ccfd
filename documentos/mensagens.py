"""E-mails about files that came back, and about what a person asked of the own identity."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cagec.correio.tipos import Corpo, tipo
from documentos.models import Arquivo, PedidoDeIdentidade, Verificacao

_NAO_FUI_EU = "Se não foi você, fale com a equipe CAGEC agora, pelo botão abaixo."


def _pedido(contexto: dict[str, Any]) -> PedidoDeIdentidade:
    """Return the request that a mail speaks of. Raises LookupError when it is gone."""
    pedido = PedidoDeIdentidade.objects.filter(uuid=contexto["pedido"]).first()
    if pedido is None:
        raise LookupError("pedido de identidade")
    return pedido


def _do_nome(pedido: PedidoDeIdentidade) -> bool:
    return pedido.tipo == PedidoDeIdentidade.Tipo.NOME


def _ajuda() -> tuple[str, str]:
    return "Ajuda e contato", settings.ENDERECO + reverse("contato")


@tipo("documentos.identidade_recebido")
def identidade_recebido(contexto: dict[str, Any]) -> Corpo:
    """The team has the request."""
    pedido = _pedido(contexto)
    assunto = "de mudança de nome" if _do_nome(pedido) else "de identidade"
    return Corpo(
        f"CAGEC: recebemos seu pedido {assunto}",
        [
            f"Olá, {pedido.nome}.",
            f"Em {timezone.localtime(pedido.criado_em):%d/%m/%Y às %H:%M} recebemos seu pedido {assunto}. "
            "A equipe CAGEC vai conferir o documento enviado e responder neste e-mail.",
            f"Enquanto isso, nada muda na conta. {_NAO_FUI_EU}",
        ],
        _ajuda(),
    )


@tipo("documentos.identidade_recebido_ao_antigo")
def identidade_recebido_ao_antigo(contexto: dict[str, Any]) -> Corpo:
    """Somebody says to be the owner of the account and to have lost this address."""
    pedido = _pedido(contexto)
    return Corpo(
        "CAGEC: pediram para trocar o e-mail da sua conta",
        [
            "Alguém que diz ser você pediu à equipe CAGEC, com documento e selfie, para trocar o e-mail da sua conta, "
            f"em {timezone.localtime(pedido.criado_em):%d/%m/%Y às %H:%M}.",
            "Nada muda até a equipe conferir o pedido. Se foi você, não é preciso fazer nada.",
            f"{_NAO_FUI_EU} Diga que recebeu este aviso.",
        ],
        _ajuda(),
    )


@tipo("documentos.identidade_recusado")
def identidade_recusado(contexto: dict[str, Any]) -> Corpo:
    """The team could not confirm what was asked."""
    pedido = _pedido(contexto)
    nome = _do_nome(pedido)
    o_que = "o nome novo" if nome else "sua identidade"
    endereco = reverse("mudar_nome" if nome else "pedido_de_identidade")
    remedio = (
        "Você pode enviar outro pedido, com um documento legível em que apareça o nome novo."
        if nome
        else "Você pode enviar outro pedido, com fotos legíveis do documento e uma selfie segurando-o."
    )
    return Corpo(
        f"CAGEC: seu pedido {'de mudança de nome' if nome else 'de identidade'} não foi aceito",
        [
            f"Olá, {pedido.nome}.",
            f"A equipe CAGEC analisou seu pedido e não pôde confirmar {o_que}.",
            f"Motivo: {pedido.resposta}",
            remedio,
        ],
        ("Enviar outro pedido", settings.ENDERECO + endereco),
    )


@tipo("documentos.identidade_recusado_ao_antigo")
def identidade_recusado_ao_antigo(contexto: dict[str, Any]) -> Corpo:
    """What the old address was warned about came to nothing."""
    _pedido(contexto)
    return Corpo(
        "CAGEC: o e-mail da sua conta continua o mesmo",
        [
            "A equipe CAGEC não aceitou o pedido de troca do e-mail da sua conta. Nada mudou: sua senha e seu "
            "e-mail continuam valendo.",
            "Se não foi você que pediu, recomendamos alterar sua senha.",
        ],
        _ajuda(),
    )


@tipo("documentos.identidade_aceito")
def identidade_aceito(contexto: dict[str, Any]) -> Corpo:
    """The nome civil is another one now."""
    pedido = _pedido(contexto)
    return Corpo(
        "CAGEC: seu nome foi alterado",
        [
            f"Olá, {pedido.nome}.",
            f"A equipe CAGEC aceitou seu pedido: o nome civil da sua conta era “{pedido.valor_anterior}” e agora é "
            f"“{pedido.nome}”. O que você já assinou continua como estava.",
            _NAO_FUI_EU,
        ],
        _ajuda(),
    )


@tipo("documentos.identidade_aceito_ao_antigo")
def identidade_aceito_ao_antigo(contexto: dict[str, Any]) -> Corpo:
    """The old address is told that the account has another one now."""
    _pedido(contexto)
    return Corpo(
        "CAGEC: o e-mail da sua conta mudou",
        [
            "A equipe CAGEC conferiu um pedido de identidade e trocou o e-mail da conta que usava este endereço.",
            f"Se foi você que pediu, não é preciso fazer nada. {_NAO_FUI_EU}",
        ],
        _ajuda(),
    )


@tipo("documentos.arquivo_com_problema")
def arquivo_com_problema(contexto: dict[str, Any]) -> Corpo:
    """The checks gave a file back to who sent it. Raises LookupError when it is gone."""
    arquivo = Arquivo.objects.select_related("enviado_por").filter(uuid=contexto["arquivo"]).first()
    if arquivo is None or arquivo.enviado_por is None:
        raise LookupError("arquivo com problema")
    documento = arquivo.documentos.select_related("tipo").first()
    recusas = arquivo.verificacoes.filter(situacao=Verificacao.Situacao.REPROVADO)
    return Corpo(
        "CAGEC: um arquivo precisa ser enviado de novo",
        [
            f"Olá, {arquivo.enviado_por.nome}.",
            f"Verificamos o arquivo “{arquivo.nome}”, de {documento.tipo if documento else 'um documento'}, "
            "e ele não pôde ser aproveitado:",
            *(f"{r.detalhe[:1].upper()}{r.detalhe[1:]} {r.conselho}" for r in recusas),
            "O que você já preencheu continua guardado. Abra o documento no seu painel e envie outro arquivo.",
        ],
        ("Abrir meu painel", settings.ENDERECO + reverse("painel")),
    )

"""E-mails about documents and identity."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from cagec.correio.tipos import Corpo, tipo
from documentos.models import PedidoDeIdentidade


@tipo("documentos.identidade_recusada")
def identidade_recusada(contexto: dict[str, Any]) -> Corpo:
    """The team could not confirm who asked."""
    pedido = PedidoDeIdentidade.objects.filter(uuid=contexto["pedido"]).first()
    if pedido is None:
        raise LookupError("pedido de identidade")
    return Corpo(
        "CAGEC: seu pedido de identidade não foi aceito",
        [
            f"Olá, {pedido.nome}.",
            "A equipe CAGEC analisou seu pedido e não pôde confirmar sua identidade.",
            f"Motivo: {pedido.resposta}",
            "Você pode enviar outro pedido, com fotos legíveis do documento e uma selfie segurando-o.",
        ],
        ("Enviar outro pedido", settings.ENDERECO + reverse("pedido_de_identidade")),
    )


@tipo("documentos.identidade_email_trocado")
def identidade_email_trocado(contexto: dict[str, Any]) -> Corpo:
    """The old address is told that the account has another one now."""
    return Corpo(
        "CAGEC: o e-mail da sua conta mudou",
        [
            "A equipe CAGEC conferiu um pedido de identidade e trocou o e-mail da conta que usava este endereço.",
            "Se foi você que pediu, não é preciso fazer nada. Se não foi, fale com a equipe CAGEC agora.",
        ],
        ("Ajuda e contato", settings.ENDERECO + reverse("contato")),
    )

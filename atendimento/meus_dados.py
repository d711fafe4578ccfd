"""What the help desk holds about a person: the contribution to "Meus dados" and to the erasure."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from atendimento.models import Chamado, MensagemDoChamado
from contas.anonimizacao import EMAIL, NOME, cpf_anonimo
from contas.ganchos import ao_anonimizar
from contas.meus_dados import DEZ_ANOS, Categoria, Registro, categorias
from contas.models import Usuario


def _chamados(usuario: Usuario) -> Iterable[Registro]:
    visiveis = MensagemDoChamado.objects.filter(chamado__usuario=usuario, interna=False)
    for mensagem in visiveis.select_related("chamado"):
        yield {
            "Chamado": f"nº {mensagem.chamado.numero} – {mensagem.chamado.assunto}",
            "Quando": mensagem.em,
            "De": "Equipe CAGEC" if mensagem.da_equipe else "Você",
            "Mensagem": mensagem.texto,
        }


def _anonimizar(usuario: Usuario, cpf: str) -> None:
    """Empty what the person wrote; that help was asked for, when and about what, stays in the statistics."""
    chamados = Chamado.objects.filter(Q(usuario=usuario) | Q(cpf=cpf))
    MensagemDoChamado.objects.filter(chamado__in=chamados).update(
        texto="", integra="", remetente="", identificacao="", recusados=""
    )
    abertos = chamados.exclude(estado=Chamado.Estado.ENCERRADO)
    abertos.update(estado=Chamado.Estado.ENCERRADO, encerrado_em=timezone.now(), prazo=None)
    chamados.update(cpf=cpf_anonimo(usuario), nome=NOME, email=EMAIL, assunto="", contexto={}, comentario="")


categorias.append(
    Categoria(
        "Pedidos de ajuda",
        "CPF, nome, e-mail, o que você escreveu e o que a equipe respondeu",
        "Você e a equipe CAGEC",
        "Responder o que você perguntou",
        DEZ_ANOS,
        _chamados,
    )
)
ao_anonimizar.append(_anonimizar)

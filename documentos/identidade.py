"""The identity request: "CPF já usado por outra pessoa" or a lost e-mail, decided by the team.

docs/dominio.md, Roles.
"""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from contas.convites import convidar
from contas.models import Convite, Usuario
from documentos import envio
from documentos.models import PedidoDeIdentidade


class NaoPodeDecidir(Exception):
    """The decision was not taken. The message says why."""


class JaDecidido(NaoPodeDecidir):
    """Somebody in the team decided this request before."""

    def __init__(self) -> None:
        super().__init__("Este pedido já foi decidido.")


class ContaDaEquipe(NaoPodeDecidir):
    """The account has powers that whoever decides may not give away."""

    def __init__(self) -> None:
        super().__init__("Esta conta é da equipe CAGEC. Só um administrador pode aceitar este pedido.")


class ProvasRecusadas(Exception):
    """The document or the selfie cannot be taken. ``mensagens`` of each say what, why and the remedy."""

    def __init__(self, mensagens: dict[str, list[str]]) -> None:
        super().__init__(mensagens)
        self.mensagens = mensagens


def pedir(
    *, chave_envio: UUID, documento: UploadedFile, selfie: UploadedFile, **dados: Any
) -> PedidoDeIdentidade:
    """Open a request. The same ``chave_envio`` with the same content is one. Raises ProvasRecusadas."""
    arquivos = [(a.name, a.size) for a in (documento, selfie)]
    chave = chave_do_conteudo(chave_envio, *sorted(dados.items()), *arquivos)
    existente = PedidoDeIdentidade.objects.filter(chave_envio=chave).first()
    if existente is not None:
        return existente
    provas = _verificar(documento, selfie)
    try:
        with transaction.atomic():
            guardadas = {campo: envio.guardar_verificado(prova, None) for campo, prova in provas.items()}
            return PedidoDeIdentidade.objects.create(chave_envio=chave, **dados, **guardadas)
    except IntegrityError:
        return PedidoDeIdentidade.objects.get(chave_envio=chave)  # the other click was faster


def _verificar(documento: UploadedFile, selfie: UploadedFile) -> dict[str, envio.Verificado]:
    provas, recusas = {}, {}
    for campo, enviado in (("documento", documento), ("selfie", selfie)):
        try:
            provas[campo] = envio.verificar(enviado, e_selfie=campo == "selfie")
        except envio.ArquivoRecusado as erro:
            recusas[campo] = erro.mensagens
    if recusas:
        raise ProvasRecusadas(recusas)
    return provas


@transaction.atomic
def aceitar(pedido: PedidoDeIdentidade, analista: Usuario) -> None:
    """Give the account of the CPF to who asked: new e-mail, old password and sessions gone, a link to set another.

    The old address is told. Without an account, an ordinary set-up link leaves. Raises JaDecidido or ContaDaEquipe.
    """
    travado = _travar(pedido)
    usuario = Usuario.objects.select_for_update().filter(cpf=travado.cpf).first()
    if usuario is not None and usuario.is_staff and not analista.is_superuser:
        raise ContaDaEquipe
    if usuario is not None:
        _trocar_email(usuario, travado)
    convidar(
        Convite.Motivo.RECUPERACAO if usuario else Convite.Motivo.NOVO_USUARIO,
        travado.cpf,
        usuario.nome_civil if usuario else travado.nome,
        travado.email,
        telefone=travado.telefone,
        criado_por=analista,
        usuario=usuario,
        chave_envio=travado.uuid,  # ours: the key of the form is whatever its sender wrote
        mensagem="contas.recuperacao" if usuario else "contas.convite",
    )
    _decidir(travado, analista, PedidoDeIdentidade.Estado.ACEITO, "")


@transaction.atomic
def recusar(pedido: PedidoDeIdentidade, analista: Usuario, resposta: str) -> None:
    """Refuse, with a reason that goes to who asked. Raises JaDecidido."""
    travado = _travar(pedido)
    _decidir(travado, analista, PedidoDeIdentidade.Estado.RECUSADO, resposta)
    enfileirar(
        f"identidade:{travado.uuid}",
        "documentos.identidade_recusada",
        travado.email,
        {"pedido": str(travado.uuid)},
    )


def exigir_aberto(pedido: PedidoDeIdentidade) -> None:
    """Raise JaDecidido when there is nothing left to decide."""
    if pedido.estado != PedidoDeIdentidade.Estado.ABERTO:
        raise JaDecidido


def _travar(pedido: PedidoDeIdentidade) -> PedidoDeIdentidade:
    travado = PedidoDeIdentidade.objects.select_for_update(of=("self",)).get(pk=pedido.pk)
    exigir_aberto(travado)
    return travado


def _trocar_email(usuario: Usuario, pedido: PedidoDeIdentidade) -> None:
    antigo = usuario.email
    usuario.email = pedido.email
    # Another password ends every open session: Django binds them to its hash.
    usuario.set_unusable_password()
    usuario.save(update_fields=["email", "password"])
    EmailAddress.objects.filter(user=usuario).delete()
    if antigo.lower() != pedido.email.lower():
        enfileirar(f"identidade-antigo:{pedido.uuid}", "documentos.identidade_email_trocado", antigo, {})


def _decidir(pedido: PedidoDeIdentidade, analista: Usuario, estado: str, resposta: str) -> None:
    pedido.estado = estado
    pedido.resposta = resposta
    pedido.decidido_por = analista
    pedido.decidido_em = timezone.now()
    pedido.save()

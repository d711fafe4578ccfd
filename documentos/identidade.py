"""What a person asks the team with proofs: the account of the own CPF, or another nome civil (docs/dominio.md, Roles).

"CPF já usado por outra pessoa" and a lost e-mail are the same request. The old address and the new one are told when
it is made and when it is decided.
"""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from contas import fatores, sessoes
from contas.convites import convidar, mudar_endereco
from contas.models import Convite, EventoDeSeguranca, TrocaDeEmail, Usuario
from contas.seguranca import Origem, registrar
from documentos import envio, transferencia
from documentos.models import PedidoDeIdentidade

Tipo = PedidoDeIdentidade.Tipo


class JaPedido(Exception):
    """One change of name at a time. The text says so to the person."""

    def __init__(self) -> None:
        super().__init__("Seu pedido de mudança de nome já está com a equipe CAGEC. Aguarde a resposta.")


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
    """Ask for the account of a CPF, without signing in. Raises ProvasRecusadas.

    The same ``chave_envio`` with the same content is one.
    """
    return _abrir(Tipo.ACESSO, chave_envio, {"documento": documento, "selfie": selfie}, None, dados)


def pedir_nome(
    usuario: Usuario, *, chave_envio: UUID, documento: UploadedFile, **dados: Any
) -> PedidoDeIdentidade:
    """Ask for another nome civil, with what proves it. Raises ProvasRecusadas and JaPedido. Twice is once."""
    conta = {"cpf": usuario.cpf, "email": usuario.email, "telefone": usuario.telefone}
    return _abrir(Tipo.NOME, chave_envio, {"documento": documento}, usuario, conta | dados)


def nome_em_analise(usuario: Usuario) -> PedidoDeIdentidade | None:
    """Return the person's change of name that the team has not decided yet."""
    return PedidoDeIdentidade.objects.filter(
        cpf=usuario.cpf, tipo=Tipo.NOME, estado=PedidoDeIdentidade.Estado.ABERTO
    ).first()


def _abrir(
    tipo: str,
    chave_envio: UUID,
    enviados: dict[str, UploadedFile],
    por: Usuario | None,
    dados: dict[str, Any],
) -> PedidoDeIdentidade:
    arquivos = [(a.name, a.size) for a in enviados.values()]
    chave = chave_do_conteudo(chave_envio, *sorted(dados.items()), *arquivos)
    existente = PedidoDeIdentidade.objects.filter(chave_envio=chave).first()
    if existente is not None:
        return existente
    if por is not None and nome_em_analise(por):
        raise JaPedido
    provas = _verificar(enviados)
    try:
        with transaction.atomic():
            guardadas = {campo: envio.guardar_verificado(prova, por) for campo, prova in provas.items()}
            pedido = PedidoDeIdentidade.objects.create(tipo=tipo, chave_envio=chave, **dados, **guardadas)
            transferencia.marcar_usados(list(enviados.values()))
            _avisar(pedido, "recebido")
            return pedido
    except IntegrityError as erro:  # the other click was faster
        existente = PedidoDeIdentidade.objects.filter(chave_envio=chave).first()
        if existente is None:
            raise JaPedido from erro
        return existente


def _verificar(enviados: dict[str, UploadedFile]) -> dict[str, envio.Verificado]:
    provas, recusas = {}, {}
    for campo, enviado in enviados.items():
        try:
            provas[campo] = envio.verificar(enviado, e_selfie=campo == "selfie")
        except envio.ArquivoRecusado as erro:
            recusas[campo] = erro.mensagens
    if recusas:
        raise ProvasRecusadas(recusas)
    return provas


@transaction.atomic
def aceitar(pedido: PedidoDeIdentidade, analista: Usuario) -> None:
    """Do what was asked. Raises JaDecidido or ContaDaEquipe.

    The account goes to who asked: new e-mail, old password and sessions gone, a link to set another. Without an
    account, an ordinary set-up link leaves. A name just changes.
    """
    travado = _travar(pedido)
    if travado.tipo == Tipo.ACESSO:
        mudar_endereco(travado.cpf, travado.email)
    usuario = Usuario.objects.select_for_update().filter(cpf=travado.cpf).first()
    if usuario is not None and usuario.is_staff and not analista.is_superuser:
        raise ContaDaEquipe
    if travado.tipo == Tipo.NOME:
        assert usuario is not None
        travado.valor_anterior, usuario.nome_civil = usuario.nome_civil, travado.nome
        usuario.save(update_fields=["nome_civil"])
    else:
        _dar_acesso(travado, usuario, analista)
    _decidir(travado, analista, PedidoDeIdentidade.Estado.ACEITO, "")


def _dar_acesso(pedido: PedidoDeIdentidade, usuario: Usuario | None, analista: Usuario) -> None:
    if usuario is not None:
        _trocar_email(usuario, pedido, analista)
    convidar(
        Convite.Motivo.RECUPERACAO if usuario else Convite.Motivo.NOVO_USUARIO,
        pedido.cpf,
        usuario.nome_civil if usuario else pedido.nome,
        pedido.email,
        telefone=pedido.telefone,
        criado_por=analista,
        usuario=usuario,
        chave_envio=pedido.uuid,  # ours: the key of the form is whatever its sender wrote
        mensagem="contas.recuperacao" if usuario else "contas.convite",
    )


@transaction.atomic
def recusar(pedido: PedidoDeIdentidade, analista: Usuario, resposta: str) -> None:
    """Refuse, with a reason that goes to who asked. Raises JaDecidido."""
    _decidir(_travar(pedido), analista, PedidoDeIdentidade.Estado.RECUSADO, resposta)


def exigir_aberto(pedido: PedidoDeIdentidade) -> None:
    """Raise JaDecidido when there is nothing left to decide."""
    if pedido.estado != PedidoDeIdentidade.Estado.ABERTO:
        raise JaDecidido


def _travar(pedido: PedidoDeIdentidade) -> PedidoDeIdentidade:
    travado = PedidoDeIdentidade.objects.select_for_update(of=("self",)).get(pk=pedido.pk)
    exigir_aberto(travado)
    return travado


def _trocar_email(usuario: Usuario, pedido: PedidoDeIdentidade, analista: Usuario) -> None:
    """Give the account its new address without password, sessions or second factor, which may be what was lost."""
    pedido.valor_anterior, usuario.email = usuario.email, pedido.email
    usuario.set_unusable_password()
    usuario.save(update_fields=["email", "password"])
    EmailAddress.objects.filter(user=usuario).delete()
    TrocaDeEmail.objects.cancelar(usuario)
    da_equipe = Origem(None, "")
    registrar(EventoDeSeguranca.Tipo.EMAIL_ALTERADO, usuario, da_equipe, pela_equipe=analista.nome)
    fatores.retirar_todos(usuario, da_equipe, por=analista.nome)
    sessoes.encerrar(sessoes.abertas(usuario), usuario, da_equipe, por=analista)


def _decidir(pedido: PedidoDeIdentidade, analista: Usuario, estado: str, resposta: str) -> None:
    pedido.estado = estado
    pedido.resposta = resposta
    pedido.decidido_por = analista
    pedido.decidido_em = timezone.now()
    pedido.save()
    _avisar(pedido, estado)


def _avisar(pedido: PedidoDeIdentidade, ocasiao: str) -> None:
    """Tell who asked, and the address that the account has, or had, when that is another one.

    Who is given the account gets the link instead, in a mail of its own.
    """
    contexto = {"pedido": str(pedido.uuid)}
    if (pedido.tipo, ocasiao) != (Tipo.ACESSO, PedidoDeIdentidade.Estado.ACEITO):
        enfileirar(
            f"identidade:{pedido.uuid}:{ocasiao}", f"documentos.identidade_{ocasiao}", pedido.email, contexto
        )
    conta = Usuario.objects.filter(cpf=pedido.cpf).values_list("email", flat=True).first()
    antigo = (pedido.valor_anterior if pedido.tipo == Tipo.ACESSO else "") or conta or pedido.email
    if antigo.lower() != pedido.email.lower():
        tipo = f"documentos.identidade_{ocasiao}_ao_antigo"
        enfileirar(f"identidade-antigo:{pedido.uuid}:{ocasiao}", tipo, antigo, contexto)

"""The people of a convenente: invited, linked, unlinked and linked again by the representante legal.

Nobody is linked without having said yes, and until then the representante learns nothing: neither whether the CPF
has an account, nor whose it is. An invitation is for a CPF **and** an address, so holding an account with somebody
else's CPF gives nothing (docs/decisoes/0014).
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cagec.campos import chave_do_conteudo
from cagec.correio.fila import enfileirar
from cagec.tempo import hoje
from contas.convites import convidar as convidar_ao_portal
from contas.convites import enviar_link
from contas.models import Convite, Usuario
from convenentes import equipe, vinculos
from convenentes.models import (
    Convenente,
    ConviteDeVinculo,
    EventoVinculo,
    PapelVinculo,
    Solicitacao,
    Vinculo,
)

_MENSAGEM = "convenentes.convite_de_vinculo"


class JaAtua(Exception):
    """The person acts for the convenente already. The text says in which role."""


class ConviteSemValor(Exception):
    """Nobody can accept this invitation any more. The text says why."""


@transaction.atomic
def convidar(
    convenente: Convenente,
    por: Usuario,
    *,
    papel: str,
    cpf: str,
    nome: str,
    email: str,
    chave_envio: UUID,
) -> ConviteDeVinculo:
    """Ask a person to act for the convenente as responsável or usuário. The same ``chave_envio`` is one invitation.

    Who was invited and has not answered gets the corrected invitation in its place. Raises JaAtua.
    """
    _travar(convenente)
    chave = chave_do_conteudo(chave_envio, convenente.pk, cpf, email, papel)
    repetido = ConviteDeVinculo.objects.filter(chave_envio=chave).first()
    if repetido is not None:
        return repetido
    vigente = Vinculo.objects.vigentes(hoje()).filter(convenente=convenente, usuario__cpf=cpf).first()
    if vigente is not None:
        raise JaAtua(
            f"Esta pessoa já atua por esta organização como {vigente.get_papel_display().lower()}. "
            "Para mudar o papel, desvincule e convide de novo."
        )
    convenente.convites.pendentes().filter(cpf=cpf).update(encerrado_em=timezone.now())
    convite = ConviteDeVinculo.objects.create(
        chave_envio=chave,
        convenente=convenente,
        papel=papel,
        cpf=cpf,
        nome=nome,
        email=email,
        criado_por=por,
    )
    _enviar(convite, "0")
    return convite


@transaction.atomic
def reenviar(convite: ConviteDeVinculo, por: Usuario) -> None:
    """Mail a pending invitation again, at most once a day, from now on in the name of ``por``."""
    travado = ConviteDeVinculo.objects.select_for_update(of=("self",)).get(pk=convite.pk)
    if travado.encerrado_em is None:
        travado.criado_por = por
        travado.save(update_fields=["criado_por"])
        _enviar(travado, f"{hoje():%Y%m%d}")


@transaction.atomic
def dispensar(convite: ConviteDeVinculo) -> None:
    """Take a pending invitation back, or refuse it. One that was answered stays as it is."""
    ConviteDeVinculo.objects.pendentes().filter(pk=convite.pk).update(encerrado_em=timezone.now())


@transaction.atomic
def aceitar(convite: ConviteDeVinculo, usuario: Usuario) -> Vinculo:
    """Link the person from today on; everybody who acts for the convenente is told. Twice is once.

    Raises ConviteSemValor when it was taken back, or when who invited does not represent the convenente any more.
    """
    _travar(convite.convenente)
    travado = ConviteDeVinculo.objects.select_for_update(of=("self",)).get(pk=convite.pk)
    if travado.vinculo is not None:
        return travado.vinculo
    if travado.encerrado_em is not None:
        raise ConviteSemValor("Este convite foi cancelado ou substituído por outro.")
    if not _representa(travado.criado_por, travado.convenente):
        raise ConviteSemValor(
            "Quem convidou você não é mais representante legal desta organização. Peça outro convite a quem é."
        )
    travado.vinculo = vincular(
        usuario, travado.convenente, travado.papel, por=travado.criado_por, motivo="Aceitou o convite"
    )
    travado.encerrado_em = timezone.now()
    travado.save(update_fields=["vinculo", "encerrado_em"])
    return travado.vinculo


def ao_ativar(usuario: Usuario, convite: Convite) -> None:
    """Accept the invitation whose mail gave birth to the account: its link proved the address, and said so."""
    pendente = ConviteDeVinculo.objects.pendentes().para(usuario).filter(convite=convite).first()
    if pendente is not None and _representa(pendente.criado_por, pendente.convenente):
        aceitar(pendente, usuario)


@transaction.atomic
def religar(vinculo: Vinculo, por: Usuario, motivo: str) -> Vinculo:
    """Link somebody again who was unlinked, in the same role, from today on. Twice is once."""
    assert vinculo.papel != PapelVinculo.REPRESENTANTE
    _travar(vinculo.convenente)
    return vincular(vinculo.usuario, vinculo.convenente, vinculo.papel, por=por, motivo=motivo)


@transaction.atomic
def desvincular(vinculo: Vinculo, por: Usuario, motivo: str = "") -> None:
    """End the link of a responsável or usuário today; the effect is on the person's next request. Twice is once.

    The person is told, and who goes on is told too: the last one is asked to include somebody.
    """
    assert vinculo.papel != PapelVinculo.REPRESENTANTE
    _travar(vinculo.convenente)
    if Vinculo.objects.vigentes(hoje()).filter(pk=vinculo.pk).exists():
        _contar(vinculos.encerrar(vinculo, por=por, desde=hoje(), motivo=motivo))


@transaction.atomic
def vincular(
    usuario: Usuario,
    convenente: Convenente,
    papel: str,
    *,
    por: Usuario,
    motivo: str = "",
    origem: Solicitacao | None = None,
) -> Vinculo:
    """Link the person from today on and tell everybody. Who has the role already keeps the link there is."""
    vigentes = Vinculo.objects.vigentes(hoje()).filter(usuario=usuario, convenente=convenente, papel=papel)
    vinculo = vigentes.first()
    if vinculo is None:
        vinculo = vinculos.ligar(
            usuario, convenente, papel, por=por, inicio=hoje(), origem=origem, motivo=motivo
        )
        _contar(vinculo)
    return vinculo


def conta_de(cpf: str, email: str) -> Usuario | None:
    """Return the account that an invitation is for: of that CPF, and with that address proved."""
    return Usuario.objects.filter(cpf=cpf, email__iexact=email, is_active=True).first()


def _travar(convenente: Convenente) -> None:
    """Whatever changes who acts for a convenente waits for its turn."""
    Convenente.objects.select_for_update(of=("self",)).get(pk=convenente.pk)


def _representa(usuario: Usuario, convenente: Convenente) -> bool:
    vigentes = Vinculo.objects.vigentes(hoje()).filter(usuario=usuario, convenente=convenente)
    return vigentes.filter(papel=PapelVinculo.REPRESENTANTE).exists()


def _enviar(convite: ConviteDeVinculo, vez: str) -> None:
    """Mail the invitation to its own address only. The same mail leaves whether or not the CPF has an account.

    Only the owner of that address learns the difference: the button signs in, or sets the password.
    """
    contexto = {"convite_de_vinculo": str(convite.uuid)}
    conta = conta_de(convite.cpf, convite.email)
    if conta is not None:
        chave = f"convite-de-vinculo:{convite.uuid}:{vez}"
        enfileirar(chave, _MENSAGEM, conta.email, contexto, usuario=conta)
    elif convite.convite is not None:
        enviar_link(convite.convite, vez, _MENSAGEM, contexto)
    else:
        convite.convite = convidar_ao_portal(
            Convite.Motivo.PARTICIPANTE,
            convite.cpf,
            convite.nome,
            convite.email,
            criado_por=convite.criado_por,
            mensagem=_MENSAGEM,
            contexto=contexto,
        )
        convite.save(update_fields=["convite"])


def _contar(vinculo: Vinculo) -> None:
    """Tell everybody who acts for the convenente, and the person, what has just happened to the link."""
    evento = vinculo.eventos.last()
    assert evento is not None
    tipo = (
        "convenentes.vinculo_novo"
        if evento.tipo == EventoVinculo.Tipo.LIGADO
        else "convenentes.vinculo_encerrado"
    )
    vigentes = (
        Vinculo.objects.vigentes(hoje()).filter(convenente=vinculo.convenente).select_related("usuario")
    )
    ativas = {v.usuario for v in vigentes if v.usuario.is_active}
    so_uma = vinculo.convenente_id in equipe.sozinhos([vinculo.convenente_id], hoje())
    for pessoa in {*ativas, vinculo.usuario}:
        propria = pessoa == vinculo.usuario
        enfileirar(
            f"vinculo:{evento.pk}:{pessoa.uuid}",
            tipo,
            pessoa.email,
            {"evento": evento.pk, "propria": propria, "so_uma": so_uma and pessoa in ativas},
            usuario=pessoa,
        )

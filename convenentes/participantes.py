"""Who works on a request: the representante legal who signs, and the usuários who help to fill it in.

Each is named by CPF and address, and takes part with the account that has both. The mail leaves to that address whether
or not there is one, so that nobody learns by naming a CPF whether it has an account (docs/decisoes/0014).
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from cagec.correio.fila import enfileirar
from contas.convites import convidar, enviar_link
from contas.models import Convite, Usuario
from convenentes import eventos, identidade
from convenentes.models import PapelVinculo, Participante, Secao, Solicitacao
from convenentes.rascunho import salvar_secao
from convenentes.vinculacao import conta_de, vincular


@transaction.atomic
def nomear_representante(
    solicitacao: Solicitacao,
    por: Usuario,
    *,
    cpf: str,
    nome: str,
    email: str,
    cargo: str,
    mandato_de: date,
    mandato_ate: date | None,
    motivo: str = "",
) -> Participante:
    """Say who is the representante legal. Another CPF takes the place of the one named before, whose papers go too.

    ``motivo`` is why a new one comes (``MotivoDaAlteracao``); who names him- or herself needs no instructions.
    The instruction e-mail leaves when the request is forwarded for signature, or at once by
    ``avisar_representante``. Raises NaoEditavel.
    """
    mandato = {
        "cpf": cpf,
        "nome": nome,
        "email": email,
        "cargo": cargo,
        "mandato_de": mandato_de.isoformat(),
        "mandato_ate": mandato_ate.isoformat() if mandato_ate else "",
        **({"motivo": motivo} if motivo else {}),
    }
    travada = salvar_secao(solicitacao, Secao.REPRESENTANTE, mandato)
    atual = travada.participantes.filter(papel=PapelVinculo.REPRESENTANTE).first()
    if atual is not None and atual.cpf != cpf:
        atual.delete()
        identidade.esquecer(travada)
        eventos.registrar(travada, "representante_trocado", por, nome=atual.nome)
        atual = None
    representante = atual or Participante(
        solicitacao=travada, papel=PapelVinculo.REPRESENTANTE, cpf=cpf, criado_por=por
    )
    representante.nome, representante.email, representante.cargo = nome, email, cargo
    representante.mandato_de, representante.mandato_ate = mandato_de, mandato_ate
    representante.usuario = conta_de(cpf, email)
    representante.save()
    identidade.oferecer(travada, por)
    if representante.usuario_id != por.pk:
        avisar_representante(representante)
    return representante


@transaction.atomic
def avisar_representante(representante: Participante, vez: str = "0") -> None:
    """Mail the instructions: set-up link for who has no account, what to bring, the steps, the deadline.

    ``vez`` names the occasion (0 = first, then 3, 7 and 14 days); the same occasion and address is never
    mailed twice.
    """
    if representante.usuario is not None:
        enfileirar(
            f"instrucoes:{representante.uuid}:{vez}",
            "convenentes.instrucoes",
            representante.usuario.email,
            {"participante": str(representante.uuid)},
            usuario=representante.usuario,
        )
        return
    contexto = {"participante": str(representante.uuid)}
    if representante.convite is not None and representante.convite.email == representante.email:
        enviar_link(representante.convite, vez, "convenentes.instrucoes", contexto)
        return
    representante.convite = convidar(
        Convite.Motivo.REPRESENTANTE,
        representante.cpf,
        representante.nome,
        representante.email,
        criado_por=representante.criado_por,
        mensagem="convenentes.instrucoes",
        contexto=contexto,
    )
    representante.save(update_fields=["convite"])


@transaction.atomic
def convidar_usuario(
    solicitacao: Solicitacao, por: Usuario, *, cpf: str, nome: str, email: str, chave_envio: UUID
) -> Participante:
    """Invite somebody to fill in and attach. Never sends, signs or manages people.

    The invited person enters with the link of the mail, or with the account of that CPF and address. Another address
    takes the place of the one before: the invitation is the new one's.
    """
    conta = conta_de(cpf, email)
    participante, criado = Participante.objects.get_or_create(
        solicitacao=solicitacao,
        cpf=cpf,
        papel=PapelVinculo.USUARIO,
        defaults={
            "nome": nome,
            "email": email,
            "criado_por": por,
            "usuario": conta,
        },
    )
    if not criado:
        if (participante.email, participante.usuario) == (email, conta):
            return participante
        participante.nome, participante.email, participante.usuario = nome, email, conta
        participante.save(update_fields=["nome", "email", "usuario"])
    contexto = {"participante": str(participante.uuid)}
    if participante.usuario is None:
        participante.convite = convidar(
            Convite.Motivo.PARTICIPANTE,
            cpf,
            nome,
            email,
            criado_por=por,
            chave_envio=chave_envio,
            mensagem="convenentes.convite_para_preencher",
            contexto=contexto,
        )
        participante.save(update_fields=["convite"])
    else:
        enfileirar(
            f"convite:{participante.uuid}:{email.lower()}",
            "convenentes.convite_para_preencher",
            participante.usuario.email,
            contexto,
            usuario=participante.usuario,
        )
    eventos.registrar(solicitacao, "usuario_convidado", por, nome=nome)
    return participante


@transaction.atomic
def retirar_usuario(participante: Participante, por: Usuario) -> None:
    """Take an invited usuário out. The effect holds on his next request to the portal."""
    assert participante.papel == PapelVinculo.USUARIO
    eventos.registrar(participante.solicitacao, "usuario_retirado", por, nome=participante.nome)
    participante.delete()


def ligar_participacoes(usuario: Usuario, convite: Convite) -> None:
    """Give a person who has just set the password what was waiting for that CPF and the address that was proved.

    Where the inscription was approved meanwhile, the person gets the link that the others got then.
    """
    esperando = Participante.objects.filter(cpf=usuario.cpf, email__iexact=usuario.email, usuario=None)
    for participante in esperando.select_related("solicitacao__convenente"):
        participante.usuario = usuario
        participante.save(update_fields=["usuario"])
        solicitacao = participante.solicitacao
        inscrita = solicitacao.tipo == Solicitacao.Tipo.INSCRICAO
        if (
            inscrita
            and solicitacao.estado in Solicitacao.Estado.aprovadas()
            and solicitacao.convenente is not None
        ):
            vincular(
                usuario,
                solicitacao.convenente,
                participante.papel,
                por=participante.criado_por,
                origem=solicitacao,
            )

"""E-mails about who represents an organisation: asked for, contested, changed, begun, given up."""

from datetime import date
from typing import Any

from cagec.correio.tipos import Corpo, tipo
from convenentes.mensagens import assunto_com, do_contexto, endereco
from convenentes.models import (
    Convenente,
    EventoSolicitacao,
    MotivoDaAlteracao,
    PapelVinculo,
    Secao,
    Solicitacao,
    Vinculo,
)
from convenentes.sucessao import a_assinar, retorno_em


def _quem(solicitacao: Solicitacao) -> str:
    """The person who asks, and the period."""
    nomeado = solicitacao.participantes.select_related("usuario").get(papel=PapelVinculo.REPRESENTANTE)
    cargo = f", {nomeado.cargo}," if nomeado.cargo else ""
    ate = f" até {nomeado.mandato_ate:%d/%m/%Y}" if nomeado.mandato_ate else ", sem data para terminar"
    motivo = MotivoDaAlteracao(solicitacao.proposta[Secao.REPRESENTANTE]["motivo"]).label.lower()
    return f"{nomeado.nome_a_mostrar}{cargo} de {nomeado.mandato_de:%d/%m/%Y}{ate} ({motivo})"


def _vinculo(contexto: dict[str, Any]) -> Vinculo:
    vinculos = Vinculo.objects.select_related("usuario", "convenente")
    vinculo = vinculos.filter(uuid=contexto["vinculo"]).first()
    if vinculo is None:
        raise LookupError("vinculo")
    return vinculo


@tipo("convenentes.alteracao_pedida")
def alteracao_pedida(contexto: dict[str, Any]) -> Corpo:
    """Somebody asks to represent the organisation: who acts for it is told at once."""
    solicitacao = do_contexto(contexto)
    return Corpo(
        assunto_com("pedido de alteração de representante legal –", solicitacao.nome_do_convenente),
        [
            f"Recebemos um pedido de alteração do representante legal de {solicitacao.nome_do_convenente} "
            f"(CNPJ {solicitacao.cnpj_formatado}), protocolo {solicitacao.protocolo}.",
            f"Quem passaria a representar: {_quem(solicitacao)}.",
            "Nada muda antes da decisão da equipe CAGEC. Se o pedido está certo, não é preciso fazer nada.",
            "Se não está, conteste: diga por quê na página abaixo. A equipe lê antes de decidir.",
        ],
        ("Ver o pedido e contestar", endereco("alteracao", solicitacao.uuid)),
    )


@tipo("convenentes.contestacao")
def contestacao(contexto: dict[str, Any]) -> Corpo:
    """The team reads what was said against a request. The text stays in the desk."""
    evento = EventoSolicitacao.objects.filter(pk=contexto["evento"]).select_related("solicitacao").first()
    if evento is None:
        raise LookupError("evento")
    solicitacao = evento.solicitacao
    return Corpo(
        assunto_com("alteração de representante legal contestada –", solicitacao.nome_do_convenente),
        [
            f"A alteração de representante legal de {solicitacao.nome_do_convenente} "
            f"(CNPJ {solicitacao.cnpj_formatado}), protocolo {solicitacao.protocolo}, foi contestada.",
            "Leia a contestação na mesa de análise antes de decidir. Ela não impede a decisão.",
        ],
        ("Abrir na mesa de análise", endereco("admin:mesa", solicitacao.uuid)),
    )


@tipo("convenentes.representante_alterado")
def representante_alterado(contexto: dict[str, Any]) -> Corpo:
    """The new representante legal was approved: the former one and everybody who acts is told."""
    solicitacao = do_contexto(contexto)
    vinculo = Vinculo.objects.select_related("usuario").get(origem=solicitacao, retoma=None)
    return Corpo(
        assunto_com("representante legal alterado –", solicitacao.nome_do_convenente),
        [
            f"A equipe CAGEC aprovou a alteração do representante legal de {solicitacao.nome_do_convenente} "
            f"(CNPJ {solicitacao.cnpj_formatado}), protocolo {solicitacao.protocolo}.",
            periodo_em_palavras(vinculo),
            *([] if vinculo.periodo.isempty else _do_anterior(vinculo)),
            "O que ainda espera assinatura será assinado por quem representa a organização no dia.",
            f"Se isto está errado, fale com a equipe CAGEC agora: {endereco('contato')}",
        ],
        ("Ver o cadastro", endereco("convenente", solicitacao.cnpj)),
    )


def periodo_em_palavras(vinculo: Vinculo) -> str:
    """Say who represents, from when to when. One that was ended before it began was annulled."""
    if vinculo.periodo.isempty:
        return f"A representação por {vinculo.usuario.nome} foi anulada e não vale em nenhum dia."
    ate = f" e até {vinculo.mandato_ate:%d/%m/%Y}" if vinculo.mandato_ate else ""
    cargo = f", {vinculo.cargo}," if vinculo.cargo else ""
    return f"{vinculo.usuario.nome}{cargo} representa a organização a partir de {vinculo.periodo.lower:%d/%m/%Y}{ate}."


def _do_anterior(vinculo: Vinculo) -> list[str]:
    """Whether somebody returns afterwards, else that the mandate before ends."""
    inicio = vinculo.periodo.upper
    retorno = retorno_em(vinculo.convenente, inicio)
    if retorno is None:
        return ["Quem representava até a véspera deixa de assinar pela organização nesse dia."]
    return [f"Depois, {retorno.usuario.nome} volta a representar a organização, em {inicio:%d/%m/%Y}."]


_SEM_EFEITO = {
    Solicitacao.Estado.INDEFERIDA: "não foi aprovado pela equipe CAGEC",
    Solicitacao.Estado.CANCELADA: "foi cancelado por quem pediu",
    Solicitacao.Estado.EXPIRADA: "expirou, porque as pendências ficaram sem resposta",
}


@tipo("convenentes.alteracao_sem_efeito")
def alteracao_sem_efeito(contexto: dict[str, Any]) -> Corpo:
    """The request came to nothing: whoever was told of it learns that nothing changes."""
    solicitacao = do_contexto(contexto)
    return Corpo(
        assunto_com(
            "pedido de alteração de representante legal sem efeito –", solicitacao.nome_do_convenente
        ),
        [
            f"O pedido de alteração do representante legal de {solicitacao.nome_do_convenente} "
            f"(CNPJ {solicitacao.cnpj_formatado}), protocolo {solicitacao.protocolo}, "
            f"{_SEM_EFEITO[Solicitacao.Estado(solicitacao.estado)]}. Nada muda no cadastro.",
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Ir para o painel", endereco("painel")),
    )


@tipo("convenentes.posse")
def posse(contexto: dict[str, Any]) -> Corpo:
    """The period has begun: what there is to sign and to renew."""
    vinculo = _vinculo(contexto)
    convenente = vinculo.convenente
    if vinculo.periodo.isempty:
        return Corpo(
            assunto_com("representação anulada –", convenente.razao_social),
            [periodo_em_palavras(vinculo), f"Dúvidas: {endereco('contato')}"],
            ("Ir para o painel", endereco("painel")),
        )
    pendentes = a_assinar(convenente)
    assinar = [
        "Estas solicitações esperam a sua assinatura:",
        *(f"- {s.get_tipo_display()}: {endereco('solicitacao', s.uuid)}" for s in pendentes),
    ]
    return Corpo(
        assunto_com("você representa, a partir de agora,", convenente.razao_social),
        [
            periodo_em_palavras(vinculo),
            *(assinar if pendentes else []),
            "Documentos da organização que valiam pelo mandato anterior podem precisar de renovação: veja na página "
            "dela o que falta.",
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Ver o que falta", endereco("organizacao", convenente.uuid)),
    )


@tipo("convenentes.renuncia")
def renuncia(contexto: dict[str, Any]) -> Corpo:
    """The representante legal gave the office up: whoever was interrupted returns, else somebody has to come."""
    vinculo = _vinculo(contexto)
    convenente = vinculo.convenente
    desde = date.fromisoformat(contexto["desde"])
    retorno = retorno_em(convenente, desde)
    seguinte = (
        f"{retorno.usuario.nome} volta a representar a organização em {desde:%d/%m/%Y}, com o mandato de antes."
        if retorno
        else "Sem representante legal, ninguém assina e o cadastro fica irregular. Quem assumir deve pedir, com o "
        "próprio acesso, a alteração de representante legal."
    )
    return Corpo(
        assunto_com("renúncia do representante legal –", convenente.razao_social),
        [
            f"{vinculo.usuario.nome} renunciou à representação de {convenente.razao_social} "
            f"(CNPJ {convenente.cnpj_formatado}) e deixa de assinar por ela a partir de {desde:%d/%m/%Y}.",
            seguinte,
            f"Se isto está errado, fale com a equipe CAGEC agora: {endereco('contato')}",
        ],
        ("Ver o cadastro", endereco("convenente", convenente.cnpj))
        if retorno
        else ("Pedir a alteração", f"{endereco('alteracao_nova')}?cnpj={convenente.cnpj}"),
    )


@tipo("convenentes.campanha")
def campanha(contexto: dict[str, Any]) -> Corpo:
    """After an election: whoever comes, or stays, asks now."""
    convenente = Convenente.objects.filter(uuid=contexto["convenente"]).first()
    if convenente is None:
        raise LookupError("convenente")
    return Corpo(
        assunto_com("atualize o representante legal de", convenente.razao_social),
        [
            f"O mandato do representante legal de {convenente.razao_social} (CNPJ {convenente.cnpj_formatado}) "
            "terminou ou está para terminar, e o CAGEC ainda não recebeu o novo.",
            "Quem assume, ou foi reeleito(a), pede a alteração de representante legal com o próprio acesso. O pedido "
            "pode ser feito antes da posse: a troca acontece no dia do início do mandato.",
            "Se não é mais com você, avise quem assumiu. Sem representante legal o cadastro fica irregular.",
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Pedir a alteração", f"{endereco('alteracao_nova')}?cnpj={convenente.cnpj}"),
    )

"""The team's decision: a private opinion on each item, then one decision that publishes them all.

Every decision locks the request, re-checks its state, and queues one consolidated mail per person in the same
transaction (docs/dominio.md, Flows).
"""

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from cagec.correio.fila import enfileirar
from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from convenentes import alteracao, eventos, historico, identidade, itens, proposta, sucessao, vinculos
from convenentes.assinaturas import quem_acompanha
from convenentes.models import (
    Comprovacao,
    Convenente,
    Decisao,
    EventoSolicitacao,
    ItemSolicitacao,
    PapelVinculo,
    Secao,
    Solicitacao,
    Vinculo,
)
from documentos.models import Escopo, Grupo, MotivoRecusa, Validade

_GRUPOS_DA_APROVACAO = frozenset({Grupo.HABILITACAO, Grupo.REPRESENTANTE})


class NaoPodeJulgar(Exception):
    """This person cannot act on this request now. The text says why."""


class ParteInteressada(NaoPodeJulgar):
    """Who has an interest in the matter does not judge it (Lei MG 14.184/2002, on impediment)."""

    def __init__(self) -> None:
        super().__init__(
            "Você tem vínculo com esta organização ou participa desta solicitação. "
            "Outra pessoa da equipe deve analisá-la."
        )


class ForaDeAnalise(NaoPodeJulgar):
    """The request is not under review any more: somebody decided it, or the citizen took it back."""

    def __init__(self) -> None:
        super().__init__(
            "Esta solicitação não está mais em análise. Atualize a página para ver como ela ficou."
        )


class DecisaoIncompleta(Exception):
    """The decision cannot be made with the opinions given so far. The text says what is missing."""


def itens_em_analise(solicitacao: Solicitacao) -> list[ItemSolicitacao]:
    """Items that the team has to give an opinion on now."""
    return [i for i in itens.do_pedido(solicitacao) if _a_julgar(i)]


def _a_julgar(item: ItemSolicitacao) -> bool:
    return item.estado == ItemSolicitacao.Estado.PREENCHIDO and not _da_propria_solicitacao(item)


def _da_propria_solicitacao(item: ItemSolicitacao) -> bool:
    """The declaration of authenticity goes with the request: it is signed again whenever it is sent again."""
    return item.exigencia_id is None and not item.secao


def _travar(solicitacao: Solicitacao, analista: Usuario | None) -> Solicitacao:
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if travada.estado != Solicitacao.Estado.EM_ANALISE:
        raise ForaDeAnalise
    if analista is not None and tem_interesse(travada, analista):
        raise ParteInteressada
    return travada


def tem_interesse(solicitacao: Solicitacao, analista: Usuario) -> bool:
    """Tell whether the person takes part in the request, or ever acted for its convenente."""
    participa = solicitacao.participantes.filter(Q(usuario=analista) | Q(cpf=analista.cpf)).exists()
    return participa or Vinculo.objects.filter(convenente=solicitacao.convenente, usuario=analista).exists()


def decidida_por(solicitacao: Solicitacao, analista: Usuario) -> bool:
    """Tell whether the last decision is the person's own: a second click finds it made."""
    ultima = solicitacao.decisoes.filter(item=None).order_by("-pk").first()
    return ultima is not None and ultima.analista_id == analista.pk


@transaction.atomic
def assumir(solicitacao: Solicitacao, analista: Usuario) -> None:
    """Take the request for oneself; from then on the citizen cannot cancel it. Raises NaoPodeJulgar."""
    travada = _travar(solicitacao, analista)
    if travada.analista_id == analista.pk:
        return
    travada.analista = analista
    travada.save(update_fields=["analista"])
    eventos.registrar(travada, "assumida", analista)


@transaction.atomic
def dar_parecer(
    item: ItemSolicitacao,
    analista: Usuario,
    parecer: str,
    motivo: MotivoRecusa | None = None,
    texto: str = "",
) -> None:
    """Keep a private opinion on an item; the citizen sees it only when the decision is made.

    Raises NaoPodeJulgar, and DecisaoIncompleta for a refusal without a reason.
    """
    travada = _travar(item.solicitacao, analista)
    assumir(travada, analista)
    if parecer == ItemSolicitacao.Parecer.RECUSADO and motivo is None:
        raise DecisaoIncompleta(f"Escolha o motivo da recusa de “{item.nome}”.")
    recusado = parecer == ItemSolicitacao.Parecer.RECUSADO
    ItemSolicitacao.objects.filter(pk=item.pk, estado=ItemSolicitacao.Estado.PREENCHIDO).update(
        parecer=parecer, motivo=motivo if recusado else None, texto=texto if recusado else ""
    )


@transaction.atomic
def devolver(solicitacao: Solicitacao, analista: Usuario, texto: str = "") -> Solicitacao:
    """Return with pendências: refused items open again, accepted ones stay accepted.

    What only the team acts on waits for the next analysis. Who came to represent meanwhile sends the own papers.

    Raises NaoPodeJulgar and DecisaoIncompleta.
    """
    travada = _travar(solicitacao, analista)
    julgados = _todos_julgados(travada)
    recusados = [i for i in julgados if i.parecer == ItemSolicitacao.Parecer.RECUSADO]
    if all(itens.so_da_equipe(i) for i in recusados):
        raise DecisaoIncompleta(
            "Para devolver com pendências, recuse ao menos um item que a organização possa corrigir e diga por quê."
        )
    _publicar(travada, julgados, analista)
    da_equipe = [i.pk for i in recusados if itens.so_da_equipe(i)]
    travada.itens.filter(pk__in=da_equipe).update(estado=ItemSolicitacao.Estado.PREENCHIDO)
    travada.itens.filter(exigencia=None, secao="").update(
        estado=ItemSolicitacao.Estado.A_PREENCHER, documento=None
    )
    if travada.atualiza and identidade.em_exercicio(travada) not in {None, identidade.titular(travada)}:
        identidade.esquecer(travada)
    travada.pendencia_desde = timezone.now()
    travada.encaminhada_em = None
    return _concluir(travada, Solicitacao.Estado.COM_PENDENCIA, analista, texto)


@transaction.atomic
def aprovar(solicitacao: Solicitacao, analista: Usuario | None, texto: str = "") -> Solicitacao:
    """Approve; without ``analista``, by automatic analysis (``piad``).

    An inscription needs its sections and groups I and II accepted; other gaps leave it irregular.

    A new representante legal needs all of his or hers accepted, and represents from then or a later day on.

    Raises NaoPodeJulgar and DecisaoIncompleta.
    """
    travada = _travar(solicitacao, analista)
    julgados = _todos_julgados(travada)
    recusados = [i for i in julgados if i.parecer == ItemSolicitacao.Parecer.RECUSADO]
    impeditivos = [i for i in recusados if _impede_aprovacao(i)]
    if impeditivos:
        nomes = "; ".join(i.nome for i in impeditivos)
        raise DecisaoIncompleta(
            f"Não é possível aprovar com estes itens recusados: {nomes}. Devolva com pendências."
        )
    aceitos_antes = travada.itens.filter(estado=ItemSolicitacao.Estado.ACEITO)
    if julgados and len(recusados) == len(julgados) and not aceitos_antes.exists():
        raise DecisaoIncompleta("Todos os itens foram recusados: devolva com pendências ou indefira.")
    _publicar(travada, julgados, analista)
    travada.itens.filter(exigencia=None, secao="").update(estado=ItemSolicitacao.Estado.ACEITO)
    try:
        _efetivar(travada)
    except sucessao.SucessaoImpossivel as erro:
        raise DecisaoIncompleta(str(erro)) from erro
    estado = Solicitacao.Estado.APROVADA_PARCIALMENTE if recusados else Solicitacao.Estado.APROVADA
    return _concluir(travada, estado, analista, texto)


@transaction.atomic
def indeferir(solicitacao: Solicitacao, analista: Usuario, motivo: MotivoRecusa, texto: str) -> Solicitacao:
    """Refuse the whole request. The opinions already given are published with it. Raises NaoPodeJulgar."""
    travada = _travar(solicitacao, analista)
    _publicar(travada, [i for i in itens_em_analise(travada) if i.parecer], analista)
    liberar_cnpj(travada)
    alteracao.avisar_do_fim(travada)
    return _concluir(travada, Solicitacao.Estado.INDEFERIDA, analista, texto, motivo)


def liberar_cnpj(solicitacao: Solicitacao) -> None:
    """Let a new inscription of the CNPJ begin, when the one that held it comes to nothing."""
    if solicitacao.tipo == Solicitacao.Tipo.INSCRICAO and solicitacao.convenente_id:
        Convenente.objects.filter(pk=solicitacao.convenente_id, estado=Convenente.Estado.EM_INSCRICAO).update(
            estado=Convenente.Estado.CANCELADO
        )


def _todos_julgados(solicitacao: Solicitacao) -> list[ItemSolicitacao]:
    julgados = itens_em_analise(solicitacao)
    sem_parecer = [i.nome for i in julgados if not i.parecer]
    if sem_parecer:
        raise DecisaoIncompleta(f"Falta dar parecer em: {'; '.join(sem_parecer)}.")
    return julgados


def _impede_aprovacao(item: ItemSolicitacao) -> bool:
    if item.solicitacao.atualiza:
        return False
    return bool(item.secao) or (
        item.exigencia is not None
        and item.exigencia.grupo in _GRUPOS_DA_APROVACAO
        and item.exigencia.causa_irregularidade
    )


def _publicar(solicitacao: Solicitacao, julgados: list[ItemSolicitacao], analista: Usuario | None) -> None:
    for item in julgados:
        Decisao.objects.create(
            solicitacao=solicitacao,
            item=item,
            documento=item.documento,
            resultado=item.parecer,
            motivo=item.motivo,
            texto=item.texto,
            analista=analista,
        )
        item.estado = ItemSolicitacao.Estado(item.parecer)
        item.parecer = ""
        item.save(update_fields=["estado", "parecer"])


def _concluir(
    solicitacao: Solicitacao,
    estado: str,
    analista: Usuario | None,
    texto: str,
    motivo: MotivoRecusa | None = None,
) -> Solicitacao:
    resultado = Decisao.Resultado.DEVOLVIDA if estado == Solicitacao.Estado.COM_PENDENCIA else estado
    de, solicitacao.estado = solicitacao.estado, estado
    if estado != Solicitacao.Estado.COM_PENDENCIA:
        solicitacao.decidida_em = timezone.now()
    solicitacao.analista = analista
    solicitacao.save()
    decisao = Decisao.objects.create(
        solicitacao=solicitacao, resultado=resultado, motivo=motivo, texto=texto, analista=analista
    )
    eventos.registrar(solicitacao, "decidida", analista, de=de, para=estado, decisao=decisao.pk)
    for pessoa in quem_acompanha(solicitacao):
        enfileirar(
            f"decisao:{decisao.pk}:{pessoa.uuid}",
            "convenentes.decisao",
            pessoa.email,
            {"decisao": decisao.pk},
            usuario=pessoa,
        )
    return solicitacao


def _efetivar(solicitacao: Solicitacao) -> None:
    """Turn what was accepted into the record: data, links and proofs."""
    convenente, outros = _travar_convenentes(solicitacao)
    solicitacao.convenente = convenente
    historico.curar(hoje_em_minas(), [convenente.pk, *(m.convenente_id for m in outros)])
    aceitos = list(
        solicitacao.itens.filter(estado=ItemSolicitacao.Estado.ACEITO).select_related(
            "exigencia", "tipo_documento", "documento__tipo"
        )
    )
    secoes = tuple(Secao(i.secao) for i in aceitos if i.secao)
    proposta.copiar(solicitacao, convenente, secoes)
    if Secao.DIRIGENTES in secoes:
        proposta.copiar_dirigentes(solicitacao, convenente)
    if solicitacao.tipo == Solicitacao.Tipo.INSCRICAO:
        convenente.estado = Convenente.Estado.ATIVO
        convenente.numero = convenente.numero or _novo_numero()
    convenente.save()
    if solicitacao.tipo == Solicitacao.Tipo.INSCRICAO:
        _criar_vinculos(solicitacao, convenente)
    novo = sucessao.suceder(solicitacao, solicitacao.analista) if solicitacao.altera_representante else None
    da_pessoa = novo or sucessao.mandato_das_provas(
        convenente, Escopo.REPRESENTANTE, hoje_em_minas(), identidade.titular(solicitacao)
    )
    do_convenente = sucessao.mandato_das_provas(convenente, Escopo.CONVENENTE, hoje_em_minas())
    aceitas = [
        _comprovar(
            convenente, item, da_pessoa if item.exigencia.escopo == Escopo.REPRESENTANTE else do_convenente
        )
        for item in aceitos
        if item.exigencia is not None
    ]
    if outros:
        identidade.comprovar_aos_outros(aceitas, outros)
        historico.atualizar(hoje_em_minas(), [m.convenente_id for m in outros])


def _travar_convenentes(solicitacao: Solicitacao) -> tuple[Convenente, list[Vinculo]]:
    """Lock the record, and the others of the same representante legal, which the papers about that person prove to."""
    assert solicitacao.convenente_id is not None
    pessoa, outros = identidade.titular(solicitacao), []
    if pessoa is not None and solicitacao.itens.filter(tipo_documento__pessoal=True).exists():
        outros = list(
            identidade.mandatos(pessoa, hoje_em_minas()).exclude(convenente=solicitacao.convenente_id)
        )
    pks = {solicitacao.convenente_id, *(m.convenente_id for m in outros)}
    travados = Convenente.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {c.pk: c for c in travados}[solicitacao.convenente_id], outros


def _comprovar(convenente: Convenente, item: ItemSolicitacao, mandato: Vinculo | None) -> Comprovacao:
    """Keep the proof. What is bound to the mandate, or about the person, says in which mandate."""
    tipo = item.tipo_documento
    assert tipo is not None and item.exigencia is not None
    return Comprovacao.objects.create(
        convenente=convenente,
        exigencia=item.exigencia,
        documento=item.documento,
        mandato=mandato if tipo.validade in Validade.do_mandato() or tipo.pessoal else None,
        decisao=item.decisoes.latest("id"),
    )


def _criar_vinculos(solicitacao: Solicitacao, convenente: Convenente) -> None:
    hoje = hoje_em_minas()
    for participante in solicitacao.participantes.filter(usuario__isnull=False).select_related("usuario"):
        assert participante.usuario is not None
        representa = participante.papel == PapelVinculo.REPRESENTANTE
        inicio = participante.mandato_de if representa and participante.mandato_de else hoje
        vinculos.ligar(
            participante.usuario,
            convenente,
            participante.papel,
            por=solicitacao.analista,
            inicio=inicio,
            ultimo_dia=participante.mandato_ate if representa else None,
            cargo=participante.cargo,
            mandato_ate=participante.mandato_ate if representa else None,
            origem=solicitacao,
        )


def _novo_numero() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('convenentes_numero_do_cadastro')")
        (numero,) = cursor.fetchone()
    return int(numero)


def decisoes_publicadas(solicitacao: Solicitacao) -> list[Decisao]:
    """Decisions on the whole request, newest first, as the citizen may read them."""
    return list(solicitacao.decisoes.filter(item=None).select_related("motivo").order_by("-id"))


def itens_da_decisao(decisao: Decisao) -> list[Decisao]:
    """Decisions on items that were published together with a decision on the request."""
    anterior = (
        decisao.solicitacao.decisoes.filter(item=None, pk__lt=decisao.pk).order_by("-pk").values("pk").first()
    )
    do_item = decisao.solicitacao.decisoes.filter(item__isnull=False, pk__lt=decisao.pk)
    if anterior:
        do_item = do_item.filter(pk__gt=anterior["pk"])
    return list(do_item.select_related("item__exigencia", "item__tipo_documento", "motivo"))


def enviada_de_novo(solicitacao: Solicitacao) -> bool:
    """Tell whether the request came back after a return, so that the desk can say so."""
    return EventoSolicitacao.objects.filter(solicitacao=solicitacao, tipo="reenviada").exists()

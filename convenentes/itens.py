"""The items of a request: which ones there are, which ones are still missing, who may change them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from cagec.tempo import hoje
from convenentes.models import (
    Comprovacao,
    ItemSolicitacao,
    MotivoDaAlteracao,
    PapelVinculo,
    Participante,
    Secao,
    Solicitacao,
)
from convenentes.models.solicitacoes import SolicitacaoQuerySet
from documentos.models import (
    Arquivo,
    Condicao,
    Documento,
    Escopo,
    Exigencia,
    Genero,
    Obtencao,
    TipoDocumento,
)

DECLARACAO_DO_PEDIDO = "decl_autenticidade"
DECLARACAO_SEM_ALTERACAO = "decl_sem_alteracao"
GENEROS_COM_DIRIGENTES = frozenset(
    {Genero.PRIVADO_SEM_FINS, Genero.PRIVADO_MROSC, Genero.PRIVADO_PARAESTATAL, Genero.CONSORCIO}
)
_AREA_DA_CONDICAO = {
    Condicao.AREA_SAUDE: "saude",
    Condicao.AREA_ASSISTENCIA_SOCIAL: "assistencia_social",
    Condicao.AREA_CRIANCA: "crianca",
}
_PERGUNTADAS = frozenset({Condicao.SE_HOUVER, Condicao.SE_DELEGADO})


@dataclass(frozen=True)
class Falta:
    """Something that must be done before sending: the item (None: the whole request) and what to do."""

    item: ItemSolicitacao | None
    texto: str


def secoes(solicitacao: Solicitacao) -> list[Secao]:
    """Sections of data that this request has."""
    if solicitacao.tipo == Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS:
        return []
    if solicitacao.altera_representante:
        return [Secao.REPRESENTANTE]
    com_dirigentes = (
        solicitacao.tipo_convenente is not None
        and solicitacao.tipo_convenente.genero in GENEROS_COM_DIRIGENTES
    )
    inscricao = solicitacao.tipo == Solicitacao.Tipo.INSCRICAO
    return [
        Secao.DADOS,
        Secao.ENDERECO,
        *([Secao.REPRESENTANTE] if inscricao else []),
        *([Secao.DIRIGENTES] if com_dirigentes else []),
    ]


def preparar(solicitacao: Solicitacao) -> None:
    """Lay out the items of an inscription of the chosen type, or of a new mandate.

    Items that the type does not ask for go away.
    """
    solicitacao.itens.exclude(secao="").exclude(secao__in=secoes(solicitacao)).delete()
    preparar_secoes(solicitacao)
    _acompanhar(solicitacao)
    incluir_declaracao_do_pedido(solicitacao)


@transaction.atomic
def acompanhar_catalogo(solicitacao: Solicitacao) -> None:
    """Bring the items of an editable request to the obligations in force today, keeping what still proves them.

    A request may wait for months while a norm comes into force. Every journey that attaches or signs begins with
    this, in a transaction of its own: what it lays out must stay when the journey then finds something missing.
    """
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if travada.editavel and travada.tipo_convenente is not None:
        _acompanhar(travada)


def _acompanhar(solicitacao: Solicitacao) -> None:
    vigentes = {e.codigo: e for e in exigencias_tratadas(solicitacao)}
    presentes = {i.exigencia.codigo: i for i in do_pedido(solicitacao) if i.exigencia}
    for codigo, item in presentes.items():
        if item.exigencia != vigentes.get(codigo):
            _trocar_versao(item, vigentes.get(codigo))
    if solicitacao.atualiza:
        return
    for ordem, (codigo, exigencia) in enumerate(vigentes.items(), start=100):
        if codigo not in presentes:
            incluir_exigencia(solicitacao, exigencia, ordem)
        elif presentes[codigo].ordem != ordem:
            solicitacao.itens.filter(exigencia=exigencia).update(ordem=ordem)


def _trocar_versao(item: ItemSolicitacao, nova: Exigencia | None) -> None:
    """Put an item under the new version of its line; one whose line ended goes away, or stays only as history."""
    if nova is None:
        if item.decisoes.exists():
            item.estado = ItemSolicitacao.Estado.NAO_SE_APLICA
            item.save(update_fields=["estado"])
        else:
            item.delete()
        return
    item.exigencia = nova
    aceitos = [a.tipo_documento for a in nova.alternativas.all()]
    nao_pergunta = item.estado == ItemSolicitacao.Estado.NAO_SE_APLICA and nova.condicao not in _PERGUNTADAS
    if item.tipo_documento not in aceitos:
        item.tipo_documento, item.documento, item.estado = aceitos[0], None, _estado_inicial(aceitos[0])
    elif nao_pergunta:
        item.estado = ItemSolicitacao.Estado.PREENCHIDO if item.documento_id else _estado_inicial(aceitos[0])
    item.save(update_fields=["exigencia", "tipo_documento", "documento", "estado"])


def preparar_secoes(solicitacao: Solicitacao) -> None:
    """Create the items of the sections of data that are not there yet."""
    for ordem, secao in enumerate(secoes(solicitacao)):
        solicitacao.itens.get_or_create(secao=secao, defaults={"ordem": ordem})


def incluir_exigencia(solicitacao: Solicitacao, exigencia: Exigencia, ordem: int) -> ItemSolicitacao:
    """Add an obligation to the request, with its usual document. Once only."""
    usual = exigencia.alternativas.select_related("tipo_documento").first()
    assert usual is not None
    tipo = usual.tipo_documento
    item, _ = solicitacao.itens.get_or_create(
        exigencia=exigencia,
        defaults={"tipo_documento": tipo, "ordem": ordem, "estado": _estado_inicial(tipo)},
    )
    return item


def _estado_inicial(tipo: TipoDocumento) -> ItemSolicitacao.Estado:
    """What only the team acts on needs nothing from people."""
    da_equipe = tipo.obtencao == Obtencao.ANALISE
    return ItemSolicitacao.Estado.PREENCHIDO if da_equipe else ItemSolicitacao.Estado.A_PREENCHER


def incluir_declaracao_do_pedido(solicitacao: Solicitacao) -> None:
    """Every request carries its own declaration of authenticity of the attached documents."""
    tipo = TipoDocumento.objects.get(codigo=DECLARACAO_DO_PEDIDO)
    solicitacao.itens.get_or_create(exigencia=None, tipo_documento=tipo, defaults={"ordem": 900})


def exigencias_tratadas(solicitacao: Solicitacao) -> list[Exigencia]:
    """Obligations of the type, in force today, that people or the team act on, in the order of the annex."""
    assert solicitacao.tipo_convenente is not None
    do_tipo = Exigencia.objects.do_tipo(solicitacao.tipo_convenente, hoje())
    tratadas = [e for e in do_tipo.prefetch_related("alternativas__tipo_documento") if tratada(e)]
    return [e for e in tratadas if not solicitacao.altera_representante or _do_mandato(e, solicitacao)]


def _do_mandato(exigencia: Exigencia, solicitacao: Solicitacao) -> bool:
    """Tell whether a new representante legal proves the obligation: the delegation only when there is one."""
    motivo = solicitacao.proposta.get(Secao.REPRESENTANTE, {}).get("motivo")
    delegado = exigencia.condicao != Condicao.SE_DELEGADO or motivo == MotivoDaAlteracao.DELEGACAO
    return exigencia.escopo == Escopo.REPRESENTANTE and delegado


def tratada(exigencia: Exigencia) -> bool:
    """Tell whether a request may carry the obligation.

    Registers and computed lines never enter, nor what the ente controlador proves by its own record.
    """
    usual = next(iter(exigencia.alternativas.all()), None)
    obtencoes = Obtencao.anexadas() | Obtencao.assinadas() | {Obtencao.ANALISE}
    return (
        exigencia.escopo != Escopo.ENTE_CONTROLADOR
        and usual is not None
        and usual.tipo_documento.obtencao in obtencoes
    )


def obrigatorio(item: ItemSolicitacao) -> bool:
    """Tell whether the request cannot be sent without this item ("documentação completa")."""
    exigencia = item.exigencia
    if exigencia is None:
        return True
    if not exigencia.causa_irregularidade or item.tipo_documento is None:
        return False
    if item.tipo_documento.obtencao == Obtencao.ANALISE:
        return False
    condicao = exigencia.condicao
    if perguntada(item):
        return bool(item.solicitacao.proposta.get("respostas", {}).get(exigencia.codigo))
    if condicao in _AREA_DA_CONDICAO:
        areas = item.solicitacao.proposta.get("dados", {}).get("areas", [])
        return _AREA_DA_CONDICAO[Condicao(condicao)] in areas
    return condicao != Condicao.OPCIONAL


def perguntada(item: ItemSolicitacao) -> bool:
    """Tell whether a yes or no decides about the item. The reason of a new mandate answers for the delegation."""
    condicao = item.exigencia.condicao if item.exigencia else ""
    delegado = condicao == Condicao.SE_DELEGADO and item.solicitacao.altera_representante
    return condicao in _PERGUNTADAS and not delegado


def sem_resposta(item: ItemSolicitacao) -> bool:
    """Tell whether the item asks a yes/no that nobody answered yet."""
    if item.exigencia is None or not perguntada(item):
        return False
    return item.exigencia.codigo not in item.solicitacao.proposta.get("respostas", {})


def alternativas(item: ItemSolicitacao) -> QuerySet[TipoDocumento]:
    """Kinds of document that may prove the item's obligation, the usual one first.

    That nothing changed can only be declared of an act that was accepted before (docs/dominio.md, Catalogue).
    """
    do_item = TipoDocumento.objects.filter(alternativas__exigencia=item.exigencia)
    tipos = do_item.order_by("alternativas__ordem")
    aceitos = Comprovacao.objects.filter(exigencia=item.exigencia, documento__isnull=False)
    if aceitos.filter(convenente=item.solicitacao.convenente_id).exists():
        return tipos
    return tipos.exclude(codigo=DECLARACAO_SEM_ALTERACAO)


def assinado(item: ItemSolicitacao) -> bool:
    """Tell whether the system writes this item and the representante legal signs it."""
    return item.tipo_documento is not None and item.tipo_documento.obtencao in Obtencao.assinadas()


def sera_assinado(item: ItemSolicitacao) -> bool:
    """Tell whether the item is signed with the request: what is mandatory, and in an update whatever was chosen."""
    if not assinado(item) or item.estado == ItemSolicitacao.Estado.NAO_SE_APLICA:
        return False
    return item.solicitacao.atualiza or obrigatorio(item)


def anexado(item: ItemSolicitacao) -> bool:
    """Tell whether people attach files to this item."""
    return item.tipo_documento is not None and item.tipo_documento.obtencao in Obtencao.anexadas()


def conferido_antes(item: ItemSolicitacao) -> bool:
    """Tell whether the document of the item is one that the team accepted before, about the person who signs."""
    tipo, documento = item.tipo_documento, item.documento
    return tipo is not None and tipo.pessoal and documento is not None and bool(documento.comprovacoes.all())


def irmas(solicitacao: Solicitacao) -> SolicitacaoQuerySet:
    """Requests for new mandates that were opened together with this one, itself included: they share a folder."""
    tipo = Solicitacao.Tipo.REPRESENTANTE_LEGAL
    juntas = Solicitacao.objects.filter(tipo=tipo, pasta=solicitacao.pasta_id)
    return juntas if solicitacao.altera_representante else juntas.none()


def iguais(item: ItemSolicitacao, solicitacoes: list[Solicitacao]) -> list[ItemSolicitacao]:
    """Other items of these requests that the same paper of the person fills in and that may still change."""
    if item.tipo_documento is None or not item.tipo_documento.pessoal:
        return []
    mesmos = ItemSolicitacao.objects.filter(
        solicitacao__in=solicitacoes, exigencia=item.exigencia_id, tipo_documento=item.tipo_documento_id
    ).select_related("solicitacao", "tipo_documento")
    return [outro for outro in mesmos.exclude(pk=item.pk) if aberto_a_mudanca(outro)]


def so_da_equipe(item: ItemSolicitacao) -> bool:
    """Tell whether only the team acts on this item."""
    return item.tipo_documento is not None and item.tipo_documento.obtencao == Obtencao.ANALISE


def aberto_a_mudanca(item: ItemSolicitacao) -> bool:
    """Tell whether the applicants may change the item now: after a return, only what was refused."""
    solicitacao = item.solicitacao
    if not solicitacao.editavel or so_da_equipe(item):
        return False
    if solicitacao.estado == Solicitacao.Estado.COM_PENDENCIA:
        return item.estado not in (ItemSolicitacao.Estado.ACEITO, ItemSolicitacao.Estado.NAO_SE_APLICA)
    return True


def do_pedido(solicitacao: Solicitacao) -> list[ItemSolicitacao]:
    """Items with all that ``obrigatorio`` and the pages need."""
    return _dos_pedidos([solicitacao])[solicitacao.pk]


def _dos_pedidos(solicitacoes: Sequence[Solicitacao]) -> dict[int, list[ItemSolicitacao]]:
    """The same for several requests, by their keys, in a constant number of queries."""
    por_chave = {solicitacao.pk: solicitacao for solicitacao in solicitacoes}
    achados: dict[int, list[ItemSolicitacao]] = {pk: [] for pk in por_chave}
    itens = ItemSolicitacao.objects.filter(solicitacao__in=por_chave)
    for item in itens.select_related(
        "exigencia", "tipo_documento", "documento__tipo", "motivo"
    ).prefetch_related(
        "documento__arquivos__leitura",
        "documento__arquivos__verificacoes",
        "documento__comprovacoes",
        "exigencia__alternativas__tipo_documento",
    ):
        item.solicitacao = por_chave[item.solicitacao_id]
        achados[item.solicitacao_id].append(item)
    return achados


def documentos(solicitacao: Solicitacao) -> QuerySet[Documento]:
    """Documents that go with the request. One whose question was then answered "não" stays, but does not go."""
    vao = solicitacao.itens.exclude(estado=ItemSolicitacao.Estado.NAO_SE_APLICA)
    return Documento.objects.filter(itens__in=vao).distinct()


def o_que_falta(solicitacao: Solicitacao) -> list[Falta]:
    """List what keeps the request from being signed and sent. Lines of external registers never do."""
    return o_que_falta_em([solicitacao])[solicitacao.pk]


def o_que_falta_em(solicitacoes: Sequence[Solicitacao]) -> dict[int, list[Falta]]:
    """The same for several requests, by their keys, in a constant number of queries."""
    itens = _dos_pedidos(solicitacoes)
    nomeados = Participante.objects.filter(solicitacao__in=itens, papel=PapelVinculo.REPRESENTANTE)
    por_pedido = {nomeado.solicitacao_id: nomeado for nomeado in nomeados}
    return {s.pk: _faltas(s, itens[s.pk], por_pedido.get(s.pk)) for s in solicitacoes}


def _faltas(
    solicitacao: Solicitacao, itens: list[ItemSolicitacao], nomeado: Participante | None
) -> list[Falta]:
    if solicitacao.tipo_convenente is None:
        return [Falta(None, "Escolha o tipo da organização.")]
    faltas = [falta for item in itens if (falta := _falta(item)) is not None]
    if not solicitacao.atualiza:
        faltas += _falta_do_representante(solicitacao, nomeado, bool(faltas))
    elif not any(map(_tem_conteudo, itens)):
        faltas.append(Falta(None, "Inclua ao menos um documento ou dado para atualizar."))
    return faltas


def _falta_do_representante(
    solicitacao: Solicitacao, nomeado: Participante | None, ha_outras: bool
) -> list[Falta]:
    """Somebody must be named whose mandate has not ended while the draft waited."""
    if nomeado is None:
        return [] if ha_outras else [Falta(None, "Informe quem é o representante legal.")]
    fim = nomeado.mandato_ate
    if fim is None or fim >= hoje() or solicitacao.protocolo is not None:
        return []
    return [Falta(None, f"O mandato do representante legal terminou em {fim:%d/%m/%Y}. Informe o atual.")]


def estado_dos_arquivos(item: ItemSolicitacao) -> Arquivo.Estado:
    """How far the checks of the files of an item have come. What does not go with the request waits for nothing."""
    if item.documento is None or item.estado == ItemSolicitacao.Estado.NAO_SE_APLICA:
        return Arquivo.Estado.PRONTO
    return item.documento.estado


def em_verificacao(solicitacao: Solicitacao) -> bool:
    """Tell whether some file of the request is still being examined: a moment later the page says something else."""
    return any(estado_dos_arquivos(item) in Arquivo.Estado.em_aberto() for item in do_pedido(solicitacao))


def _falta(item: ItemSolicitacao) -> Falta | None:
    if item.estado == ItemSolicitacao.Estado.RECUSADO and not assinado(item):
        return Falta(item, f"Corrija: {item.nome}.")
    if estado_dos_arquivos(item) != Arquivo.Estado.PRONTO:
        return _falta_de_exame(item)
    if item.estado != ItemSolicitacao.Estado.A_PREENCHER or assinado(item) or so_da_equipe(item):
        return None
    if sem_resposta(item):
        return Falta(item, f"Responda: {item.exigencia.pergunta if item.exigencia else item.nome}")
    if item.secao:
        return None if item.solicitacao.atualiza else Falta(item, f"Preencha: {item.nome}.")
    return Falta(item, f"Envie: {item.nome}.") if obrigatorio(item) else None


def _falta_de_exame(item: ItemSolicitacao) -> Falta:
    if estado_dos_arquivos(item) == Arquivo.Estado.COM_PROBLEMA:
        return Falta(item, f"Envie de novo: {item.nome}. O arquivo tem um problema.")
    return Falta(item, f"Aguarde: {item.nome}. O arquivo ainda está em verificação.")


def _tem_conteudo(item: ItemSolicitacao) -> bool:
    preenchido = assinado(item) or item.estado != ItemSolicitacao.Estado.A_PREENCHER
    return preenchido and bool(item.exigencia_id or item.secao)

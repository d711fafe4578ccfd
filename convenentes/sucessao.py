"""One representante legal after the other: a hand-over, a substitution after which the titular returns, a renúncia.

The links change on the day on which the new period begins, if need be in the future; the rule follows the links
(docs/dominio.md, Roles).
"""

from datetime import date, timedelta

from django.db import transaction

from cagec.correio.fila import enfileirar
from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from convenentes import alteracao, eventos, identidade, vinculos
from convenentes.models import (
    Convenente,
    EventoVinculo,
    ItemSolicitacao,
    MotivoDaAlteracao,
    PapelVinculo,
    Secao,
    Solicitacao,
    Vinculo,
)
from convenentes.models.solicitacoes import SolicitacaoQuerySet
from documentos.assinatura import conferir_senha
from documentos.models import Condicao, Escopo

DIAS_PARA_ANUNCIAR = 7


class SucessaoImpossivel(Exception):
    """The period that was asked for cannot begin. The text says why, to the team."""


class NaoRenunciavel(Exception):
    """The day is not one on which the mandate can end."""

    def __init__(self) -> None:
        super().__init__("Escolha hoje ou um dia futuro, até o fim do seu mandato.")


@transaction.atomic
def suceder(solicitacao: Solicitacao, por: Usuario | None) -> Vinculo:
    """Give the person named in an accepted request the representation, and return the new link.

    It begins today or on the later day that was asked for, and takes the place of every other in its period. After a
    temporary one the titular returns, with the mandate and the papers of before. Raises SucessaoImpossivel.
    """
    assert solicitacao.convenente is not None
    motivo = MotivoDaAlteracao(solicitacao.proposta[Secao.REPRESENTANTE]["motivo"])
    nomeado = solicitacao.participantes.select_related("usuario").get(papel=PapelVinculo.REPRESENTANTE)
    assert nomeado.usuario is not None and nomeado.mandato_de is not None
    inicio = max(hoje_em_minas(), nomeado.mandato_de)
    ultimo_dia = _ultimo_dia(solicitacao, motivo, nomeado.mandato_ate, inicio)
    if ultimo_dia is not None and ultimo_dia < inicio:
        raise SucessaoImpossivel(
            f"O período pedido já terminou, em {ultimo_dia:%d/%m/%Y}. Devolva com pendências ou indefira."
        )
    porque = f"{motivo.label}, protocolo {solicitacao.protocolo}"
    anteriores = _no_periodo(solicitacao.convenente, inicio, ultimo_dia)
    alteracao.avisar_partes(solicitacao, "convenentes.representante_alterado", f"sucessao:{solicitacao.uuid}")
    for anterior in anteriores:
        vinculos.encerrar(anterior, por=por, desde=inicio, motivo=porque)
    novo = vinculos.ligar(
        nomeado.usuario,
        solicitacao.convenente,
        PapelVinculo.REPRESENTANTE,
        por=por,
        inicio=inicio,
        ultimo_dia=ultimo_dia,
        cargo=nomeado.cargo,
        mandato_ate=ultimo_dia,
        origem=solicitacao,
        motivo=porque,
    )
    if motivo in MotivoDaAlteracao.temporarios() and ultimo_dia is not None:
        for anterior in anteriores:
            _retornar(anterior, ultimo_dia + timedelta(days=1), por, f"Retorno do titular: {porque}")
    _iniciar(novo, hoje_em_minas())
    return novo


def _no_periodo(convenente: Convenente, inicio: date, ultimo_dia: date | None) -> list[Vinculo]:
    fim = ultimo_dia + timedelta(days=1) if ultimo_dia else None
    representantes = Vinculo.objects.filter(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)
    no_periodo = representantes.filter(periodo__overlap=(inicio, fim))
    return list(no_periodo.select_related("usuario", "retoma").order_by("periodo"))


def _ultimo_dia(
    solicitacao: Solicitacao, motivo: MotivoDaAlteracao, ate: date | None, inicio: date
) -> date | None:
    """The end that was asked for; of a delegation, at most that of the act and of the mandate it comes from."""
    if motivo != MotivoDaAlteracao.DELEGACAO:
        return ate
    assert solicitacao.convenente is not None
    titular = Vinculo.objects.vigentes(inicio).filter(
        convenente=solicitacao.convenente, papel=PapelVinculo.REPRESENTANTE
    )
    mandato = titular.first()
    if mandato is None:
        raise SucessaoImpossivel("Não há representante legal que delegue poderes no início do período.")
    ato = solicitacao.itens.filter(
        exigencia__condicao=Condicao.SE_DELEGADO, estado=ItemSolicitacao.Estado.ACEITO
    ).first()
    do_ato = ato.documento.valido_ate if ato and ato.documento else None
    dias = [ate, do_ato, mandato.ultimo_dia]
    return min(dia for dia in dias if dia is not None)


def _retornar(anterior: Vinculo, inicio: date, por: Usuario | None, motivo: str) -> None:
    """Let who was interrupted go on from ``inicio``, unless the mandate is over by then."""
    fim = anterior.periodo.upper
    if fim is not None and fim <= inicio:
        return
    vinculos.ligar(
        anterior.usuario,
        anterior.convenente,
        PapelVinculo.REPRESENTANTE,
        por=por,
        inicio=inicio,
        ultimo_dia=anterior.ultimo_dia,
        cargo=anterior.cargo,
        mandato_ate=anterior.mandato_ate,
        origem=anterior.origem,
        retoma=anterior.retoma or anterior,
        motivo=motivo,
    )


def mandato_das_provas(
    convenente: Convenente, escopo: str, hoje: date, de: Usuario | None = None
) -> Vinculo | None:
    """The mandate to which papers accepted on ``hoje`` belong: the current one, else the one about to begin.

    Papers about a representante legal are of a mandate of that person (``de``), who may have left since signing. What
    the organisation proves during a substitution holds until the end of the titular's mandate.
    """
    representantes = Vinculo.objects.filter(convenente=convenente, papel=PapelVinculo.REPRESENTANTE)
    if escopo == Escopo.REPRESENTANTE and de is not None:
        representantes = representantes.filter(usuario=de)
    atual = representantes.vigentes(hoje).first() or representantes.order_by("-periodo").first()
    if atual is not None and escopo != Escopo.REPRESENTANTE and atual.periodo.upper is not None:
        voltas = representantes.filter(periodo__startswith__gte=atual.periodo.upper, retoma__isnull=False)
        atual = voltas.order_by("periodo").first() or atual
    return (atual.retoma or atual) if atual else None


def iniciar_periodos(hoje: date) -> None:
    """Tell whose period has begun by ``hoje`` (São Paulo) what waits for that signature. Runs every hour."""
    desde = hoje - timedelta(days=DIAS_PARA_ANUNCIAR)
    comecados = Vinculo.objects.vigentes(hoje).filter(
        papel=PapelVinculo.REPRESENTANTE, periodo__startswith__gt=desde
    )
    for vinculo in comecados.exclude(eventos__tipo=EventoVinculo.Tipo.INICIADO):
        _iniciar(vinculo, hoje)


@transaction.atomic
def _iniciar(vinculo: Vinculo, hoje: date) -> None:
    """Once per link: what the one before was to sign passes to who represents now, without that person's papers."""
    travado = Vinculo.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=vinculo.pk)
    inicio = travado.periodo.lower
    pela_sucessao = travado.retoma_id or (travado.origem and travado.origem.altera_representante)
    if inicio is None or inicio > hoje or not pela_sucessao:
        return
    if travado.eventos.filter(tipo=EventoVinculo.Tipo.INICIADO).exists():
        return
    EventoVinculo.objects.create(vinculo=travado, tipo=EventoVinculo.Tipo.INICIADO)
    if _assume_de_outro(travado, inicio):
        for solicitacao in _editaveis(travado.convenente):
            identidade.esquecer(solicitacao)
    for solicitacao in a_assinar(travado.convenente):
        eventos.registrar(solicitacao, "assinatura_com_novo_representante", None, nome=travado.usuario.nome)
    enfileirar(
        f"posse:{travado.uuid}",
        "convenentes.posse",
        travado.usuario.email,
        {"vinculo": str(travado.uuid)},
        usuario=travado.usuario,
    )


def _assume_de_outro(vinculo: Vinculo, inicio: date) -> bool:
    """Whether somebody else represented last: a re-election changes nothing in the papers."""
    antes = Vinculo.objects.filter(
        convenente=vinculo.convenente, papel=PapelVinculo.REPRESENTANTE, periodo__startswith__lt=inicio
    )
    anterior = antes.order_by("-periodo").first()
    return anterior is not None and anterior.usuario_id != vinculo.usuario_id


def _editaveis(convenente: Convenente) -> SolicitacaoQuerySet:
    """Requests of the organisation that whoever represents it signs, not yet sent or returned."""
    editaveis = Solicitacao.objects.filter(convenente=convenente, estado__in=Solicitacao.Estado.editaveis())
    return editaveis.exclude(tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL)


def a_assinar(convenente: Convenente) -> list[Solicitacao]:
    """Those that wait for the signature."""
    return list(_editaveis(convenente).filter(encaminhada_em__isnull=False))


@transaction.atomic
def renunciar(vinculo: Vinculo, usuario: Usuario, senha: str, desde: date, motivo: str = "") -> Vinculo:
    """End one's own representation from ``desde`` on, and tell everybody who acts for the organisation.

    After a substitute the titular returns on that very day; a titular who gives up returns from no substitution.
    Raises NaoRenunciavel and what ``documentos.assinatura.conferir_senha`` raises.
    """
    conferir_senha(usuario, senha)
    travado = Vinculo.objects.select_for_update(of=("self",)).get(pk=vinculo.pk)
    fim = travado.periodo.upper
    if desde < hoje_em_minas() or (fim is not None and desde >= fim):
        raise NaoRenunciavel
    pessoas = set(alteracao.partes(travado.convenente, hoje_em_minas()))
    porque = f"Renúncia. {motivo}".strip()
    volta = retorno_em(travado.convenente, fim)
    for proprio in Vinculo.objects.filter(
        convenente=travado.convenente, usuario=usuario, retoma__isnull=False, periodo__startswith__gt=desde
    ):
        vinculos.encerrar(proprio, por=usuario, desde=desde, motivo=porque)
    encerrado = vinculos.encerrar(travado, por=usuario, desde=desde, motivo=porque)
    if volta is not None and volta.usuario != usuario:
        pessoas.add(volta.usuario)
        volta = vinculos.antecipar(
            volta, por=usuario, inicio=desde, motivo=f"Retorno do titular: {usuario.nome} renunciou"
        )
        _iniciar(volta, hoje_em_minas())
    for pessoa in pessoas:
        enfileirar(
            f"renuncia:{encerrado.uuid}:{desde:%Y%m%d}:{pessoa.uuid}",
            "convenentes.renuncia",
            pessoa.email,
            {"vinculo": str(encerrado.uuid), "desde": desde.isoformat()},
            usuario=pessoa,
        )
    return encerrado


def retorno_em(convenente: Convenente, dia: date | None) -> Vinculo | None:
    """The link by which a titular takes up the representation on ``dia`` (None: never) after a substitution."""
    voltas = Vinculo.objects.filter(convenente=convenente, periodo__startswith=dia, retoma__isnull=False)
    return voltas.select_related("usuario").first() if dia else None

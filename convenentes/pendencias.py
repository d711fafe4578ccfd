"""What is missing in a record: the lines that are not in order or soon will not be, and who resolves each."""

from dataclasses import dataclass
from datetime import date, timedelta

from convenentes import itens
from convenentes.atualizacao import TIPO_DO_PEDIDO
from convenentes.models import Convenente, Fonte, ItemSolicitacao, Solicitacao
from convenentes.situacao import Estado, Linha, Quadro
from documentos.models import Escopo, Exigencia, Grupo, Pedido, TipoDocumento

DIAS = 60
_EM_ORDEM = frozenset({Estado.VIGENTE, Estado.NAO_SE_APLICA, Estado.AFASTADA})


@dataclass(frozen=True)
class Pendencia:
    """A line to resolve.

    ``item``: where it is in an open request. ``espera``: the request under review that must end before another of
    its kind may hold the line. ``resolvivel``: a request of people may resolve it now.
    """

    linha: Linha
    documento: TipoDocumento
    fonte: Fonte | None
    item: ItemSolicitacao | None
    espera: Solicitacao | None
    resolvivel: bool


def listar(quadro: Quadro) -> list[Pendencia]:
    """Return what to resolve, most urgent first, in a constant number of queries."""
    linhas = sorted((x for x in quadro.linhas if _entra(x, quadro.dia)), key=_urgencia)
    exigencias = Exigencia.objects.prefetch_related("alternativas__tipo_documento").in_bulk(
        [linha.exigencia_id for linha in linhas]
    )
    fontes = {f.codigo: f for f in Fonte.objects.filter(codigo__in={x.fonte for x in linhas})}
    no_pedido = _itens_abertos(quadro.convenente)
    abertas = {s.tipo: s for s in Solicitacao.objects.abertas().filter(convenente=quadro.convenente)}
    pendencias = []
    for linha in linhas:
        exigencia, item = exigencias[linha.exigencia_id], no_pedido.get(linha.codigo)
        aberta = abertas.get(TIPO_DO_PEDIDO[Pedido(exigencia.pedido)])
        tratada = itens.tratada(exigencia) and quadro.convenente.estado == Convenente.Estado.ATIVO
        em_analise = aberta is not None and aberta.estado == Solicitacao.Estado.EM_ANALISE
        pendencias.append(
            Pendencia(
                linha,
                exigencia.alternativas.all()[0].tipo_documento,
                fontes.get(linha.fonte),
                item,
                aberta if tratada and item is None and em_analise else None,
                tratada and item is None and not em_analise,
            )
        )
    return pendencias


def _entra(linha: Linha, dia: date) -> bool:
    """Optional papers that nobody sent are not missing; a register is asked again long before its answer ages."""
    if linha.estado == Estado.NAO_APRESENTADO and not linha.causa_irregularidade:
        return linha.grupo == Grupo.MROSC
    if linha.estado not in _EM_ORDEM:
        return True
    vence = linha.valido_ate is not None and linha.valido_ate <= dia + timedelta(days=DIAS)
    return vence and (linha.escopo != Escopo.FONTE or linha.estado == Estado.AFASTADA)


def _urgencia(linha: Linha) -> tuple[bool, bool, date, int, int]:
    """Irregular first, then by the day on which it expires or begins to count; what only informs comes last."""
    prazo = linha.transicao_ate if linha.em_transicao else linha.valido_ate
    sem_prazo = date.min if linha.irregular else date.max
    return (
        not linha.irregular,
        not linha.causa_irregularidade,
        prazo or sem_prazo,
        linha.grupo,
        linha.ordem,
    )


def _itens_abertos(convenente: Convenente) -> dict[str, ItemSolicitacao]:
    abertos = ItemSolicitacao.objects.filter(
        solicitacao__convenente=convenente,
        solicitacao__estado__in=Solicitacao.Estado.abertos(),
        exigencia__isnull=False,
    )
    return {
        i.exigencia.codigo: i
        for i in abertos.select_related("solicitacao", "exigencia", "tipo_documento")
        if i.exigencia
    }

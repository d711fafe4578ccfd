"""What is missing in a record: the lines that are not in order or soon will not be, and who resolves each."""

from dataclasses import dataclass
from datetime import date, timedelta

from convenentes import itens
from convenentes.atualizacao import TIPO_DO_PEDIDO
from convenentes.models import Convenente, Fonte, ItemSolicitacao, PapelVinculo, Solicitacao, Vinculo
from convenentes.situacao import Estado, Linha, Quadro
from documentos.models import Escopo, Exigencia, Grupo, Pedido, TipoDocumento, Validade

DIAS = 60
_EM_ORDEM = frozenset({Estado.VIGENTE, Estado.NAO_SE_APLICA, Estado.AFASTADA})


@dataclass(frozen=True)
class Pendencia:
    """A line to resolve.

    ``item``: where it is in an open request. ``espera``: the request under review that must end before another of
    its kind may hold the line. ``resolvivel``: an update may resolve it now. ``do_mandato``: only a new mandate does.
    """

    linha: Linha
    documento: TipoDocumento
    fonte: Fonte | None
    item: ItemSolicitacao | None
    espera: Solicitacao | None
    resolvivel: bool
    do_mandato: bool


def listar(quadro: Quadro) -> list[Pendencia]:
    """Return what to resolve, most urgent first, in a constant number of queries."""
    linhas = sorted((x for x in quadro.linhas if _entra(x, quadro.dia)), key=_urgencia)
    exigencias = Exigencia.objects.prefetch_related("alternativas__tipo_documento").in_bulk(
        [linha.exigencia_id for linha in linhas]
    )
    fontes = {f.codigo: f for f in Fonte.objects.filter(codigo__in={x.fonte for x in linhas})}
    no_pedido = _itens_abertos(quadro.convenente)
    abertas = {s.tipo: s for s in Solicitacao.objects.abertas().filter(convenente=quadro.convenente)}
    representado = (
        Vinculo.objects.vigentes(quadro.dia)
        .filter(convenente=quadro.convenente, papel=PapelVinculo.REPRESENTANTE)
        .exists()
    )
    pendencias = []
    for linha in linhas:
        exigencia, item = exigencias[linha.exigencia_id], no_pedido.get(linha.codigo)
        aberta = abertas.get(TIPO_DO_PEDIDO[Pedido(exigencia.pedido)])
        tratada = itens.tratada(exigencia) and quadro.convenente.estado == Convenente.Estado.ATIVO
        documento = exigencia.alternativas.all()[0].tipo_documento
        do_mandato = tratada and item is None and _do_mandato(linha, documento, representado)
        em_analise = aberta is not None and aberta.estado == Solicitacao.Estado.EM_ANALISE
        pendencias.append(
            Pendencia(
                linha,
                documento,
                fontes.get(linha.fonte),
                item,
                aberta if tratada and item is None and em_analise and not do_mandato else None,
                tratada and item is None and not em_analise and not do_mandato,
                do_mandato,
            )
        )
    return pendencias


def _do_mandato(linha: Linha, documento: TipoDocumento, representado: bool) -> bool:
    """Papers of the representante that end with the mandate come again with the next one, or with somebody to sign."""
    renova = linha.estado in {Estado.VENCIDO, Estado.VIGENTE, Estado.VENCE_EM_BREVE}
    por_mandato = documento.validade in Validade.do_mandato() and renova
    return linha.escopo == Escopo.REPRESENTANTE and (por_mandato or not representado)


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
    ).exclude(solicitacao__tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL, solicitacao__enviada_em=None)
    return {
        i.exigencia.codigo: i
        for i in abertos.select_related("solicitacao", "exigencia", "tipo_documento")
        if i.exigencia
    }

"""Links between persons and convenentes: made and ended here only, each time with who, when and why.

A link is never erased: ending it shortens its period, and the history says who did it (docs/dominio.md, Roles).
"""

from datetime import date, timedelta

from django.db import transaction

from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import eventos, historico
from convenentes.models import Convenente, EventoVinculo, PapelVinculo, Participante, Solicitacao, Vinculo


@transaction.atomic
def ligar(
    usuario: Usuario,
    convenente: Convenente,
    papel: str,
    *,
    por: Usuario | None,
    inicio: date,
    ultimo_dia: date | None = None,
    cargo: str = "",
    mandato_ate: date | None = None,
    origem: Solicitacao | None = None,
    retoma: Vinculo | None = None,
    motivo: str = "",
) -> Vinculo:
    """Let the person act for the convenente from ``inicio`` to ``ultimo_dia`` (São Paulo, both included; None: no end).

    ``retoma`` is the link whose mandate goes on, after a substitution.
    Raises IntegrityError when the period overlaps that of another representante legal, or the same link.
    """
    vinculo = Vinculo.objects.create(
        usuario=usuario,
        convenente=convenente,
        papel=papel,
        cargo=cargo,
        periodo=(inicio, ultimo_dia + timedelta(days=1) if ultimo_dia else None),
        mandato_ate=mandato_ate,
        origem=origem,
        retoma=retoma,
        provas_ate=retoma.provas_ate if retoma else None,
    )
    EventoVinculo.objects.create(vinculo=vinculo, tipo=EventoVinculo.Tipo.LIGADO, por=por, motivo=motivo)
    return vinculo


@transaction.atomic
def encerrar(vinculo: Vinculo, *, por: Usuario | None, desde: date, motivo: str = "") -> Vinculo:
    """End the link: from ``desde`` (São Paulo) on, the person does not act any more. Never lengthens it.

    What depends on the mandate of a representante follows by rule. The days before keep what was said of them. Who
    acts in no role any more takes no part in requests of the convenente either.
    """
    representa = vinculo.papel == PapelVinculo.REPRESENTANTE
    if representa:
        historico.curar(hoje(), [vinculo.convenente_id])
    travado = Vinculo.objects.select_for_update(of=("self",)).get(pk=vinculo.pk)
    inicio, fim = travado.periodo.lower, travado.periodo.upper
    if inicio is None or (fim is not None and fim <= desde):
        return travado
    travado.periodo = (inicio, max(inicio, desde))
    travado.save(update_fields=["periodo"])
    EventoVinculo.objects.create(vinculo=travado, tipo=EventoVinculo.Tipo.ENCERRADO, por=por, motivo=motivo)
    if representa:
        historico.atualizar(hoje(), [travado.convenente_id])
    _retirar_dos_pedidos(travado, por)
    return travado


@transaction.atomic
def antecipar(vinculo: Vinculo, *, por: Usuario | None, inicio: date, motivo: str) -> Vinculo:
    """Let a link that is yet to begin do so on ``inicio`` (São Paulo), a free day before the planned one."""
    travado = Vinculo.objects.select_for_update(of=("self",)).get(pk=vinculo.pk)
    travado.periodo = (inicio, travado.periodo.upper)
    travado.save(update_fields=["periodo"])
    EventoVinculo.objects.create(vinculo=travado, tipo=EventoVinculo.Tipo.LIGADO, por=por, motivo=motivo)
    historico.atualizar(hoje(), [travado.convenente_id])
    return travado


def _retirar_dos_pedidos(vinculo: Vinculo, por: Usuario | None) -> None:
    """Take an outsider out of the requests in which somebody let him help. Who signs one stays in it."""
    pessoa, convenente = vinculo.usuario, vinculo.convenente
    if Vinculo.objects.vigentes(hoje()).filter(usuario=pessoa, convenente=convenente).exists():
        return
    participacoes = Participante.objects.filter(cpf=pessoa.cpf, solicitacao__convenente=convenente)
    ajudas = participacoes.exclude(papel=PapelVinculo.REPRESENTANTE)
    for participante in ajudas.exclude(solicitacao__tipo=Solicitacao.Tipo.INSCRICAO):
        eventos.registrar(participante.solicitacao, "usuario_retirado", por, nome=participante.nome)
        participante.delete()

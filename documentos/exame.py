"""The checks of a file that are too dear for the request: antivirus, content, and the cleaned copy that is shown.

recebido → em verificação → pronto | com problema | retido. Every file is examined after the commit that kept it, and a
sweep every minute takes what was left: a scanner, storage or queue that was down loses nothing. A machine never refuses
for good: "com problema" goes back to the person with the remedy, "retido" to a person of the team.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cagec.correio.fila import enfileirar
from contas.models import Usuario
from documentos import guarda, leitura
from documentos.models import Arquivo, DocumentoArquivo, Obtencao, PedidoDeIdentidade, Verificacao
from documentos.verificacoes import antivirus, conteudo
from documentos.verificacoes.antivirus import AntivirusIndisponivel
from documentos.verificacoes.resultado import Resultado

LOTE = 100  # files of one sweep
ESPERA = timedelta(minutes=1)
_LIBERACAO = "liberacao"
_Estado = Arquivo.Estado
_diario = logging.getLogger("cagec.exame")

# Upper apps are told, in the transaction that ends the checks of a file.
ao_examinar: list[Callable[[Arquivo], None]] = []


class NaoEstaRetido(Exception):
    """Only a file that is held for a person can be released or given back."""

    def __init__(self) -> None:
        super().__init__("Este arquivo já foi conferido por outra pessoa.")


def agendar(arquivo: Arquivo) -> None:
    """Examine the file as soon as it is committed. With the queue down, the sweep does."""
    transaction.on_commit(lambda: _chamar(arquivo.pk), robust=True)


def _chamar(pk: int) -> None:
    from documentos.tasks import examinar as tarefa

    tarefa.delay(pk)


def varrer() -> int:
    """Examine what is due, the longest waiting first; return how many. Nothing is tried while the scanner is down."""
    if not antivirus.responde():
        return 0
    devidos = Arquivo.objects.a_examinar(timezone.now()).order_by("examinar_em")
    pks = list(devidos.values_list("pk", flat=True)[:LOTE])
    for pk in pks:
        examinar(pk)
    return len(pks)


def parados() -> int:
    """Count the files that somebody has been waiting for longer than they should."""
    return Arquivo.objects.parados(timezone.now()).count()


def examinar(pk: int) -> None:
    """Run every check of a file, unless that was done or somebody is doing it. What cannot be done now is put off."""
    Arquivo.objects.filter(pk=pk, estado=_Estado.RECEBIDO).update(
        estado=_Estado.EM_VERIFICACAO, estado_desde=timezone.now()
    )
    try:
        _examinar(pk)
    except AntivirusIndisponivel as erro:
        _diario.warning("antivírus indisponível: %s", erro)
        _adiar(pk)
    except Exception:  # noqa: BLE001 - whatever stops one file, it waits and the others go on
        _diario.exception("exame do arquivo %s adiado", pk)
        _adiar(pk)


def _adiar(pk: int) -> None:
    abertos = Arquivo.objects.filter(pk=pk, estado__in=_Estado.em_aberto(), examinar_em__isnull=False)
    abertos.update(examinar_em=timezone.now() + ESPERA)


@transaction.atomic
def _examinar(pk: int) -> None:
    # The row is held while the checks run: a process that dies gives it back as it was.
    travados = Arquivo.objects.select_for_update(skip_locked=True, no_key=True)
    arquivo = travados.filter(pk=pk, estado__in=_Estado.em_aberto()).first()
    if arquivo is None:
        return
    resultados = [antivirus.verificar(guarda.pedacos(arquivo))]
    if resultados[0].situacao != Verificacao.Situacao.REPROVADO:
        exame = conteudo.examinar(
            arquivo.tipo_midia, guarda.ler(arquivo), e_selfie=_e_selfie(arquivo), raizes=leitura.raizes()
        )
        resultados += exame.resultados
        if exame.copia is not None and not _reprovado(resultados):
            guarda.guardar_copia(arquivo, exame.midia_da_copia, exame.copia)
        if exame.lido is not None:
            leitura.guardar(arquivo, exame.lido)
    anotar(arquivo, resultados)
    _situar(arquivo, _veredito(resultados))


def _veredito(resultados: list[Resultado]) -> Arquivo.Estado:
    if _reprovado(resultados):
        return _Estado.COM_PROBLEMA
    if any(r.situacao == Verificacao.Situacao.RETIDO for r in resultados):
        return _Estado.RETIDO
    return _Estado.PRONTO


def _reprovado(resultados: list[Resultado]) -> bool:
    return any(r.situacao == Verificacao.Situacao.REPROVADO for r in resultados)


def _situar(arquivo: Arquivo, estado: Arquivo.Estado) -> None:
    arquivo.estado, arquivo.estado_desde, arquivo.examinar_em = estado, timezone.now(), None
    arquivo.save(update_fields=["estado", "estado_desde", "examinar_em"])
    if estado == _Estado.COM_PROBLEMA and arquivo.enviado_por is not None and arquivo.documentos.exists():
        enfileirar(
            f"arquivo-com-problema:{arquivo.uuid}",
            "documentos.arquivo_com_problema",
            arquivo.enviado_por.email,
            {"arquivo": str(arquivo.uuid)},
            usuario=arquivo.enviado_por,
        )
    for avisar in ao_examinar:
        avisar(arquivo)


def _e_selfie(arquivo: Arquivo) -> bool:
    do_tipo = DocumentoArquivo.objects.filter(
        arquivo=arquivo, documento__tipo__obtencao=Obtencao.SELFIE
    ).exists()
    return do_tipo or PedidoDeIdentidade.objects.filter(selfie=arquivo).exists()


def anotar(arquivo: Arquivo, resultados: list[Resultado]) -> None:
    """Keep what checks said about a file."""
    Verificacao.objects.bulk_create(anotacao(arquivo, dito) for dito in resultados)


def anotacao(arquivo: Arquivo, dito: Resultado) -> Verificacao:
    """Return what a check said as the row that keeps it, not yet written."""
    return Verificacao(
        arquivo=arquivo,
        nome=dito.nome,
        versao=dito.versao,
        situacao=dito.situacao,
        detalhe=dito.detalhe,
        conselho=dito.conselho,
    )


@transaction.atomic
def liberar(arquivo: Arquivo, por: Usuario) -> None:
    """A person of the team looked at what the antivirus found strange: it is harmless. Raises NaoEstaRetido."""
    travado = _travar_retido(arquivo)
    anotar(travado, [Resultado(_LIBERACAO, "1", "aprovado", f"liberado por {por.nome}")])
    _situar(travado, _Estado.PRONTO)


@transaction.atomic
def devolver(arquivo: Arquivo, por: Usuario) -> None:
    """A person of the team would not trust the file: it goes back to who sent it. Raises NaoEstaRetido."""
    travado = _travar_retido(arquivo)
    conselho = "Escolha Imprimir → Salvar como PDF e envie a nova cópia."
    anotar(travado, [Resultado(_LIBERACAO, "1", "reprovado", f"não liberado por {por.nome}", conselho)])
    _situar(travado, _Estado.COM_PROBLEMA)


def _travar_retido(arquivo: Arquivo) -> Arquivo:
    retidos = Arquivo.objects.select_for_update(no_key=True).filter(estado=_Estado.RETIDO)
    travado = retidos.filter(pk=arquivo.pk).first()
    if travado is None:
        raise NaoEstaRetido
    return travado

"""How long bytes are kept, and whether they are still those received."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from cagec.tempo import hoje
from contas import fabricas as contas
from convenentes import cancelamento
from convenentes import fabricas as convenentes
from convenentes.models import ItemSolicitacao, Solicitacao
from documentos import fabricas, guarda, previa, retencao
from documentos.models import Arquivo
from tests.convenentes import pedidos
from tests.documentos import apoio

pytestmark = pytest.mark.django_db
HA_MUITO = timezone.now() - timedelta(days=400)


def _guardado(arquivo: Arquivo) -> bool:
    return default_storage.exists(arquivo.chave)


def _devolvido(desde: object = HA_MUITO) -> Arquivo:
    arquivo = apoio.anexar(None, fabricas.enviado("foto.jpg", fabricas.foto())).arquivos.get()
    Arquivo.objects.filter(pk=arquivo.pk).update(estado="com_problema", estado_desde=desde)
    return arquivo


def test_what_was_given_back_goes_after_a_year_with_its_copy_and_pages_and_is_noted() -> None:
    arquivo = apoio.anexar(None, fabricas.enviado("foto.jpg", fabricas.foto())).arquivos.get()
    assert previa.desenhar(arquivo, 1)
    Arquivo.objects.filter(pk=arquivo.pk).update(estado="com_problema", estado_desde=HA_MUITO)
    pasta = arquivo.chave.partition("/")[0]
    agora = timezone.now()
    assert retencao.apagar_vencidos(agora) == 1
    assert not [n for n in default_storage.listdir(pasta)[1] if arquivo.chave.endswith(n[:32])]
    assert set(Arquivo.objects.values_list("papel", "apagado_em")) == {
        ("original", agora),
        ("saneado", agora),
    }
    assert retencao.apagar_vencidos(agora) == 0


def test_nothing_goes_before_a_year() -> None:
    arquivo = _devolvido(timezone.now() - timedelta(days=364))
    assert retencao.apagar_vencidos(timezone.now()) == 0
    assert _guardado(arquivo)


def test_what_is_ready_stays_however_old() -> None:
    arquivo = apoio.anexar().arquivos.get()
    Arquivo.objects.update(criado_em=HA_MUITO, estado_desde=HA_MUITO)
    assert retencao.apagar_vencidos(timezone.now()) == 0
    assert _guardado(arquivo)


def test_the_file_of_an_accepted_document_stays_even_with_a_problem() -> None:
    arquivo = pedidos.papel_aceito(contas.usuario(), "rl_identidade").arquivos.get()
    Arquivo.objects.update(estado="com_problema", estado_desde=HA_MUITO)
    retencao.apagar_vencidos(timezone.now())
    assert _guardado(arquivo)


def _com_arquivo_antigo() -> tuple[Solicitacao, ItemSolicitacao, Arquivo]:
    """A draft that was begun long ago, with one file."""
    solicitacao = convenentes.rascunho_de("osc")
    item = solicitacao.itens.exclude(tipo_documento=None).filter(exigencia__codigo="cnd_federal").get()
    assert item.tipo_documento is not None
    documento = apoio.anexar(
        item.tipo_documento, valido_ate=hoje() + timedelta(days=90), pasta=solicitacao.pasta
    )
    item.documento = documento
    item.save(update_fields=["documento"])
    Arquivo.objects.update(criado_em=HA_MUITO)
    Solicitacao.objects.filter(pk=solicitacao.pk).update(criada_em=HA_MUITO)
    return solicitacao, item, documento.arquivos.get()


def _cancelar(solicitacao: Solicitacao, em: datetime) -> None:
    cancelamento.cancelar(solicitacao, solicitacao.criada_por)
    solicitacao.eventos.update(em=em)


def test_the_files_of_a_request_never_sent_go_a_year_after_it_ended() -> None:
    solicitacao, _, arquivo = _com_arquivo_antigo()
    agora = timezone.now()
    assert retencao.apagar_vencidos(agora) == 0
    _cancelar(solicitacao, agora - timedelta(days=364))
    assert retencao.apagar_vencidos(agora) == 0
    solicitacao.eventos.update(em=agora - timedelta(days=366))
    assert retencao.apagar_vencidos(agora) == 1
    assert not _guardado(arquivo)


def test_a_file_that_another_request_has_too_stays() -> None:
    solicitacao, item, arquivo = _com_arquivo_antigo()
    _cancelar(solicitacao, HA_MUITO)
    outra = convenentes.rascunho_de("osc")
    outra.itens.filter(exigencia=item.exigencia).update(documento=item.documento)
    assert retencao.apagar_vencidos(timezone.now()) == 0
    assert _guardado(arquivo)


def _comando(**opcoes: bool) -> str:
    saida = StringIO()
    call_command("retencao", stdout=saida, **opcoes)
    return saida.getvalue()


def test_the_command_shows_what_would_go_under_its_rule_and_deletes_nothing() -> None:
    arquivo, recente = _devolvido(), _devolvido(timezone.now())
    dito = _comando()
    titulo, linha, outra, fim = dito.splitlines()
    assert titulo.startswith("Com problema, devolvidos a quem enviou há mais de um ano: 1 arquivo(s)")
    assert linha.split()[0] == str(arquivo.uuid)
    assert outra.startswith("De solicitações que terminaram há mais de um ano sem ser enviadas: 0 arquivo(s)")
    assert "repita o comando com --apagar" in fim
    assert str(recente.uuid) not in dito
    assert _guardado(arquivo)


def test_the_command_deletes_when_it_is_told_to() -> None:
    arquivo, recente = _devolvido(), _devolvido(timezone.now())
    assert "Apagados: 1 arquivo(s)." in _comando(apagar=True)
    assert not _guardado(arquivo)
    assert _guardado(recente)
    assert str(arquivo.uuid) not in _comando()


def test_bytes_that_changed_or_went_are_told_to_the_operators() -> None:
    mudado, sumido, bom = (apoio.anexar().arquivos.get() for _ in range(3))
    Arquivo.objects.exclude(pk__in=[mudado.pk, sumido.pk, bom.pk]).update(conferido_em=timezone.now())
    default_storage.delete(mudado.chave)
    default_storage.save(mudado.chave, ContentFile(b"outros"))
    default_storage.delete(sumido.chave)
    assert sum(retencao.conferir(timezone.now()) for _ in range(3)) == 2  # one a night, of three
    assert retencao.corrompidos() == 2
    assert not Arquivo.objects.get(pk=bom.pk).corrompido


def test_every_file_has_its_turn() -> None:
    arquivos = [apoio.anexar().arquivos.get() for _ in range(3)]
    for _ in range(Arquivo.objects.count()):
        retencao.conferir(timezone.now())
    assert not Arquivo.objects.filter(conferido_em=None).exists()
    assert all(guarda.integro(a) for a in arquivos)

"""Reminders and expiry: each threshold is a window, in days of São Paulo (docs/dominio.md, Deadlines)."""

from datetime import date, time, timedelta

import pytest

from cagec.correio.models import Mensagem
from contas.fabricas import usuario
from convenentes import analise, assinaturas, cancelamento, inscricao, prazos
from convenentes.models import Convenente, PapelVinculo, Solicitacao
from convenentes.participantes import nomear_representante
from convenentes.tasks import lembrar
from tests.convenentes import pedidos
from tests.convenentes.mundo import HOJE, as_, dias

pytestmark = pytest.mark.django_db
MEIO_DIA = time(12)


def encaminhada(quando: time = MEIO_DIA) -> Solicitacao:
    """A request that waits for its signature since ``HOJE``."""
    pedido = pedidos.pronta()
    assinaturas.encaminhar(pedido, pedido.criada_por)
    Solicitacao.objects.filter(pk=pedido.pk).update(encaminhada_em=as_(HOJE, quando))
    Mensagem.objects.all().delete()
    return pedido


def devolvida(quando: time = MEIO_DIA) -> Solicitacao:
    """An inscription that was returned with pendências on ``HOJE``."""
    analista = usuario(is_staff=True)
    pedido = pedidos.em_analise()
    pedidos.julgar(pedido, analista, "cnpj")
    analise.devolver(pedido, analista)
    Solicitacao.objects.filter(pk=pedido.pk).update(pendencia_desde=as_(HOJE, quando))
    Mensagem.objects.all().delete()
    return pedido


def rodar(dia: date) -> int:
    """Run the reminders of a day, twice as a clumsy worker would; return how many mails came of it."""
    antes = Mensagem.objects.count()
    prazos.lembrar(dia)
    depois = Mensagem.objects.count()
    prazos.lembrar(dia)
    assert Mensagem.objects.count() == depois
    return depois - antes


def test_a_pending_signature_is_reminded_on_the_third_seventh_and_fourteenth_day_only() -> None:
    pedido = encaminhada()
    com_aviso = [n for n in range(40) if rodar(dias(n))]
    assert com_aviso == [3, 7, 14]
    representante = pedidos.participante(pedido, PapelVinculo.REPRESENTANTE)
    assert {(m.tipo, m.para) for m in Mensagem.objects.all()} == {
        ("convenentes.assinatura_pendente", representante.email)
    }


def test_nights_without_a_run_lose_no_reminder_and_pile_none_up() -> None:
    encaminhada()
    assert [n for n in (0, 2, 9, 10, 13, 33, 34) if rodar(dias(n))] == [9, 33]


@pytest.mark.parametrize("hora", [time(0), time(0, 30), time(23, 30), time(23, 59, 59)])
def test_the_days_are_those_of_sao_paulo_at_any_hour(hora: time) -> None:
    encaminhada(hora)
    assert [n for n in (2, 3) if rodar(dias(n))] == [3]


def test_who_has_no_account_yet_gets_the_instructions_with_a_new_link() -> None:
    pedido = encaminhada()
    nomear_representante(
        pedido,
        pedido.criada_por,
        cpf="52998224725",
        nome="Sem Conta",
        email="sem@example.org",
        cargo="Prefeita",
        mandato_de=HOJE,
        mandato_ate=None,
    )
    Mensagem.objects.all().delete()
    assert [n for n in range(20) if rodar(dias(n))] == [3, 7, 14]
    assert {(m.tipo, m.para) for m in Mensagem.objects.all()} == {
        ("convenentes.instrucoes", "sem@example.org")
    }
    assert all("convite" in m.contexto for m in Mensagem.objects.all())


def test_an_update_reminds_who_represents_the_record_today() -> None:
    registro = pedidos.ativo()
    pedido = pedidos.atualizacao_de(registro, "cndt")
    assinaturas.encaminhar(pedido, pedido.criada_por)
    Mensagem.objects.all().delete()
    Solicitacao.objects.filter(pk=pedido.pk).update(encaminhada_em=as_(HOJE))
    assert rodar(dias(3)) == 1
    assert Mensagem.objects.get().para == pedidos.representante_de(registro).email


def test_nobody_is_reminded_of_what_was_not_forwarded_or_is_over() -> None:
    pedidos.pronta()
    cancelada = encaminhada()
    cancelamento.cancelar(cancelada, cancelada.criada_por)
    pedidos.em_analise()
    Mensagem.objects.all().delete()
    assert rodar(dias(500)) == 0


def test_a_request_sent_meanwhile_is_not_reminded() -> None:
    pedido = encaminhada()
    Solicitacao.objects.filter(pk=pedido.pk).update(encaminhada_em=None)
    prazos.lembrar_assinatura(pedido.pk, dias(30))
    prazos.cobrar_pendencia(pedido.pk, dias(30))
    assert not Mensagem.objects.exists()


def test_an_unanswered_pendencia_is_reminded_at_10_20_and_27_days_and_expires_at_30() -> None:
    pedido = devolvida()
    assert [(n, quantos) for n in range(45) if (quantos := rodar(dias(n)))] == [
        (10, 2),
        (20, 2),
        (27, 2),
        (30, 2),
    ]
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.EXPIRADA
    assert pedido.decidida_em is not None
    evento = pedido.eventos.get(tipo="expirada")
    assert (evento.de, evento.para, evento.por) == ("com_pendencia", "expirada", None)
    tipos = list(Mensagem.objects.order_by("pk").values_list("tipo", flat=True))
    assert tipos == ["convenentes.pendencia_lembrete"] * 6 + ["convenentes.expirada"] * 2


def test_an_expiry_missed_for_weeks_happens_at_the_next_run_without_old_reminders() -> None:
    devolvida()
    assert rodar(dias(55)) == 2
    assert {m.tipo for m in Mensagem.objects.all()} == {"convenentes.expirada"}


@pytest.mark.parametrize("hora", [time(0, 30), time(23, 30)])
def test_a_pendencia_lives_through_its_29th_day_of_sao_paulo(hora: time) -> None:
    pedido = devolvida(hora)
    prazos.lembrar(dias(29))
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.COM_PENDENCIA
    prazos.lembrar(dias(30))
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.EXPIRADA


def test_an_expired_inscription_frees_its_cnpj() -> None:
    pedido = devolvida()
    prazos.lembrar(dias(30))
    pedido.refresh_from_db()
    assert pedido.convenente is not None
    assert pedido.natureza is not None
    assert pedido.convenente.estado == Convenente.Estado.CANCELADO
    inscricao.conferir_cnpj(pedido.cnpj, pedido.natureza)


def test_an_expired_update_leaves_the_record_as_it_was() -> None:
    analista, registro = usuario(is_staff=True), pedidos.ativo()
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt"))
    pedidos.julgar(pedido, analista, "cndt")
    analise.devolver(pedido, analista)
    Solicitacao.objects.filter(pk=pedido.pk).update(pendencia_desde=as_(HOJE))
    prazos.lembrar(dias(30))
    registro.refresh_from_db()
    assert registro.estado == Convenente.Estado.ATIVO


def test_a_correction_that_waits_for_its_signature_is_reminded_of_both() -> None:
    pedido = devolvida()
    Solicitacao.objects.filter(pk=pedido.pk).update(encaminhada_em=as_(dias(7)))
    assert rodar(dias(10)) == 3
    assert sorted(Mensagem.objects.values_list("tipo", flat=True)) == [
        "convenentes.assinatura_pendente",
        "convenentes.pendencia_lembrete",
        "convenentes.pendencia_lembrete",
    ]


def test_the_task_runs_on_todays_date(settings) -> None:
    pedido = encaminhada()
    relogio = settings.DADOS / "hoje"
    relogio.write_text((HOJE + timedelta(days=3)).isoformat())
    try:
        lembrar()
    finally:
        relogio.unlink()
    assert Mensagem.objects.get().contexto == {"solicitacao": str(pedido.uuid)}

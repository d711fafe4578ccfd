"""Warnings before an expiry: which thresholds, to whom, once each, whatever nights were missed."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cagec.correio.entrega import varrer
from cagec.correio.models import Mensagem
from convenentes import avisos
from convenentes.avisos import avisar
from convenentes.models import AvisoEmitido, Comprovacao, Convenente, PapelVinculo, Vinculo
from convenentes.tasks import avisar_vencimentos
from documentos.models import Documento, TipoDocumento
from tests.convenentes.a_vencer import certidao, consultar, ligar, registro, registros, representar
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Mandato, Organizacao, Pedido, Prova

pytestmark = pytest.mark.django_db
Caixa = Callable[[str], list[EmailMessage]]


def rodar(noites: Iterable[int]) -> list[int]:
    """Run on the nights counted from ``HOJE``; return those that brought a mail. A repeated run brings none."""
    com_aviso = []
    for n in noites:
        if avisar(dias(n)):
            assert avisar(dias(n)) == 0
            com_aviso.append(n)
    return com_aviso


def em_volta_de(fim: int, limiares: Iterable[int] = (90, 60, 30, 15, 7, 1, 0)) -> list[int]:
    """The nights of each threshold of what expires on night ``fim``, the one before and the one after."""
    return sorted({n for d in limiares for n in (fim - d - 1, fim - d, fim - d + 1) if n >= 0})


def linhas_da(mensagem: Mensagem) -> list[str]:
    return list(mensagem.contexto["linhas"])


def test_a_certificate_is_warned_about_at_each_threshold_and_on_its_last_day() -> None:
    ligar(registro(certidao(dias(70))))
    assert rodar(em_volta_de(70)) == [70 - d for d in (60, 30, 15, 7, 1, 0)]


def test_the_end_of_a_mandate_is_warned_about_at_ninety_sixty_and_thirty_days() -> None:
    representar(registro(), mandato_ate=dias(100), ate=dias(101))
    assert rodar(em_volta_de(100)) == [10, 40, 70]
    assert linhas_da(Mensagem.objects.earliest("pk")) == [
        "Mandato do representante legal: vence em 18/11/2026 (em 90 dias). Quem assumir, ou for "
        "reeleito(a), pede a alteração de representante legal no portal."
    ]


def test_three_missed_nights_lose_nothing_and_only_the_tightest_threshold_is_sent() -> None:
    convenente = registro(certidao(dias(20)))
    ligar(convenente)
    assert rodar([0]) == [0]
    assert rodar([14, 19]) == [14, 19]
    assert list(AvisoEmitido.objects.order_by("pk").values_list("limiar", flat=True)) == [30, 7, 1]


def test_a_last_day_without_a_run_is_told_the_next_morning() -> None:
    ligar(registro(certidao(dias(1))))
    assert rodar([0, 4, 5]) == [0, 4]
    assert "venceu em 11/08/2026" in linhas_da(Mensagem.objects.latest("pk"))[0]


def test_what_expired_more_than_a_month_ago_is_no_news() -> None:
    ligar(registro(certidao(dias(-31))))
    assert rodar([0]) == []
    assert rodar([-1]) == [-1]


def test_a_line_renewed_in_time_is_not_warned_about() -> None:
    convenente = registro(certidao(dias(14)), certidao(dias(300), aceita_em=as_(dias(5))))
    ligar(convenente)
    assert rodar(range(5)) == [0]
    assert rodar(range(5, 16)) == []


def test_a_proof_that_takes_the_place_of_another_starts_its_own_thresholds() -> None:
    convenente = registro(certidao(dias(10)), certidao(dias(80), aceita_em=as_(dias(5))))
    ligar(convenente)
    assert rodar(sorted({0, *em_volta_de(10), *em_volta_de(80)})) == [
        0,
        3,
        80 - 60,
        80 - 30,
        80 - 15,
        80 - 7,
        79,
        80,
    ]


def test_a_renewal_under_review_says_so() -> None:
    pedido = Pedido(as_(dias(-1)), "em_analise", {"certidao": "preenchido"})
    _, (convenente,) = registros(Organizacao(provas=(certidao(dias(5)),), pedidos=(pedido,)))
    ligar(convenente)
    avisar(HOJE)
    assert linhas_da(Mensagem.objects.get()) == [
        "Obrigação certidao: vence em 15/08/2026 (em 5 dias). O documento novo já está em análise pela equipe CAGEC."
    ]


def test_papers_of_a_mandate_are_silent_once_the_successor_is_known() -> None:
    _, (convenente,) = registros(Organizacao(mandatos=(Mandato(dias(-200), dias(20)),), provas=(_posse(),)))
    ligar(convenente)
    sucessor = representar(convenente, de=dias(21))
    assert rodar(em_volta_de(20)[:-1]) == []
    Vinculo.objects.filter(usuario=sucessor).update(periodo=(dias(22), None))
    assert rodar([0]) == [0]  # a day without anybody is left
    assert [linha.split(":")[0] for linha in linhas_da(Mensagem.objects.earliest("pk"))] == [
        "Mandato do representante legal",
        "Obrigação posse",
    ]


def _posse() -> Prova:
    return Prova("posse", as_(dias(-150)), "MANDATO", mandato=0)


def test_the_answer_of_a_register_grows_old_in_silence() -> None:
    regras, (convenente,) = registros(Organizacao())
    ligar(convenente)
    consultar(convenente, regras, HOJE, "sem_restricao")
    assert rodar(range(10)) == []


def test_a_restriction_is_told_once_however_often_it_is_confirmed() -> None:
    regras, (convenente,) = registros(Organizacao())
    ligar(convenente)
    consultar(convenente, regras, HOJE)
    consultar(convenente, regras, dias(3))
    consultar(convenente, regras, dias(5), "sem_restricao")
    consultar(convenente, regras, dias(8))
    assert rodar(range(12)) == [0, 8]
    assert linhas_da(Mensagem.objects.latest("pk")) == [
        "Obrigação cadin: com restrição desde 18/08/2026. Regularize junto ao órgão que mantém o cadastro."
    ]


def test_the_representante_of_today_and_the_responsaveis_are_told_and_nobody_else() -> None:
    convenente = registro(certidao(dias(5)))
    representante, responsavel = representar(convenente, de=dias(-10)), ligar(convenente)
    representar(convenente, ate=dias(-10))  # the one before
    ligar(convenente, PapelVinculo.USUARIO)
    ligar(convenente, ate=HOJE)  # left yesterday
    inativa = ligar(convenente)
    inativa.is_active = False
    inativa.save()
    assert avisar(HOJE) == 2
    assert set(Mensagem.objects.values_list("para", flat=True)) == {representante.email, responsavel.email}


def test_somebody_with_both_roles_gets_one_mail() -> None:
    convenente = registro(certidao(dias(5)))
    representar(convenente, quem=ligar(convenente))
    assert avisar(HOJE) == 1


def test_somebody_with_two_organisations_gets_one_mail_of_each() -> None:
    _, (uma, outra) = registros(
        Organizacao(provas=(certidao(dias(5)),)), Organizacao(provas=(certidao(dias(6)),))
    )
    pessoa = ligar(uma)
    ligar(outra, quem=pessoa)
    assert avisar(HOJE) == 2
    do_dia = {m.contexto["convenente"]: linhas_da(m) for m in Mensagem.objects.all()}
    assert {uuid: len(linhas) for uuid, linhas in do_dia.items()} == {str(uma.uuid): 1, str(outra.uuid): 1}
    assert "15/08/2026" in do_dia[str(uma.uuid)][0]


def test_a_record_without_anybody_is_warned_about_once_it_has_somebody() -> None:
    convenente = registro(certidao(dias(5)))
    assert avisar(HOJE) == 0
    assert not AvisoEmitido.objects.exists()
    ligar(convenente)
    assert avisar(dias(1)) == 1


def test_a_record_that_takes_no_updates_is_not_warned_about() -> None:
    convenente = registro(certidao(dias(5)))
    ligar(convenente)
    Convenente.objects.filter(pk=convenente.pk).update(estado=Convenente.Estado.INATIVO)
    assert avisar(HOJE) == 0


def test_the_digest_lists_everything_about_to_expire_most_urgent_first() -> None:
    convenente = registro(certidao(dias(25)), certidao(HOJE, "crf"))
    TipoDocumento.objects.filter(comprovacao_do(convenente, "crf")).update(
        onde_emitir="https://crf.example.org/"
    )
    representar(convenente, mandato_ate=dias(40))
    avisar(HOJE)
    assert linhas_da(Mensagem.objects.get()) == [
        "Obrigação crf: vence em 10/08/2026 (hoje). Emita em https://crf.example.org/",
        "Obrigação certidao: vence em 04/09/2026 (em 25 dias). Emita em https://crf.example.org/",
        "Mandato do representante legal: vence em 19/09/2026 (em 40 dias). Quem assumir, ou for "
        "reeleito(a), pede a alteração de representante legal no portal.",
    ]


def comprovacao_do(convenente: Convenente, codigo: str) -> Q:
    documento = Comprovacao.objects.get(convenente=convenente, exigencia__codigo=codigo).documento
    assert documento is not None
    return Q(pk=documento.tipo_id)


def test_what_was_told_before_stays_in_the_digest_of_the_next_line() -> None:
    ligar(registro(certidao(dias(25)), certidao(dias(61), "crf")))
    assert rodar([0, 1]) == [0, 1]
    assert [len(linhas_da(m)) for m in Mensagem.objects.order_by("pk")] == [1, 2]


def test_who_wants_only_the_mandatory_ones_gets_thirty_seven_and_the_day() -> None:
    pessoa = ligar(registro(certidao(dias(70))))
    avisos.preferir(pessoa, [])
    assert rodar(em_volta_de(70)) == [70 - d for d in (30, 7, 0)]


def test_who_chose_a_threshold_gets_it_besides_the_mandatory_ones() -> None:
    pessoa = ligar(registro(certidao(dias(70))))
    avisos.preferir(pessoa, [15, 90])
    assert rodar(em_volta_de(70)) == [70 - d for d in (30, 15, 7, 0)]


def test_a_mandatory_threshold_in_the_missed_nights_is_told_by_the_tighter_one() -> None:
    pessoa = ligar(registro(certidao(dias(20))))
    avisos.preferir(pessoa, [])
    assert rodar([0, 19]) == [0, 19]  # the 7 days went by unseen; the one that is left is only of the eve
    assert rodar([20]) == [20]


def test_what_one_person_does_not_want_another_still_gets() -> None:
    convenente = registro(certidao(dias(60)))
    avisos.preferir(ligar(convenente), [])
    outra = ligar(convenente)
    assert avisar(HOJE) == 1
    assert Mensagem.objects.get().para == outra.email


def test_a_second_line_of_the_same_day_is_not_lost() -> None:
    _, (convenente,) = registros(Organizacao(provas=(certidao(dias(5)), certidao(dias(90), "crf"))))
    ligar(convenente)
    assert avisar(HOJE) == 1
    Documento.objects.filter(valido_ate=dias(90)).update(valido_ate=dias(4))
    assert avisar(HOJE) == 1
    assert Mensagem.objects.count() == 2


def test_the_day_is_that_of_minas(monkeypatch: pytest.MonkeyPatch) -> None:
    ligar(registro(certidao(dias(61))))
    quase_amanha = datetime(2026, 8, 11, 2, 59, tzinfo=UTC)  # 23:59 of HOJE
    monkeypatch.setattr(timezone, "now", lambda: quase_amanha)
    avisar_vencimentos()
    assert Mensagem.objects.count() == 0
    monkeypatch.setattr(timezone, "now", lambda: quase_amanha.replace(hour=3, minute=0))
    avisar_vencimentos()
    assert Mensagem.objects.count() == 1


def test_it_runs_every_day_at_six_in_sao_paulo() -> None:
    (agenda,) = [a for a in settings.CELERY_BEAT_SCHEDULE.values() if a["task"] == avisar_vencimentos.name]
    assert agenda["schedule"] == crontab(hour=6, minute=0)
    assert settings.CELERY_TIMEZONE == "America/Sao_Paulo"


def test_twenty_records_ask_as_much_as_one() -> None:
    _, (um, *varios) = registros(*[Organizacao(provas=(certidao(dias(5)),)) for _ in range(21)])
    ligar(um)
    uma = _consultas()
    for convenente in varios:
        ligar(convenente)
    assert _consultas() == uma
    assert Mensagem.objects.count() == 21


def _consultas() -> int:
    with CaptureQueriesContext(connection) as consultas:
        assert avisar(HOJE)
    return len(consultas)


def test_the_mail_says_what_to_do_and_where(caixa_postal: Caixa) -> None:
    convenente = registro(certidao(dias(5)))
    pessoa = ligar(convenente)
    avisar(HOJE)
    varrer()
    (email,) = caixa_postal(pessoa.email)
    parte = email.get_body(("plain",))
    assert parte is not None
    texto = parte.get_content()
    assert convenente.razao_social in str(email["Subject"])
    assert "Obrigação certidao: vence em 15/08/2026 (em 5 dias)." in texto
    assert settings.ENDERECO + reverse("vencimentos", args=[convenente.uuid]) in texto
    assert settings.ENDERECO + reverse("avisos") in texto

"""The history of the situation: ranges of days, corrections that erase nothing, nights that were missed."""

from datetime import date

import pytest

from convenentes import historico
from convenentes.models import Convenente, ResultadoFonte, Situacao
from tests.convenentes import mundo as construcao
from tests.convenentes.mundo import HOJE, Catalogo, as_, dias
from tests.convenentes.oraculo import Afastada, Mandato, Mundo, Obrigacao, Organizacao, Prova

pytestmark = pytest.mark.django_db
ACEITA = as_(dias(-30))


CERTIDAO = Obrigacao("certidao")
CADIN = Obrigacao("cadin", escopo="fonte", fonte="cadin")


def _registros(
    *organizacoes: Organizacao, obrigacao: Obrigacao = CERTIDAO
) -> tuple[Catalogo, list[Convenente]]:
    """Records of one world, with one obligation."""
    prazos = {"cadin": 7} if obrigacao.fonte else {}
    regras = construcao.catalogo((obrigacao,), prazos, dias(-100))
    return regras, construcao.povoar(Mundo((obrigacao,), organizacoes, prazos), regras)


def _registro(*provas: Prova) -> Convenente:
    """One record with one certificate, valid through ``HOJE`` + 3 unless said otherwise."""
    _, (registro,) = _registros(
        Organizacao(provas=provas or (Prova("certidao", ACEITA, valido_ate=dias(3)),))
    )
    return registro


def _consultar(registro: Convenente, regras: Catalogo) -> None:
    ResultadoFonte.objects.create(
        convenente=registro,
        fonte=regras.fontes["cadin"],
        resultado="sem_restricao",
        consultado_em=HOJE,
        registrado_em=as_(HOJE),
        registrado_por=regras.analista,
    )


def _faixas(registro: Convenente) -> list[tuple[date, date | None, bool]]:
    atuais = Situacao.objects.atuais().filter(convenente=registro).order_by("periodo")
    return [(s.periodo.lower, s.periodo.upper, s.regular) for s in atuais]


def test_the_first_writing_opens_a_range_and_the_second_writes_nothing() -> None:
    registro = _registro()
    assert historico.atualizar(HOJE, [registro.pk]) == 1
    assert historico.atualizar(HOJE, [registro.pk]) == 0
    assert historico.atualizar(dias(1), [registro.pk]) == 0
    assert _faixas(registro) == [(HOJE, None, True)]


def test_it_knows_the_day_on_which_the_answer_can_change() -> None:
    registro = _registro()
    historico.atualizar(HOJE, [registro.pk])
    assert Situacao.objects.get(convenente=registro).muda_em == dias(4)


def test_a_certificate_that_expires_closes_the_range_on_its_last_day() -> None:
    registro = _registro()
    for n in range(6):
        historico.atualizar(dias(n), [registro.pk])
    assert _faixas(registro) == [(HOJE, dias(4), True), (dias(4), None, False)]
    assert Situacao.objects.filter(convenente=registro).count() == 2
    (motivo,) = Situacao.objects.atuais().get(convenente=registro, regular=False).motivos
    assert (motivo["codigo"], motivo["estado"]) == ("certidao", "vencido")


def test_missed_nights_are_dated_back_and_what_was_said_is_kept() -> None:
    registro = _registro()
    historico.atualizar(HOJE, [registro.pk])
    Situacao.objects.update(registrada_em=as_(HOJE))
    historico.atualizar(dias(7), [registro.pk])
    assert _faixas(registro) == [(HOJE, dias(4), True), (dias(4), None, False)]
    esquecido = historico.em(registro, dias(5))
    assert esquecido.vale is not None
    assert esquecido.dissemos is not None
    assert (esquecido.vale.regular, esquecido.dissemos.regular) == (False, True)
    assert esquecido.corrigida
    assert not historico.em(registro, dias(2)).corrigida


def test_missed_nights_end_as_nights_that_were_kept() -> None:
    provas = (
        Prova("certidao", ACEITA, valido_ate=dias(2)),
        Prova("certidao", as_(dias(5)), valido_ate=dias(8)),
    )
    _, (toda_noite, esquecida) = _registros(Organizacao(provas=provas), Organizacao(provas=provas))
    for n in range(12):
        historico.atualizar(dias(n), [toda_noite.pk])
    for n in (0, 5, 11):  # the fifth day is that of the new proof, which is an event
        historico.atualizar(dias(n), [esquecida.pk])
    assert _faixas(esquecida) == _faixas(toda_noite)
    assert [regular for _, _, regular in _faixas(esquecida)] == [True, False, True, False]


def test_two_events_of_one_day_leave_one_answer_and_keep_both() -> None:
    regras, (registro,) = _registros(Organizacao(), obrigacao=CADIN)
    historico.atualizar(HOJE, [registro.pk])
    _consultar(registro, regras)
    historico.atualizar(HOJE, [registro.pk])
    assert _faixas(registro) == [(HOJE, None, True)]
    ditas = Situacao.objects.filter(convenente=registro).order_by("id")
    assert [(s.regular, s.substituida_em is None) for s in ditas] == [(False, False), (True, True)]


def test_a_fact_without_a_date_does_not_change_the_days_before_it() -> None:
    registro = _registro()
    historico.atualizar(HOJE, [registro.pk])
    historico.curar(dias(7), [registro.pk])
    Convenente.objects.filter(pk=registro.pk).update(estado=Convenente.Estado.BLOQUEADO)
    historico.atualizar(dias(7), [registro.pk])
    assert _faixas(registro)[:2] == [(HOJE, dias(4), True), (dias(4), dias(7), False)]
    ultimo = Situacao.objects.atuais().get(convenente=registro, periodo__contains=dias(7))
    assert [m["codigo"] for m in ultimo.motivos] == ["cadastro", "certidao"]


def test_who_follows_another_is_written_with_it() -> None:
    _, (municipio, fundo) = _registros(
        Organizacao(provas=(Prova("tce", ACEITA, valido_ate=dias(3)),)),
        Organizacao(controlador=0),
        obrigacao=Obrigacao("tce", escopo="ente_controlador"),
    )
    historico.atualizar(HOJE, [municipio.pk])
    assert [lower for lower, _, _ in _faixas(fundo)] == [HOJE]


def test_a_record_without_number_has_no_history() -> None:
    registro = _registro()
    Convenente.objects.filter(pk=registro.pk).update(estado=Convenente.Estado.EM_INSCRICAO, numero=None)
    assert historico.atualizar(HOJE, [registro.pk]) == 0


def test_an_answer_of_a_register_is_due_when_it_gets_old() -> None:
    regras, (registro,) = _registros(Organizacao(), obrigacao=CADIN)
    _consultar(registro, regras)
    historico.atualizar(HOJE, [registro.pk])
    historico.atualizar(dias(20), [registro.pk])
    assert _faixas(registro) == [(HOJE, dias(8), True), (dias(8), None, False)]


def test_a_norm_still_to_come_is_a_day_on_which_the_answer_can_change() -> None:
    registro = _registro()
    construcao.catalogo((Obrigacao("outra"),), {}, dias(2))
    historico.atualizar(HOJE, [registro.pk])
    assert Situacao.objects.get(convenente=registro).muda_em == dias(2)


MUDAM = {
    "the day after a transition": (
        (Obrigacao("certidao", transicao_ate=dias(3)),),
        Organizacao(),
    ),
    "the day after the last one of a line": (
        (Obrigacao("certidao", ate=dias(3)), Obrigacao("titulo", validades=("PERM",))),
        Organizacao(provas=(Prova("titulo", ACEITA, "PERM"),)),
    ),
    "the first day of a mandate": (
        (Obrigacao("posse", "representante", ("MANDATO",), 2),),
        Organizacao(
            mandatos=(Mandato(dias(4), None),), provas=(Prova("posse", ACEITA, "MANDATO", mandato=0),)
        ),
    ),
    "the first day of an exception": (
        (CERTIDAO,),
        Organizacao(afastadas=(Afastada("certidao", dias(4), None, ACEITA),)),
    ),
    "the day after an exception": (
        (CERTIDAO,),
        Organizacao(afastadas=(Afastada("certidao", HOJE, dias(3), ACEITA),)),
    ),
}


@pytest.mark.parametrize(("obrigacoes", "organizacao"), MUDAM.values(), ids=MUDAM)
def test_an_answer_that_time_changes_is_dated_on_its_day(
    obrigacoes: tuple[Obrigacao, ...], organizacao: Organizacao
) -> None:
    regras = construcao.catalogo(obrigacoes, {}, dias(-100))
    (registro,) = construcao.povoar(Mundo(obrigacoes, (organizacao,), {}), regras)
    historico.atualizar(HOJE, [registro.pk])
    historico.atualizar(dias(20), [registro.pk])
    assert [de for de, _, _ in _faixas(registro)] == [HOJE, dias(4)]


def test_everybody_is_written_in_one_go() -> None:
    _registros(Organizacao(), Organizacao(provas=(Prova("certidao", ACEITA, valido_ate=dias(3)),)))
    assert historico.atualizar(HOJE) == 2
    assert historico.atualizar(HOJE) == 0

"""Each state of a line and each kind of validity, one plain example at a time (docs/dominio.md, Regularity)."""

from datetime import date, time
from typing import Any

import pytest

from convenentes import situacao
from convenentes.models import Convenente
from convenentes.situacao import Linha
from tests.convenentes import mundo as construcao
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import (
    Afastada,
    Consulta,
    Fora,
    Mandato,
    Mundo,
    Obrigacao,
    Organizacao,
    Pedido,
    Prova,
)

pytestmark = pytest.mark.django_db

CADASTRO = Obrigacao("cadastro", "fonte", ("VIVA",), 5, fonte="prova_cadastro")
ACEITA = as_(dias(-100))


def uma_linha(obrigacao: Obrigacao, dia: date = HOJE, **campos: Any) -> Linha:
    """The line of the only obligation of one organisation, on a day."""
    registro = um_registro(obrigacao, **campos)
    (linha,) = situacao.linhas(dia, [registro.pk])
    return linha


def um_registro(*obrigacoes: Obrigacao, **campos: Any) -> Convenente:
    regras = construcao.catalogo(obrigacoes, {"prova_cadastro": 7}, date(2021, 1, 1))
    (registro,) = construcao.povoar(Mundo(obrigacoes, (Organizacao(**campos),), {}), regras)
    return registro


def estado_em(registro: Convenente, dia: date) -> str:
    (linha,) = situacao.linhas(dia, [registro.pk])
    return linha.estado


@pytest.mark.parametrize(
    ("ultimo_dia", "estado"),
    [
        (dias(30), "vigente"),
        (dias(29), "vence_em_breve"),
        (HOJE, "vence_em_breve"),
        (dias(-1), "vencido"),
    ],
)
def test_a_printed_date_holds_through_its_last_day(ultimo_dia: date, estado: str) -> None:
    linha = uma_linha(Obrigacao("certidao"), provas=(Prova("certidao", ACEITA, valido_ate=ultimo_dia),))
    assert (linha.estado, linha.valido_ate, linha.irregular) == (estado, ultimo_dia, estado == "vencido")


@pytest.mark.parametrize("validade", ["IMPRESSA", "FIXA", "ANO"])
def test_a_document_without_its_date_proves_nothing(validade: str) -> None:
    obrigacao = Obrigacao("papel", validades=(validade,))
    linha = uma_linha(obrigacao, provas=(Prova("papel", ACEITA, validade),))
    assert (linha.estado, linha.valido_ate, linha.motivo) == ("vencido", None, "venceu")


def test_a_year_ends_on_the_31st_of_december() -> None:
    registro = um_registro(
        Obrigacao("anual", validades=("ANO",)), provas=(Prova("anual", ACEITA, "ANO", ano=2026),)
    )
    assert estado_em(registro, date(2026, 12, 31)) == "vence_em_breve"
    assert estado_em(registro, date(2027, 1, 1)) == "vencido"


def test_a_permanent_document_never_ends() -> None:
    linha = uma_linha(
        Obrigacao("titulo", validades=("PERM",)), dias(20_000), provas=(Prova("titulo", ACEITA, "PERM"),)
    )
    assert (linha.estado, linha.valido_ate) == ("vigente", None)


def test_what_the_team_checked_by_itself_needs_no_document() -> None:
    linha = uma_linha(Obrigacao("clausula", validades=("PERM",)), provas=(Prova("clausula", ACEITA, None),))
    assert (linha.estado, linha.documento_id) == ("vigente", None)


@pytest.mark.parametrize("validade", ["MANDATO", "EMISSAO90_MANDATO"])
@pytest.mark.parametrize("escopo", ["convenente", "representante"])
def test_a_proof_of_the_mandate_ends_with_it(validade: str, escopo: str) -> None:
    registro = um_registro(
        Obrigacao("posse", escopo, (validade,), 2),
        mandatos=(Mandato(dias(-300), HOJE),),
        provas=(Prova("posse", ACEITA, validade, mandato=0),),
    )
    assert estado_em(registro, HOJE) == "vence_em_breve"
    assert estado_em(registro, dias(1)) == "vencido"


def test_a_mandate_without_end_gives_a_proof_without_end() -> None:
    linha = uma_linha(
        Obrigacao("posse", "representante", ("MANDATO",), 2),
        dias(9000),
        mandatos=(Mandato(dias(-300), None),),
        provas=(Prova("posse", ACEITA, "MANDATO", mandato=0),),
    )
    assert (linha.estado, linha.valido_ate) == ("vigente", None)


def test_who_leaves_office_early_takes_the_own_papers_along_but_not_the_statute() -> None:
    registro = um_registro(
        Obrigacao("posse", "representante", ("MANDATO",), 2),
        Obrigacao("estatuto", validades=("MANDATO",), grupo=1),
        mandatos=(Mandato(dias(-300), dias(300), saida=dias(-1)), Mandato(HOJE, None)),
        provas=(
            Prova("posse", ACEITA, "MANDATO", mandato=0),
            Prova("estatuto", ACEITA, "MANDATO", mandato=0),
        ),
    )
    estados = {linha.codigo: linha.estado for linha in situacao.linhas(HOJE, [registro.pk])}
    assert estados == {"posse": "vencido", "estatuto": "vigente"}


def test_the_papers_of_who_is_not_in_office_yet_prove_nothing() -> None:
    registro = um_registro(
        Obrigacao("posse", "representante", ("MANDATO",), 2),
        mandatos=(Mandato(dias(5), None),),
        provas=(Prova("posse", ACEITA, "MANDATO", mandato=0),),
    )
    assert estado_em(registro, dias(4)) == "nao_apresentado"
    assert estado_em(registro, dias(5)) == "vigente"


def test_a_proof_accepted_at_23h30_of_sao_paulo_counts_on_that_day() -> None:
    registro = um_registro(
        Obrigacao("titulo", validades=("PERM",)),
        provas=(Prova("titulo", as_(HOJE, time(23, 30)), "PERM"),),
    )
    assert estado_em(registro, dias(-1)) == "nao_apresentado"
    assert estado_em(registro, HOJE) == "vigente"


def test_a_proof_that_was_ended_counts_until_the_day_before() -> None:
    registro = um_registro(
        Obrigacao("titulo", validades=("PERM",)),
        provas=(Prova("titulo", ACEITA, "PERM", encerrada_em=as_(HOJE, time(0, 0, 1))),),
    )
    assert estado_em(registro, dias(-1)) == "vigente"
    assert estado_em(registro, HOJE) == "nao_apresentado"


def test_the_best_accepted_proof_counts() -> None:
    linha = uma_linha(
        Obrigacao("certidao"),
        provas=(
            Prova("certidao", ACEITA, valido_ate=dias(60)),
            Prova("certidao", as_(dias(-1)), valido_ate=dias(-1)),
        ),
    )
    assert (linha.estado, linha.valido_ate) == ("vigente", dias(60))


@pytest.mark.parametrize(
    ("pedido", "item", "estado"),
    [
        ("em_analise", "preenchido", "em_analise"),
        ("em_analise", "aceito", "em_analise"),
        ("com_pendencia", "aceito", "em_analise"),
        ("com_pendencia", "recusado", "recusado"),
        ("com_pendencia", "preenchido", "nao_apresentado"),
        ("aprovada_parcialmente", "recusado", "recusado"),
        ("indeferida", "preenchido", "nao_apresentado"),
        ("cancelada", "recusado", "nao_apresentado"),
        ("expirada", "recusado", "nao_apresentado"),
    ],
)
def test_a_request_says_where_a_missing_proof_is_but_proves_nothing(
    pedido: str, item: str, estado: str
) -> None:
    linha = uma_linha(Obrigacao("certidao"), pedidos=(Pedido(ACEITA, pedido, {"certidao": item}),))
    assert (linha.estado, linha.irregular) == (estado, True)


@pytest.mark.parametrize("item", ["preenchido", "recusado"])
def test_a_replacement_under_review_or_refused_leaves_the_accepted_proof_in_force(item: str) -> None:
    linha = uma_linha(
        Obrigacao("certidao"),
        provas=(Prova("certidao", ACEITA, valido_ate=dias(90)),),
        pedidos=(Pedido(as_(HOJE), "em_analise", {"certidao": item}),),
    )
    assert (linha.estado, linha.irregular, linha.em_analise) == ("vigente", False, item == "preenchido")


def test_the_newest_request_about_the_line_counts() -> None:
    linha = uma_linha(
        Obrigacao("certidao"),
        pedidos=(
            Pedido(as_(dias(-9)), "aprovada_parcialmente", {"certidao": "recusado"}),
            Pedido(as_(dias(-1)), "em_analise", {"certidao": "preenchido"}),
        ),
    )
    assert linha.estado == "em_analise"


def test_nobody_asked_the_register() -> None:
    linha = uma_linha(CADASTRO)
    assert (linha.estado, linha.irregular) == ("nao_verificado", True)


def test_an_answer_of_a_register_holds_through_its_seventh_day() -> None:
    registro = um_registro(CADASTRO, consultas=(Consulta("prova_cadastro", dias(-7), as_(dias(-7))),))
    assert estado_em(registro, HOJE) == "vigente"
    assert estado_em(registro, dias(1)) == "nao_verificado"


def test_an_outage_that_comes_too_late_does_not_move_the_last_day() -> None:
    regras = construcao.catalogo((CADASTRO,), {"prova_cadastro": 7}, date(2021, 1, 1))
    velha = Organizacao(consultas=(Consulta("prova_cadastro", dias(-9), as_(dias(-9))),))
    fora = Fora("prova_cadastro", HOJE, dias(5), as_(HOJE))
    (registro,) = construcao.povoar(Mundo((CADASTRO,), (velha,), {}, (fora,)), regras)
    assert {situacao.linhas(dias(n), [registro.pk])[0].valido_ate for n in range(8)} == {dias(-2)}


def test_a_line_that_does_not_apply_has_no_exception() -> None:
    afastada = Afastada("regimento", HOJE, dias(5), ACEITA)
    linha = uma_linha(
        Obrigacao("regimento", condicao="se_houver"), respostas={"regimento": False}, afastadas=(afastada,)
    )
    assert (linha.estado, linha.valido_ate, linha.origem) == ("nao_se_aplica", None, None)


def test_an_aged_restriction_reads_as_not_verified() -> None:
    velha = Consulta("prova_cadastro", dias(-8), as_(dias(-8)), restricao=True)
    assert uma_linha(CADASTRO, consultas=(velha,)).estado == "nao_verificado"


def test_the_last_answer_of_the_same_day_counts() -> None:
    limpa = Consulta("prova_cadastro", HOJE, as_(HOJE, time(9)))
    restrita = Consulta("prova_cadastro", HOJE, as_(HOJE, time(10)), restricao=True)
    assert uma_linha(CADASTRO, consultas=(limpa, restrita)).estado == "com_restricao"


def test_an_answer_written_down_late_does_not_heal_the_days_before() -> None:
    registro = um_registro(CADASTRO, consultas=(Consulta("prova_cadastro", dias(-3), as_(HOJE)),))
    assert estado_em(registro, dias(-1)) == "nao_verificado"
    assert estado_em(registro, HOJE) == "vigente"


@pytest.mark.parametrize(
    ("abertura", "dia", "estado"),
    [
        (date(2024, 8, 10), date(2026, 8, 9), "nao_atendido"),
        (date(2024, 8, 10), date(2026, 8, 10), "vigente"),
        (date(2024, 2, 29), date(2026, 2, 28), "nao_atendido"),
        (date(2024, 2, 29), date(2026, 3, 1), "vigente"),
        (date(2022, 2, 28), date(2024, 2, 28), "vigente"),
        (None, date(2026, 8, 10), "nao_verificado"),
    ],
)
def test_two_years_of_existence_are_complete_on_the_same_day_of_the_month(
    abertura: date | None, dia: date, estado: str
) -> None:
    tempo = Obrigacao("tempo", "calculada", ("VIVA",), 7, causa=False)
    linha = uma_linha(tempo, dia, abertura=abertura)
    assert (linha.estado, linha.irregular) == (estado, False)


@pytest.mark.parametrize(
    ("condicao", "campos"),
    [
        ("se_houver", {"respostas": {"linha": False}}),
        ("se_delegado", {"respostas": {"linha": False}}),
        ("rpps", {"respostas": {"rpps": False}}),
        ("area_saude", {"areas": ("cultura",)}),
        ("area_assistencia_social", {"areas": ()}),
        ("area_crianca", {"areas": ("saude",)}),
    ],
)
def test_a_line_whose_condition_does_not_hold_does_not_apply(condicao: str, campos: dict[str, Any]) -> None:
    linha = uma_linha(Obrigacao("linha", condicao=condicao), **campos)
    assert (linha.estado, linha.irregular, linha.tom, linha.motivo) == ("nao_se_aplica", False, "neutro", "")


@pytest.mark.parametrize(
    ("condicao", "campos"),
    [
        ("se_houver", {}),
        ("se_houver", {"respostas": {"linha": True}}),
        ("se_delegado", {}),
        ("rpps", {}),
        ("rpps", {"respostas": {"rpps": True}}),
        ("area_saude", {"areas": ("saude",)}),
        ("area_assistencia_social", {"areas": ("assistencia_social",)}),
        ("area_crianca", {"areas": ("cultura", "crianca")}),
    ],
)
def test_a_line_whose_condition_holds_or_was_not_answered_is_asked_for(
    condicao: str, campos: dict[str, Any]
) -> None:
    assert uma_linha(Obrigacao("linha", condicao=condicao), **campos).estado == "nao_apresentado"


@pytest.mark.parametrize("grupo", [6, 7])
def test_groups_vi_and_vii_are_signalled_only(grupo: int) -> None:
    linha = uma_linha(Obrigacao("titulo", grupo=grupo, causa=False))
    assert (linha.estado, linha.irregular, linha.tom) == ("nao_apresentado", False, "neutro")


def _com_controlador(*provas: Prova) -> list[Linha]:
    obrigacoes = (
        Obrigacao("certidao", validades=("IMPRESSA",)),
        Obrigacao("do_ente", "ente_controlador", ("IMPRESSA",)),
    )
    regras = construcao.catalogo(obrigacoes, {}, date(2021, 1, 1))
    ente, entidade = Organizacao(provas=provas), Organizacao(controlador=0)
    registros = construcao.povoar(Mundo(obrigacoes, (ente, entidade), {}), regras)
    return situacao.linhas(HOJE, [registros[1].pk])


def test_what_the_ente_controlador_has_proves_the_line_that_follows_it() -> None:
    propria, do_ente = _com_controlador(Prova("certidao", ACEITA, valido_ate=dias(5)))
    assert (do_ente.estado, do_ente.valido_ate) == ("vence_em_breve", dias(5))
    assert propria.estado == "nao_apresentado"


def test_what_the_ente_controlador_lacks_makes_the_entity_irregular() -> None:
    _, do_ente = _com_controlador()
    assert (do_ente.estado, do_ente.irregular) == ("nao_apresentado", True)


def test_without_an_ente_controlador_the_line_is_missing() -> None:
    assert uma_linha(Obrigacao("do_ente", "ente_controlador")).estado == "nao_apresentado"


def test_the_newest_norm_in_force_on_the_day_says_what_is_asked_for() -> None:
    registro = um_registro(Obrigacao("certidao"))
    construcao.catalogo((Obrigacao("nova"),), {}, dias(10), registro.tipo)
    assert [linha.codigo for linha in situacao.linhas(dias(9), [registro.pk])] == ["certidao"]
    assert [linha.codigo for linha in situacao.linhas(dias(10), [registro.pk])] == ["certidao", "nova"]


def test_before_the_first_norm_there_are_no_lines_and_nobody_is_regular() -> None:
    registro = um_registro(Obrigacao("clausula", grupo=7, causa=False))
    antes = date(1999, 1, 1)
    assert situacao.linhas(antes, [registro.pk]) == []
    assert not situacao.quadro(registro, antes).regular
    assert not situacao.resumir([registro.pk], antes)[registro.pk].regular


def test_all_records_are_answered_when_none_is_named() -> None:
    obrigacoes = (Obrigacao("certidao"),)
    regras = construcao.catalogo(obrigacoes, {}, date(2021, 1, 1))
    registros = construcao.povoar(Mundo(obrigacoes, (Organizacao(), Organizacao()), {}), regras)
    assert {linha.convenente_id for linha in situacao.linhas(HOJE)} == {r.pk for r in registros}

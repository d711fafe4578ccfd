"""The picture and the summary of a record: the same answer in both, and what each line says to people."""

from collections.abc import Iterable
from datetime import date

import pytest

from convenentes import situacao
from convenentes.models import Convenente, Fonte
from tests.convenentes import mundo as construcao
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Consulta, Mundo, Obrigacao, Organizacao, Pedido, Prova

pytestmark = pytest.mark.django_db

OBRIGACOES = (
    Obrigacao("estatuto", validades=("PERM",), grupo=1),
    Obrigacao("certidao"),
    Obrigacao("facultativa", causa=False, condicao="opcional"),
    Obrigacao("devedores", "fonte", ("VIVA",), 5, fonte="prova_devedores"),
    Obrigacao("tempo", "calculada", ("VIVA",), 7, causa=False),
)
EM_ORDEM = Organizacao(
    abertura=date(2010, 1, 1),
    provas=(
        Prova("estatuto", as_(dias(-9)), "PERM"),
        Prova("certidao", as_(dias(-9)), valido_ate=dias(90)),
    ),
    consultas=(Consulta("prova_devedores", HOJE, as_(HOJE)),),
)


def registrar(*organizacoes: Organizacao, obrigacoes: Iterable[Obrigacao] = OBRIGACOES) -> list[Convenente]:
    regras = construcao.catalogo(tuple(obrigacoes), {"prova_devedores": 7}, date(2021, 1, 1))
    return construcao.povoar(Mundo(tuple(obrigacoes), organizacoes, {}), regras)


def test_a_record_with_every_proof_in_force_is_regular() -> None:
    (registro,) = registrar(EM_ORDEM)
    quadro = situacao.quadro(registro, HOJE)
    assert quadro.regular
    assert quadro.irregulares == quadro.impedimentos == []
    assert quadro.motivo_do_cadastro == ""
    assert situacao.resumir([registro.pk], HOJE)[registro.pk] == situacao.Resumo(True, 0, False)


@pytest.mark.parametrize(
    ("estado", "motivo"),
    [
        ("bloqueado", "O cadastro está bloqueado."),
        ("inativo", "O cadastro está inativo."),
        ("cancelado", "O cadastro está cancelado."),
        ("em_inscricao", "O cadastro está em inscrição."),
    ],
)
def test_a_record_that_is_not_active_is_never_regular(estado: str, motivo: str) -> None:
    (registro,) = registrar(EM_ORDEM)
    registro.estado = estado
    registro.save()
    quadro = situacao.quadro(registro, HOJE)
    assert (quadro.regular, quadro.motivo_do_cadastro) == (False, motivo)
    assert situacao.resumir([registro.pk], HOJE)[registro.pk] == situacao.Resumo(False, 0, False)


def test_one_expired_certificate_is_enough_to_be_irregular() -> None:
    (registro,) = registrar(EM_ORDEM)
    quadro = situacao.quadro(registro, dias(91))
    assert [(linha.codigo, linha.motivo) for linha in quadro.irregulares] == [
        ("certidao", f"venceu em {dias(90):%d/%m/%Y}"),
        ("devedores", "falta uma verificação recente da equipe CAGEC"),
    ]
    assert situacao.resumir([registro.pk], dias(91))[registro.pk] == situacao.Resumo(False, 2, False)


def test_a_record_of_a_type_without_lines_is_irregular() -> None:
    (registro,) = registrar(Organizacao(), obrigacoes=())
    assert not situacao.quadro(registro, HOJE).regular
    assert situacao.resumir([registro.pk], HOJE)[registro.pk] == situacao.Resumo(False, 0, False)


def test_a_restriction_is_an_impediment_only_in_the_registers_marked_so() -> None:
    restrita = Organizacao(consultas=(Consulta("prova_devedores", HOJE, as_(HOJE), restricao=True),))
    (registro,) = registrar(restrita)
    assert [linha.codigo for linha in situacao.quadro(registro, HOJE).impedimentos] == ["devedores"]
    assert situacao.resumir([registro.pk], HOJE)[registro.pk].impedimento
    Fonte.objects.filter(codigo="prova_devedores").update(impedimento=False)
    assert situacao.quadro(registro, HOJE).impedimentos == []
    assert not situacao.resumir([registro.pk], HOJE)[registro.pk].impedimento


def test_each_record_of_a_list_gets_its_own_answer_in_one_query(django_assert_num_queries) -> None:
    registros = registrar(EM_ORDEM, Organizacao(), EM_ORDEM)
    with django_assert_num_queries(1):
        resumos = situacao.resumir([r.pk for r in registros], HOJE)
    assert [resumos[r.pk].regular for r in registros] == [True, False, True]
    assert situacao.resumir([], HOJE) == {}


def test_the_day_of_risk_is_the_earliest_end_among_the_lines_that_count() -> None:
    facultativa = Prova("facultativa", as_(dias(-9)), valido_ate=dias(1))
    (registro,) = registrar(Organizacao(provas=(*EM_ORDEM.provas, facultativa), consultas=EM_ORDEM.consultas))
    assert situacao.quadro(registro, HOJE).data_de_risco == dias(7)
    assert situacao.quadro(registro, dias(8)).data_de_risco == dias(90)
    assert situacao.quadro(registro, dias(91)).data_de_risco is None


def test_a_line_that_expired_during_a_transition_is_no_day_of_risk() -> None:
    certidao = Obrigacao("certidao", transicao_ate=dias(200))
    (registro,) = registrar(EM_ORDEM, obrigacoes=(OBRIGACOES[0], certidao))
    assert situacao.quadro(registro, HOJE).data_de_risco == dias(90)
    depois = situacao.quadro(registro, dias(91))
    assert depois.regular
    assert depois.data_de_risco is None


def test_lines_come_under_the_groups_of_the_decree_in_their_order() -> None:
    (registro,) = registrar(EM_ORDEM)
    quadro = situacao.quadro(registro, HOJE)
    assert [(nome.split(" ")[0], [linha.codigo for linha in linhas]) for nome, linhas in quadro.grupos] == [
        ("I", ["estatuto"]),
        ("III", ["certidao", "facultativa"]),
        ("V", ["devedores"]),
        ("VII", ["tempo"]),
    ]


def test_every_state_has_a_name_a_tone_and_a_reason_when_something_is_missing() -> None:
    recusada = Pedido(as_(HOJE), "aprovada_parcialmente", {"estatuto": "recusado"})
    em_analise = Pedido(as_(HOJE), "em_analise", {"certidao": "preenchido"})
    restrita = Consulta("prova_devedores", HOJE, as_(HOJE), restricao=True)
    (registro,) = registrar(
        Organizacao(abertura=dias(-10), pedidos=(recusada, em_analise), consultas=(restrita,))
    )
    ditas = {
        linha.codigo: (linha.estado_nome, linha.tom, linha.motivo)
        for linha in situacao.linhas(HOJE, [registro.pk])
    }
    assert ditas == {
        "estatuto": ("Recusado", "erro", "houve recusa na análise, falta corrigir"),
        "certidao": ("Em análise", "erro", "está em análise pela equipe CAGEC"),
        "facultativa": ("Não apresentado", "neutro", "falta apresentar"),
        "devedores": ("Com restrição", "erro", "o cadastro consultado aponta restrição"),
        "tempo": ("Não atendido", "aviso", "falta atender"),
    }


def test_what_is_in_order_is_green_and_what_ends_soon_warns() -> None:
    (registro,) = registrar(EM_ORDEM)
    tons = {linha.codigo: linha.tom for linha in situacao.linhas(dias(61), [registro.pk])}
    assert (tons["estatuto"], tons["certidao"]) == ("ok", "aviso")

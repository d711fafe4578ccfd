"""What expires: which lines are there, in which order, and what is said of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from convenentes import vencimentos
from convenentes.models import Convenente, Excecao, Vinculo
from convenentes.vencimentos import Vencimento
from documentos.models import TipoDocumento
from tests.convenentes import mundo as construcao
from tests.convenentes.a_vencer import ACEITA, certidao, consultar, registro, registros, representar
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Mundo, Obrigacao, Organizacao, Prova

pytestmark = pytest.mark.django_db


def de(convenente: Convenente) -> list[Vencimento]:
    return vencimentos.listar(HOJE, [convenente.pk]).get(convenente.pk, [])


def test_what_has_no_last_day_does_not_expire() -> None:
    assert de(registro(Prova("certidao", ACEITA, None))) == []


def test_it_lists_from_a_month_ago_on_by_day_and_then_by_name() -> None:
    convenente = registro(certidao(dias(400)), certidao(dias(-30), "crf"))
    representar(convenente, mandato_ate=dias(400))
    assert [(v.codigo, v.vence_em) for v in de(convenente)] == [
        ("crf", dias(-30)),
        ("mandato", dias(400)),
        ("certidao", dias(400)),
    ]


def test_the_next_one_is_the_first_to_come_and_never_a_restriction() -> None:
    regras, (convenente,) = registros(Organizacao(provas=(certidao(HOJE), certidao(dias(-1), "crf"))))
    consultar(convenente, regras, HOJE)
    proximo = vencimentos.proximo(de(convenente), HOJE)
    assert proximo is not None
    assert proximo.codigo == "certidao"
    assert vencimentos.proximo(de(convenente), dias(1)) is None


def test_each_record_has_its_own_and_the_mandate_is_that_of_today() -> None:
    _, (uma, outra) = registros(Organizacao(), Organizacao(provas=(certidao(dias(5)),)))
    representar(uma, mandato_ate=dias(9), ate=dias(10))
    representar(outra, ate=HOJE, mandato_ate=dias(7))  # gone before the end
    todos = vencimentos.listar(HOJE, None)
    assert {pk: [v.codigo for v in lista] for pk, lista in todos.items()} == {
        uma.pk: ["mandato"],
        outra.pk: ["certidao"],
    }
    assert uma.pk not in vencimentos.listar(HOJE, [outra.pk])


def test_an_exception_granted_for_a_time_ends_too() -> None:
    convenente = registro()
    Excecao.objects.create(
        convenente=convenente,
        codigo="certidao",
        lei="Lei 1",
        motivo="x",
        periodo=(HOJE, dias(11)),
        registrada_por=construcao.pessoa(),
        registrada_em=ACEITA,
    )
    assert [(v.codigo, v.vence_em, v.remedio) for v in de(convenente)] == [
        (
            "certidao",
            dias(10),
            "Até essa data a exigência está afastada por lei; depois, apresente o documento.",
        )
    ]


def test_a_restriction_counts_from_its_first_day_as_known_today() -> None:
    regras, (convenente,) = registros(Organizacao())
    for dia, resultado in ((-9, "com"), (-8, "sem"), (-5, "com"), (-3, "com"), (2, "sem")):
        consultar(convenente, regras, dias(dia), f"{resultado}_restricao")
    assert [(v.restricao, v.vence_em) for v in de(convenente)] == [(True, dias(-5))]


def test_a_line_of_the_ente_controlador_says_who_renews_it() -> None:
    do_ente = Obrigacao("do_ente", escopo="ente_controlador")
    organizacoes = (
        Organizacao(controlador=1),
        Organizacao(provas=(Prova("do_ente", ACEITA, valido_ate=dias(5)),)),
    )
    regras = construcao.catalogo((do_ente,), {}, dias(-300))
    fundo, _ = construcao.povoar(Mundo((do_ente,), organizacoes, {}), regras)
    assert [v.remedio for v in de(fundo)] == ["Quem renova é o ente controlador, no cadastro dele."]


def test_without_an_address_it_names_who_issues() -> None:
    convenente = registro(certidao(dias(5)))
    TipoDocumento.objects.filter(documentos__comprovacoes__convenente=convenente).update(emissor="Prefeitura")
    assert [v.remedio for v in de(convenente)] == ["Quem emite: Prefeitura."]


@pytest.mark.parametrize(
    ("quando", "prazo"),
    [
        (-1, "venceu em 09/08/2026"),
        (0, "vence em 10/08/2026 (hoje)"),
        (1, "vence em 11/08/2026 (amanhã)"),
        (2, "vence em 12/08/2026 (em 2 dias)"),
    ],
)
def test_the_deadline_in_words(quando: int, prazo: str) -> None:
    (vencimento,) = de(registro(certidao(dias(quando))))
    assert vencimento.prazo(HOJE) == prazo


def test_all_records_take_one_query() -> None:
    _, varios = registros(*[Organizacao(provas=(certidao(dias(5)),)) for _ in range(20)])
    with CaptureQueriesContext(connection) as consultas:
        assert len(vencimentos.listar(HOJE, [c.pk for c in varios])) == 20
    assert len(consultas) == 1


def test_a_successor_silences_the_papers_of_the_representante_only() -> None:
    convenente = registro(certidao(dias(5)))
    representar(convenente, mandato_ate=dias(5), ate=dias(6))
    representar(convenente, de=dias(6))
    assert [v.codigo for v in de(convenente)] == ["certidao"]
    Vinculo.objects.filter(mandato_ate=None).update(papel="usuario")
    assert [v.codigo for v in de(convenente)] == ["mandato", "certidao"]


def test_what_does_not_apply_does_not_expire() -> None:
    saude = Obrigacao("saude", condicao="area_saude")
    regras = construcao.catalogo((saude,), {}, dias(-300))
    prova = Prova("saude", as_(dias(-5)), valido_ate=dias(5))
    (com,) = construcao.povoar(Mundo((saude,), (Organizacao(areas=("saude",), provas=(prova,)),), {}), regras)
    assert [v.codigo for v in de(com)] == ["saude"]
    Convenente.objects.filter(pk=com.pk).update(areas=[])
    Excecao.objects.create(
        convenente=com,
        codigo="saude",
        lei="Lei 1",
        motivo="x",
        periodo=(HOJE, dias(11)),
        registrada_por=regras.analista,
        registrada_em=ACEITA,
    )
    assert de(com) == []

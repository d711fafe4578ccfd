"""The SQL rule against the oracle, on generated worlds, a day before, on and after each date in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from convenentes import situacao
from convenentes.models import Convenente
from tests.convenentes import mundo as construcao
from tests.convenentes import oraculo
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Consulta, Mandato, Mundo, Obrigacao, Organizacao, Pedido, Prova

OBRIGACOES = (
    Obrigacao("estatuto", validades=("MANDATO", "FIXA", "PERM"), grupo=1),
    Obrigacao("regimento", validades=("PERM",), grupo=1, condicao="se_houver"),
    Obrigacao("posse", "representante", ("MANDATO", "EMISSAO90_MANDATO"), 2),
    Obrigacao("procuracao", "representante", ("FIXA",), 2, condicao="se_delegado"),
    Obrigacao("certidao", validades=("IMPRESSA",)),
    Obrigacao("facultativa", validades=("IMPRESSA",), causa=False, condicao="opcional"),
    Obrigacao("do_ente", "ente_controlador", ("IMPRESSA", "ANO", "MANDATO")),
    Obrigacao("anual", validades=("ANO", "IMPRESSA"), grupo=4),
    Obrigacao("previdencia", "fonte", ("VIVA",), 4, condicao="rpps", fonte="prova_rpps"),
    Obrigacao("devedores", "fonte", ("VIVA",), 5, fonte="prova_devedores"),
    Obrigacao("sancoes", "fonte", ("VIVA",), 5, causa=False, fonte="prova_sancoes"),
    Obrigacao("saude", grupo=6, causa=False, condicao="area_saude"),
    Obrigacao("assistencia", grupo=6, causa=False, condicao="area_assistencia_social"),
    Obrigacao("crianca", grupo=6, causa=False, condicao="area_crianca"),
    Obrigacao("tempo", "calculada", ("VIVA",), 7, causa=False),
    Obrigacao("clausula", validades=("PERM",), grupo=7, causa=False),
)
PRAZOS = {"prova_rpps": 0, "prova_devedores": 7, "prova_sancoes": 30}
COMPROVAVEIS = [o for o in OBRIGACOES if o.escopo in {"convenente", "representante"}]
TERMINADOS = ("aprovada", "aprovada_parcialmente", "indeferida", "cancelada", "expirada")

perto = st.one_of(st.sampled_from([-31, -30, -29, -8, -7, -1, 0, 1, 29, 30, 31]), st.integers(-500, 500)).map(
    dias
)
instantes = st.builds(
    as_, perto, st.sampled_from([time(0), time(0, 0, 1), time(12), time(23, 30), time(23, 59, 59, 999_999)])
)
aberturas = st.one_of(
    st.none(), st.sampled_from([date(2024, 2, 29), dias(-730), dias(-731), dias(-729)]), perto
)


@st.composite
def mandatos(draw: st.DrawFn) -> tuple[Mandato, ...]:
    ate = draw(st.one_of(st.none(), perto.filter(lambda d: d >= dias(-500))))
    saida = draw(st.one_of(st.none(), perto))
    primeiro = Mandato(dias(-600), ate, saida)
    fim = min((d for d in (ate, saida) if d), default=None)
    if fim is None or draw(st.booleans()):
        return (primeiro,)
    return (primeiro, Mandato(fim + timedelta(days=draw(st.integers(1, 3))), None))


@st.composite
def provas(draw: st.DrawFn, quantos_mandatos: int) -> Prova:
    obrigacao = draw(st.sampled_from(COMPROVAVEIS))
    documento = draw(st.sampled_from([*obrigacao.validades, None]))
    do_mandato = documento in {"MANDATO", "EMISSAO90_MANDATO"}
    return Prova(
        obrigacao.codigo,
        draw(instantes),
        documento,
        draw(st.one_of(st.none(), perto)) if documento in {"IMPRESSA", "FIXA"} else None,
        draw(st.sampled_from([None, 2025, 2026, 2027])) if documento == "ANO" else None,
        draw(st.integers(0, quantos_mandatos - 1)) if do_mandato else None,
        draw(st.one_of(st.none(), st.none(), instantes)),
    )


consultas = st.builds(Consulta, st.sampled_from(sorted(PRAZOS)), perto, instantes, st.booleans())
itens_do_pedido = st.dictionaries(
    st.sampled_from([o.codigo for o in COMPROVAVEIS]),
    st.sampled_from(["a_preencher", "preenchido", "nao_se_aplica", "aceito", "recusado"]),
    min_size=1,
    max_size=6,
)


@st.composite
def pedidos(draw: st.DrawFn) -> tuple[Pedido, ...]:
    momentos = draw(st.lists(instantes, max_size=3, unique=True))
    estados = [draw(st.sampled_from(TERMINADOS)) for _ in momentos]
    if estados and draw(st.sampled_from([True, False])):
        estados[0] = draw(st.sampled_from(["em_analise", "com_pendencia"]))
    return tuple(Pedido(m, e, draw(itens_do_pedido)) for m, e in zip(momentos, estados, strict=True))


@st.composite
def organizacoes(draw: st.DrawFn, controlador: int | None) -> Organizacao:
    seus_mandatos = draw(mandatos())
    perguntas = st.sampled_from(["regimento", "procuracao", "rpps"])
    return Organizacao(
        draw(st.sampled_from(["ativo", "ativo", "ativo", "bloqueado", "inativo", "cancelado"])),
        draw(aberturas),
        tuple(draw(st.sets(st.sampled_from(["saude", "assistencia_social", "crianca", "cultura"])))),
        draw(st.dictionaries(perguntas, st.booleans())),
        draw(st.sampled_from([None, controlador])),
        seus_mandatos,
        tuple(draw(st.lists(provas(len(seus_mandatos)), max_size=7))),
        tuple(draw(st.lists(consultas, max_size=4))),
        draw(pedidos()),
    )


mundos = st.builds(
    lambda uma, outra: Mundo(OBRIGACOES, (uma, outra), PRAZOS), organizacoes(None), organizacoes(0)
)


def _dias_que_importam(mundo: Mundo) -> list[date]:
    """Every date of the world as the rule may see it end or begin."""
    datas = {HOJE, date(2025, 12, 31), date(2026, 12, 31), date(2026, 2, 28)}
    for org in mundo.organizacoes:
        datas |= {_dia(d) for p in org.provas for d in (p.aceita_em, p.encerrada_em, p.valido_ate) if d}
        datas |= {_dia(d) for m in org.mandatos for d in (m.de, m.ate, m.saida) if d}
        datas |= {c.dia + timedelta(days=PRAZOS[c.fonte]) for c in org.consultas}
        datas |= {_dia(d) for c in org.consultas for d in (c.dia, c.registrada_em)}
        datas |= {_dia(p.enviado_em) for p in org.pedidos}
        datas |= {p.valido_ate - oraculo.AVISO for p in org.provas if p.valido_ate}
    return sorted(datas)


def _dia(quando: date | datetime) -> date:
    return quando.astimezone(oraculo.SAO_PAULO).date() if isinstance(quando, datetime) else quando


@contextmanager
def _desfeito() -> Iterator[None]:
    """One world at a time in the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


NO_LIMITE = Organizacao(
    abertura=date(2024, 2, 29),
    areas=("saude",),
    respostas={"regimento": False, "rpps": False},
    mandatos=(Mandato(dias(-600), dias(0)), Mandato(dias(1), None)),
    provas=(
        Prova("certidao", as_(dias(-9), time(23, 30)), valido_ate=HOJE),
        Prova("posse", as_(dias(-9)), "MANDATO", mandato=0),
        Prova(
            "estatuto", as_(dias(0), time(23, 59, 59, 999_999)), "PERM", encerrada_em=as_(dias(1), time(0))
        ),
        Prova("anual", as_(dias(-9)), "ANO", ano=2026),
    ),
    consultas=(
        Consulta("prova_devedores", dias(-7), as_(dias(-7))),
        Consulta("prova_devedores", dias(-7), as_(dias(0)), restricao=True),
    ),
    pedidos=(Pedido(as_(dias(-1)), "com_pendencia", {"posse": "aceito", "procuracao": "recusado"}),),
)


@pytest.mark.django_db
def test_the_rule_says_of_the_rows_what_the_oracle_says_of_the_world() -> None:
    regras = construcao.catalogo(OBRIGACOES, PRAZOS, date(2021, 1, 1))

    @given(st.data(), mundos)
    @example(None, Mundo(OBRIGACOES, (NO_LIMITE, Organizacao(controlador=0)), PRAZOS))
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    def comparar(data: Any, mundo: Mundo) -> None:
        importam = _dias_que_importam(mundo)
        escolhidos = (
            data.draw(st.lists(st.sampled_from(importam), min_size=1, max_size=2)) if data else importam
        )
        visitados = {d + timedelta(days=n) for d in escolhidos for n in (-1, 0, 1)}
        with _desfeito():
            registros = construcao.povoar(mundo, regras)
            for dia in sorted(visitados):
                _comparar_o_dia(mundo, registros, dia)

    comparar()


def _comparar_o_dia(mundo: Mundo, registros: list[Convenente], dia: date) -> None:
    pks = [r.pk for r in registros]
    ditas = situacao.linhas(dia, pks)
    resumos = situacao.resumir(pks, dia)
    for quem, pk in enumerate(pks):
        esperadas = oraculo.responder(mundo, quem, dia)
        obtidas = {
            linha.codigo: oraculo.Resposta(linha.estado, linha.valido_ate, linha.irregular)
            for linha in ditas
            if linha.convenente_id == pk
        }
        assert obtidas == esperadas, (quem, dia)
        pendencias = sum(r.irregular for r in esperadas.values())
        assert (resumos[pk].regular, resumos[pk].pendencias) == (
            oraculo.regular(mundo, quem, dia),
            pendencias,
        )
    primeiro = situacao.quadro(registros[0], dia)
    assert primeiro.regular == resumos[pks[0]].regular
    assert bool(primeiro.impedimentos) == resumos[pks[0]].impedimento
    assert len(primeiro.irregulares) == resumos[pks[0]].pendencias

"""What must hold of the rule whatever the world: time alone mends nothing, proofs never harm, silence is not green."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from convenentes import historico, situacao
from convenentes.models import Comprovacao, Convenente, Decisao, Situacao
from documentos.models import Documento
from tests.convenentes import mundo as construcao
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import SAO_PAULO, Consulta, Fora, Mandato, Mundo, Obrigacao, Organizacao, Prova
from tests.convenentes.sorteio import Sorteio

pytestmark = pytest.mark.django_db
DESDE = date(2021, 1, 1)
EM_ORDEM = {"vigente", "vence_em_breve"}


@pytest.fixture
def semente(request: pytest.FixtureRequest) -> int:
    """The seed of the run, printed first: another one each time."""
    return int(request.config.getoption("randomly_seed")) % 2**32


def _escrever(mundo: Mundo) -> tuple[construcao.Catalogo, list[Convenente]]:
    regras = construcao.catalogo(mundo.obrigacoes, mundo.prazos, DESDE)
    return regras, construcao.povoar(mundo, regras)


def _estados(dia: date, pks: list[int], catalogo: date) -> dict[tuple[int, str], str]:
    return {(li.convenente_id, li.codigo): li.estado for li in situacao.linhas(dia, pks, catalogo=catalogo)}


def _fatos(mundo: Mundo) -> set[date]:
    """The days on which somebody did something: what the portal writes at once."""
    fatos = {f.declarada_em for f in mundo.foras}
    for org in mundo.organizacoes:
        fatos |= {i for p in org.provas for i in (p.aceita_em, p.encerrada_em) if i}
        fatos |= {c.registrada_em for c in org.consultas}
        fatos |= {p.enviado_em for p in org.pedidos}
        fatos |= {a.registrada_em for a in org.afastadas}
    # A look-up dated later than it was written, as only a world may draw one, speaks from its own day on.
    consultas = {c.dia for org in mundo.organizacoes for c in org.consultas}
    return consultas | {f.astimezone(SAO_PAULO).date() for f in fatos}


def test_time_alone_never_mends_a_proof_that_expired(semente: int) -> None:
    sorteio = Sorteio(semente)
    _, registros = _escrever(sorteio.mundo)
    posses = {m.de for org in sorteio.mundo.organizacoes for m in org.mandatos}
    comeco = max(_fatos(sorteio.mundo) | posses | {HOJE})
    pks = [r.pk for r in registros]
    antes = _estados(comeco, pks, HOJE)
    assert "vencido" in antes.values()
    for n in (1, 2, 30, 365, 366, 1000):
        depois = _estados(comeco + timedelta(days=n), pks, HOJE)
        voltaram = {linha for linha, estado in antes.items() if estado == "vencido"} & {
            linha for linha, estado in depois.items() if estado in EM_ORDEM
        }
        assert not voltaram, f"seed {semente}"
        antes = depois


def test_one_more_proof_never_worsens_the_day(semente: int) -> None:
    sorteio = Sorteio(semente)
    regras, registros = _escrever(sorteio.mundo)
    pks = [r.pk for r in registros]
    antes = {(li.convenente_id, li.codigo): li for li in situacao.linhas(HOJE, pks)}
    regulares = {pk for pk, r in situacao.resumir(pks, HOJE).items() if r.regular}
    Comprovacao.objects.bulk_create(
        Comprovacao(
            convenente=registro,
            exigencia=versao,
            documento=Documento.objects.create(
                tipo=regras.documentos["IMPRESSA"], pasta=registro.pasta, valido_ate=HOJE
            ),
            decisao=Decisao.objects.earliest("id"),
            aceita_em=as_(HOJE),
        )
        for registro in registros
        for versoes in regras.versoes.values()
        for versao in versoes
    )
    depois = {(li.convenente_id, li.codigo): li for li in situacao.linhas(HOJE, pks)}
    pioraram = [c for c, li in antes.items() if li.estado in EM_ORDEM and depois[c].estado not in EM_ORDEM]
    melhoraram = [c for c, li in antes.items() if li.irregular and not depois[c].irregular]
    assert (pioraram, bool(melhoraram)) == ([], True), f"seed {semente}"
    assert regulares <= {pk for pk, r in situacao.resumir(pks, HOJE).items() if r.regular}


SILENCIOS = {
    "never asked": (),
    "too old by a day": (Consulta("cadin", dias(-8), as_(dias(-8))),),
    "printed validity over": (Consulta("cadin", HOJE, as_(HOJE), vale_ate=dias(-1)),),
    "of tomorrow": (Consulta("cadin", dias(1), as_(HOJE)),),
    "written down at midnight": (Consulta("cadin", HOJE, as_(dias(1)).replace(hour=0)),),
    "another register": (Consulta("siafi", HOJE, as_(HOJE)),),
}


@pytest.mark.parametrize("consultas", SILENCIOS.values(), ids=SILENCIOS)
@pytest.mark.parametrize("fora", [(), (Fora("cadin", HOJE, dias(3), as_(HOJE)),)], ids=["up", "out"])
def test_a_register_that_does_not_answer_is_never_regular(
    consultas: tuple[Consulta, ...], fora: tuple[Fora, ...]
) -> None:
    cadin = Obrigacao("cadin", "fonte", ("VIVA",), 5, fonte="cadin")
    if consultas and consultas[0].dia == dias(-8) and fora:
        consultas = (Consulta("cadin", dias(-9), as_(dias(-9))),)  # when the outage began it was too old
    mundo = Mundo((cadin,), (Organizacao(consultas=consultas),), {"cadin": 7, "siafi": 7}, fora)
    _, (registro,) = _escrever(mundo)
    assert not situacao.resumir([registro.pk], HOJE)[registro.pk].regular
    assert [li.estado for li in situacao.linhas(HOJE, [registro.pk])] == ["nao_verificado"]


def _faixas(registros: list[Convenente]) -> dict[int, list[tuple[object, ...]]]:
    faixas: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    ordem = {r.pk: n for n, r in enumerate(registros)}
    for s in Situacao.objects.atuais().filter(convenente__in=registros).order_by("periodo"):
        motivos = [tuple(m.values()) for m in s.motivos]
        faixas[ordem[s.convenente_id]].append((s.periodo, s.regular, s.impedimento, motivos))
    return faixas


def test_a_history_healed_is_the_history_that_would_have_been_kept(semente: int) -> None:
    """Nights are missed wherever nobody did anything, three in a row and more."""
    sorteio = Sorteio(semente, quantas=12)
    _, registros = _escrever(sorteio.mundo)
    pks = [r.pk for r in registros]
    noites = [HOJE + timedelta(days=n) for n in range(36)]
    fatos = _fatos(sorteio.mundo)
    vividas: list[Callable[[date], bool]] = [
        lambda _: True,
        lambda d: d in fatos or d in {noites[0], noites[-1]},
    ]
    historias = []
    for vivida in vividas:
        with transaction.atomic():
            for noite in filter(vivida, noites):
                historico.atualizar(noite, pks)
            historias.append(_faixas(registros))
            transaction.set_rollback(True)
    assert historias[1] == historias[0], f"seed {semente}"
    assert max(len(f) for f in historias[0].values()) > 1


def test_a_mandate_ends_at_midnight_of_sao_paulo_and_the_reelected_goes_on() -> None:
    posse = Obrigacao("posse", "representante", ("MANDATO",), 2)
    fim = date(2028, 2, 29)
    uma = (Prova("posse", as_(dias(-9)), "MANDATO", mandato=0),)
    reeleita = (*uma, Prova("posse", as_(fim), "MANDATO", mandato=1))
    mandatos = (Mandato(dias(-600), fim), Mandato(date(2028, 3, 1), None))
    _, registros = _escrever(
        Mundo((posse,), tuple(Organizacao(mandatos=mandatos, provas=p) for p in (uma, reeleita)), {})
    )
    pks = [r.pk for r in registros]
    ultima, primeira = as_(fim).replace(hour=23, minute=59), as_(date(2028, 3, 1)).replace(hour=0)
    regulares = [
        [situacao.resumir(pks, timezone.localdate(hora))[pk].regular for pk in pks]
        for hora in (ultima, primeira)
    ]
    assert regulares == [[True, True], [False, True]]


def test_a_year_turns_at_midnight_of_sao_paulo() -> None:
    anual = Obrigacao("anual", validades=("ANO",))
    _, (registro,) = _escrever(
        Mundo((anual,), (Organizacao(provas=(Prova("anual", as_(dias(-9)), "ANO", ano=2026),)),), {})
    )
    ultima = as_(date(2026, 12, 31)).replace(hour=23, minute=59)
    regulares = [
        situacao.resumir([registro.pk], timezone.localdate(hora))[registro.pk].regular
        for hora in (ultima, ultima + timedelta(minutes=1))
    ]
    assert regulares == [True, False]


def test_a_new_version_with_transition_is_due_on_the_day_after_it() -> None:
    antiga = Obrigacao("estatuto", validades=("PERM", "FIXA"), ate=dias(9))
    nova = Obrigacao("estatuto", validades=("FIXA",), de=dias(10), transicao_ate=dias(40))
    _, (registro,) = _escrever(
        Mundo((antiga, nova), (Organizacao(provas=(Prova("estatuto", as_(dias(-9)), "PERM"),)),), {})
    )
    ditas = [situacao.linhas(dias(n), [registro.pk])[0] for n in (9, 10, 40, 41)]
    assert [(li.estado, li.irregular) for li in ditas] == [
        ("vigente", False),
        ("nao_apresentado", False),
        ("nao_apresentado", False),
        ("nao_apresentado", True),
    ]

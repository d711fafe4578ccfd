"""What every mutant is asked: one world drawn by lot, and what the lot draws too seldom, on many days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from convenentes.situacao import parametros
from tests.convenentes import bordas, comparacao
from tests.convenentes import mundo as construcao
from tests.convenentes.comparacao import Colunas, Povo
from tests.convenentes.mundo import HOJE, dias
from tests.convenentes.oraculo import SEM_FIM, Mundo, Obrigacao, Organizacao, Rascunho
from tests.convenentes.sorteio import QUANTAS, Sorteio

SEMENTE = 20_260_810
DESDE = date(2021, 1, 1)


@dataclass(frozen=True)
class Pergunta:
    """The parameters of one reading of the rule, and its right answer."""

    parametros: dict[str, Any]
    esperadas: list[Colunas]


def juntar(*mundos: Mundo) -> Mundo:
    """One world with the organisations of all, under the obligations of all."""
    organizacoes: list[Organizacao] = []
    for m in mundos:
        base = len(organizacoes)
        organizacoes += [
            o if o.controlador is None else replace(o, controlador=o.controlador + base)
            for o in m.organizacoes
        ]
    return Mundo(
        tuple(o for m in mundos for o in m.obrigacoes),
        tuple(organizacoes),
        {codigo: prazo for m in mundos for codigo, prazo in m.prazos.items()},
        tuple(f for m in mundos for f in m.foras),
        mundos[0].rascunho,
    )


def perguntas() -> list[Pergunta]:
    """Write the world and return what is asked of each mutant: first what tells most."""
    sorteio = Sorteio(SEMENTE)
    povo = comparacao.povoar(juntar(sorteio.mundo, bordas.MUNDO), DESDE)
    rascunho = povo.mundo.rascunho
    norma = construcao.rascunhar(rascunho, povo.regras)
    _o_que_nao_diz_respeito(povo)
    todos = range(len(povo.registros))
    metade, bordas_em = todos[2::2], todos[QUANTAS:]
    return [
        _pergunta(povo, HOJE, metade),
        Pergunta(parametros(HOJE, None, rascunho=norma), povo.esperadas(HOJE, rascunho=rascunho)),
        Pergunta(parametros(HOJE, None, dias(-30)), povo.esperadas(HOJE, catalogo=dias(-30))),
        *(_pergunta(povo, HOJE, [n]) for n in bordas_em),
        *(_pergunta(povo, dia) for dia in sorted({*sorteio.dias, *bordas.DIAS})),
    ]


def _o_que_nao_diz_respeito(povo: Povo) -> None:
    """Another draft, and obligations of another type: written later, and for none of these organisations."""
    posse, ato, *_ = bordas.OBRIGACOES
    construcao.rascunhar(Rascunho((replace(ato, de=SEM_FIM),), (posse,)), povo.regras)
    construcao.catalogo((Obrigacao("de_outro_tipo"),), {}, DESDE)


def _pergunta(povo: Povo, dia: date, quem: Sequence[int] | None = None) -> Pergunta:
    pks = None if quem is None else [povo.registros[n].pk for n in quem]
    return Pergunta(parametros(dia, pks), povo.esperadas(dia, quem))

"""Records with something to expire, and people to be told: rows only, on a norm of their own."""

from datetime import date
from functools import partial
from typing import Any

from contas.models import Usuario
from convenentes.models import Convenente, PapelVinculo, ResultadoFonte, Vinculo
from tests.convenentes import mundo as construcao
from tests.convenentes.mundo import Catalogo, as_, dias
from tests.convenentes.oraculo import Mundo, Obrigacao, Organizacao, Prova

CERTIDAO = Obrigacao("certidao")
CRF = Obrigacao("crf")
POSSE = Obrigacao("posse", escopo="representante", validades=("MANDATO",), grupo=2)
CADIN = Obrigacao("cadin", escopo="fonte", fonte="cadin", grupo=5)
ACEITA = as_(dias(-200))


def certidao(valido_ate: date, codigo: str = "certidao", **campos: Any) -> Prova:
    return Prova(codigo, campos.pop("aceita_em", ACEITA), valido_ate=valido_ate, **campos)


def registros(*organizacoes: Organizacao) -> tuple[Catalogo, list[Convenente]]:
    """Records of one catalogue, which asks for two certificates, a paper of the mandate and a register."""
    obrigacoes, prazos = (CERTIDAO, CRF, POSSE, CADIN), {"cadin": 7}
    regras = construcao.catalogo(obrigacoes, prazos, dias(-300))
    return regras, construcao.povoar(Mundo(obrigacoes, organizacoes, prazos), regras)


def registro(*provas: Prova) -> Convenente:
    """One record with these proofs."""
    return registros(Organizacao(provas=provas))[1][0]


def ligar(
    convenente: Convenente,
    papel: str = PapelVinculo.RESPONSAVEL,
    quem: Usuario | None = None,
    *,
    de: date = date(2020, 1, 1),
    ate: date | None = None,
    mandato_ate: date | None = None,
) -> Usuario:
    """Somebody acts for the record from ``de`` until before ``ate``."""
    pessoa = quem or construcao.pessoa()
    Vinculo.objects.create(
        usuario=pessoa, convenente=convenente, papel=papel, periodo=(de, ate), mandato_ate=mandato_ate
    )
    return pessoa


representar = partial(ligar, papel=PapelVinculo.REPRESENTANTE)


def consultar(convenente: Convenente, regras: Catalogo, dia: date, resultado: str = "com_restricao") -> None:
    """A look-up in the register."""
    ResultadoFonte.objects.create(
        convenente=convenente,
        fonte=regras.fontes["cadin"],
        resultado=resultado,
        consultado_em=dia,
        registrado_em=as_(dia),
        registrado_por=regras.analista,
    )

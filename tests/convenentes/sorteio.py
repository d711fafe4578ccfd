"""Worlds drawn by lot for the regularity rule: many organisations, few dates, so that each date ends something.

Half of the organisations keep their papers in order but for a few, otherwise nobody would ever read regular.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import (
    SEM_FIM,
    Afastada,
    Consulta,
    Fora,
    Mandato,
    Mundo,
    Obrigacao,
    Organizacao,
    Pedido,
    Prova,
    Rascunho,
)

OBRIGACOES = (
    Obrigacao("estatuto", validades=("MANDATO", "FIXA", "PERM"), grupo=1),
    Obrigacao("regimento", validades=("PERM",), grupo=1, condicao="se_houver"),
    Obrigacao("posse", "representante", ("MANDATO", "EMISSAO90_MANDATO"), 2),
    Obrigacao("identidade", "representante", ("PERM", "IMPRESSA"), 2),
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
PERGUNTAS = ("regimento", "procuracao", "rpps")
QUANTAS = 24  # the first two are municípios; most of the others follow one of them
VIRADAS = (date(2025, 12, 31), date(2026, 2, 28), date(2026, 12, 31), date(2028, 2, 29))
HORAS = (time(0), time(0, 0, 1), time(12), time(23, 30), time(23, 59, 59, 999_999))
TERMINADOS = ("aprovada", "aprovada_parcialmente", "indeferida", "cancelada", "expirada")
ITENS = ("a_preencher", "preenchido", "nao_se_aplica", "aceito", "recusado")
AREAS = ("saude", "assistencia_social", "crianca", "cultura")


class Sorteio:
    """One world and the days on which it is worth looking at, all from one seed."""

    def __init__(self, semente: int, quantas: int = QUANTAS) -> None:
        self.sorte = Random(semente)
        self.marcos = [
            HOJE,
            self.sorte.choice(VIRADAS),
            *(dias(self.sorte.randint(-90, 90)) for _ in range(6)),
        ]
        self.obrigacoes = tuple(v for o in OBRIGACOES for v in self._versoes(o))
        self.mundo = Mundo(
            self.obrigacoes,
            tuple(self._organizacao(n) for n in range(quantas)),
            PRAZOS,
            tuple(f for fonte in PRAZOS for f in self._foras(fonte)),
            self._rascunho(),
        )

    @property
    def dias(self) -> list[date]:
        """A day before, on and after each date of the world, and a day on which a warning may begin."""
        de_aviso = self.sorte.choice(self.marcos) - timedelta(days=29)
        return sorted({m + timedelta(days=n) for m in self.marcos for n in (-1, 0, 1)} | {de_aviso})

    def _chance(self, de: float) -> bool:
        return self.sorte.random() < de

    def _dia(self) -> date:
        return self.sorte.choice(self.marcos) + timedelta(
            days=self.sorte.choice((0, 0, 0, -1, 1, -7, 30, -30))
        )

    def _ate(self, de: date) -> date:
        return max(de, self._dia())

    def _instante(self) -> datetime:
        return as_(self._dia(), self.sorte.choice(HORAS))

    def _antigo(self) -> datetime:
        return as_(dias(self.sorte.randint(-500, -400))) + timedelta(seconds=self.sorte.randrange(3600))

    def _versoes(self, primeira: Obrigacao) -> list[Obrigacao]:
        """The line as it is, or ended by a norm, or changed by one, with or without a transition."""
        if self._chance(0.5):
            return [primeira]
        muda = self._dia()
        fim = muda - timedelta(days=1)
        antiga = Obrigacao(**(vars(primeira) | {"ate": fim}))
        transicao = self._ate(muda) if self._chance(0.5) else None
        if self._chance(0.2):  # asked for as from that day only
            return [Obrigacao(**(vars(primeira) | {"de": muda, "transicao_ate": transicao}))]
        if self._chance(0.2):
            return [antiga]
        mudanca: dict[str, object] = {"de": muda, "transicao_ate": transicao}
        if self._chance(0.4) and len(primeira.validades) > 1:
            mudanca["validades"] = primeira.validades[1:]
        if self._chance(0.2) and primeira.grupo <= 5:
            mudanca["causa"] = not primeira.causa
        return [antiga, Obrigacao(**(vars(primeira) | mudanca))]

    def _rascunho(self) -> Rascunho:
        """A norm that changes some lines, adds one and ends others."""
        novas = [
            replace(o, de=SEM_FIM, transicao_ate=self._dia() if self._chance(0.5) else None)
            for o in self.sorte.sample(OBRIGACOES, 4)
        ]
        novas.append(replace(OBRIGACOES[0], codigo="so_no_rascunho", de=SEM_FIM))
        return Rascunho(tuple(novas), tuple(self.sorte.sample(self.obrigacoes, 4)))

    def _mandatos(self, cuidadosa: bool) -> tuple[Mandato, ...]:
        inicio = dias(-600)
        if cuidadosa and self._chance(0.7):
            return (Mandato(inicio, dias(900)),)
        ate, saida = (self._dia() if self._chance(0.6) else None for _ in range(2))
        primeiro = Mandato(inicio, ate, saida, self._dia() if self._chance(0.3) else None)
        fim = min((d for d in (ate, saida) if d), default=None)
        if fim is None or self._chance(0.3):
            return (primeiro,)
        depois = fim + timedelta(days=self.sorte.choice((1, 1, 2)))
        if self._chance(0.5) and (ate is None or depois <= ate):  # after a substitution, the same mandate
            return (primeiro, Mandato(depois, ate, None, primeiro.provas_ate, retoma=0))
        return (primeiro, Mandato(depois, None))  # re-elected

    def _prova(self, obrigacao: Obrigacao, mandatos: Sequence[Mandato], cuidadosa: bool) -> Prova:
        documento = self.sorte.choice((*obrigacao.validades, *(() if self._chance(0.7) else (None,))))
        validade = ano = None
        if documento in {"IMPRESSA", "FIXA"}:
            validade = dias(900) if cuidadosa else None if self._chance(0.1) else self._dia()
        if documento == "ANO":
            ano = 2029 if cuidadosa else self.sorte.choice((None, 2025, 2026, 2027))
        do_mandato = documento is not None and documento.endswith("MANDATO") and self._chance(0.9)
        return Prova(
            obrigacao.codigo,
            self._antigo() if cuidadosa else self._instante(),
            documento,
            validade,
            ano,
            self.sorte.randrange(len(mandatos)) if do_mandato or self._chance(0.1) else None,
            self._instante() if not cuidadosa and self._chance(0.2) else None,
            self.sorte.randrange(2),
        )

    def _consultas(self, cuidadosa: bool) -> list[Consulta]:
        feitas = []
        for fonte in PRAZOS:
            if cuidadosa:  # a look-up on each day that will be looked at
                feitas += [Consulta(fonte, d, as_(d, time(8))) for d in self.dias if self._chance(0.97)]
            for _ in range(self.sorte.randrange(2 if cuidadosa else 4)):
                dia = self._dia()
                registrada = as_(dia, self.sorte.choice(HORAS)) if self._chance(0.7) else self._instante()
                impressa = self._dia() if self._chance(0.3) else None
                feitas.append(Consulta(fonte, dia, registrada, self._chance(0.3), impressa))
        return feitas

    def _pedidos(self) -> tuple[Pedido, ...]:
        momentos = {self._instante() for _ in range(self.sorte.randrange(4))}
        estados = [self.sorte.choice(TERMINADOS) for _ in momentos]
        if estados and self._chance(0.6):
            estados[0] = self.sorte.choice(("em_analise", "com_pendencia"))
        codigos = [o.codigo for o in OBRIGACOES if o.escopo in {"convenente", "representante"}]
        return tuple(
            Pedido(
                momento,
                estado,
                {c: self.sorte.choice(ITENS) for c in self.sorte.sample(codigos, self.sorte.randint(1, 6))},
                self.sorte.randrange(2),
                self._chance(0.2),
            )
            for momento, estado in zip(sorted(momentos), estados, strict=True)
        )

    def _afastadas(self) -> list[Afastada]:
        quais = self.sorte.sample([o.codigo for o in OBRIGACOES], self.sorte.choice((0, 0, 1, 3)))
        comecos = [(codigo, self._dia()) for codigo in quais]
        return [
            Afastada(
                codigo,
                de,
                self._ate(de) if self._chance(0.7) else None,
                as_(de) if self._chance(0.7) else self._instante(),
            )
            for codigo, de in comecos
        ]

    def _foras(self, fonte: str) -> list[Fora]:
        """Up to three outages of a register, none on the same day."""
        foras: list[Fora] = []
        for _ in range(self.sorte.randrange(4)):
            de = self._dia()
            ate = de + timedelta(days=self.sorte.choice((0, 1, 5, 29)))
            if all(ate < f.de or f.ate < de for f in foras):
                foras.append(Fora(fonte, de, ate, as_(de) if self._chance(0.6) else self._instante()))
        return foras

    def _organizacao(self, posicao: int) -> Organizacao:
        cuidadosa = posicao < 2 or self._chance(0.5)
        mandatos = self._mandatos(cuidadosa)
        provaveis = [o for o in OBRIGACOES if o.escopo in {"convenente", "representante"}]
        provas = [
            self._prova(o, mandatos, cuidadosa=True) for o in provaveis if cuidadosa and self._chance(0.98)
        ]
        provas += [
            self._prova(self.sorte.choice(provaveis), mandatos, cuidadosa=False)
            for _ in range(self.sorte.randrange(4 if cuidadosa else 12))
        ]
        return Organizacao(
            self.sorte.choice(("bloqueado", "inativo", "cancelado")) if self._chance(0.1) else "ativo",
            self.sorte.choice((None, date(2024, 2, 29), self._dia(), self._dia().replace(year=2024, day=7))),
            tuple(a for a in AREAS if self._chance(0.3)),
            {p: self._chance(0.4) for p in PERGUNTAS if self._chance(0.6)},
            None if posicao < 2 or self._chance(0.05) else int(self._chance(0.05)),
            mandatos,
            tuple({p.aceita_em: p for p in provas}.values()),  # never two at once: the last accepted counts
            tuple(self._consultas(cuidadosa)),
            self._pedidos(),
            tuple(self._afastadas()),
        )

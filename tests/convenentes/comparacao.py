"""What the rule said of the rows beside what the oracle says of the world: every column of every line."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter, itemgetter

from convenentes.models import Comprovacao, Convenente
from convenentes.situacao import Linha
from tests.convenentes import mundo as construcao
from tests.convenentes import oraculo
from tests.convenentes.mundo import Catalogo
from tests.convenentes.oraculo import Mundo, Rascunho, Resposta

Colunas = tuple[object, ...]
COLUNAS = tuple(f.name for f in fields(Linha))
_de_cada_linha = attrgetter(*COLUNAS)
_TRANSICAO = COLUNAS.index("em_transicao")
_chave = itemgetter(COLUNAS.index("convenente_id"), COLUNAS.index("exigencia_id"))


@dataclass(frozen=True)
class Povo:
    """A world and its rows."""

    mundo: Mundo
    regras: Catalogo
    registros: list[Convenente]
    documentos: dict[
        tuple[int, datetime], int | None
    ]  # of each proof, by who holds it and when it was accepted

    def esperadas(
        self,
        dia: date,
        quem: Iterable[int] | None = None,
        catalogo: date | None = None,
        rascunho: Rascunho | None = None,
    ) -> list[Colunas]:
        """The lines of the organisations in those positions, or of all, as the rule must yield them."""
        return em_ordem(
            linha
            for n in (range(len(self.registros)) if quem is None else quem)
            for linha in self.linhas_de(n, oraculo.responder(self.mundo, n, dia, catalogo, rascunho))
        )

    def linhas_de(self, quem: int, respostas: dict[str, Resposta]) -> list[Colunas]:
        """The lines of one organisation, given what the oracle says of each."""
        return em_ordem(self._linha(quem, r) for r in respostas.values())

    def _linha(self, quem: int, r: Resposta) -> Colunas:
        exigencia = self.regras.linhas[r.obrigacao]
        melhor = r.prova
        documento = melhor and self.documentos[self.registros[melhor.titular].pk, melhor.prova.aceita_em]
        return (
            self.registros[quem].pk,
            exigencia.pk,
            r.obrigacao.codigo,
            exigencia.nome,
            r.obrigacao.grupo,
            exigencia.ordem,
            r.obrigacao.escopo,
            r.obrigacao.fonte,
            r.obrigacao.causa,
            r.estado,
            r.em_analise,
            r.origem,
            documento,
            r.valido_ate,
            r.vence_em,
            r.verificado_em,
            r.obrigacao.transicao_ate,
            r.em_transicao,
            r.irregular,
        )


def povoar(mundo: Mundo, desde: date) -> Povo:
    """Write a world: its norms, the oldest on the day ``desde``, its organisations and what they have."""
    regras = construcao.catalogo(mundo.obrigacoes, mundo.prazos, desde)
    registros = construcao.povoar(mundo, regras)
    provas = Comprovacao.objects.filter(convenente__in=registros)
    linhas = provas.values_list("convenente_id", "aceita_em", "documento_id")
    return Povo(mundo, regras, registros, {(quem, quando): documento for quem, quando, documento in linhas})


def ditas(linhas: Iterable[Linha]) -> list[Colunas]:
    """The lines that the rule said. A transition that does not exist and one that is over are the same."""
    return em_ordem(
        (*colunas[:_TRANSICAO], bool(colunas[_TRANSICAO]), *colunas[_TRANSICAO + 1 :])
        for colunas in map(_de_cada_linha, linhas)
    )


def em_ordem(linhas: Iterable[Colunas]) -> list[Colunas]:
    """By organisation and obligation: whoever embeds the rule decides the order."""
    return sorted(linhas, key=lambda linha: str(_chave(linha)))  # as text, since a wrong rule may yield NULL

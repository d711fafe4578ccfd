"""What the command says of the survivors, and whether that is good enough."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutantes.mutacao import Mutante

META = 95
_ITEM = re.compile(r"^- `(.+)`$", re.MULTILINE)


@dataclass(frozen=True)
class Relatorio:
    vivos: list[Mutante]
    total: int
    pagina: str  # docs/mutantes.md

    @property
    def explicadas(self) -> set[str]:
        """The changes that the page names, each alone on its line, as the command writes them."""
        return set(_ITEM.findall(self.pagina))

    @property
    def sem_explicacao(self) -> set[str]:
        return {m.chave for m in self.vivos} - self.explicadas

    @property
    def a_mais(self) -> set[str]:
        """What the page explains although nobody survived by it: the rule, or the tests, have changed."""
        return self.explicadas - {m.chave for m in self.vivos}

    @property
    def mortos(self) -> int:
        return self.total - len(self.vivos)

    @property
    def satisfaz(self) -> bool:
        """Enough killed, and the page names the others and no more."""
        return 100 * self.mortos >= META * self.total and not self.sem_explicacao | self.a_mais

    def linhas(self) -> Iterator[str]:
        """Survivors with their line, what is wrong with the page, and how many were killed."""
        for m in self.vivos:
            yield f"linhas.sql:{m.linha}  {m.chave}"
        for chave in sorted(self.sem_explicacao):
            yield f"survives, and docs/mutantes.md does not say why: {chave}"
        for chave in sorted(self.a_mais):
            yield f"docs/mutantes.md explains it, but it does not survive: {chave}"
        yield f"{self.mortos} of {self.total} killed, {100 * self.mortos / self.total:.1f} %"

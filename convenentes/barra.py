"""A progress bar on a terminal."""

from collections.abc import Callable

from django.core.management.base import OutputWrapper

from convenentes.fontes.leitura import nao_acompanhar

LARGURA = 40


def barra(saida: OutputWrapper, rotulo: str) -> Callable[[int, int], None]:
    """Return what draws a bar on a terminal, one step per hundredth; elsewhere it draws nothing."""
    if not saida.isatty():
        return nao_acompanhar

    def desenhar(lidas: int, total: int) -> None:
        passo = max(total // 100, 1)
        if lidas > total or (lidas % passo and lidas < total):
            return
        cheio = LARGURA * lidas // total
        barra = "#" * cheio + "." * (LARGURA - cheio)
        fim = "\n" if lidas == total else ""
        saida.write(f"\r{rotulo} [{barra}] {100 * lidas // total:3d} %{fim}", style_func=str, ending="")
        saida.flush()

    return desenhar

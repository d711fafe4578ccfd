"""Cut from a mail what it quotes: of an answer, only what is new is shown. The whole mail is kept beside it.

Line by line, so that no mail takes long; in Portuguese and in English, as the usual programs write.
"""

import re
from collections.abc import Iterable

_SEPARADOR = re.compile(
    r"[-_ ]*(?:mensagem original|mensagem encaminhada|original message|forwarded message)[-_ ]*|_{20,}",
    re.IGNORECASE,
)
_ASSINATURA = re.compile(r"-- ?")
_ABRE = re.compile(r"[*\s]*(?:em|on)\b.{4,}", re.IGNORECASE)
_FECHA = re.compile(r".*\b(?:escreveu|wrote):[*\s]*", re.IGNORECASE)
_DE = re.compile(r"[*\s]*(?:de|from):.*@.*|[*\s]*(?:de|from):[* ]+\S.*", re.IGNORECASE)
_CABECALHO = re.compile(
    r"[*\s]*(?:enviad[ao](?: em)?|data|para|assunto|sent|date|to|subject):.*", re.IGNORECASE
)
_QUEBRA = 3  # lines over which a program may break "Em …, Fulano escreveu:"


def sem_citacao(texto: str) -> str:
    """Return what the person wrote above what is quoted; below it, when there is nothing above."""
    linhas = texto.splitlines()
    for n in range(len(linhas)):
        fim = _fim_do_cabecalho(linhas, n)
        if fim:
            acima = _junto(linhas[:n])
            return acima or _junto(linha for linha in linhas[n + fim :] if not linha.startswith(">"))
    while linhas and (not linhas[-1].strip() or linhas[-1].startswith(">")):
        linhas.pop()
    return _junto(linhas)


def _fim_do_cabecalho(linhas: list[str], n: int) -> int:
    """Tell how many lines, from ``n`` on, introduce what is quoted, or the signature; 0 for none."""
    linha = linhas[n][:500]
    if _SEPARADOR.fullmatch(linha.strip()) or _ASSINATURA.fullmatch(linha):
        return 1
    if _ABRE.match(linha):
        for quantas in range(1, _QUEBRA + 1):
            if _FECHA.fullmatch(" ".join(linhas[n : n + quantas])[:1000]):
                return quantas
    seguintes = linhas[n + 1 : n + 1 + _QUEBRA]
    if _DE.fullmatch(linha) and sum(bool(_CABECALHO.fullmatch(s[:500])) for s in seguintes) >= 2:
        return 1
    return 0


def _junto(linhas: Iterable[str]) -> str:
    return "\n".join(linhas).strip()

"""Is the file empty, or too big."""

import math

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "tamanho", "1"
MEGA = 1024 * 1024  # bytes
LIMITE = 20 * MEGA


def verificar(tamanho: int) -> Resultado:
    """Check a size in bytes against the limit of 20 MB."""
    if tamanho == 0:
        return reprovado(
            NOME, VERSAO, "o arquivo está vazio.", "Abra-o no seu aparelho, confira e envie de novo."
        )
    if tamanho > LIMITE:
        megabytes = math.ceil(tamanho / MEGA * 10) / 10  # up, so that 20 MB and a byte do not read "20 MB"
        return reprovado(
            NOME,
            VERSAO,
            f"o arquivo tem {megabytes:.1f} MB e o limite é 20 MB.".replace(".", ",", 1),
            "Digitalize com menos resolução (200 dpi bastam) ou em tons de cinza, e só as páginas que interessam.",
        )
    return aprovado(NOME, VERSAO)

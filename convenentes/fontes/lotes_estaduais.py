"""CADIN-MG, SIAFI-MG and CAFIMP: files in a layout of ours, one row for each CNPJ looked up (docs/fontes.md).

A CNPJ that is not in the file was not looked up: nothing is said about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from convenentes.fontes.leitura import (
    Achado,
    Alvo,
    Erro,
    FonteRecusada,
    Leitura,
    Recebido,
    ler_cnpj,
    ler_data,
    tabela,
)
from convenentes.models import CargaFonte, ResultadoFonte
from convenentes.texto import normalizar


@dataclass(frozen=True)
class Lote:
    """One register of the State. Without ``restricoes``, any word but the good one is a restriction."""

    cadastro: CargaFonte.Cadastro
    boa: str
    restricoes: tuple[str, ...] = ()
    lista_completa = False
    irmaos = ()

    @property
    def fontes(self) -> str:
        return self.cadastro.value

    def ler(self, recebido: Recebido) -> Leitura:
        """Read one answer for each CNPJ. Raises FonteRecusada."""
        dados = tabela(recebido, ("cnpj", "situacao", "data"))
        achados: dict[str, list[Achado]] = {}
        erros: list[Erro] = []
        for numero, linha in dados.linhas:
            try:
                cnpj, achado = ler_cnpj(linha["cnpj"]), self._achado(linha)
            except ValueError as erro:
                erros.append(Erro(str(erro), numero))
                continue
            if cnpj in achados:
                erros.append(Erro(f"o CNPJ {cnpj} já apareceu acima.", numero))
            achados[cnpj] = [achado]
        if erros:
            raise FonteRecusada(erros)
        referencia = max(achado.consultado_em for (achado,) in achados.values())
        return Leitura(self.cadastro, referencia, len(dados.linhas), 0, achados)

    def responder(self, alvo: Alvo, leituras: Sequence[Leitura]) -> Achado | None:
        """What the file says of this very CNPJ."""
        return next(iter(leituras[0].achados.get(alvo.cnpj, [])), None)

    def _achado(self, linha: dict[str, str]) -> Achado:
        """Raises ValueError for a word that the register does not use."""
        situacao = normalizar(linha["situacao"])
        conhecidas = {self.boa, *self.restricoes}
        if not situacao or (self.restricoes and situacao not in conhecidas):
            raise ValueError(
                f"situação “{linha['situacao'][:40]}” desconhecida. Use: {', '.join(sorted(conhecidas))}."
            )
        resultado = ResultadoFonte.Resultado
        return Achado(
            self.cadastro.value,
            resultado.SEM_RESTRICAO if situacao == self.boa else resultado.COM_RESTRICAO,
            ler_data(linha["data"]),
            " – ".join(filter(None, (linha["situacao"], linha.get("detalhe", ""))))[:300],
        )


CADIN_MG = Lote(CargaFonte.Cadastro.CADIN_MG, "nao inscrito", ("inscrito",))
SIAFI_MG = Lote(CargaFonte.Cadastro.SIAFI_MG, "normal")
CAFIMP = Lote(CargaFonte.Cadastro.CAFIMP, "nao impedido", ("impedido",))

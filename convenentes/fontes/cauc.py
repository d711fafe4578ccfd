"""CAUC: the open CSV of the Tesouro Nacional, one file for the municípios and one for the states (docs/fontes.md)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from convenentes.fontes.leitura import Achado, Alvo, Erro, FonteRecusada, Leitura, Recebido, ler_data, tabela
from convenentes.models import CargaFonte, Fonte, ResultadoFonte
from documentos.models import Genero

_ITEM = re.compile(r"\d(\.\d){1,2}")
_PENDENTE, _FORA_DO_AR = "!", "desabilitado"


@dataclass(frozen=True)
class Cauc:
    """Each item of each ente is proved until a date, pending, or not available to anybody on that day."""

    cadastro = CargaFonte.Cadastro.CAUC
    fontes = "cauc_"
    lista_completa = False
    irmaos = ()

    def ler(self, recebido: Recebido) -> Leitura:
        """Read every item of every ente. Raises FonteRecusada."""
        dados = tabela(recebido, ("UF", "Código IBGE"))
        referencia = _data_da_pesquisa(dados.preambulo)
        itens = {coluna: codigo_da_fonte(coluna) for coluna in dados.colunas if _ITEM.fullmatch(coluna)}
        erros = _itens_que_faltam(set(itens.values()))
        achados: dict[str, list[Achado]] = {}
        for numero, linha in dados.linhas:
            ente = _ente(linha)
            if ente is None or ente in achados:
                motivo = "código IBGE inválido" if ente is None else "o ente já apareceu acima"
                erros.append(Erro(f"{motivo}: {linha['codigo ibge'][:20]} ({linha['uf'][:2]}).", numero))
                continue
            achados[ente] = []
            for coluna, fonte in itens.items():
                try:
                    achado = _achado(fonte, linha[coluna], referencia)
                except ValueError as erro:
                    erros.append(Erro(f"item {coluna}: {erro}", numero))
                else:
                    achados[ente] += [achado] if achado else []
        if erros:
            raise FonteRecusada(erros)
        return Leitura(self.cadastro, referencia, len(dados.linhas), 0, achados)

    def responder(self, alvo: Alvo, leituras: Sequence[Leitura]) -> Achado | None:
        """A municipal line follows the município; a state line, the state. Nobody else has lines of the CAUC."""
        ente = alvo.uf if alvo.genero == Genero.PUBLICO_ESTADUAL else alvo.codigo_ibge
        achados = leituras[0].achados.get(ente, [])
        return next((achado for achado in achados if achado.fonte == alvo.fonte), None)


def codigo_da_fonte(item: str) -> str:
    """Return the code of Fonte of an item: ``3.1.2`` is ``cauc_3_1_2``."""
    return "cauc_" + item.replace(".", "_")


def _data_da_pesquisa(preambulo: str) -> date:
    achada = re.search(r"Data da Pesquisa:\s*(\S+?)[\s\";]*(?:\n|$)", preambulo, re.IGNORECASE)
    try:
        return ler_data(achada[1]) if achada else _sem_data()
    except ValueError as erro:
        raise FonteRecusada([Erro(f"Data da Pesquisa: {erro}", 1)]) from erro


def _sem_data() -> date:
    raise FonteRecusada([Erro("Falta a linha “Data da Pesquisa: dd/mm/aaaa” antes do cabeçalho.")])


def _itens_que_faltam(presentes: set[str]) -> list[Erro]:
    """Every line that we show must have its column: a file without it would let the answers grow old unseen."""
    nossos = set(Fonte.objects.filter(codigo__startswith="cauc_").values_list("codigo", flat=True))
    faltam = sorted(codigo.removeprefix("cauc_").replace("_", ".") for codigo in nossos - presentes)
    return [Erro(f"Falta a coluna do item {item}.") for item in faltam]


def _ente(linha: dict[str, str]) -> str | None:
    """A município is known by its seven digits, a state by its letters."""
    codigo, uf = linha["codigo ibge"], linha["uf"].upper()
    if re.fullmatch(r"\d{7}", codigo):
        return codigo
    return uf if re.fullmatch(r"\d{2}", codigo) and re.fullmatch(r"[A-Z]{2}", uf) else None


def _achado(fonte: str, valor: str, referencia: date) -> Achado | None:
    """Raises ValueError for a value that the CAUC does not use.

    A date up to the day of the search is that of an item checked every day: it is no expiry.
    """
    if not valor or valor.lower() == _FORA_DO_AR:
        return None
    if valor == _PENDENTE:
        return Achado(fonte, ResultadoFonte.Resultado.COM_RESTRICAO, referencia, "A comprovar no CAUC")
    validade = ler_data(valor)
    return Achado(
        fonte,
        ResultadoFonte.Resultado.SEM_RESTRICAO,
        referencia,
        f"Comprovado no CAUC, com data de {validade:%d/%m/%Y}",
        validade if validade > referencia else None,
    )

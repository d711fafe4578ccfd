"""CEPIM, CEIS and CNEP: the lists of federal sanctions, open CSVs of the CGU. Together they answer one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from convenentes.cnpj import limpar_cnpj
from convenentes.fontes.leitura import Achado, Alvo, Erro, FonteRecusada, Leitura, Recebido, ler_data, tabela
from convenentes.models import CargaFonte, ResultadoFonte
from convenentes.texto import normalizar

_LISTAS = (CargaFonte.Cadastro.CEPIM, CargaFonte.Cadastro.CEIS, CargaFonte.Cadastro.CNEP)


@dataclass(frozen=True)
class ListaFederal:
    """One of the three lists: where the columns of the document, of the dates and of the reason are."""

    cadastro: CargaFonte.Cadastro
    documento: str
    motivo: str
    orgao: str
    inicio: str = ""
    fim: str = ""
    pessoa: str = ""
    fontes = "cepim"
    lista_completa = True

    @property
    def irmaos(self) -> tuple[CargaFonte.Cadastro, ...]:
        return tuple(lista for lista in _LISTAS if lista != self.cadastro)

    def ler(self, recebido: Recebido) -> Leitura:
        """Read the organisations under a sanction in force on the day of the file. Raises FonteRecusada."""
        referencia = _referencia(recebido)
        colunas = filter(None, (self.documento, self.motivo, self.orgao, self.inicio, self.fim, self.pessoa))
        dados = tabela(recebido, tuple(colunas))
        achados: dict[str, list[Achado]] = {}
        erros: list[Erro] = []
        ignoradas = 0
        for numero, linha in dados.linhas:
            try:
                chave = self._organizacao(linha)
                vigente = self._vigente(linha, referencia)
            except ValueError as erro:
                erros.append(Erro(str(erro), numero))
                continue
            if chave and vigente:
                achados.setdefault(chave, []).append(self._achado(linha, referencia))
            else:
                ignoradas += 1
        if erros:
            raise FonteRecusada(erros)
        return Leitura(self.cadastro, referencia, len(dados.linhas), ignoradas, achados)

    def responder(self, alvo: Alvo, leituras: Sequence[Leitura]) -> Achado | None:
        """A hit in any list is a restriction. Only the three lists together say that there is none."""
        for leitura in leituras:
            achados = leitura.achados.get(alvo.cnpj) or leitura.achados.get(alvo.cnpj[:8])
            if achados:
                return achados[0]
        if {leitura.cadastro for leitura in leituras} != set(_LISTAS):
            return None
        mais_velha = min(leitura.referencia for leitura in leituras)
        return Achado("cepim", ResultadoFonte.Resultado.SEM_RESTRICAO, mais_velha)

    def _organizacao(self, linha: dict[str, str]) -> str:
        """Return the CNPJ or its root; empty for a person and for who has no CNPJ. Raises ValueError."""
        if self.pessoa and linha[normalizar(self.pessoa)].upper() == "F":
            return ""
        documento = limpar_cnpj(linha[normalizar(self.documento)])
        if re.fullmatch(r"[0-9A-Z]{12}\d{2}|[0-9A-Z]{8}", documento):
            return documento
        if not documento or documento.startswith("EX"):
            return ""
        raise ValueError(f"“{documento[:40]}” não é um CNPJ.")

    def _vigente(self, linha: dict[str, str], dia: date) -> bool:
        inicio = _data_opcional(linha.get(normalizar(self.inicio), ""))
        fim = _data_opcional(linha.get(normalizar(self.fim), ""))
        return (inicio is None or inicio <= dia) and (fim is None or dia <= fim)

    def _achado(self, linha: dict[str, str], referencia: date) -> Achado:
        partes = [linha[normalizar(self.motivo)], linha[normalizar(self.orgao)]]
        fim = _data_opcional(linha.get(normalizar(self.fim), ""))
        partes += [f"até {fim:%d/%m/%Y}"] if fim else []
        detalhe = f"{self.cadastro.value.upper()}: " + " – ".join(filter(None, partes))
        return Achado("cepim", ResultadoFonte.Resultado.COM_RESTRICAO, referencia, detalhe[:300])


def _referencia(recebido: Recebido) -> date:
    """The day is in the name that the CGU gives, ``AAAAMMDD_LISTA.csv``, or else typed by who loads it."""
    no_nome = re.match(r"(\d{4})(\d\d)(\d\d)_", recebido.nome)
    if no_nome is None and recebido.referencia is None:
        raise FonteRecusada(
            [Erro("Informe a data de referência: o nome do arquivo não a traz (AAAAMMDD_CEIS.csv).")]
        )
    if no_nome is None:
        assert recebido.referencia is not None
        return recebido.referencia
    try:
        dia = date(*(int(parte) for parte in no_nome.groups()))
    except ValueError as erro:
        raise FonteRecusada([Erro("A data no nome do arquivo não existe.")]) from erro
    if recebido.referencia not in {None, dia}:
        raise FonteRecusada([Erro(f"O nome do arquivo diz {dia:%d/%m/%Y}. Corrija a data de referência.")])
    return dia


def _data_opcional(valor: str) -> date | None:
    return None if normalizar(valor) in {"", "sem informacao"} else ler_data(valor)


CEPIM = ListaFederal(
    CargaFonte.Cadastro.CEPIM,
    documento="CNPJ ENTIDADE",
    motivo="MOTIVO DO IMPEDIMENTO",
    orgao="ÓRGÃO CONCEDENTE",
)
CEIS = ListaFederal(
    CargaFonte.Cadastro.CEIS,
    documento="CPF OU CNPJ DO SANCIONADO",
    motivo="CATEGORIA DA SANÇÃO",
    orgao="ÓRGÃO SANCIONADOR",
    inicio="DATA INÍCIO SANÇÃO",
    fim="DATA FINAL SANÇÃO",
    pessoa="TIPO DE PESSOA",
)
CNEP = replace(CEIS, cadastro=CargaFonte.Cadastro.CNEP)  # the same columns

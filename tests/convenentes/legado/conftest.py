"""A generated export, one written by hand, and their load."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def exportar(tmp_path: Path) -> Callable[..., tuple[Path, "Counter[str]"]]:
    """Return what writes a generated export and says where it is and what dirt was planted in it."""
    from cagec.tempo import hoje
    from convenentes.legado import exemplo

    def escrever(quantos: int, semente: int = 1, **opcoes: Any) -> tuple[Path, Counter[str]]:
        pasta = tmp_path / f"exportacao-{quantos}-{semente}"
        return pasta, exemplo.escrever(pasta, quantos, semente, hoje(), **opcoes)

    return escrever


@pytest.fixture
def escrever(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes one good organisation with its representante legal, and what a test puts in their place."""
    from contas.fabricas import cpf_ficticio
    from convenentes.fabricas import cnpj_ficticio

    padrao = {
        "convenentes": "cnpj;numero;razao_social;natureza;tipo;municipio;situacao;data_abertura\n"
        f"{cnpj_ficticio(1)};77;Associação São João;399-9;osc;3106200;REGULAR;03/05/2010\n",
        "pessoas": f"cpf;nome;email\n{cpf_ficticio(1)};Maria José da Conceição;maria@example.org\n",
        "vinculos": "cnpj;cpf;papel;inicio;mandato_ate\n"
        f"{cnpj_ficticio(1)};{cpf_ficticio(1)};representante;01/01/2020;31/12/2099\n",
    }

    def gravar(codificacao: str = "utf-8", **textos: str) -> Path:
        pasta = tmp_path / "exportacao"
        (pasta / "arquivos").mkdir(parents=True, exist_ok=True)
        for nome, texto in (padrao | textos).items():
            (pasta / f"{nome}.csv").write_text(texto, encoding=codificacao)
        return pasta

    return gravar


@pytest.fixture
def carregar() -> Callable[..., Any]:
    """Return what loads an export for good and returns the load."""
    from cagec.tempo import hoje
    from convenentes.legado.importacao import importar
    from convenentes.legado.leitura import abrir

    def fazer(origem: Path, **opcoes: Any) -> Any:
        with abrir(origem) as exportacao:
            return importar(exportacao, hoje(), **({"gravar": True} | opcoes))

    return fazer

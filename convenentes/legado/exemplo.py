"""A fictional export of the registry before, with the dirt that such exports have: for tests, trials and measurements.

The same seed and number write the same files. What was planted of each kind is returned, so that an account of the
load can be checked against it.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from contas.fabricas import cpf_ficticio
from convenentes.fabricas import cnpj_ficticio, natureza_do_tipo
from convenentes.legado.formato import DOCUMENTOS, FORMATOS
from convenentes.models import Fonte, Municipio
from convenentes.texto import normalizar
from documentos.fabricas import foto, pdf
from documentos.models import Escopo, Exigencia, Obtencao, TipoConvenente, TipoDocumento, Validade

DOCUMENTOS_POR_ORGANIZACAO = 6
_PRIMEIRO_CNPJ, _PRIMEIRO_CPF = 100_000, 600_000
_NOMES = (
    "Ana",
    "Antônio",
    "Conceição",
    "Geraldo",
    "Inês",
    "João",
    "José",
    "Lúcia",
    "Luís",
    "Mônica",
    "Zélia",
)
_SOBRENOMES = (
    "Araújo",
    "Assunção",
    "Brandão",
    "Guimarães",
    "Magalhães",
    "Nogueira",
    "Prates",
    "Simões",
    "Villaça",
)
# Half of the files as an old system writes them, half as a new one does.
_ESCRITA = {
    "convenentes": ("utf-8", ";"),
    "pessoas": ("cp1252", ";"),
    "vinculos": ("utf-8", ","),
    "documentos": ("cp1252", ","),
    "restricoes": ("utf-8", ";"),
}
_MORTA = "302-6"  # associação, until CONCLA closed the code
_RUINS = (b"", b"MZ\x90\0" * 64, b"<html><body>oi</body></html>")


class _Gerador:
    def __init__(self, pasta: Path, semente: int, hoje: date, *, com_arquivos: bool) -> None:
        self.pasta, self.hoje, self.com_arquivos = pasta, hoje, com_arquivos
        self.sorte = Random(semente)  # noqa: S311 - the same files again, no secret
        self.plantado: Counter[str] = Counter()
        self.municipios = list(Municipio.objects.filter(uf="MG").values_list("codigo_ibge", flat=True))
        self.tipos = [
            (tipo, natureza_do_tipo(tipo).codigo, self._exigidos(tipo))
            for tipo in TipoConvenente.objects.all()
        ]
        self.fontes = list(Fonte.objects.values_list("codigo", flat=True))
        (pasta / DOCUMENTOS).mkdir(parents=True, exist_ok=True)

    def _exigidos(self, tipo: TipoConvenente) -> list[tuple[str, TipoDocumento]]:
        exigencias = Exigencia.objects.do_tipo(tipo, self.hoje).exclude(escopo=Escopo.ENTE_CONTROLADOR)
        return [
            (e.codigo, primeira.tipo_documento)
            for e in exigencias.prefetch_related("alternativas__tipo_documento")
            if (primeira := e.alternativas.first())
        ]

    def acontece(self, defeito: str, em_mil: int) -> bool:
        """Draw whether this row gets this defect, and remember it."""
        sim = self.sorte.randrange(1000) < em_mil
        self.plantado[defeito] += sim
        return sim

    def convenente(self, n: int) -> dict[str, Any]:
        tipo, natureza, _ = self.tipos[n % len(self.tipos)]
        cnpj = cnpj_ficticio(_PRIMEIRO_CNPJ + n)
        if self.acontece("cnpj", 5):
            cnpj = _com_digito_errado(cnpj)
        elif tipo.slug == "osc" and self.acontece("natureza", 50):
            natureza = _MORTA
        return {
            "cnpj": cnpj,
            "numero": 100 + n,
            "razao_social": f"{tipo.nome} de {self.nome()} nº {n}",
            "natureza": natureza,
            "tipo": tipo.slug,
            "municipio": self.sorte.choice(self.municipios),
            "situacao": self.sorte.choice(("REGULAR", "IRREGULAR")),
            "data_abertura": "03/05/2010",
            "cep": "30130-000",
            "logradouro": "Praça da Liberdade",
            "numero_endereco": "S/N",
            "bairro": "Funcionários",
            "email": f"contato{n}@example.org",
            "telefone": "ramal 12" if self.acontece("telefone", 10) else "(31) 3333-4444",
        }

    def nome(self) -> str:
        return (
            f"{self.sorte.choice(_NOMES)} {self.sorte.choice(_SOBRENOMES)} {self.sorte.choice(_SOBRENOMES)}"
        )

    def pessoas(self, n: int) -> Iterator[dict[str, Any]]:
        """One person, sometimes twice with another spelling."""
        pessoa = {"cpf": cpf_ficticio(_PRIMEIRO_CPF + n), "nome": self.nome(), "telefone": "(31) 99999-0000"}
        if self.acontece("email_ausente", 20):
            pessoa["email"] = ""
        elif self.acontece("email_repetido", 30):
            pessoa["email"] = "contabilidade@example.org"
        else:
            pessoa["email"] = f"pessoa{n}@example.org"
        if self.acontece("cpf", 10):
            pessoa["cpf"] = _com_digito_errado(pessoa["cpf"])
            yield pessoa
            return
        yield pessoa
        if self.acontece("pessoa_repetida", 20):
            yield pessoa | {"nome": normalizar(pessoa["nome"]).upper(), "email": f"outro{n}@example.org"}

    def vinculos(self, n: int, quantos: int) -> Iterator[dict[str, Any]]:
        """The representante legal of an organisation, and for one in five a responsável."""
        cnpj = cnpj_ficticio(_PRIMEIRO_CNPJ + n)
        fim = self.hoje + timedelta(days=-30 if self.acontece("mandato_encerrado", 40) else 400)
        inicio = _dia(self.hoje - timedelta(days=700))
        yield {
            "cnpj": cnpj,
            "cpf": cpf_ficticio(_PRIMEIRO_CPF + n),
            "papel": "representante",
            "cargo": "Presidente",
            "inicio": inicio,
            "mandato_ate": _dia(fim),
        }
        if n % 5 == 0:
            outra = cpf_ficticio(_PRIMEIRO_CPF + quantos + n // 5)
            yield {"cnpj": cnpj, "cpf": outra, "papel": "responsavel", "inicio": inicio}

    def documentos(self, n: int) -> Iterator[dict[str, Any]]:
        _, _, exigidos = self.tipos[n % len(self.tipos)]
        for ordem in range(DOCUMENTOS_POR_ORGANIZACAO):
            exigencia, tipo = exigidos[(n + ordem) % len(exigidos)]
            yield self._documento(n, ordem, exigencia, tipo)

    def _documento(self, n: int, ordem: int, exigencia: str, tipo: TipoDocumento) -> dict[str, Any]:
        codigo = f"D{n:06d}-{ordem}"
        aceito = self.hoje - timedelta(days=self.sorte.randrange(10, 300))
        linha = {
            "codigo": codigo,
            "cnpj": cnpj_ficticio(_PRIMEIRO_CNPJ + n),
            "exigencia": exigencia,
            "tipo_documento": tipo.codigo,
            "aceito_em": "31/02/2026" if self.acontece("data", 3) else _dia(aceito),
        }
        if tipo.validade in {Validade.IMPRESSA, Validade.FIXA}:
            linha["valido_ate"] = _dia(aceito + timedelta(days=self.sorte.randrange(30, 600)))
        elif tipo.validade == Validade.EMISSAO90_MANDATO:
            linha["emitido_em"] = _dia(aceito - timedelta(days=20))
        elif tipo.validade == Validade.ANO:
            linha["ano_referencia"] = str(aceito.year)
        conferido = tipo.obtencao == Obtencao.ANALISE  # by the team itself, without a document
        if not conferido and not self.acontece("sem_arquivo", 20):
            linha["arquivo"] = self._arquivo(codigo, tipo)
        return linha

    def _arquivo(self, codigo: str, tipo: TipoDocumento) -> str:
        e_selfie = tipo.obtencao == Obtencao.SELFIE
        nome = f"{codigo[:4]}/{codigo}.{'jpg' if e_selfie else 'pdf'}"
        if not self.com_arquivos or self.acontece("arquivo_ausente", 10):
            return nome
        caminho = self.pasta / DOCUMENTOS / nome
        caminho.parent.mkdir(exist_ok=True)
        if self.acontece("arquivo_ruim", 10):
            caminho.write_bytes(self.sorte.choice(_RUINS))
        else:
            inteiro = foto() if e_selfie else pdf(tipo.nome)
            caminho.write_bytes(inteiro + f"\n% {codigo}\n".encode())
        if self.acontece("arquivo_sem_linha", 10):
            (caminho.parent / f"{codigo}-copia.pdf").write_bytes(pdf(tipo.nome))
        return nome

    def restricao(self, n: int) -> dict[str, Any]:
        return {
            "cnpj": cnpj_ficticio(_PRIMEIRO_CNPJ + n),
            "fonte": self.sorte.choice(self.fontes),
            "resultado": "com_restricao",
            "consultado_em": _dia(self.hoje - timedelta(days=self.sorte.randrange(1, 60))),
            "detalhe": "Bloqueio do cadastro anterior",
        }


def escrever(
    pasta: Path, quantos: int, semente: int, hoje: date, *, com_arquivos: bool = True
) -> Counter[str]:
    """Write ``quantos`` organisations, 1.2 times as many people and six documents each; return what was planted."""
    gerador = _Gerador(pasta, semente, hoje, com_arquivos=com_arquivos)
    with ExitStack() as abertos:
        tabelas = {}
        for formato in FORMATOS:
            codificacao, separador = _ESCRITA[formato.arquivo]
            aberto = abertos.enter_context((pasta / formato.nome).open("w", encoding=codificacao, newline=""))
            tabelas[formato.arquivo.value] = csv.DictWriter(
                aberto, formato.colunas, delimiter=separador, lineterminator="\r\n"
            )
            tabelas[formato.arquivo.value].writeheader()
        for n in range(quantos):
            tabelas["convenentes"].writerow(gerador.convenente(n))
            tabelas["vinculos"].writerows(gerador.vinculos(n, quantos))
            tabelas["documentos"].writerows(gerador.documentos(n))
            if n % 20 == 0:
                tabelas["restricoes"].writerow(gerador.restricao(n))
        for n in range(quantos + quantos // 5):
            tabelas["pessoas"].writerows(gerador.pessoas(n))
    return gerador.plantado


def _com_digito_errado(numero: str) -> str:
    return numero[:-1] + str((int(numero[-1]) + 1) % 10)


def _dia(dia: date) -> str:
    return f"{dia:%d/%m/%Y}"

"""The export that is read: which files, with which columns, in the order of their load (docs/legado.md)."""

from dataclasses import dataclass

from convenentes.models import LinhaLegado

DOCUMENTOS = "arquivos"  # the folder of the document files
NATUREZAS = "naturezas.csv"  # what the office put in the place of codes that CONCLA closed

_Arquivo = LinhaLegado.Arquivo


@dataclass(frozen=True)
class Formato:
    """One CSV file: its columns. Without an obligatory one, nothing is read; the others may be left out."""

    arquivo: LinhaLegado.Arquivo
    obrigatorias: tuple[str, ...]
    opcionais: tuple[str, ...] = ()

    @property
    def nome(self) -> str:
        return f"{self.arquivo.value}.csv"

    @property
    def colunas(self) -> tuple[str, ...]:
        return (*self.obrigatorias, *self.opcionais)


FORMATOS = (
    Formato(
        _Arquivo.CONVENENTES,
        ("cnpj", "numero", "razao_social", "natureza", "tipo", "municipio", "situacao"),
        (
            "estado", "nome_fantasia", "ente_controlador", "data_abertura", "cep", "logradouro",
            "numero_endereco", "complemento", "bairro", "email", "telefone", "site", "areas", "rpps",
        ),
    ),
    Formato(_Arquivo.PESSOAS, ("cpf", "nome"), ("nome_social", "email", "telefone")),
    Formato(_Arquivo.VINCULOS, ("cnpj", "cpf", "papel", "inicio"), ("cargo", "fim", "mandato_ate")),
    Formato(
        _Arquivo.DOCUMENTOS,
        ("codigo", "cnpj", "exigencia", "tipo_documento", "aceito_em"),
        ("cpf", "emitido_em", "valido_ate", "ano_referencia", "arquivo"),
    ),
    Formato(_Arquivo.RESTRICOES, ("cnpj", "fonte", "resultado", "consultado_em"), ("detalhe",)),
)  # fmt: skip

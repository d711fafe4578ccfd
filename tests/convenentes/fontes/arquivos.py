"""Register files built as the registers publish them, and bare records to answer about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from convenentes.fabricas import cnpj_ficticio, natureza_do_tipo
from convenentes.fontes.leitura import Recebido
from convenentes.models import Convenente, Municipio, ResultadoFonte
from documentos.models import PastaDigital, TipoConvenente

DIA = date(2026, 11, 24)
ITENS = re.findall(
    r"\S+",
    "1.1 1.2 1.3 1.4 1.5 2.1.1 2.1.2 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.3 3.4.1 3.4.2 3.5 3.6 3.7 "
    "4.1 4.2 5.1 5.2 5.3 5.4 5.5 5.6 5.7",
)
COLUNAS_CEPIM = (
    "CNPJ ENTIDADE",
    "NOME ENTIDADE",
    "NÚMERO CONVÊNIO",
    "ÓRGÃO CONCEDENTE",
    "MOTIVO DO IMPEDIMENTO",
)
COLUNAS_CEIS = (
    "CADASTRO",
    "CÓDIGO DA SANÇÃO",
    "TIPO DE PESSOA",
    "CPF OU CNPJ DO SANCIONADO",
    "NOME DO SANCIONADO",
    "NÚMERO DO PROCESSO",
    "CATEGORIA DA SANÇÃO",
    "DATA INÍCIO SANÇÃO",
    "DATA FINAL SANÇÃO",
    "ABRAGÊNCIA DA SANÇÃO",
    "ÓRGÃO SANCIONADOR",
    "UF ÓRGÃO SANCIONADOR",
    "OBSERVAÇÕES",
)


def registro(numero: int, slug: str = "osc", municipio: str = "Ouro Preto") -> Convenente:
    """Create an active record without documents: enough to be looked up."""
    tipo = TipoConvenente.objects.get(slug=slug)
    return Convenente.objects.create(
        cnpj=cnpj_ficticio(700_000 + numero),
        numero=700_000 + numero,
        estado=Convenente.Estado.ATIVO,
        razao_social=f"Organização Fictícia {numero}",
        natureza=natureza_do_tipo(tipo),
        tipo=tipo,
        municipio=Municipio.objects.get(nome=municipio, uf="MG"),
        pasta=PastaDigital.objects.create(),
    )


def csv(linhas: Iterable[Sequence[str]], *, aspas: bool = True, codificacao: str = "latin-1") -> bytes:
    """Return rows as the federal portals write them: semicolons, quotes, CRLF, Latin-1."""
    marca = '"' if aspas else ""
    prontas = (
        ";".join(f"{marca}{campo.replace(chr(34), chr(34) * 2)}{marca}" for campo in linha)
        for linha in linhas
    )
    return "".join(f"{linha}\r\n" for linha in prontas).encode(codificacao)


def cauc(entes: Mapping[str, Mapping[str, str]], dia: date = DIA, itens: Sequence[str] = ITENS) -> Recebido:
    """Return the file of the CAUC. ``entes``: by IBGE code, the items that are not proved until 30/11/26."""
    linhas: list[Sequence[str]] = [
        (f"Data da Pesquisa: {dia:%d/%m/%Y}",),
        ("Situação dos entes",),
        ("",),
        (
            "UF",
            "Nome do Ente Federado",
            "Código IBGE",
            "Código SIAFI",
            "Região",
            "População",
            "Fonte",
            *itens,
        ),
    ]
    for codigo, valores in entes.items():
        celulas = [valores.get(item, "30/11/26") for item in itens]
        linhas.append(("MG", "Município de Ficção", codigo, "4922", "SE", "74.000", "", *celulas))
    return Recebido("relatorio-situacao-de-varios-entes.csv", csv(linhas))


def cepim(documentos: Iterable[str], dia: date = DIA) -> Recebido:
    """Return the file of the CEPIM with these organisations, after one that is nobody's."""
    linhas = [
        (d, "Entidade Fictícia", "123456", "Ministério da Ficção", "Omissão de contas") for d in documentos
    ]
    nossa = ("90000001000129", "Entidade de Outro Estado", "1", "Ministério da Ficção", "Omissão de contas")
    return Recebido(f"{dia:%Y%m%d}_CEPIM.csv", csv([COLUNAS_CEPIM, nossa, *linhas]))


def sancao(documento: str, inicio: str = "01/02/2025", fim: str = "", pessoa: str = "J") -> tuple[str, ...]:
    """Return a row of the CEIS or of the CNEP."""
    categoria = 'Suspensão; com "ponto e vírgula"'
    nome, orgao = "Organização Sancionada", "Prefeitura de Ficção"
    return (
        "CEIS",
        "9",
        pessoa,
        documento,
        nome,
        "1/2025",
        categoria,
        inicio,
        fim,
        "Todas",
        orgao,
        "MG",
        "a\nb",
    )


def ceis(sancoes: Iterable[tuple[str, ...]] = (), dia: date = DIA, lista: str = "CEIS") -> Recebido:
    """Return the file of the CEIS (or of the CNEP, which has one more column) after a row that is nobody's."""
    linhas = [sancao("90000001000129"), *sancoes]
    if lista == "CNEP":
        dados = [(*COLUNAS_CEIS, "VALOR DA MULTA"), *((*linha, "1.000,00") for linha in linhas)]
    else:
        dados = [COLUNAS_CEIS, *linhas]
    return Recebido(f"{dia:%Y%m%d}_{lista}.csv", csv(dados))


def lote(
    linhas: Iterable[Sequence[str]], cabecalho: Sequence[str] = ("cnpj", "situacao", "data")
) -> Recebido:
    """Return a file in the layout of the State's registers."""
    return Recebido("lote.csv", csv([cabecalho, *linhas], aspas=False, codificacao="utf-8"))


def ultimo(convenente: Convenente, fonte: str) -> tuple[str, date, str] | None:
    """Return what counts now: result, day, detail. As the rule picks it."""
    resultados = ResultadoFonte.objects.filter(convenente=convenente, fonte__codigo=fonte)
    return resultados.values_list("resultado", "consultado_em", "detalhe").first()

"""What each kind of row says, by the rules of a person's own registration (docs/legado.md, Conferência).

One function per file: it takes a row under examination and returns its key and the values of the columns of its
staging table (``sql/``), in their order.
"""

from datetime import date
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.contrib.auth.hashers import make_password

from contas.campos import TelefoneField as TelefoneDaPessoaField
from convenentes.forms.campos import CEPField, TelefoneField
from convenentes.legado import exame
from convenentes.legado.catalogo import Catalogo
from convenentes.legado.exame import Exame
from convenentes.models import AreaAtuacao, Convenente, PapelVinculo, ResultadoFonte
from convenentes.texto import normalizar
from documentos.envio import problemas_das_datas
from documentos.models import Escopo, NaturezaJuridica, Obtencao, TipoConvenente, TipoDocumento, Validade

Examinada = tuple[str, dict[str, Any], tuple[Any, ...]]

MAIOR_NUMERO = 9_999_999
# Makes the same key of the same document in every load: a document is never brought twice.
_DOCUMENTOS = UUID("0b6a8f1e-1b52-4c7e-9d0a-3a2a52a5c1f7")
_ESTADOS = {e.value: e.value for e in Convenente.Estado if e != Convenente.Estado.EM_INSCRICAO}
_PAPEIS = {p.value: p.value for p in PapelVinculo}
_RESULTADOS = {r.value: r.value for r in ResultadoFonte.Resultado}
_SITUACOES = {"regular": "regular", "irregular": "irregular"}
_SIM_OU_NAO = {"s": True, "sim": True, "n": False, "nao": False, "não": False}
_AREAS = {a.value: a.value for a in AreaAtuacao}
_cep, _telefone_da_organizacao, _telefone_da_pessoa = CEPField(), TelefoneField(), TelefoneDaPessoaField()
_email, _site = forms.EmailField(max_length=254), forms.URLField(assume_scheme="https")


def convenente(linha: Exame, catalogo: Catalogo) -> Examinada:
    """An organisation. The situação that the registry before printed is history, not an answer of ours."""
    cnpj = linha.exigido("cnpj", exame.cnpj)
    numero = linha.exigido("numero", _numero)
    razao_social = linha.exigido("razao_social", exame.texto(200)) or ""
    natureza = linha.exigido("natureza", lambda v: _natureza(v, linha, catalogo))
    tipo = linha.exigido("tipo", exame.entre(catalogo.tipos))
    _conferir_tipo(linha, natureza, tipo, catalogo)
    municipio = linha.exigido("municipio", exame.entre(catalogo.municipios))
    situacao = linha.exigido("situacao", exame.entre(_SITUACOES))
    estado = linha.opcional("estado", exame.entre(_ESTADOS)) or Convenente.Estado.ATIVO.value
    controlador = linha.opcional("ente_controlador", exame.cnpj)
    abertura = linha.opcional("data_abertura", exame.data)
    _nao_no_futuro(linha, "data_abertura", abertura, catalogo.hoje)
    fantasia = linha.contato("nome_fantasia", exame.texto(200))
    areas = linha.opcional("areas", _areas) or []
    rpps = linha.opcional("rpps", exame.entre(_SIM_OU_NAO))
    dados = {"situacao": situacao} | ({"ente_controlador": controlador} if controlador else {})
    valores = (
        numero, estado, razao_social, fantasia, normalizar(f"{razao_social} {fantasia}")[:400],
        natureza.pk if natureza else None, tipo.pk if tipo else None, municipio, abertura,
        linha.contato("cep", _cep.clean),
        linha.contato("logradouro", exame.texto(150)),
        linha.contato("numero_endereco", exame.texto(20)),
        linha.contato("complemento", exame.texto(100)),
        linha.contato("bairro", exame.texto(100)),
        linha.contato("email", _ler_email),
        linha.contato("telefone", _telefone_da_organizacao.clean),
        linha.contato("site", _ler_site),
        areas, {} if rpps is None else {"rpps": rpps},
    )  # fmt: skip
    return cnpj or "", dados, valores


def pessoa(linha: Exame, _catalogo: Catalogo) -> Examinada:
    """A person. Without an address nobody can be invited by mail: the office looks for another way."""
    cpf = linha.exigido("cpf", exame.cpf)
    nome = linha.exigido("nome", exame.nome)
    email = linha.contato("email", _ler_email)
    if not linha.bruto("email"):
        linha.avisos.append("email: falta; o convite terá de ir por outro caminho.")
    valores = (
        nome,
        linha.contato("nome_social", exame.nome),
        email,
        linha.contato("telefone", _telefone_da_pessoa.clean),
        make_password(None),
    )
    return cpf or "", {}, valores


def vinculo(linha: Exame, catalogo: Catalogo) -> Examinada:
    """Who may act for whom. A representante legal acts until the end of the mandate, as in an inscription."""
    cnpj = linha.exigido("cnpj", exame.cnpj)
    cpf = linha.exigido("cpf", exame.cpf)
    papel = linha.exigido("papel", exame.entre(_PAPEIS))
    inicio = linha.exigido("inicio", exame.data)
    fim = linha.opcional("fim", exame.data)
    mandato_ate = linha.opcional("mandato_ate", exame.data)
    if papel == PapelVinculo.REPRESENTANTE:
        dias = [dia for dia in (fim, mandato_ate) if dia]
        ultimo = min(dias, default=None)
        if ultimo and ultimo < catalogo.hoje:
            linha.avisos.append(f"mandato encerrado em {ultimo:%d/%m/%Y}: ninguém representa por ele.")
    else:
        ultimo, mandato_ate = fim, None
    if inicio and ultimo and ultimo < inicio:
        linha.motivos.append("fim: vem antes do início.")
    chave = f"{cnpj} {cpf} {papel} {inicio}"
    return (
        chave,
        {},
        (cnpj, cpf, papel, linha.contato("cargo", exame.texto(120)), inicio, ultimo, mandato_ate),
    )


def documento(linha: Exame, catalogo: Catalogo) -> Examinada:
    """A document that was accepted, judged by its dates as on the day on which it was accepted."""
    codigo = linha.exigido("codigo", exame.texto(100)) or ""
    cnpj = linha.exigido("cnpj", exame.cnpj)
    cpf = linha.opcional("cpf", exame.cpf)
    exigencia = linha.exigido("exigencia", exame.entre(catalogo.exigencias))
    tipo: TipoDocumento | None = linha.exigido("tipo_documento", exame.entre(catalogo.documentos))
    if exigencia and tipo and tipo.codigo not in exigencia.tipos:
        linha.motivos.append("tipo_documento: não comprova esta exigência.")
    aceito = linha.exigido("aceito_em", exame.data)
    _nao_no_futuro(linha, "aceito_em", aceito, catalogo.hoje)
    emitido = linha.opcional("emitido_em", exame.data)
    valido = linha.opcional("valido_ate", exame.data)
    ano = linha.opcional("ano_referencia", _ano)
    if tipo and aceito and not linha.motivos:
        linha.motivos += problemas_das_datas(tipo, emitido, valido, ano, aceito)
    arquivo = str(PurePosixPath(linha.bruto("arquivo").replace("\\", "/"))) if linha.bruto("arquivo") else ""
    so_conferido = bool(
        tipo and tipo.obtencao == Obtencao.ANALISE
    )  # by the team itself: there is no document
    if not arquivo and not so_conferido:
        linha.avisos.append("arquivo: o documento veio sem arquivo.")
    valores = (
        uuid5(_DOCUMENTOS, codigo), cnpj, cpf, exigencia.em(aceito) if exigencia and aceito else None,
        tipo.pk if tipo and not so_conferido else None, emitido, valido, ano, aceito,
        bool(tipo and tipo.pessoal), bool(tipo and (tipo.pessoal or tipo.validade in Validade.do_mandato())),
        bool(exigencia and exigencia.escopo == Escopo.REPRESENTANTE), arquivo[:500],
    )  # fmt: skip
    return codigo, {}, valores


def restricao(linha: Exame, catalogo: Catalogo) -> Examinada:
    """What an external register had said, with its own day: it is as old as it is."""
    cnpj = linha.exigido("cnpj", exame.cnpj)
    fonte = linha.exigido("fonte", exame.entre(catalogo.fontes))
    resultado = linha.exigido("resultado", exame.entre(_RESULTADOS))
    dia = linha.exigido("consultado_em", exame.data)
    _nao_no_futuro(linha, "consultado_em", dia, catalogo.hoje)
    chave = f"{cnpj} {linha.bruto('fonte').lower()} {dia} {resultado}"[:120]
    return chave, {}, (cnpj, fonte, resultado, dia, linha.contato("detalhe", exame.texto(300)))


def _natureza(escrita: str, linha: Exame, catalogo: Catalogo) -> NaturezaJuridica:
    codigo = "".join(c for c in escrita if c.isdecimal())
    if codigo not in catalogo.naturezas and codigo in catalogo.naturezas_antigas:
        atual = catalogo.naturezas_antigas[codigo]
        linha.mudancas["natureza"] = [escrita, atual]
        codigo = atual
    natureza = catalogo.naturezas.get(codigo)
    if natureza is None:
        raise ValueError(f"o código {escrita[:20]} não existe mais. Diga o atual em naturezas.csv.")
    if not natureza.pode_inscrever:
        raise ValueError(natureza.motivo)
    return natureza


def _conferir_tipo(
    linha: Exame, natureza: NaturezaJuridica | None, tipo: TipoConvenente | None, catalogo: Catalogo
) -> None:
    if natureza and tipo and tipo.pk not in catalogo.tipos_da_natureza[natureza.pk]:
        linha.motivos.append(f"tipo: a natureza {natureza} não pode ser {tipo}.")


def _nao_no_futuro(linha: Exame, coluna: str, dia: date | None, hoje: date) -> None:
    if dia and dia > hoje:
        linha.motivos.append(f"{coluna}: está no futuro.")


def _numero(escrito: str) -> int:
    if not escrito.isdecimal() or not 1 <= int(escrito[:10]) <= MAIOR_NUMERO:
        raise ValueError(f"“{escrito[:20]}” não é um número de cadastro.")
    return int(escrito)


def _ano(escrito: str) -> int:
    if not escrito.isdecimal() or len(escrito) != 4:
        raise ValueError("informe o ano com quatro números.")
    return int(escrito)


def _areas(escritas: str) -> list[str]:
    return [exame.entre(_AREAS)(area) for area in escritas.split("|") if area.strip()]


def _ler_email(escrito: str) -> str:
    limpo: str = _email.clean(escrito).lower()
    return limpo


def _ler_site(escrito: str) -> str:
    limpo: str = _site.clean(escrito)
    if len(limpo) > 200:
        raise ValueError("passa de 200 caracteres.")
    return limpo

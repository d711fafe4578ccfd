"""Fictional organisations, made through the same journeys that people use. For tests, demonstration and bench."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from contas.fabricas import SENHA, cpf_ficticio, usuario
from contas.models import Usuario
from convenentes import analise, assinaturas, inscricao, itens, rascunho
from convenentes.cnpj import digitos_do_cnpj
from convenentes.fontes.registro import fontes_do_convenente, registrar
from convenentes.models import (
    Convenente,
    ItemSolicitacao,
    Municipio,
    ResultadoFonte,
    Secao,
    Solicitacao,
)
from convenentes.participantes import nomear_representante
from documentos.fabricas import arquivo_do_tipo, examinar
from documentos.models import MotivoRecusa, NaturezaJuridica, TipoConvenente, Validade

_numeros = count(1)


def cnpj_ficticio(numero: int, *, letras: bool = False) -> str:
    """Return a CNPJ with valid check digits; each number below ten million gives its own."""
    base = f"{'ZZ' if letras else '90'}{numero % 1_000_000:06d}0001"
    return base + digitos_do_cnpj(base)


def natureza_do_tipo(tipo: TipoConvenente) -> NaturezaJuridica:
    """Return a natureza jurídica that may choose this type."""
    natureza = tipo.naturezas.filter(pode_inscrever=True).first()
    assert natureza is not None
    return natureza


def rascunho_de(slug: str = "osc", *, responsavel: Usuario | None = None, **campos: Any) -> Solicitacao:
    """Start an inscription of a type. ``campos``: cnpj, razao_social, municipio, areas, data_abertura, chave_envio."""
    numero = next(_numeros)
    tipo = TipoConvenente.objects.get(slug=slug)
    solicitacao = inscricao.iniciar(
        campos.get("cnpj") or cnpj_ficticio(numero),
        natureza_do_tipo(tipo),
        responsavel or usuario(),
        campos.get("chave_envio") or uuid4(),
    )
    inscricao.definir_tipo(solicitacao, tipo)
    solicitacao.refresh_from_db()
    municipio = campos.get("municipio") or Municipio.objects.get(nome="Ouro Preto", uf="MG")
    dados = {
        "razao_social": campos.get("razao_social") or f"{tipo.nome} Fictícia nº {numero}",
        "nome_fantasia": "",
        "site": "",
        "data_abertura": (campos.get("data_abertura") or date(2010, 5, 3)).isoformat(),
        "areas": campos.get("areas") or [],
        "ente_controlador": campos.get("ente_controlador") or "",
    }
    endereco = {
        "cep": "35400000",
        "logradouro": "Rua das Flores",
        "numero_endereco": str(numero),
        "complemento": "",
        "bairro": "Centro",
        "email": f"contato{numero}@example.org",
        "telefone": "(31) 3333-0000",
        "municipio": municipio.codigo_ibge,
        "municipio_nome": str(municipio),
    }
    rascunho.salvar_secao(solicitacao, Secao.DADOS, dados)
    rascunho.salvar_secao(solicitacao, Secao.ENDERECO, endereco)
    solicitacao.refresh_from_db()
    return solicitacao


def nomear(solicitacao: Solicitacao, representante: Usuario, hoje: date, **campos: Any) -> None:
    """Name the representante legal. ``campos``: cargo, mandato_de, mandato_ate."""
    nomear_representante(
        solicitacao,
        solicitacao.criada_por,
        cpf=representante.cpf,
        nome=representante.nome,
        email=representante.email,
        cargo=campos.get("cargo", "Presidente"),
        mandato_de=campos.get("mandato_de") or hoje - timedelta(days=200),
        mandato_ate=campos.get("mandato_ate") or hoje + timedelta(days=900),
    )


def preencher(
    solicitacao: Solicitacao,
    hoje: date,
    *,
    quem: Usuario | None = None,
    sem: Iterable[str] = (),
    datas: Mapping[str, date] | None = None,
) -> None:
    """Answer every question with no, and attach every document but those of the obligations in ``sem``.

    ``datas`` gives the printed validity by code of obligation; the others are valid for a usual time.
    """
    datas = datas or {}
    solicitacao.refresh_from_db()
    if Secao.DIRIGENTES in itens.secoes(solicitacao):
        dirigentes = [{"nome": "Dirigente Fictícia", "cpf": usuario_cpf(), "cargo": "Tesoureira"}]
        rascunho.salvar_secao(solicitacao, Secao.DIRIGENTES, dirigentes)
        solicitacao.refresh_from_db()
    for item in itens.do_pedido(solicitacao):
        if itens.sem_resposta(item):
            rascunho.responder(item, False)
    solicitacao.refresh_from_db()
    for item in itens.do_pedido(solicitacao):
        codigo = item.exigencia.codigo if item.exigencia else ""
        vazio = itens.anexado(item) and item.estado == ItemSolicitacao.Estado.A_PREENCHER
        if vazio and codigo not in sem and (itens.obrigatorio(item) or codigo in datas):
            anexar(item, quem or solicitacao.criada_por, hoje, datas.get(codigo))


def usuario_cpf() -> str:
    """Return a new fictional CPF, of nobody."""
    return cpf_ficticio(500_000 + next(_numeros))


def anexar(item: ItemSolicitacao, quem: Usuario, hoje: date, valido_ate: date | None = None) -> None:
    """Attach a small real file to an item, with the dates that its kind asks for."""
    tipo = item.tipo_documento
    assert tipo is not None
    com_data = tipo.validade in {Validade.IMPRESSA, Validade.FIXA}
    documento = rascunho.anexar_documento(
        item,
        [arquivo_do_tipo(tipo, item.solicitacao.nome_do_convenente)],
        quem,
        chave_envio=uuid4(),
        emitido_em=hoje - timedelta(days=5) if tipo.validade == Validade.EMISSAO90_MANDATO else None,
        valido_ate=(valido_ate or hoje + timedelta(days=tipo.dias or 365)) if com_data else None,
        ano_referencia=hoje.year if tipo.validade == Validade.ANO else None,
    )
    examinar(*documento.arquivos.all())


def assinar(solicitacao: Solicitacao, representante: Usuario, senha: str = SENHA) -> Solicitacao:
    """Sign everything as the representante legal and send."""
    solicitacao.refresh_from_db()
    textos = assinaturas.textos_a_assinar(solicitacao)
    return assinaturas.assinar_e_enviar(
        solicitacao,
        representante,
        senha,
        resumo_lido=assinaturas.resumo_dos_textos(textos),
        ip="127.0.0.1",
        navegador="fábrica",
    )


def enviada(
    slug: str, hoje: date, *, representante: Usuario | None = None, sem: Iterable[str] = (), **campos: Any
) -> Solicitacao:
    """Return an inscription that was signed and sent. ``campos`` go to ``rascunho_de`` and ``nomear``."""
    solicitacao = rascunho_de(slug, **campos)
    pessoa = representante or usuario()
    nomear(
        solicitacao,
        pessoa,
        hoje,
        **{c: campos[c] for c in ("cargo", "mandato_de", "mandato_ate") if c in campos},
    )
    preencher(solicitacao, hoje, sem=sem, datas=campos.get("validades"))
    return assinar(solicitacao, pessoa)


def julgar(solicitacao: Solicitacao, analista: Usuario, recusar: Iterable[str] = (), texto: str = "") -> None:
    """Accept every item but those whose obligation or section is in ``recusar``."""
    motivo = MotivoRecusa.objects.first()
    for item in analise.itens_em_analise(solicitacao):
        codigo = item.exigencia.codigo if item.exigencia else item.secao
        if codigo in recusar:
            analise.dar_parecer(item, analista, ItemSolicitacao.Parecer.RECUSADO, motivo, texto)
        else:
            analise.dar_parecer(item, analista, ItemSolicitacao.Parecer.ACEITO)


def consultar_fontes(
    convenente: Convenente, analista: Usuario, hoje: date, com_restricao: Iterable[str] = ()
) -> None:
    """Record a look-up of every register of the type."""
    for fonte in fontes_do_convenente(convenente):
        resultado = ResultadoFonte.Resultado.SEM_RESTRICAO
        if fonte.codigo in com_restricao:
            resultado = ResultadoFonte.Resultado.COM_RESTRICAO
        registrar(convenente, fonte, resultado, hoje, analista, hoje)


def convenente_ativo(slug: str, hoje: date, analista: Usuario, **campos: Any) -> Convenente:
    """Return an approved record, with the registers looked up: regular unless ``sem`` or ``validades`` say no."""
    solicitacao = enviada(slug, hoje, **campos)
    julgar(solicitacao, analista)
    aprovada = analise.aprovar(solicitacao, analista)
    assert aprovada.convenente is not None
    consultar_fontes(aprovada.convenente, analista, hoje)
    return aprovada.convenente

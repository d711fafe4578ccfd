"""From the values of ``oraculo`` to rows: a registry of its own norm and type, without journeys nor files."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from contas.fabricas import cpf_ficticio
from contas.models import Usuario
from convenentes.fabricas import cnpj_ficticio
from convenentes.models import (
    Comprovacao,
    Convenente,
    Decisao,
    Fonte,
    ItemSolicitacao,
    Municipio,
    PapelVinculo,
    ResultadoFonte,
    Solicitacao,
    Vinculo,
)
from documentos.models import (
    Alternativa,
    Documento,
    Exigencia,
    NaturezaJuridica,
    Norma,
    Obtencao,
    PastaDigital,
    TipoConvenente,
    TipoDocumento,
)
from documentos.normas import publicar
from tests.convenentes.oraculo import SAO_PAULO, Mundo, Obrigacao, Organizacao, Pedido, Prova

HOJE = date(2026, 8, 10)
_numeros = count(600_000)


def as_(dia: date, hora: time = time(12)) -> datetime:
    """That hour of that day in São Paulo."""
    return datetime.combine(dia, hora, tzinfo=SAO_PAULO)


def dias(quantos: int) -> date:
    """So many days from ``HOJE``."""
    return HOJE + timedelta(days=quantos)


@dataclass
class Catalogo:
    """The rows of a norm of its own."""

    norma: Norma
    tipo: TipoConvenente
    exigencias: dict[str, Exigencia]
    documentos: dict[str, TipoDocumento]  # by validity
    fontes: dict[str, Fonte]
    analista: Usuario


def pessoa() -> Usuario:
    """Somebody without a password."""
    numero = next(_numeros)
    return Usuario.objects.create(
        cpf=cpf_ficticio(numero),
        nome_civil="Pessoa do Mundo",
        email=f"mundo{numero}@example.org",
        password="!",
    )


def catalogo(
    obrigacoes: tuple[Obrigacao, ...], prazos: dict[str, int], desde: date, tipo: TipoConvenente | None = None
) -> Catalogo:
    """Publish the obligations as the newest norm, all of one type: a new one unless given."""
    numero = next(_numeros)
    norma = Norma.objects.create(slug=f"norma-{numero}", nome=f"Norma {numero}", vigente_de=desde)
    tipo = tipo or TipoConvenente.objects.create(
        slug=f"tipo-{numero}", nome="Tipo de teste", genero="privado_sem_fins"
    )
    validades = sorted({v for o in obrigacoes for v in o.validades})
    documentos = {
        v: TipoDocumento.objects.create(
            codigo=f"{v.lower()}-{numero}", nome=f"Papel {v}", validade=v, obtencao=Obtencao.UPLOAD
        )
        for v in validades
    }
    fontes = {
        codigo: Fonte.objects.create(codigo=codigo, nome=codigo, validade_dias=prazo, impedimento=True)
        for codigo, prazo in prazos.items()
    }
    exigencias = {}
    for ordem, obrigacao in enumerate(obrigacoes):
        exigencia = Exigencia.objects.create(
            norma=norma,
            codigo=obrigacao.codigo,
            nome=f"Obrigação {obrigacao.codigo}",
            grupo=obrigacao.grupo,
            causa_irregularidade=obrigacao.causa,
            escopo=obrigacao.escopo,
            condicao=obrigacao.condicao,
            pergunta="Há?",
            fonte=obrigacao.fonte,
            ordem=ordem,
        )
        exigencia.tipos.add(tipo)
        for posicao, validade in enumerate(obrigacao.validades):
            Alternativa.objects.create(
                exigencia=exigencia, tipo_documento=documentos[validade], ordem=posicao
            )
        exigencias[obrigacao.codigo] = exigencia
    if obrigacoes:
        publicar(norma)
    return Catalogo(norma, tipo, exigencias, documentos, fontes, pessoa())


def convenente(tipo: TipoConvenente | None = None, **campos: Any) -> Convenente:
    """A record, active unless said otherwise."""
    numero = next(_numeros)
    padrao: dict[str, Any] = {
        "cnpj": cnpj_ficticio(numero),
        "numero": numero,
        "estado": Convenente.Estado.ATIVO,
        "razao_social": f"Organização {numero}",
        "nome_busca": f"organizacao {numero}",
        "natureza": NaturezaJuridica.objects.get(codigo="3999"),
        "tipo": tipo or TipoConvenente.objects.get(slug="osc"),
        "municipio": Municipio.objects.get(codigo_ibge="3146107"),
        "pasta": PastaDigital.objects.create(),
    }
    return Convenente.objects.create(**(padrao | campos))


def povoar(mundo: Mundo, regras: Catalogo) -> list[Convenente]:
    """Write the rows of every organisation of the world."""
    registros = [
        convenente(
            regras.tipo,
            estado=org.estado,
            data_abertura=org.abertura,
            areas=list(org.areas),
            respostas=org.respostas,
        )
        for org in mundo.organizacoes
    ]
    for registro, org in zip(registros, mundo.organizacoes, strict=True):
        if org.controlador is not None:
            registro.ente_controlador = registros[org.controlador]
            registro.save(update_fields=["ente_controlador"])
        _povoar(registro, org, regras)
    return registros


def _povoar(registro: Convenente, org: Organizacao, regras: Catalogo) -> None:
    mandatos = [
        Vinculo.objects.create(
            usuario=regras.analista,
            convenente=registro,
            papel=PapelVinculo.REPRESENTANTE,
            periodo=(m.de, _dia_seguinte(_primeiro(m.saida, m.ate))),
            mandato_ate=m.ate,
        )
        for m in org.mandatos
    ]
    if org.provas:
        decisao = _decisao(registro, regras)
        for prova in org.provas:
            _provar(registro, prova, regras, decisao, mandatos)
    ResultadoFonte.objects.bulk_create(
        ResultadoFonte(
            convenente=registro,
            fonte=regras.fontes[c.fonte],
            resultado="com_restricao" if c.restricao else "sem_restricao",
            consultado_em=c.dia,
            registrado_em=c.registrada_em,
            registrado_por=regras.analista,
        )
        for c in org.consultas
    )
    for pedido in org.pedidos:
        pedir(registro, pedido, regras)


def _primeiro(*datas: date | None) -> date | None:
    return min((d for d in datas if d is not None), default=None)


def _dia_seguinte(dia: date | None) -> date | None:
    return dia + timedelta(days=1) if dia else None


def _decisao(registro: Convenente, regras: Catalogo) -> Decisao:
    solicitacao = pedir(registro, Pedido(as_(dias(-3000)), "aprovada", {}), regras)
    return Decisao.objects.create(solicitacao=solicitacao, resultado="aprovada", analista=regras.analista)


def _provar(
    registro: Convenente, prova: Prova, regras: Catalogo, decisao: Decisao, mandatos: list[Vinculo]
) -> None:
    documento = None
    if prova.documento is not None:
        documento = Documento.objects.create(
            tipo=regras.documentos[prova.documento],
            pasta=registro.pasta,
            valido_ate=prova.valido_ate,
            ano_referencia=prova.ano,
        )
    Comprovacao.objects.create(
        convenente=registro,
        exigencia=regras.exigencias[prova.obrigacao],
        documento=documento,
        mandato=None if prova.mandato is None else mandatos[prova.mandato],
        decisao=decisao,
        aceita_em=prova.aceita_em,
        encerrada_em=prova.encerrada_em,
    )


def pedir(registro: Convenente, pedido: Pedido, regras: Catalogo) -> Solicitacao:
    """A request that was sent, with the items that the pedido names."""
    solicitacao = Solicitacao.objects.create(
        tipo=Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS,
        estado=pedido.estado,
        cnpj=registro.cnpj,
        convenente=registro,
        tipo_convenente=registro.tipo,
        pasta=registro.pasta,
        protocolo=f"T{next(_numeros)}",
        criada_por=regras.analista,
        enviada_em=pedido.enviado_em,
        chave_envio=uuid4(),
    )
    ItemSolicitacao.objects.bulk_create(
        ItemSolicitacao(
            solicitacao=solicitacao,
            exigencia=regras.exigencias[codigo],
            tipo_documento=next(iter(regras.documentos.values())),
            estado=estado,
        )
        for codigo, estado in pedido.itens.items()
    )
    return solicitacao

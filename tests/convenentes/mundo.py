"""From the values of ``oraculo`` to rows: a registry of its own norm and type, without journeys nor files."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import connection
from django.utils import timezone

from contas.fabricas import cpf_ficticio
from contas.models import Usuario
from convenentes.fabricas import cnpj_ficticio
from convenentes.legado.importacao import CHEIAS
from convenentes.models import (
    Comprovacao,
    Convenente,
    Decisao,
    Excecao,
    Fonte,
    IndisponibilidadeFonte,
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
    Escopo,
    Exigencia,
    NaturezaJuridica,
    Norma,
    Obtencao,
    PastaDigital,
    TipoConvenente,
    TipoDocumento,
)
from documentos.normas import publicar
from tests.convenentes.oraculo import (
    LEI,
    SAO_PAULO,
    Mundo,
    Obrigacao,
    Organizacao,
    Pedido,
    Rascunho,
    papel,
)

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
    """The rows of the obligations of a world."""

    tipo: TipoConvenente
    versoes: dict[str, list[Exigencia]]  # of each line, the oldest first
    documentos: dict[str, TipoDocumento]  # by validity
    fontes: dict[str, Fonte]
    analista: Usuario
    linhas: dict[Obrigacao, Exigencia] = field(default_factory=dict)

    @property
    def exigencias(self) -> dict[str, Exigencia]:
        """The first version of each line."""
        return {codigo: versoes[0] for codigo, versoes in self.versoes.items()}

    def versao(self, codigo: str, posicao: int) -> Exigencia:
        """The version of a line in that position, or its last one."""
        return self.versoes[codigo][: posicao + 1][-1]


def pessoa() -> Usuario:
    """Somebody who comes in by gov.br, without a password."""
    numero = next(_numeros)
    return Usuario.objects.create(
        cpf=cpf_ficticio(numero),
        nome_civil="Pessoa do Mundo",
        email=f"mundo{numero}@example.org",
        password="!",
        last_login=timezone.now(),
    )


def catalogo(
    obrigacoes: tuple[Obrigacao, ...], prazos: dict[str, int], desde: date, tipo: TipoConvenente | None = None
) -> Catalogo:
    """Publish the obligations, all of one type: a new one unless given. Each day of change is a norm of its own."""
    numero = next(_numeros)
    tipo = tipo or TipoConvenente.objects.create(
        slug=f"tipo-{numero}", nome="Tipo de teste", genero="privado_sem_fins"
    )
    documentos = {
        v: TipoDocumento.objects.create(
            codigo=f"{v.lower()}-{numero}", nome=papel(v), validade=v, obtencao=Obtencao.UPLOAD
        )
        for v in sorted({v for o in obrigacoes for v in o.validades})
    }
    fontes = {
        codigo: Fonte.objects.create(codigo=codigo, nome=codigo, validade_dias=prazo, impedimento=True)
        for codigo, prazo in prazos.items()
    }
    regras = Catalogo(tipo, {}, documentos, fontes, pessoa())
    comecos = {max(o.de, desde) for o in obrigacoes}
    for dia in sorted(comecos | {_dia_seguinte(o.ate) for o in obrigacoes if o.ate}):
        _publicar(dia, [o for o in obrigacoes if max(o.de, desde) == dia], obrigacoes, regras)
    return regras


def _publicar(dia: date, novas: list[Obrigacao], todas: tuple[Obrigacao, ...], regras: Catalogo) -> None:
    antigas = [regras.versoes[o.codigo][-1] for o in todas if o.ate and _dia_seguinte(o.ate) == dia]
    norma, exigencias = _redigir(dia, novas, antigas, regras)
    publicar(norma)
    for exigencia in exigencias:
        regras.versoes.setdefault(exigencia.codigo, []).append(exigencia)


def rascunhar(rascunho: Rascunho, regras: Catalogo) -> Norma:
    """Write a norm without publishing it."""
    revogadas = [regras.linhas[o] for o in rascunho.revoga]
    norma, _ = _redigir(HOJE, list(rascunho.novas), revogadas, regras)
    return norma


def _redigir(
    dia: date, novas: list[Obrigacao], revogadas: list[Exigencia], regras: Catalogo
) -> tuple[Norma, list[Exigencia]]:
    norma = Norma.objects.create(slug=f"norma-{next(_numeros)}", nome=f"Norma de {dia}", vigente_de=dia)
    norma.revoga.set(revogadas)
    exigencias = Exigencia.objects.bulk_create(
        Exigencia(
            norma=norma,
            codigo=o.codigo,
            nome=f"Obrigação {o.codigo}",
            grupo=o.grupo,
            causa_irregularidade=o.causa,
            escopo=o.escopo,
            condicao=o.condicao,
            pergunta="Há?",
            fonte=o.fonte,
            transicao_ate=o.transicao_ate,
            ordem=ordem,
        )
        for ordem, o in enumerate(novas, len(regras.linhas))
    )
    regras.tipo.exigencias.add(*exigencias)
    Alternativa.objects.bulk_create(
        Alternativa(exigencia=exigencia, tipo_documento=regras.documentos[validade], ordem=posicao)
        for exigencia, o in zip(exigencias, novas, strict=True)
        for posicao, validade in enumerate(o.validades)
    )
    regras.linhas |= zip(novas, exigencias, strict=True)
    return norma, exigencias


def convenente(tipo: TipoConvenente | None = None, **campos: Any) -> Convenente:
    """A record, active unless said otherwise."""
    tipo = tipo or TipoConvenente.objects.get(slug="osc")
    (registro,) = _convenentes(tipo, [campos])
    return registro


def _convenentes(tipo: TipoConvenente, registros: list[dict[str, Any]]) -> list[Convenente]:
    padrao: dict[str, Any] = {
        "estado": Convenente.Estado.ATIVO,
        "natureza": NaturezaJuridica.objects.get(codigo="3999"),
        "tipo": tipo,
        "municipio": Municipio.objects.get(codigo_ibge="3146107"),
    }
    pastas = PastaDigital.objects.bulk_create(PastaDigital() for _ in registros)
    proprios = [
        {
            "cnpj": cnpj_ficticio(numero),
            "numero": numero,
            "razao_social": f"Organização {numero}",
            "nome_busca": f"organizacao {numero}",
            "pasta": pasta,
        }
        for pasta, numero in zip(pastas, _numeros, strict=False)
    ]
    return Convenente.objects.bulk_create(
        Convenente(**(padrao | proprio | campos)) for proprio, campos in zip(proprios, registros, strict=True)
    )


def povoar(mundo: Mundo, regras: Catalogo) -> list[Convenente]:
    """Write the rows of every organisation of the world.

    One person represents them all, and each of that person's papers is one document, whoever is proved by it.
    """
    registros = _convenentes(
        regras.tipo,
        [
            {
                "estado": org.estado,
                "data_abertura": org.abertura,
                "areas": list(org.areas),
                "respostas": org.respostas,
            }
            for org in mundo.organizacoes
        ],
    )
    for registro, org in zip(registros, mundo.organizacoes, strict=True):
        registro.ente_controlador = None if org.controlador is None else registros[org.controlador]
    Convenente.objects.bulk_update(registros, ["ente_controlador"])
    todos = list(zip(registros, mundo.organizacoes, strict=True))
    _provar(todos, regras)
    _consultar(todos, mundo, regras)
    Excecao.objects.bulk_create(
        Excecao(
            convenente=registro,
            codigo=a.codigo,
            lei=LEI,
            periodo=(a.de, _dia_seguinte(a.ate) if a.ate else None),
            registrada_por=regras.analista,
            registrada_em=a.registrada_em,
        )
        for registro, org in todos
        for a in org.afastadas
    )
    _pedir([(registro, pedido) for registro, org in todos for pedido in org.pedidos], regras)
    _contar_linhas()
    return registros


def _contar_linhas() -> None:
    """Tell the planner how many rows there are, as a load does.

    What it knew may come from a test that counted the tables while they were empty: that count outlives its rollback,
    and the rule would be joined row by row.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(CHEIAS)}")


Povo = list[tuple[Convenente, Organizacao]]


def _consultar(todos: Povo, mundo: Mundo, regras: Catalogo) -> None:
    ResultadoFonte.objects.bulk_create(
        ResultadoFonte(
            convenente=registro,
            fonte=regras.fontes[c.fonte],
            resultado="com_restricao" if c.restricao else "sem_restricao",
            consultado_em=c.dia,
            vale_ate=c.vale_ate,
            registrado_em=c.registrada_em,
            registrado_por=regras.analista,
        )
        for registro, org in todos
        for c in org.consultas
    )
    IndisponibilidadeFonte.objects.bulk_create(
        IndisponibilidadeFonte(
            fonte=regras.fontes[f.fonte],
            de=f.de,
            ate=f.ate,
            declarada_ate=f.ate,
            motivo="Manutenção",
            declarada_por=regras.analista,
            declarada_em=f.declarada_em,
        )
        for f in mundo.foras
    )


def _dia_seguinte(dia: date) -> date:
    return dia + timedelta(days=1)


def _mandatos(todos: Povo, regras: Catalogo) -> dict[int, list[Vinculo]]:
    """The mandates of each record, by its key."""
    vinculos: dict[int, list[Vinculo]] = {registro.pk: [] for registro, _ in todos}
    for registro, org in todos:
        for m in org.mandatos:
            fim = m.saida if m.fica else min((d for d in (m.saida, m.ate) if d), default=None)
            vinculos[registro.pk].append(
                Vinculo(
                    usuario=regras.analista,
                    convenente=registro,
                    papel=PapelVinculo.REPRESENTANTE,
                    periodo=(m.de, _dia_seguinte(fim) if fim else None),
                    mandato_ate=m.ate,
                    provas_ate=m.provas_ate,
                )
            )
    Vinculo.objects.bulk_create(v for da_organizacao in vinculos.values() for v in da_organizacao)
    for registro, org in todos:
        for vinculo, m in zip(vinculos[registro.pk], org.mandatos, strict=True):
            vinculo.retoma = None if m.retoma is None else vinculos[registro.pk][m.retoma]
    retornos = [v for da_organizacao in vinculos.values() for v in da_organizacao if v.retoma_id]
    Vinculo.objects.bulk_update(retornos, ["retoma"])
    return vinculos


def _provar(todos: Povo, regras: Catalogo) -> None:
    mandatos = _mandatos(todos, regras)
    provas = [(registro, prova) for registro, org in todos for prova in org.provas]
    if not provas:
        return
    documentos: dict[tuple[object, ...], Documento] = {}
    comprovacoes = []
    (solicitacao,) = _pedir([(todos[0][0], Pedido(as_(dias(-3000)), "aprovada", {}))], regras)
    decisao = Decisao.objects.create(solicitacao=solicitacao, resultado="aprovada", analista=regras.analista)
    for registro, prova in provas:
        exigencia = regras.versao(prova.obrigacao, prova.versao)
        pessoal = exigencia.escopo == Escopo.REPRESENTANTE
        documento = None
        if prova.documento is not None:
            de_quem = None if pessoal else registro.pk
            documento = documentos.setdefault(
                (de_quem, prova.documento, prova.valido_ate, prova.ano),
                Documento(
                    tipo=regras.documentos[prova.documento],
                    pasta=registro.pasta,
                    valido_ate=prova.valido_ate,
                    ano_referencia=prova.ano,
                ),
            )
        comprovacoes.append(
            Comprovacao(
                convenente=registro,
                exigencia=exigencia,
                documento=documento,
                mandato=None if prova.mandato is None else mandatos[registro.pk][prova.mandato],
                decisao=decisao,
                aceita_em=prova.aceita_em,
                encerrada_em=prova.encerrada_em,
            )
        )
    Documento.objects.bulk_create(documentos.values())
    Comprovacao.objects.bulk_create(comprovacoes)


def _pedir(pedidos: list[tuple[Convenente, Pedido]], regras: Catalogo) -> list[Solicitacao]:
    """Requests that were sent, with the items that each pedido names."""
    solicitacoes = Solicitacao.objects.bulk_create(
        Solicitacao(
            tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL
            if pedido.alteracao
            else Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS,
            estado=pedido.estado,
            cnpj=registro.cnpj,
            convenente=registro,
            tipo_convenente=registro.tipo,
            pasta=registro.pasta,
            protocolo=f"T{next(_numeros)}",
            criada_por=regras.analista,
            enviada_em=pedido.enviado_em,
        )
        for registro, pedido in pedidos
    )
    ItemSolicitacao.objects.bulk_create(
        ItemSolicitacao(
            solicitacao=solicitacao,
            exigencia=regras.versao(codigo, pedido.versao),
            tipo_documento=next(iter(regras.documentos.values())),
            estado=estado,
        )
        for solicitacao, (_, pedido) in zip(solicitacoes, pedidos, strict=True)
        for codigo, estado in pedido.itens.items()
    )
    return solicitacoes

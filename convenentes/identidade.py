"""Identity, address and selfie of a representante legal: checked once, they prove to every convenente of the person.

Until when is the rule's to say (``regras/linhas.sql``): a paper is in force while it proves something, somewhere, in a
mandate of today or yet to begin. Afterwards it has to be presented again (docs/dominio.md, Documents).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from convenentes import itens, situacao
from convenentes.models import (
    Comprovacao,
    Convenente,
    ItemSolicitacao,
    PapelVinculo,
    Solicitacao,
    Vinculo,
)
from documentos import pessoal
from documentos.models import Documento, Escopo, Exigencia, TipoDocumento

_EM_VIGOR = frozenset({situacao.Estado.VIGENTE, situacao.Estado.VENCE_EM_BREVE})


@dataclass(frozen=True)
class Papel:
    """A paper in force: when the team first accepted it, and the last day on which it proves (None: no end)."""

    documento: Documento
    conferido_em: date
    vale_ate: date | None


@dataclass(frozen=True)
class NaPasta:
    """A kind of paper in the folder of a person: what is in force, and the newest that was sent, with its item.

    ``codigo`` is the line that renews it in an organisation of the person, if there is one.
    """

    tipo: TipoDocumento
    em_vigor: Papel | None
    ultimo: Documento | None
    item: ItemSolicitacao | None
    codigo: str

    @property
    def ultimo_em_vigor(self) -> bool:
        return self.em_vigor is not None and self.em_vigor.documento == self.ultimo


def titular(solicitacao: Solicitacao) -> Usuario | None:
    """Return the person whose papers the request carries.

    Who is named in it; of an update, who signed it, and until then, or once it is returned, who represents today.
    """
    nomeado = solicitacao.participantes.filter(papel=PapelVinculo.REPRESENTANTE).select_related("usuario")
    if (participante := nomeado.first()) is not None:
        return participante.usuario
    envios = solicitacao.eventos.filter(tipo__in=("enviada", "reenviada")).select_related("por")
    if not solicitacao.editavel and (envio := envios.last()) is not None:
        return envio.por
    return em_exercicio(solicitacao)


def em_exercicio(solicitacao: Solicitacao) -> Usuario | None:
    """Return who represents the convenente of the request today."""
    vinculos = Vinculo.objects.vigentes(hoje_em_minas()).filter(papel=PapelVinculo.REPRESENTANTE)
    vinculo = vinculos.filter(convenente=solicitacao.convenente).select_related("usuario").first()
    return vinculo.usuario if vinculo else None


def mandatos(usuario: Usuario, hoje: date) -> QuerySet[Vinculo]:
    """Return the mandates of the person that hold on ``hoje`` (São Paulo) or are yet to begin."""
    correntes = Q(periodo__contains=hoje) | Q(periodo__startswith__gt=hoje)
    return Vinculo.objects.filter(correntes, usuario=usuario, papel=PapelVinculo.REPRESENTANTE)


def em_vigor(usuario: Usuario, hoje: date) -> dict[int, Papel]:
    """Return the person's papers in force on ``hoje``, by the key of their kind. Of two, the one that lasts longer."""
    por_dia: dict[date, list[int]] = {}
    for convenente, periodo in mandatos(usuario, hoje).values_list("convenente", "periodo"):
        por_dia.setdefault(max(hoje, periodo.lower), []).append(convenente)
    prazos: dict[int, date] = {}
    for dia, convenentes in por_dia.items():
        for linha in situacao.linhas(dia, convenentes):
            if linha.escopo == Escopo.REPRESENTANTE and linha.estado in _EM_VIGOR and linha.documento_id:
                ate = linha.valido_ate or date.max
                prazos[linha.documento_id] = max(ate, prazos.get(linha.documento_id, ate))
    papeis = Documento.objects.filter(pk__in=prazos, tipo__pessoal=True, pasta__pessoal__usuario=usuario)
    datados = papeis.annotate(aceito_em=Min("comprovacoes__aceita_em")).select_related("tipo")
    return {
        d.tipo_id: Papel(
            d, timezone.localdate(d.aceito_em), None if prazos[d.pk] == date.max else prazos[d.pk]
        )
        for d in sorted(datados, key=lambda d: (prazos[d.pk], d.pk))
    }


def pasta(usuario: Usuario, hoje: date) -> tuple[list[NaPasta], Convenente | None]:
    """Return the kinds of papers of the person, and the organisation through which they can be renewed on ``hoje``."""
    vigentes = em_vigor(usuario, hoje)
    da_pasta = (
        Documento.objects.filter(pasta__pessoal__usuario=usuario)
        .order_by("tipo_id", "-pk")
        .distinct("tipo_id")
    )
    ultimos = {d.tipo_id: d for d in da_pasta.prefetch_related("arquivos", "comprovacoes")}
    do_pedido = ItemSolicitacao.objects.filter(documento__in=ultimos.values()).select_related("solicitacao")
    itens_por_documento = {i.documento_id: i for i in do_pedido.order_by("pk")}
    convenente, codigos = _onde_renovar(usuario, hoje)
    lista = []
    for tipo in TipoDocumento.objects.filter(pessoal=True):
        ultimo = ultimos.get(tipo.pk)
        item = itens_por_documento.get(ultimo.pk) if ultimo else None
        lista.append(NaPasta(tipo, vigentes.get(tipo.pk), ultimo, item, codigos.get(tipo.pk, "")))
    return lista, convenente


def _onde_renovar(usuario: Usuario, hoje: date) -> tuple[Convenente | None, dict[int, str]]:
    atuais = mandatos(usuario, hoje).filter(periodo__contains=hoje)
    ativos = Convenente.objects.filter(vinculos__in=atuais, estado=Convenente.Estado.ATIVO)
    convenente = ativos.select_related("tipo").order_by("nome_busca").first()
    if convenente is None:
        return None, {}
    exigencias = Exigencia.objects.do_tipo(convenente.tipo, hoje).filter(
        alternativas__tipo_documento__pessoal=True
    )
    return convenente, dict(exigencias.values_list("alternativas__tipo_documento", "codigo"))


def papel(item: ItemSolicitacao) -> Papel | None:
    """Return what is known of the document of an item that the team accepted before."""
    documento, pessoa = item.documento, titular(item.solicitacao)
    if documento is None or pessoa is None or not itens.conferido_antes(item):
        return None
    vigente = em_vigor(pessoa, hoje_em_minas()).get(documento.tipo_id)
    return vigente if vigente and vigente.documento == documento else None


def ofertas(solicitacao: Solicitacao, usuario: Usuario, hoje: date) -> list[tuple[ItemSolicitacao, Papel]]:
    """Return the empty items of the request that the person's papers in force fill in.

    Only for the person that the papers are about. What already proves this very convenente is not offered: the item is
    there to send another.
    """
    if not solicitacao.editavel or titular(solicitacao) != usuario:
        return []
    vazios = [i for i in itens.do_pedido(solicitacao) if _vazio(i)]
    papeis = em_vigor(usuario, hoje) if vazios else {}
    daqui = set(_provas_de(usuario, solicitacao).values_list("documento", flat=True))
    return [
        (item, papel)
        for item in vazios
        if (papel := papeis.get(item.tipo_documento_id or 0)) and papel.documento.pk not in daqui
    ]


def _vazio(item: ItemSolicitacao) -> bool:
    pessoal = item.tipo_documento is not None and item.tipo_documento.pessoal
    vazio = item.estado == ItemSolicitacao.Estado.A_PREENCHER
    return pessoal and vazio and itens.aberto_a_mudanca(item)


def _provas_de(usuario: Usuario, solicitacao: Solicitacao) -> QuerySet[Comprovacao]:
    meus = mandatos(usuario, hoje_em_minas())
    return Comprovacao.objects.filter(
        Q(mandato__in=meus) | Q(mandato__in=meus.values("retoma")), convenente=solicitacao.convenente_id
    )


@transaction.atomic
def usar_conferidos(solicitacao: Solicitacao, usuario: Usuario) -> int:
    """Fill in with the person's papers in force whatever they fill in; return how many. Anybody else's: nothing."""
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    usados = ofertas(travada, usuario, hoje_em_minas())
    for item, papel in usados:
        item.documento, item.estado = papel.documento, ItemSolicitacao.Estado.PREENCHIDO
        item.save(update_fields=["documento", "estado"])
    return len(usados)


def oferecer(solicitacao: Solicitacao, por: Usuario | None = None) -> None:
    """Fill in the papers in force, unless that would tell somebody that the CPF which was named has an account."""
    pessoa = titular(solicitacao)
    if pessoa is None:
        return
    conhecida = mandatos(pessoa, hoje_em_minas()).filter(convenente=solicitacao.convenente_id).exists()
    if pessoa == por or conhecida:
        usar_conferidos(solicitacao, pessoa)


def esquecer(solicitacao: Solicitacao) -> None:
    """Another person is to sign: the papers of the one before go out of the request, accepted ones too."""
    solicitacao.itens.filter(tipo_documento__pessoal=True).update(
        documento=None, estado=ItemSolicitacao.Estado.A_PREENCHER
    )


def recolher(solicitacao: Solicitacao, usuario: Usuario) -> None:
    """The request was signed: its papers about the person go to the personal folder.

    What the team accepted before comes to the desk with that opinion, which the analyst may change.
    """
    vao = solicitacao.itens.filter(tipo_documento__pessoal=True, documento__isnull=False)
    pessoal.recolher([i.documento for i in vao.select_related("documento") if i.documento], usuario)
    conferidos = vao.filter(estado=ItemSolicitacao.Estado.PREENCHIDO, documento__comprovacoes__isnull=False)
    ItemSolicitacao.objects.filter(pk__in=conferidos.values("pk"), parecer="").update(
        parecer=ItemSolicitacao.Parecer.ACEITO
    )


def conferencia(documento: Documento) -> Comprovacao | None:
    """Return the acceptance of a paper that the team had accepted before, in whatever request of this portal."""
    decididas = documento.comprovacoes.filter(decisao__isnull=False)
    provas = decididas.select_related("decisao__analista", "decisao__solicitacao")
    return provas.order_by("aceita_em").first()


def comprovar_aos_outros(aceitas: Iterable[Comprovacao], outros: Iterable[Vinculo]) -> None:
    """What was accepted about the person proves in the person's other mandates too. What proves there already stays."""
    novas = [c for c in aceitas if c.documento and c.documento.tipo.pessoal]
    documentos = [c.documento for c in novas]
    ja = set(
        Comprovacao.objects.filter(documento__in=documentos).values_list("mandato", "exigencia", "documento")
    )
    Comprovacao.objects.bulk_create(
        Comprovacao(
            convenente_id=mandato.convenente_id,
            exigencia_id=c.exigencia_id,
            documento_id=c.documento_id,
            mandato_id=mandato.retoma_id or mandato.pk,
            decisao_id=c.decisao_id,
        )
        for mandato in outros
        for c in novas
        if (mandato.retoma_id or mandato.pk, c.exigencia_id, c.documento_id) not in ja
    )

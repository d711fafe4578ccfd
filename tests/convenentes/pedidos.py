"""Requests in each state, for the tests of the journeys: what is tested goes through them, the rest is rows."""

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import analise, atualizacao, fabricas, identidade, itens
from convenentes.models import (
    Convenente,
    ItemSolicitacao,
    PapelVinculo,
    Participante,
    Secao,
    Solicitacao,
    Vinculo,
)
from convenentes.proposta import abrir_convenente
from documentos.models import Documento, Exigencia, MotivoRecusa, Validade
from tests.convenentes import mundo

_numeros = count(1)
ACEITO, RECUSADO = ItemSolicitacao.Parecer.ACEITO, ItemSolicitacao.Parecer.RECUSADO


def item_de(solicitacao: Solicitacao, codigo: str) -> ItemSolicitacao:
    """The item of a section or of an obligation, as it is now."""
    if codigo in Secao.values:
        return solicitacao.itens.get(secao=codigo)
    return solicitacao.itens.get(exigencia__codigo=codigo)


def pronta(slug: str = "uniao", **campos: Any) -> Solicitacao:
    """An inscription with every item marked as done, its representante named: only the signature is missing."""
    solicitacao = fabricas.rascunho_de(slug, **campos)
    representante = campos.pop("representante", None) or usuario()
    fabricas.nomear(solicitacao, representante, timezone.localdate(), **campos)
    preencher(solicitacao)
    return solicitacao


def preencher(solicitacao: Solicitacao) -> None:
    """Mark as done whatever people fill in; documents have rows but no files."""
    solicitacao.refresh_from_db()
    if Secao.DIRIGENTES in itens.secoes(solicitacao):
        cpf = fabricas.usuario_cpf()
        solicitacao.proposta[Secao.DIRIGENTES] = [{"nome": "Dirigente", "cpf": cpf, "cargo": "Tesoureira"}]
    for item in itens.do_pedido(solicitacao):
        if itens.sem_resposta(item):
            assert item.exigencia is not None
            solicitacao.proposta.setdefault("respostas", {})[item.exigencia.codigo] = False
            item.estado = ItemSolicitacao.Estado.NAO_SE_APLICA
        elif item.estado != ItemSolicitacao.Estado.A_PREENCHER or itens.assinado(item):
            continue
        elif item.secao or itens.obrigatorio(item):
            item.estado = ItemSolicitacao.Estado.PREENCHIDO
            item.documento = documento_de(item)
        item.save()
    solicitacao.save()


def documento_de(item: ItemSolicitacao) -> Documento | None:
    """A document of the kind that the item asks for, valid for a year, without bytes."""
    tipo = item.tipo_documento
    if tipo is None:
        return None
    hoje = timezone.localdate()
    com_data = tipo.validade in {Validade.IMPRESSA, Validade.FIXA}
    return Documento.objects.create(
        tipo=tipo,
        pasta=item.solicitacao.pasta,
        valido_ate=date(hoje.year + 1, hoje.month, 1) if com_data else None,
        ano_referencia=hoje.year if tipo.validade == Validade.ANO else None,
    )


@transaction.atomic
def enviar(solicitacao: Solicitacao) -> Solicitacao:
    """Send a request without the signature, which costs a PDF for each declaration."""
    solicitacao.refresh_from_db()
    for item in itens.do_pedido(solicitacao):
        pendente = item.estado in {ItemSolicitacao.Estado.A_PREENCHER, ItemSolicitacao.Estado.RECUSADO}
        if itens.assinado(item) and pendente and itens.obrigatorio(item):
            item.estado, item.documento = ItemSolicitacao.Estado.PREENCHIDO, documento_de(item)
            item.save()
    solicitacao.convenente = solicitacao.convenente or abrir_convenente(solicitacao)
    solicitacao.protocolo = solicitacao.protocolo or f"T{next(_numeros)}"
    solicitacao.enviada_em = solicitacao.enviada_em or timezone.now()
    solicitacao.encaminhada_em = solicitacao.encaminhada_em or timezone.now()
    solicitacao.pendencia_desde = None
    solicitacao.estado = Solicitacao.Estado.EM_ANALISE
    solicitacao.save()
    Mensagem.objects.all().delete()
    return solicitacao


def em_analise(slug: str = "uniao", **campos: Any) -> Solicitacao:
    """An inscription that the team has to decide."""
    return enviar(pronta(slug, **campos))


def julgar(solicitacao: Solicitacao, analista: Usuario, *recusar: str) -> None:
    """Accept every item but those named, which are refused."""
    fabricas.julgar(solicitacao, analista, recusar, "Falta a assinatura.")


def motivo() -> MotivoRecusa:
    """Any reason for a refusal."""
    primeiro = MotivoRecusa.objects.first()
    assert primeiro is not None
    return primeiro


def ativo(representante: Usuario | None = None, **campos: Any) -> Convenente:
    """An active OSC with its representante legal, and nothing proved."""
    convenente = mundo.convenente(**campos)
    convenente.logradouro = "Rua das Flores"
    convenente.save()
    hoje = timezone.localdate()
    Vinculo.objects.create(
        usuario=representante or usuario(),
        convenente=convenente,
        papel=PapelVinculo.REPRESENTANTE,
        cargo="Presidente",
        periodo=(date(2020, 1, 1), date(hoje.year + 2, 1, 1)),
        mandato_ate=date(hoje.year + 1, 12, 31),
    )
    return convenente


def representante_de(convenente: Convenente) -> Usuario:
    return convenente.vinculos.get(papel=PapelVinculo.REPRESENTANTE).usuario


def atualizacao_de(convenente: Convenente, *codigos: str) -> Solicitacao:
    """An open atualização de documentos with a document for each of the obligations."""
    solicitacao = atualizacao.iniciar_documentos(convenente, representante_de(convenente), uuid4())
    for codigo in codigos:
        item = atualizacao.incluir_exigencia_no_pedido(solicitacao, Exigencia.objects.get(codigo=codigo))
        assert item is not None
        item.documento, item.estado = documento_de(item), ItemSolicitacao.Estado.PREENCHIDO
        item.save()
    return solicitacao


def comprovar(convenente: Convenente, codigo: str, analista: Usuario) -> Solicitacao:
    """Have a document of the obligation accepted through an update."""
    pedido = enviar(atualizacao_de(convenente, codigo))
    julgar(pedido, analista)
    return analise.aprovar(pedido, analista)


def participante(solicitacao: Solicitacao, papel: str) -> Participante:
    return solicitacao.participantes.get(papel=papel)


def papel_aceito(pessoa: Usuario, codigo: str, convenente: Convenente | None = None) -> Documento:
    """A paper about the person, with a real file, accepted through an update of a convenente of the person."""
    pedido = atualizacao.iniciar_documentos(convenente or ativo(pessoa), pessoa, uuid4())
    item = atualizacao.incluir_exigencia_no_pedido(pedido, Exigencia.objects.get(codigo=codigo))
    assert item is not None
    fabricas.anexar(item, pessoa, timezone.localdate())
    aceitar(pedido, pessoa)
    documento = item_de(pedido, codigo).documento
    assert documento is not None
    return documento


def aceitar(pedido: Solicitacao, representante: Usuario) -> Solicitacao:
    """Send a request as the representante legal and have everything accepted."""
    enviar(pedido)
    identidade.recolher(pedido, representante)
    analista = usuario(is_staff=True)
    julgar(pedido, analista)
    return analise.aprovar(pedido, analista)

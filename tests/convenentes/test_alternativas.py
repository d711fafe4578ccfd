"""Which documents may prove an obligation, and when."""

from uuid import uuid4

import pytest
from django.utils import timezone

from contas.fabricas import usuario
from convenentes import atualizacao, fabricas, itens, rascunho
from convenentes.models import ItemSolicitacao, Solicitacao
from documentos.models import Exigencia, TipoDocumento

pytestmark = pytest.mark.django_db


def _do_estatuto(solicitacao: Solicitacao) -> ItemSolicitacao:
    return next(
        i for i in itens.do_pedido(solicitacao) if i.exigencia and i.exigencia.codigo == "osc_estatuto"
    )


def test_an_inscription_cannot_declare_that_an_act_never_sent_has_not_changed() -> None:
    item = _do_estatuto(fabricas.rascunho_de("osc"))
    oferecidos = [tipo.codigo for tipo in itens.alternativas(item)]
    assert oferecidos == ["osc_estatuto", "osc_certidao_registro"]
    rascunho.escolher_alternativa(item, TipoDocumento.objects.get(codigo="decl_sem_alteracao"))
    item.refresh_from_db()
    assert item.tipo_documento is not None
    assert item.tipo_documento.codigo == "osc_estatuto"


def test_an_update_may_declare_that_the_accepted_act_has_not_changed() -> None:
    hoje = timezone.localdate()
    representante = usuario()
    convenente = fabricas.convenente_ativo("osc", hoje, usuario(is_staff=True), representante=representante)
    pedido = atualizacao.iniciar_documentos(convenente, representante, uuid4())
    atualizacao.incluir_exigencia_no_pedido(pedido, Exigencia.objects.get(codigo="osc_estatuto"))
    item = _do_estatuto(pedido)
    declaracao = TipoDocumento.objects.get(codigo="decl_sem_alteracao")
    assert declaracao in itens.alternativas(item)
    rascunho.escolher_alternativa(item, declaracao)
    fabricas.assinar(pedido, representante)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE

"""Which CNPJ may be inscribed, and how a draft gets its type."""

from datetime import date
from uuid import uuid4

import pytest

from contas.fabricas import usuario
from convenentes import fabricas, inscricao, itens, proposta
from convenentes.inscricao import Impedimento, conferir_cnpj, corrigir_cnpj, definir_tipo, iniciar
from convenentes.models import Convenente, PapelVinculo, Secao, Solicitacao
from convenentes.rascunho import NaoEditavel
from documentos.models import NaturezaJuridica, TipoConvenente
from tests.convenentes import mundo, pedidos

pytestmark = pytest.mark.django_db
CNPJ = fabricas.cnpj_ficticio(777)


def natureza(codigo: str = "3999") -> NaturezaJuridica:
    return NaturezaJuridica.objects.get(codigo=codigo)


def test_a_nature_that_cannot_sign_is_told_why_and_what_to_do() -> None:
    impedida = NaturezaJuridica.objects.filter(pode_inscrever=False).first()
    assert impedida is not None
    with pytest.raises(Impedimento) as erro:
        conferir_cnpj(CNPJ, impedida)
    assert (erro.value.motivo, erro.value.saida) == (impedida.motivo, impedida.saida)
    assert str(erro.value) == f"{impedida.motivo} {impedida.saida}"
    assert impedida.motivo


@pytest.mark.parametrize(
    ("estado", "numero", "motivo"),
    [
        ("em_inscricao", None, "Já há uma inscrição deste CNPJ em análise."),
        ("ativo", 1, "Este CNPJ já está inscrito no CAGEC."),
        ("bloqueado", 1, "Este CNPJ já está inscrito no CAGEC."),
        ("inativo", 1, "Este CNPJ já está inscrito no CAGEC."),
        ("cancelado", 1, "Este CNPJ já está inscrito no CAGEC."),
    ],
)
def test_a_registered_cnpj_cannot_be_inscribed_again(estado: str, numero: int | None, motivo: str) -> None:
    mundo.convenente(cnpj=CNPJ, estado=estado, numero=numero)
    with pytest.raises(Impedimento) as erro:
        iniciar(CNPJ, natureza(), usuario(), uuid4())
    assert erro.value.motivo == motivo
    assert not Solicitacao.objects.exists()


def test_a_cnpj_whose_inscription_came_to_nothing_is_free() -> None:
    mundo.convenente(cnpj=CNPJ, estado="cancelado", numero=None)
    assert iniciar(CNPJ, natureza(), usuario(), uuid4()).estado == Solicitacao.Estado.RASCUNHO


def test_several_people_may_draft_the_same_cnpj() -> None:
    um, outro = (iniciar(CNPJ, natureza(), usuario(), uuid4()) for _ in range(2))
    assert um != outro
    assert um.pasta != outro.pasta


def test_a_double_click_opens_one_draft() -> None:
    pessoa, chave = usuario(), uuid4()
    um, outro = (iniciar(CNPJ, natureza(), pessoa, chave) for _ in range(2))
    assert um == outro
    assert um.participantes.count() == um.eventos.count() == 1


def test_a_form_corrected_with_the_back_button_corrects_the_draft_it_made() -> None:
    pessoa, chave, outro = usuario(), uuid4(), fabricas.cnpj_ficticio(778)
    iniciar(CNPJ, natureza(), pessoa, chave)
    assert iniciar(outro, natureza(), usuario(), chave).cnpj == CNPJ
    iniciar(outro, natureza(), pessoa, chave)
    assert [s.cnpj for s in Solicitacao.objects.all()] == [outro]


def test_who_opens_the_draft_is_its_responsavel() -> None:
    pessoa = usuario()
    autor = iniciar(CNPJ, natureza(), pessoa, uuid4()).participantes.get()
    assert (autor.usuario, autor.papel, autor.cpf) == (pessoa, PapelVinculo.RESPONSAVEL, pessoa.cpf)


def test_correcting_the_cnpj_keeps_a_type_that_still_fits() -> None:
    rascunho = fabricas.rascunho_de("osc")
    tipo = rascunho.tipo_convenente
    assert rascunho.natureza is not None
    corrigir_cnpj(rascunho, rascunho.criada_por, CNPJ, rascunho.natureza)
    rascunho.refresh_from_db()
    assert (rascunho.cnpj, rascunho.tipo_convenente) == (CNPJ, tipo)
    assert rascunho.eventos.filter(tipo="cnpj_corrigido").count() == 1


def test_correcting_the_nature_drops_a_type_that_no_longer_fits() -> None:
    rascunho = fabricas.rascunho_de("osc")
    municipal = TipoConvenente.objects.get(slug="municipio").naturezas.first()
    assert municipal is not None
    corrigir_cnpj(rascunho, rascunho.criada_por, rascunho.cnpj, municipal)
    rascunho.refresh_from_db()
    assert (rascunho.natureza, rascunho.tipo_convenente) == (municipal, None)
    assert [f.texto for f in itens.o_que_falta(rascunho)] == ["Escolha o tipo da organização."]


def test_correcting_nothing_is_no_event() -> None:
    rascunho = fabricas.rascunho_de("uniao")
    assert rascunho.natureza is not None
    corrigir_cnpj(rascunho, rascunho.criada_por, rascunho.cnpj, rascunho.natureza)
    assert not rascunho.eventos.filter(tipo="cnpj_corrigido").exists()


def test_another_type_keeps_the_documents_that_it_asks_for_too() -> None:
    rascunho = fabricas.rascunho_de("osc")
    item = pedidos.item_de(rascunho, "cnpj")
    item.documento = pedidos.documento_de(item)
    item.save()
    definir_tipo(rascunho, TipoConvenente.objects.get(slug="municipio"))
    assert pedidos.item_de(rascunho, "cnpj").documento == item.documento
    codigos = set(rascunho.itens.exclude(exigencia=None).values_list("exigencia__codigo", flat=True))
    assert "osc_estatuto" not in codigos
    assert "tce_divida" in codigos
    assert set(rascunho.itens.exclude(secao="").values_list("secao", flat=True)) == {
        Secao.DADOS,
        Secao.ENDERECO,
        Secao.REPRESENTANTE,
    }


def test_choosing_the_same_type_again_changes_nothing() -> None:
    rascunho = fabricas.rascunho_de("uniao")
    antes = list(rascunho.itens.values_list("pk", flat=True))
    definir_tipo(rascunho, TipoConvenente.objects.get(slug="uniao"))
    assert list(rascunho.itens.values_list("pk", flat=True)) == antes


def test_the_identification_is_closed_once_the_inscription_was_sent() -> None:
    pedido = pedidos.em_analise()
    Solicitacao.objects.filter(pk=pedido.pk).update(estado="com_pendencia")
    pedido.refresh_from_db()
    assert not inscricao.identificacao_aberta(pedido)
    with pytest.raises(NaoEditavel):
        corrigir_cnpj(pedido, pedido.criada_por, CNPJ, natureza())
    with pytest.raises(NaoEditavel):
        definir_tipo(pedido, TipoConvenente.objects.get(slug="osc"))


def test_the_record_opens_with_the_data_of_the_proposal() -> None:
    ente = mundo.convenente()
    pedido = pedidos.em_analise(
        "ent_pub_municipal",
        razao_social="  Autarquia  Água & Luz",
        areas=["saude"],
        ente_controlador=ente.cnpj,
        data_abertura=date(2001, 2, 3),
    )
    registro = pedido.convenente
    assert registro is not None
    assert (registro.estado, registro.numero) == (Convenente.Estado.EM_INSCRICAO, None)
    assert (registro.nome_busca, registro.areas) == ("autarquia agua & luz", ["saude"])
    assert (registro.ente_controlador, registro.data_abertura) == (ente, date(2001, 2, 3))
    assert (str(registro.municipio), registro.bairro) == ("Ouro Preto/MG", "Centro")
    assert registro.pasta == pedido.pasta


def test_the_record_as_a_proposal_says_what_the_record_says() -> None:
    ente = mundo.convenente()
    pedido = pedidos.em_analise("osc", areas=["saude"], ente_controlador=ente.cnpj)
    registro = pedido.convenente
    assert registro is not None
    proposta.copiar_dirigentes(pedido, registro)
    de_volta = proposta.proposta_atual(registro)
    assert {k: de_volta[k] for k in ("dados", "endereco", "dirigentes", "respostas")} == {
        k: pedido.proposta[k] for k in ("dados", "endereco", "dirigentes", "respostas")
    }

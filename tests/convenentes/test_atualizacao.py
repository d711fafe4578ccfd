"""Updates of an active record: the accepted version holds until the new one is accepted."""

from uuid import uuid4

import pytest
from django.utils import timezone

from contas.fabricas import usuario
from convenentes import analise, atualizacao, rascunho
from convenentes.atualizacao import NaoAtualizavel
from convenentes.models import Convenente, Secao, Solicitacao
from documentos.models import Exigencia, Norma
from documentos.normas import alterar, publicar
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def registro() -> Convenente:
    return pedidos.ativo(razao_social="Nome Antigo")


def de_dados(registro: Convenente) -> Solicitacao:
    return atualizacao.iniciar_dados(registro, pedidos.representante_de(registro), uuid4())


def de_documentos(registro: Convenente) -> Solicitacao:
    return atualizacao.iniciar_documentos(registro, pedidos.representante_de(registro), uuid4())


@pytest.mark.parametrize("estado", ["em_inscricao", "bloqueado", "inativo", "cancelado"])
def test_only_an_active_record_takes_updates(estado: str, registro: Convenente) -> None:
    Convenente.objects.filter(pk=registro.pk).update(estado=estado)
    for iniciar in (de_dados, de_documentos):
        with pytest.raises(NaoAtualizavel, match="não está ativo"):
            iniciar(registro)


def test_one_update_of_each_kind_is_open_at_a_time(registro: Convenente) -> None:
    dados, documentos = de_dados(registro), de_documentos(registro)
    assert (de_dados(registro), de_documentos(registro)) == (dados, documentos)
    assert dados != documentos
    assert dados.eventos.filter(tipo="criada").count() == 1


def test_after_the_end_of_one_another_may_begin(registro: Convenente) -> None:
    analista = usuario(is_staff=True)
    primeira = pedidos.comprovar(registro, "cndt", analista)
    assert de_documentos(registro) != primeira


def test_the_same_key_never_opens_a_second_request(registro: Convenente) -> None:
    chave, pessoa = uuid4(), pedidos.representante_de(registro)
    primeira = atualizacao.iniciar_documentos(registro, pessoa, chave)
    Solicitacao.objects.filter(pk=primeira.pk).update(estado="cancelada")
    assert atualizacao.iniciar_documentos(registro, pessoa, chave) == primeira


def test_an_update_starts_from_what_the_record_says(registro: Convenente) -> None:
    pedido = de_dados(registro)
    assert pedido.proposta[Secao.DADOS]["razao_social"] == "Nome Antigo"
    assert (pedido.cnpj, pedido.tipo_convenente, pedido.pasta) == (
        registro.cnpj,
        registro.tipo,
        registro.pasta,
    )


def test_each_kind_offers_the_obligations_that_are_judged_through_it(registro: Convenente) -> None:
    pedido = de_documentos(registro)
    codigos = [e.codigo for e in atualizacao.exigencias_disponiveis(pedido)]
    assert {"cnpj", "cndt", "osc_decl_art39"} <= set(codigos)
    assert not {"cadin_mg", "mrosc_tempo_existencia"} & set(codigos)
    assert len(codigos) == len(set(codigos))
    norma = Norma.objects.create(slug="nova", nome="Norma nova", vigente_de=timezone.localdate())
    Exigencia.objects.filter(pk=alterar(norma, Exigencia.objects.get(codigo="cndt")).pk).update(
        pedido="dados"
    )
    publicar(norma)
    assert "cndt" not in [e.codigo for e in atualizacao.exigencias_disponiveis(pedido)]
    assert [e.codigo for e in atualizacao.exigencias_disponiveis(de_dados(registro))] == ["cndt"]


def test_an_obligation_that_the_request_does_not_take_changes_nothing(registro: Convenente) -> None:
    pedido = de_documentos(registro)
    cadin = Exigencia.objects.get(codigo="cadin_mg")
    assert atualizacao.incluir_exigencia_no_pedido(pedido, cadin) is None
    pedidos.enviar(pedido)
    cndt = Exigencia.objects.get(codigo="cndt")
    assert atualizacao.incluir_exigencia_no_pedido(pedido, cndt) is None
    assert pedido.itens.count() == 1


def test_an_item_may_be_taken_out_until_the_request_is_sent(registro: Convenente) -> None:
    pedido = pedidos.atualizacao_de(registro, "cndt", "cnpj")
    atualizacao.retirar_item(item_de(pedido, "cndt"))
    assert not pedido.itens.filter(exigencia__codigo="cndt").exists()
    atualizacao.retirar_item(pedido.itens.get(exigencia=None))
    assert pedido.itens.filter(exigencia=None).exists()
    pedidos.enviar(pedido)
    for estado in ("em_analise", "com_pendencia"):
        Solicitacao.objects.filter(pk=pedido.pk).update(estado=estado)
        atualizacao.retirar_item(item_de(pedido, "cnpj"))
    assert item_de(pedido, "cnpj")


def test_accepted_sections_change_the_record_and_refused_ones_do_not(registro: Convenente) -> None:
    analista = usuario(is_staff=True)
    pedido = de_dados(registro)
    rascunho.salvar_secao(pedido, Secao.DADOS, {**pedido.proposta[Secao.DADOS], "razao_social": "Água Nova"})
    endereco = {**pedido.proposta[Secao.ENDERECO], "logradouro": "Avenida Nova"}
    rascunho.salvar_secao(pedido, Secao.ENDERECO, endereco)
    pedidos.enviar(pedido)
    registro.refresh_from_db()
    assert registro.razao_social == "Nome Antigo"
    pedidos.julgar(pedido, analista, Secao.ENDERECO)
    analise.aprovar(pedido, analista)
    registro.refresh_from_db()
    assert (registro.razao_social, registro.nome_busca, registro.logradouro) == (
        "Água Nova",
        "agua nova",
        "Rua das Flores",
    )


def test_the_directors_are_replaced_as_a_whole(registro: Convenente) -> None:
    analista = usuario(is_staff=True)
    registro.dirigentes.create(nome="Antiga", cpf="52998224725", cargo="Presidente")
    pedido = de_dados(registro)
    novo = {"nome": "Novo", "cpf": "111.444.777-35", "cargo": "Presidente"}
    rascunho.salvar_secao(pedido, Secao.DIRIGENTES, [novo])
    pedidos.enviar(pedido)
    pedidos.julgar(pedido, analista)
    analise.aprovar(pedido, analista)
    assert [(d.nome, d.cpf) for d in registro.dirigentes.all()] == [("Novo", "11144477735")]

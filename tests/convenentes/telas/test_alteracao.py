"""The pages of a new representante legal: asking, contesting, renouncing, and the panel of who was left behind."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from cagec.tempo import hoje
from convenentes.fabricas import cnpj_ficticio
from convenentes.models import Convenente, PapelVinculo, Solicitacao
from tests.convenentes import mandatos, pedidos
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db
NOVA = "alteracao_nova"


@pytest.fixture
def organizacao() -> Convenente:
    return apoio.organizacao(apoio.pessoa(2, "Lia Representante"))


def _form(*cnpjs: str, **campos: Any) -> dict[str, Any]:
    return {
        "chave_envio": str(uuid4()),
        "cnpjs": "\n".join(cnpjs),
        "sou_eu": "on",
        "motivo": "eleicao",
        "cargo": "Presidente",
        "mandato_de": f"{hoje() + timedelta(days=20)}",
        "mandato_ate": f"{hoje() + timedelta(days=900)}",
        **campos,
    }


def test_the_panel_leads_to_the_form_that_opens_a_draft_with_a_start_in_the_future(
    organizacao: Convenente,
) -> None:
    nova = apoio.pessoa(9, "Nina Nova")
    cliente = apoio.entrar(nova)
    assert reverse(NOVA) in apoio.texto(cliente.get(reverse("painel")))
    resposta = cliente.post(reverse(NOVA), _form(organizacao.cnpj_formatado))
    solicitacao = Solicitacao.objects.get()
    assert resposta["Location"] == reverse("solicitacao_documentos", args=[solicitacao.uuid])
    for nome in ("solicitacao", "solicitacao_documentos", "solicitacao_representante", "solicitacao_revisao"):
        pagina = cliente.get(reverse(nome, args=[solicitacao.uuid]))
        assert pagina.status_code == 200
        assert "Alteração de representante legal" in apoio.texto(pagina)
    assert cliente.get(reverse("solicitacao_adicionar", args=[solicitacao.uuid])).status_code == 404


def test_the_address_of_the_organisation_brings_its_cnpj(organizacao: Convenente) -> None:
    pagina = apoio.entrar(apoio.pessoa(9, "Nina")).get(reverse(NOVA), {"cnpj": organizacao.cnpj})
    assert organizacao.cnpj in apoio.texto(pagina)


def test_several_cnpjs_open_one_draft_each_and_say_so(organizacao: Convenente) -> None:
    outra = apoio.organizacao(apoio.pessoa(3, "Outra"), 44555777)
    cliente = apoio.entrar(apoio.pessoa(9, "Nina"))
    resposta = cliente.post(reverse(NOVA), _form(organizacao.cnpj, outra.cnpj_formatado), follow=True)
    assert Solicitacao.objects.count() == 2
    assert "Abrimos 2 solicitações" in apoio.texto(resposta)


def test_what_was_typed_wrong_is_said_and_stays_on_the_page() -> None:
    cliente = apoio.entrar(apoio.pessoa(9, "Nina"))
    errado = _form("11.222", motivo="substituicao", mandato_ate="", cargo="Vice-prefeita")
    pagina = apoio.texto(cliente.post(reverse(NOVA), errado))
    assert "CNPJ inválido: 11.222" in pagina
    assert "depois dele o titular volta" in pagina
    assert "Vice-prefeita" in pagina


def test_an_unknown_cnpj_shows_the_way_to_the_inscription() -> None:
    cliente = apoio.entrar(apoio.pessoa(9, "Nina"))
    pagina = apoio.texto(cliente.post(reverse(NOVA), _form(cnpj_ficticio(321_123))))
    assert "não está inscrito no CAGEC" in pagina
    assert reverse("solicitacao_nova") in pagina
    assert not Solicitacao.objects.exists()


def test_who_named_somebody_else_may_change_the_mandate_on_its_page(organizacao: Convenente) -> None:
    lia = organizacao.vinculos.get().usuario
    cliente = apoio.entrar(lia)
    outra = {"sou_eu": "", "cpf": apoio.cpf(50), "nome": "Zeca Novo", "email": "zeca@exemplo.org.br"}
    cliente.post(reverse(NOVA), _form(organizacao.cnpj, **outra))
    solicitacao = Solicitacao.objects.get()
    endereco = reverse("solicitacao_representante", args=[solicitacao.uuid])
    assert "Zeca Novo" in apoio.texto(cliente.get(endereco))
    cliente.post(endereco, _form(**outra, cargo="Diretor"))
    assert solicitacao.participantes.get(papel=PapelVinculo.REPRESENTANTE).cargo == "Diretor"


def test_who_acts_for_the_organisation_sees_the_request_in_the_panel_and_contests(
    organizacao: Convenente,
) -> None:
    lia, nova = organizacao.vinculos.get().usuario, apoio.pessoa(9, "Nina Nova")
    solicitacao = mandatos.enviado(organizacao, nova)
    endereco = reverse("alteracao", args=[solicitacao.uuid])
    cliente = apoio.entrar(lia)
    assert endereco in apoio.texto(cliente.get(reverse("painel")))
    pagina = apoio.texto(cliente.get(endereco))
    assert "Nina Nova" in pagina
    assert nova.cpf not in pagina.replace(".", "").replace("-", "")
    assert nova.email not in pagina
    assert cliente.post(endereco, {"chave_envio": uuid4(), "texto": ""}).status_code == 200
    cliente.post(endereco, {"chave_envio": uuid4(), "texto": "Ela não foi eleita."})
    assert "Ela não foi eleita." in apoio.texto(cliente.get(endereco))
    historico = apoio.texto(apoio.entrar(nova).get(reverse("solicitacao", args=[solicitacao.uuid])))
    assert "Contestada" in historico
    assert "Ela não foi eleita." not in historico
    assert lia.nome not in historico


def test_who_has_no_say_gets_404_and_who_asks_is_sent_to_the_own_request(organizacao: Convenente) -> None:
    nova = apoio.pessoa(9, "Nina")
    rascunho = mandatos.pedido(organizacao, nova)
    do_rascunho = reverse("alteracao", args=[rascunho.uuid])
    assert apoio.entrar(organizacao.vinculos.get().usuario).get(do_rascunho).status_code == 404
    solicitacao = pedidos.enviar(rascunho)
    endereco = reverse("alteracao", args=[solicitacao.uuid])
    assert apoio.entrar(apoio.pessoa(8, "Edu")).get(endereco).status_code == 404
    propria = apoio.entrar(nova).get(endereco)
    assert propria["Location"] == reverse("solicitacao", args=[solicitacao.uuid])


def test_after_the_end_of_the_mandate_the_panel_says_so_and_offers_a_new_one(organizacao: Convenente) -> None:
    lia = organizacao.vinculos.get().usuario
    organizacao.vinculos.update(periodo=(date(2020, 1, 1), hoje()))
    pagina = apoio.texto(apoio.entrar(lia).get(reverse("painel")))
    assert f"terminou em {hoje() - timedelta(days=1):%d/%m/%Y}" in pagina
    assert f"{reverse(NOVA)}?cnpj={organizacao.cnpj}" in pagina


def test_without_representante_the_page_of_the_organisation_and_the_public_one_say_so(
    organizacao: Convenente,
) -> None:
    rita = apoio.pessoa(1, "Rita Responsável")
    apoio.vincular(organizacao, rita, PapelVinculo.RESPONSAVEL)
    organizacao.vinculos.filter(papel=PapelVinculo.REPRESENTANTE).update(periodo=(date(2020, 1, 1), hoje()))
    pagina = apoio.texto(apoio.entrar(rita).get(reverse("organizacao", args=[organizacao.uuid])))
    assert "Sem representante legal" in pagina
    assert "Pedir novo mandato" in pagina
    publica = apoio.texto(apoio.entrar(None).get(reverse("convenente", args=[organizacao.cnpj])))
    assert "Sem representante com mandato em vigor" in publica


def test_a_line_in_a_request_under_review_leads_to_it(organizacao: Convenente) -> None:
    solicitacao = mandatos.enviado(organizacao)
    pagina = apoio.entrar(organizacao.vinculos.get().usuario).get(
        reverse("organizacao", args=[organizacao.uuid])
    )
    assert reverse("alteracao", args=[solicitacao.uuid]) in apoio.texto(pagina)


def test_a_renuncia_asks_for_the_password_and_says_what_follows(organizacao: Convenente) -> None:
    lia = organizacao.vinculos.get().usuario
    endereco = reverse("renunciar", args=[organizacao.uuid])
    cliente = apoio.entrar(lia)
    assert "fica sem representante legal" in apoio.texto(cliente.get(endereco))
    dados = {"desde": f"{hoje()}", "motivo": "Mudança de cidade"}
    assert "Senha incorreta" in apoio.texto(cliente.post(endereco, {**dados, "senha": "errada"}))
    passado = {"desde": f"{hoje() - timedelta(days=1)}", "senha": apoio.SENHA}
    assert "Escolha hoje ou um dia futuro" in apoio.texto(cliente.post(endereco, passado))
    assert cliente.post(endereco, {**dados, "senha": apoio.SENHA})["Location"] == reverse("painel")
    assert mandatos.quem_representa(organizacao, hoje()) is None
    assert cliente.get(endereco).status_code == 404


def test_a_substitute_reads_who_returns_before_renouncing(organizacao: Convenente) -> None:
    vice, fim = apoio.pessoa(9, "Vera Vice"), hoje() + timedelta(days=30)
    mandatos.aprovado(
        organizacao, apoio.pessoa(8, "Alda"), vice, motivo="substituicao", mandato_de=hoje(), mandato_ate=fim
    )
    pagina = apoio.texto(apoio.entrar(vice).get(reverse("renunciar", args=[organizacao.uuid])))
    assert "Lia Representante volta a representá-la nesse mesmo dia." in pagina
    assert "fica sem representante legal" not in pagina

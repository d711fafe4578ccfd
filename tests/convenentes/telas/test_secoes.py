import pytest
from django.urls import reverse

from convenentes.models import ItemSolicitacao, Municipio, Secao, Solicitacao
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _estado(solicitacao: Solicitacao, secao: str) -> str:
    return solicitacao.itens.get(secao=secao).estado


def test_data_are_saved_and_the_next_step_opens() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_dados", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.usuario)
    assert cliente.get(endereco).status_code == 200
    resposta = cliente.post(endereco, apoio.dados_da_osc())
    assert resposta["Location"] == reverse("solicitacao_endereco", args=[elenco.solicitacao.uuid])
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.nome_do_convenente == "Associação Bom Começo"
    assert _estado(elenco.solicitacao, Secao.DADOS) == ItemSolicitacao.Estado.PREENCHIDO
    assert "Associação Bom Começo" in apoio.texto(cliente.get(endereco))


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("razao_social", ""),
        ("razao_social", "x" * 201),
        ("data_abertura", "31/02/2020"),
        ("data_abertura", "2999-01-01"),
        ("site", "não é um site"),
        ("areas", "inventada"),
        ("areas", ""),
    ],
)
def test_wrong_data_stay_on_the_page_with_a_message(campo: str, valor: str) -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_dados", args=[elenco.solicitacao.uuid])
    resposta = apoio.entrar(elenco.responsavel).post(endereco, {**apoio.dados_da_osc(), campo: valor})
    assert resposta.status_code == 200
    assert campo in resposta.context["form"].errors
    assert resposta.context["form"]["nome_fantasia"].value() == "Bom Começo"


def test_a_municipio_answers_about_its_own_pension_scheme() -> None:
    rita = apoio.pessoa(1, "Rita")
    solicitacao = apoio.nova_inscricao(rita, tipo="municipio", natureza="1244")
    endereco = reverse("solicitacao_dados", args=[solicitacao.uuid])
    dados = {**apoio.dados_da_osc(), "areas": []}
    sem = apoio.entrar(rita).post(endereco, dados)
    assert "rpps" in sem.context["form"].errors
    apoio.entrar(rita).post(endereco, {**dados, "rpps": "nao"})
    solicitacao.refresh_from_db()
    assert solicitacao.proposta["respostas"]["rpps"] is False


def test_a_municipal_fund_says_which_municipio_it_belongs_to() -> None:
    rita = apoio.pessoa(1, "Rita")
    solicitacao = apoio.nova_inscricao(rita, tipo="fms", natureza="1333")
    endereco = reverse("solicitacao_dados", args=[solicitacao.uuid])
    sem = apoio.entrar(rita).post(endereco, apoio.dados_da_osc())
    assert "ente_controlador" in sem.context["form"].errors


def test_the_address_is_saved_with_the_name_of_the_municipio() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_endereco", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.usuario)
    campos = apoio.endereco_valido()
    assert "Belo Horizonte" in apoio.texto(cliente.get(endereco))
    assert cliente.post(endereco, campos).status_code == 302
    elenco.solicitacao.refresh_from_db()
    salvo = elenco.solicitacao.proposta["endereco"]
    assert (salvo["cep"], salvo["municipio_nome"]) == ("30130000", "Belo Horizonte/MG")


def test_another_uf_brings_its_municipios_and_keeps_what_was_typed() -> None:
    Municipio.objects.get_or_create(
        codigo_ibge="3550308", defaults={"nome": "São Paulo", "uf": "SP", "nome_busca": "sao paulo"}
    )
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_endereco", args=[elenco.solicitacao.uuid])
    campos = {**apoio.endereco_valido(), "uf": "SP", "trocar_uf": "1"}
    resposta = apoio.entrar(elenco.usuario).post(endereco, campos)
    pagina = apoio.texto(resposta)
    assert "São Paulo" in pagina
    assert "Rua das Flores" in pagina
    assert "Belo Horizonte" not in pagina
    elenco.solicitacao.refresh_from_db()
    assert "endereco" not in elenco.solicitacao.proposta


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("cep", "123"),
        ("uf", "ZZ"),
        ("uf", "\x00"),
        ("municipio", ""),
        ("municipio", "0000000"),
        ("municipio", "\x00"),
        ("email", "sem-arroba"),
        ("telefone", "99"),
        ("bairro", ""),
    ],
)
def test_a_wrong_address_stays_on_the_page_with_a_message(campo: str, valor: str) -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_endereco", args=[elenco.solicitacao.uuid])
    resposta = apoio.entrar(elenco.responsavel).post(endereco, {**apoio.endereco_valido(), campo: valor})
    assert campo in resposta.context["form"].errors
    assert resposta.context["form"]["logradouro"].value() == "Rua das Flores"


def test_directors_are_added_and_taken_out() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_dirigentes", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.usuario)
    novo = {"nome": "Davi Diretor", "cpf": apoio.cpf(77), "cargo": "Tesoureiro"}
    assert "Davi Diretor" in apoio.texto(cliente.post(endereco, novo, follow=True))
    assert _estado(elenco.solicitacao, Secao.DIRIGENTES) == ItemSolicitacao.Estado.PREENCHIDO
    assert cliente.post(endereco, novo).status_code == 302  # a double click
    elenco.solicitacao.refresh_from_db()
    assert len(elenco.solicitacao.proposta["dirigentes"]) == 1
    repetido = cliente.post(endereco, {**novo, "cargo": "Presidente"})
    assert "já está na lista" in str(repetido.context["form"].errors["cpf"])
    cliente.post(
        reverse("solicitacao_dirigente_retirar", args=[elenco.solicitacao.uuid]), {"cpf": apoio.cpf(77)}
    )
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.proposta["dirigentes"] == []
    assert _estado(elenco.solicitacao, Secao.DIRIGENTES) == ItemSolicitacao.Estado.A_PREENCHER


@pytest.mark.parametrize(("campo", "valor"), [("nome", ""), ("cpf", "111.111.111-11"), ("cargo", "")])
def test_a_wrong_director_stays_on_the_page_with_a_message(campo: str, valor: str) -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_dirigentes", args=[elenco.solicitacao.uuid])
    novo = {"nome": "Davi Diretor", "cpf": apoio.cpf(77), "cargo": "Tesoureiro", campo: valor}
    resposta = apoio.entrar(elenco.responsavel).post(endereco, novo)
    assert campo in resposta.context["form"].errors


def test_after_a_return_an_accepted_section_is_closed() -> None:
    elenco = apoio.elenco()
    apoio.preencher(elenco.solicitacao)
    Solicitacao.objects.update(
        estado=Solicitacao.Estado.COM_PENDENCIA,
        protocolo="2026.999999",
        enviada_em=elenco.solicitacao.criada_em,
        pendencia_desde=elenco.solicitacao.criada_em,
        convenente=apoio.organizacao(elenco.representante),
    )
    elenco.solicitacao.itens.filter(secao=Secao.DADOS).update(estado=ItemSolicitacao.Estado.ACEITO)
    elenco.solicitacao.itens.filter(secao=Secao.ENDERECO).update(estado=ItemSolicitacao.Estado.RECUSADO)
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.get(reverse("solicitacao_dados", args=[elenco.solicitacao.uuid])).status_code == 302
    assert cliente.get(reverse("solicitacao_endereco", args=[elenco.solicitacao.uuid])).status_code == 200

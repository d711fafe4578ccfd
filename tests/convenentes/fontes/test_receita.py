"""An inscription takes the data of the Receita Federal, and goes on without it when it does not answer."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contas import grupos
from contas.fabricas import usuario
from convenentes import inscricao, itens, receita
from convenentes.fabricas import cnpj_ficticio
from convenentes.models import Secao, Solicitacao
from convenentes.rascunho import salvar_secao
from documentos.models import NaturezaJuridica, TipoConvenente
from tests.convenentes.fontes.arquivos import registro
from tests.convenentes.fontes.receita_federal import ReceitaFederal, no_ar

pytestmark = pytest.mark.django_db

CNPJ, OUTRO = cnpj_ficticio(810_001), cnpj_ficticio(810_002)


@pytest.fixture
def rfb(settings) -> Iterator[ReceitaFederal]:
    with no_ar() as servida:
        settings.RFB_ENDPOINT = servida.endereco
        yield servida


@pytest.fixture
def pessoa() -> Client:
    cliente = Client()
    cliente.force_login(usuario(), backend="allauth.account.auth_backends.AuthenticationBackend")
    return cliente


def comecar(pessoa: Client, cnpj: str = CNPJ, natureza: str = ""):
    campos = {"cnpj": cnpj, "natureza": natureza, "chave_envio": str(uuid4())}
    return pessoa.post(reverse("solicitacao_nova"), campos)


def rascunho(pessoa: Client, **campos: str) -> Solicitacao:
    assert comecar(pessoa, **campos).status_code == 302
    aberta = Solicitacao.objects.get()
    inscricao.definir_tipo(aberta, TipoConvenente.objects.get(slug="osc"))
    return aberta


def salvar_dados(pessoa: Client, aberta: Solicitacao, **campos: str):
    dados = {"razao_social": "Outro nome", "data_abertura": "2020-01-01", "areas": "cultura", **campos}
    return pessoa.post(reverse("solicitacao_dados", args=[aberta.uuid]), dados)


def salvar_endereco(pessoa: Client, aberta: Solicitacao):
    campos = {
        "cep": "30130000",
        "logradouro": "Outra rua",
        "numero_endereco": "99",
        "bairro": "Outro bairro",
        "uf": "SP",
        "municipio": "3550308",
        "email": "contato@example.org",
        "telefone": "(31) 3333-4444",
    }
    return pessoa.post(reverse("solicitacao_endereco", args=[aberta.uuid]), campos)


def test_the_natureza_comes_from_the_receita_federal_before_the_typed_one(rfb, pessoa) -> None:
    rfb.empresa(CNPJ)
    assert rascunho(pessoa, natureza="1244").natureza == NaturezaJuridica.objects.get(codigo="3999")


def test_its_fields_come_filled_in_and_nobody_types_over_them(rfb, pessoa) -> None:
    rfb.empresa(CNPJ)
    aberta = rascunho(pessoa)
    pagina = pessoa.get(reverse("solicitacao_dados", args=[aberta.uuid])).text
    assert 'value="ASSOCIACAO FICTICIA DOS TESTES"' in pagina
    assert "Da Receita Federal. Se está errado, corrija primeiro no CNPJ." in pagina
    assert salvar_dados(pessoa, aberta).status_code == 302
    assert salvar_endereco(pessoa, aberta).status_code == 302
    aberta.refresh_from_db()
    dados, endereco = aberta.proposta["dados"], aberta.proposta["endereco"]
    assert (dados["razao_social"], dados["data_abertura"]) == ("ASSOCIACAO FICTICIA DOS TESTES", "2010-05-03")
    assert (endereco["logradouro"], endereco["numero_endereco"], endereco["cep"]) == (
        "RUA DIREITA",
        "10",
        "35400000",
    )
    assert (endereco["municipio"], endereco["municipio_nome"]) == ("3146107", "Ouro Preto/MG")


def test_the_journey_itself_keeps_them_whatever_a_page_sends(rfb, pessoa) -> None:
    rfb.empresa(CNPJ)
    salvo = salvar_secao(rascunho(pessoa), Secao.DADOS, {"razao_social": "Outro nome", "site": ""})
    assert salvo.proposta["dados"]["razao_social"] == "ASSOCIACAO FICTICIA DOS TESTES"


def test_what_it_left_blank_is_typed(rfb, pessoa) -> None:
    rfb.empresa(CNPJ, nome_fantasia=None, bairro="", codigo_municipio_ibge=9999999)
    aberta = rascunho(pessoa)
    salvar_dados(pessoa, aberta, nome_fantasia="Nome de festa")
    salvar_endereco(pessoa, aberta)
    aberta.refresh_from_db()
    assert aberta.proposta["dados"]["nome_fantasia"] == "Nome de festa"
    assert aberta.proposta["endereco"]["bairro"] == "Outro bairro"
    assert aberta.proposta["endereco"]["municipio"] == "3550308"


@pytest.mark.parametrize("situacao", ["BAIXADA", "SUSPENSA"])
def test_a_cnpj_that_is_not_active_is_told_at_the_first_step_with_the_way_out(
    rfb, pessoa, situacao: str
) -> None:
    rfb.empresa(CNPJ, descricao_situacao_cadastral=situacao)
    pagina = comecar(pessoa).text
    assert f"a situação deste CNPJ é {situacao.lower()}" in pagina
    assert "Regularize a situação na Receita Federal" in pagina
    assert not Solicitacao.objects.exists()


def test_a_cnpj_that_does_not_exist_is_told_at_the_first_step(rfb, pessoa) -> None:
    assert "A Receita Federal não tem este CNPJ." in comecar(pessoa, natureza="3999").text
    assert not Solicitacao.objects.exists()


def test_while_it_does_not_answer_the_person_types_everything(rfb, pessoa) -> None:
    rfb.respostas[f"/cnpj/{CNPJ}"] = (503, b"")
    pagina = comecar(pessoa)
    assert "A Receita Federal não respondeu agora." in pagina.text
    assert not Solicitacao.objects.exists()
    aberta = rascunho(pessoa, natureza="3999")
    salvar_dados(pessoa, aberta)
    aberta.refresh_from_db()
    assert aberta.proposta["dados"]["razao_social"] == "Outro nome"
    assert receita.conferencia(aberta) == "CNPJ não conferido na Receita Federal: os dados foram digitados."


def test_without_an_endpoint_the_natureza_is_asked_for(settings, pessoa) -> None:
    assert settings.RFB_ENDPOINT == ""
    assert "natureza" in comecar(pessoa).context["form"].errors
    assert rascunho(pessoa, natureza="3999").proposta == {}


def test_correcting_the_cnpj_brings_the_data_of_the_new_one_also_over_what_was_saved(rfb, pessoa) -> None:
    rfb.empresa(CNPJ)
    rfb.empresa(OUTRO, razao_social="OUTRA ASSOCIACAO FICTICIA")
    aberta = rascunho(pessoa)
    salvar_dados(pessoa, aberta, site="https://example.org")
    resposta = pessoa.post(reverse("solicitacao_cnpj", args=[aberta.uuid]), {"cnpj": OUTRO, "natureza": ""})
    assert resposta.status_code == 302
    aberta.refresh_from_db()
    assert (aberta.cnpj, aberta.nome_do_convenente) == (OUTRO, "OUTRA ASSOCIACAO FICTICIA")
    assert aberta.proposta["dados"]["site"] == "https://example.org"


def test_correcting_to_a_cnpj_that_was_not_looked_up_frees_the_fields(rfb, pessoa) -> None:
    rfb.empresa(CNPJ)
    aberta = rascunho(pessoa)
    rfb.respostas[f"/cnpj/{OUTRO}"] = (503, b"")
    pessoa.post(reverse("solicitacao_cnpj", args=[aberta.uuid]), {"cnpj": OUTRO, "natureza": "3999"})
    salvar_dados(pessoa, aberta)
    aberta.refresh_from_db()
    assert (aberta.cnpj, aberta.nome_do_convenente) == (OUTRO, "Outro nome")


def em_analise() -> Solicitacao:
    """Return a request on the desk, without the documents that a real one would have."""
    convenente = registro(95)
    aberta = inscricao.iniciar(CNPJ, convenente.natureza, usuario(), uuid4())
    inscricao.definir_tipo(aberta, convenente.tipo)
    Solicitacao.objects.filter(pk=aberta.pk).update(
        estado=Solicitacao.Estado.EM_ANALISE,
        protocolo="X-95",
        enviada_em=timezone.now(),
        convenente=convenente,
    )
    aberta.refresh_from_db()
    return aberta


def test_the_desk_says_on_the_line_of_the_cnpj_whether_it_was_looked_up() -> None:
    analista = usuario(is_staff=True)
    grupos.sincronizar()
    grupos.incluir_na_equipe(analista)
    solicitacao = em_analise()
    mesa = Client()
    mesa.force_login(analista, backend="allauth.account.auth_backends.AuthenticationBackend")
    endereco = reverse("admin:mesa", args=[solicitacao.uuid])
    codigos = {i.exigencia.codigo: str(i.uuid) for i in itens.do_pedido(solicitacao) if i.exigencia}
    assert "CNPJ não conferido na Receita Federal" in mesa.get(endereco, {"item": codigos["cnpj"]}).text
    assert "na Receita Federal" not in mesa.get(endereco, {"item": codigos["rl_cpf"]}).text
    Solicitacao.objects.filter(pk=solicitacao.pk).update(
        proposta={**solicitacao.proposta, "rfb": {"consultada_em": "2026-11-24", "situacao": "ATIVA"}}
    )
    esperado = "CNPJ conferido na Receita Federal em 24/11/2026: situação ativa."
    assert esperado in mesa.get(endereco, {"item": codigos["cnpj"]}).text

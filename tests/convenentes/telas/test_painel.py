from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contas.models import Usuario
from convenentes.models import PapelVinculo, Solicitacao
from convenentes.texto import normalizar
from documentos.models import PastaDigital
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def test_a_visitor_goes_to_the_login_page() -> None:
    resposta = apoio.entrar(None).get(reverse("painel"))
    assert resposta.status_code == 302
    assert reverse("account_login") in resposta["Location"]


def test_somebody_without_anything_reads_what_to_do_first() -> None:
    pagina = apoio.texto(apoio.entrar(apoio.pessoa(9, "Nova Pessoa")).get(reverse("painel")))
    assert "Você ainda não tem solicitações" in pagina
    assert reverse("solicitacao_nova") in pagina


def test_each_person_reads_who_must_act_now() -> None:
    elenco = apoio.elenco()
    Solicitacao.objects.update(
        estado=Solicitacao.Estado.AGUARDANDO_ASSINATURA, encaminhada_em=elenco.solicitacao.criada_em
    )
    do_responsavel = apoio.texto(apoio.entrar(elenco.responsavel).get(reverse("painel")))
    assert "Representante legal (Lia Representante): precisa assinar." in do_responsavel
    do_representante = apoio.texto(apoio.entrar(elenco.representante).get(reverse("painel")))
    assert "Ler e assinar" in do_representante
    assert reverse("solicitacao_assinar", args=[elenco.solicitacao.uuid]) in do_representante


def test_an_outsider_sees_no_request_of_others() -> None:
    elenco = apoio.elenco()
    assert str(elenco.solicitacao.uuid) not in apoio.texto(
        apoio.entrar(elenco.estranho).get(reverse("painel"))
    )


def test_each_organisation_leads_to_its_list_of_what_is_missing() -> None:
    lia, ugo = apoio.pessoa(2, "Lia Representante"), apoio.pessoa(3, "Ugo Usuário")
    convenente = apoio.organizacao(lia)
    apoio.vincular(convenente, ugo, PapelVinculo.USUARIO)
    endereco = reverse("organizacao", args=[convenente.uuid])
    for pessoa in (lia, ugo):
        assert endereco in apoio.texto(apoio.entrar(pessoa).get(reverse("painel")))


def test_the_number_of_queries_does_not_grow_with_the_list() -> None:
    rita = apoio.pessoa(1, "Rita Responsável")
    cliente = apoio.entrar(rita)

    def contar() -> int:
        with CaptureQueriesContext(connection) as consultas:
            assert cliente.get(reverse("painel")).status_code == 200
        return len(consultas)

    apoio.nova_inscricao(rita, 11222333)
    apoio.organizacao(rita, 44555666)
    contar()
    uma = contar()
    for numero in range(5):
        apoio.nova_inscricao(rita, 11222334 + numero)
        apoio.organizacao(rita, 44555667 + numero)
    assert contar() == uma


def _abrir_varias(quem: Usuario, quantas: int, estado: str) -> None:
    novas = Solicitacao.objects.bulk_create(
        Solicitacao(
            tipo="inscricao",
            cnpj=apoio.cnpj(n),
            estado=estado,
            pasta=PastaDigital.objects.create(),
            criada_por=quem,
            chave_envio=uuid4(),
        )
        for n in range(1, quantas + 1)
    )
    for solicitacao in novas:
        apoio.participar(solicitacao, quem, PapelVinculo.RESPONSAVEL)


def test_the_panel_is_paged() -> None:
    rita = apoio.pessoa(1, "Rita Responsável")
    _abrir_varias(rita, 22, Solicitacao.Estado.RASCUNHO)
    resposta = apoio.entrar(rita).get(reverse("painel"), {"pagina": "2"})
    assert len(resposta.context["linhas"]) == 2


def test_an_old_draft_is_on_the_first_page_whatever_has_ended_since() -> None:
    elenco = apoio.elenco()
    _abrir_varias(elenco.responsavel, 20, Solicitacao.Estado.CANCELADA)
    contexto = apoio.entrar(elenco.responsavel).get(reverse("painel")).context
    assert [linha.solicitacao for linha in contexto["linhas"]] == [elenco.solicitacao]


def test_what_waits_for_the_reader_comes_first_and_what_has_ended_apart() -> None:
    elenco = apoio.elenco()
    rascunho = elenco.solicitacao
    em_analise = apoio.nova_inscricao(elenco.responsavel, 22333444)
    encerrada = apoio.nova_inscricao(elenco.responsavel, 33444555)
    Solicitacao.objects.filter(pk=em_analise.pk).update(
        estado=Solicitacao.Estado.EM_ANALISE,
        protocolo="2026.999999",
        enviada_em=rascunho.criada_em,
        convenente=apoio.organizacao(elenco.representante),
    )
    Solicitacao.objects.filter(pk=encerrada.pk).update(estado=Solicitacao.Estado.CANCELADA)
    contexto = apoio.entrar(elenco.responsavel).get(reverse("painel")).context
    assert [linha.solicitacao for linha in contexto["linhas"]] == [rascunho, em_analise]
    assert [linha.solicitacao for linha in contexto["encerradas"]] == [encerrada]


def test_each_organisation_shows_its_situation_today() -> None:
    lia = apoio.pessoa(2, "Lia Representante")
    apoio.organizacao(lia)
    resposta = apoio.entrar(lia).get(reverse("painel"))
    (organizacao,) = resposta.context["organizacoes"]
    assert organizacao.resumo.pendencias > 0
    assert f"{organizacao.resumo.pendencias} itens a resolver" in apoio.texto(resposta)


def _organizacoes(quem: Usuario, *nomes: str) -> None:
    for numero, nome in enumerate(nomes):
        organizacao = apoio.organizacao(quem, 44555666 + numero)
        organizacao.razao_social, organizacao.nome_busca = nome, normalizar(nome)
        organizacao.save()


def test_from_six_organisations_on_there_is_a_search() -> None:
    lia = apoio.pessoa(2, "Lia Representante")
    _organizacoes(lia, *"ABCDE")
    cliente = apoio.entrar(lia)
    assert "busca-organizacoes" not in apoio.texto(cliente.get(reverse("painel")))
    apoio.organizacao(lia, 55666777)
    assert "busca-organizacoes" in apoio.texto(cliente.get(reverse("painel")))
    so_uma = apoio.texto(cliente.get(reverse("painel"), {"q": "A"}))
    assert "busca-organizacoes" in so_uma


def test_many_organisations_are_paged_and_searched() -> None:
    lia = apoio.pessoa(2, "Lia Representante")
    apoio.organizacao(apoio.pessoa(9, "Outra Pessoa"), 77888999)
    _organizacoes(lia, "Fundação São João", *[f"Entidade {letra}" for letra in "ABCDEFGHIJKLMNOPQRSTU"])
    cliente = apoio.entrar(lia)
    painel = cliente.get(reverse("painel"))
    assert "busca-organizacoes" in apoio.texto(painel)
    assert len(painel.context["organizacoes"]) == 20
    for busca in ("sao joao", apoio.cnpj(44555666)):
        achadas = cliente.get(reverse("painel"), {"q": busca}).context["organizacoes"]
        assert [o.convenente.razao_social for o in achadas] == ["Fundação São João"]
    nada = apoio.texto(cliente.get(reverse("painel"), {"q": "Instituto Exemplo"}))
    assert "Nenhuma das suas organizações tem “Instituto Exemplo”" in nada

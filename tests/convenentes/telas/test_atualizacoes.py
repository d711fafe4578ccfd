from uuid import uuid4

import pytest
from django.urls import reverse

from convenentes.models import Convenente, ItemSolicitacao, PapelVinculo, Secao, Solicitacao
from documentos import exame
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _abrir(nome: str, convenente: Convenente, cliente: object) -> Solicitacao:
    resposta = cliente.post(reverse(nome, args=[convenente.uuid]), {"chave_envio": str(uuid4())})  # type: ignore[attr-defined]
    assert resposta.status_code == 302
    return Solicitacao.objects.get(convenente=convenente)


@pytest.mark.parametrize("nome", ["atualizar_documentos", "atualizar_dados"])
def test_only_who_manages_the_organisation_opens_an_update(nome: str) -> None:
    lia, ugo = apoio.pessoa(2, "Lia"), apoio.pessoa(3, "Ugo")
    convenente = apoio.organizacao(lia)
    apoio.vincular(convenente, ugo, PapelVinculo.USUARIO)
    endereco, campos = reverse(nome, args=[convenente.uuid]), {"chave_envio": str(uuid4())}
    assert apoio.entrar(None).post(endereco, campos).status_code == 302
    assert apoio.entrar(apoio.pessoa(4, "Edu")).post(endereco, campos).status_code == 404
    assert apoio.entrar(ugo).post(endereco, campos).status_code == 403
    assert not Solicitacao.objects.exists()
    cliente = apoio.entrar(lia)
    for _ in range(2):
        assert cliente.post(endereco, campos).status_code == 302
    assert Solicitacao.objects.count() == 1


def test_a_blocked_record_takes_no_update() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente = apoio.organizacao(lia)
    Convenente.objects.update(estado=Convenente.Estado.BLOQUEADO)
    resposta = apoio.entrar(lia).post(
        reverse("atualizar_dados", args=[convenente.uuid]), {"chave_envio": str(uuid4())}, follow=True
    )
    assert "não está ativo" in apoio.texto(resposta)


def test_an_expired_certificate_is_renewed_from_the_choice_to_the_signature() -> None:
    lia = apoio.pessoa(2, "Lia")
    convenente = apoio.organizacao(lia)
    cliente = apoio.entrar(lia)
    solicitacao = _abrir("atualizar_documentos", convenente, cliente)
    escolha = reverse("solicitacao_adicionar", args=[solicitacao.uuid])
    pagina = cliente.get(escolha)
    assert "cnd_federal" in apoio.texto(pagina)
    assert {passo["estado"] for passo in pagina.context["passos"]} == {"atual", "pendente"}
    vazia = cliente.post(escolha, {})
    assert "exigencias" in vazia.context["form"].errors
    assert 'href="#id_exigencias_0"' in apoio.texto(vazia)
    assert 'id="id_exigencias_0"' in apoio.texto(vazia)
    errada = cliente.post(escolha, {"exigencias": ["inventada"]})
    assert "exigencias" in errada.context["form"].errors
    cliente.post(escolha, {"exigencias": ["cnd_federal"]})
    item = apoio.item_de(solicitacao, "cnd_federal")
    enviada = cliente.post(
        reverse("solicitacao_documento", args=[solicitacao.uuid, item.uuid]),
        {"chave_envio": str(uuid4()), "arquivos": apoio.foto(), "valido_ate": "2099-12-31"},
    )
    assert enviada.status_code == 302
    assinar = reverse("solicitacao_assinar", args=[solicitacao.uuid])
    assert "Aguarde: Certidão" in apoio.texto(cliente.get(assinar, follow=True))
    assert exame.varrer() == 1
    resumo = cliente.get(assinar).context["form"]["resumo_lido"].value()
    cliente.post(assinar, {"senha": apoio.SENHA, "resumo_lido": resumo})
    solicitacao.refresh_from_db()
    assert solicitacao.estado == Solicitacao.Estado.EM_ANALISE


def test_an_obligation_added_by_mistake_is_taken_out_again() -> None:
    lia = apoio.pessoa(2, "Lia")
    cliente = apoio.entrar(lia)
    solicitacao = _abrir("atualizar_documentos", apoio.organizacao(lia), cliente)
    cliente.post(reverse("solicitacao_adicionar", args=[solicitacao.uuid]), {"exigencias": ["cnd_federal"]})
    item = apoio.item_de(solicitacao, "cnd_federal")
    cliente.post(reverse("solicitacao_documento_retirar", args=[solicitacao.uuid, item.uuid]))
    assert not solicitacao.itens.filter(pk=item.pk).exists()


def test_data_saved_as_they_were_are_no_change_for_the_team() -> None:
    lia = apoio.pessoa(2, "Lia")
    cliente = apoio.entrar(lia)
    solicitacao = _abrir("atualizar_dados", apoio.organizacao(lia), cliente)
    pagina = reverse("solicitacao_dados", args=[solicitacao.uuid])
    campos = {
        "razao_social": "Instituto Exemplo",
        "data_abertura": "2015-03-10",
        "areas": ["cultura"],
    }
    assert cliente.get(pagina).context["form"]["razao_social"].value() == "Instituto Exemplo"
    cliente.post(pagina, campos)
    item = solicitacao.itens.get(secao=Secao.DADOS)
    assert item.estado == ItemSolicitacao.Estado.A_PREENCHER
    cliente.post(pagina, {**campos, "razao_social": "Instituto Novo Exemplo"})
    item.refresh_from_db()
    assert item.estado == ItemSolicitacao.Estado.PREENCHIDO


def test_an_inscription_has_nothing_to_add() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_adicionar", args=[elenco.solicitacao.uuid])
    assert apoio.entrar(elenco.responsavel).get(endereco).status_code == 404

import pytest
from django.urls import reverse

from convenentes.models import ItemSolicitacao, Solicitacao
from documentos.models import Assinatura
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


@pytest.fixture
def elenco() -> apoio.Elenco:
    pronto = apoio.elenco()
    apoio.preencher(pronto.solicitacao)
    return pronto


def _url(nome: str, elenco: apoio.Elenco) -> str:
    return reverse(nome, args=[elenco.solicitacao.uuid])


def _resumo(elenco: apoio.Elenco) -> str:
    pagina = apoio.entrar(elenco.representante).get(_url("solicitacao_assinar", elenco))
    return str(pagina.context["form"]["resumo_lido"].value())


def _assinar(elenco: apoio.Elenco) -> None:
    apoio.entrar(elenco.representante).post(
        _url("solicitacao_assinar", elenco), {"senha": apoio.SENHA, "resumo_lido": _resumo(elenco)}
    )


def test_the_review_lists_what_is_missing_with_links_to_the_place() -> None:
    incompleto = apoio.elenco()
    pagina = apoio.texto(apoio.entrar(incompleto.usuario).get(_url("solicitacao_revisao", incompleto)))
    assert _url("solicitacao_dados", incompleto) in pagina
    item = apoio.item_de(incompleto.solicitacao, "rl_identidade")
    assert reverse("solicitacao_documento", args=[incompleto.solicitacao.uuid, item.uuid]) in pagina
    assert _url("solicitacao_encaminhar", incompleto) not in pagina


def test_forwarding_what_is_incomplete_says_what_is_missing() -> None:
    incompleto = apoio.elenco()
    resposta = apoio.entrar(incompleto.responsavel).post(
        _url("solicitacao_encaminhar", incompleto), follow=True
    )
    assert "Ainda falta" in apoio.texto(resposta)


def test_the_responsavel_forwards_and_twice_is_once(elenco: apoio.Elenco) -> None:
    cliente = apoio.entrar(elenco.responsavel)
    assert _url("solicitacao_encaminhar", elenco) in apoio.texto(
        cliente.get(_url("solicitacao_revisao", elenco))
    )
    for _ in range(2):
        cliente.post(_url("solicitacao_encaminhar", elenco))
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.estado == Solicitacao.Estado.AGUARDANDO_ASSINATURA
    assert elenco.solicitacao.eventos.filter(tipo="encaminhada_para_assinatura").count() == 1


def test_the_selfie_may_still_be_missing_when_forwarding(elenco: apoio.Elenco) -> None:
    selfie = apoio.item_de(elenco.solicitacao, "rl_selfie")
    ItemSolicitacao.objects.filter(pk=selfie.pk).update(estado=ItemSolicitacao.Estado.A_PREENCHER)
    cliente = apoio.entrar(elenco.responsavel)
    assert "Só falta o que o próprio representante legal faz" in apoio.texto(
        cliente.get(_url("solicitacao_revisao", elenco))
    )
    cliente.post(_url("solicitacao_encaminhar", elenco))
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.encaminhada_em is not None


def test_a_usuario_reads_the_review_without_the_button(elenco: apoio.Elenco) -> None:
    pagina = apoio.texto(apoio.entrar(elenco.usuario).get(_url("solicitacao_revisao", elenco)))
    assert _url("solicitacao_encaminhar", elenco) not in pagina
    assert _url("solicitacao_assinar", elenco) not in pagina


def test_the_representante_reads_every_text_in_full(elenco: apoio.Elenco) -> None:
    resposta = apoio.entrar(elenco.representante).get(_url("solicitacao_assinar", elenco))
    pagina = apoio.texto(resposta)
    textos = resposta.context["textos"]
    assert textos
    assert all(texto.redacao.titulo in pagina for texto in textos)


def test_signing_sends_and_gives_a_protocol(elenco: apoio.Elenco) -> None:
    resposta = apoio.entrar(elenco.representante).post(
        _url("solicitacao_assinar", elenco),
        {"senha": apoio.SENHA, "resumo_lido": _resumo(elenco)},
        follow=True,
    )
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.estado == Solicitacao.Estado.EM_ANALISE
    assert elenco.solicitacao.protocolo is not None
    pagina = apoio.texto(resposta)
    assert elenco.solicitacao.protocolo in pagina
    assert all(codigo in pagina for codigo in Assinatura.objects.values_list("codigo", flat=True))


def test_a_second_click_leads_to_the_same_receipt(elenco: apoio.Elenco) -> None:
    campos = {"senha": apoio.SENHA, "resumo_lido": _resumo(elenco)}
    cliente = apoio.entrar(elenco.representante)
    respostas = [cliente.post(_url("solicitacao_assinar", elenco), campos) for _ in range(2)]
    assert respostas[0]["Location"] == respostas[1]["Location"] == _url("solicitacao_comprovante", elenco)
    assert elenco.solicitacao.eventos.filter(tipo="enviada").count() == 1


@pytest.mark.parametrize("senha", ["", "errada", "\x00"])
def test_a_wrong_password_signs_nothing(elenco: apoio.Elenco, senha: str) -> None:
    resposta = apoio.entrar(elenco.representante).post(
        _url("solicitacao_assinar", elenco), {"senha": senha, "resumo_lido": _resumo(elenco)}
    )
    assert "senha" in resposta.context["form"].errors
    assert not Assinatura.objects.exists()
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.protocolo is None


def test_five_wrong_passwords_block_for_a_while(elenco: apoio.Elenco) -> None:
    resumo, cliente = _resumo(elenco), apoio.entrar(elenco.representante)
    for _ in range(5):
        cliente.post(_url("solicitacao_assinar", elenco), {"senha": "errada", "resumo_lido": resumo})
    resposta = cliente.post(
        _url("solicitacao_assinar", elenco), {"senha": apoio.SENHA, "resumo_lido": resumo}
    )
    assert "Aguarde" in str(resposta.context["form"].errors["senha"])
    assert not Assinatura.objects.exists()


def test_what_changed_after_reading_must_be_read_again(elenco: apoio.Elenco) -> None:
    resposta = apoio.entrar(elenco.representante).post(
        _url("solicitacao_assinar", elenco), {"senha": apoio.SENHA, "resumo_lido": "0" * 64}, follow=True
    )
    assert "O conteúdo mudou" in apoio.texto(resposta)
    assert not Assinatura.objects.exists()


def test_signing_waits_until_nothing_is_missing() -> None:
    incompleto = apoio.elenco()
    resposta = apoio.entrar(incompleto.representante).get(_url("solicitacao_assinar", incompleto))
    assert resposta["Location"] == _url("solicitacao_revisao", incompleto)


def test_a_cnpj_that_another_inscription_took_is_told(elenco: apoio.Elenco) -> None:
    resumo = _resumo(elenco)
    outro = apoio.pessoa(8, "Outra Pessoa")
    convenente = apoio.organizacao(outro, 55666777)
    convenente.cnpj = elenco.solicitacao.cnpj
    convenente.save()
    resposta = apoio.entrar(elenco.representante).post(
        _url("solicitacao_assinar", elenco), {"senha": apoio.SENHA, "resumo_lido": resumo}, follow=True
    )
    assert "Outra inscrição deste CNPJ" in apoio.texto(resposta)
    assert not Assinatura.objects.exists()


def test_the_receipt_is_a_page_and_a_pdf_for_everybody_in_the_request(elenco: apoio.Elenco) -> None:
    _assinar(elenco)
    for pessoa in (elenco.responsavel, elenco.usuario):
        cliente = apoio.entrar(pessoa)
        assert "protocolo" in apoio.texto(cliente.get(_url("solicitacao_comprovante", elenco)))
        pdf = cliente.get(_url("solicitacao_comprovante_pdf", elenco))
        assert pdf.content.startswith(b"%PDF-")
        assert "attachment" in pdf["Content-Disposition"]


def test_there_is_no_receipt_before_sending(elenco: apoio.Elenco) -> None:
    for nome in ("solicitacao_comprovante", "solicitacao_comprovante_pdf"):
        assert apoio.entrar(elenco.responsavel).get(_url(nome, elenco)).status_code == 404


def test_nothing_can_be_edited_while_the_team_analyses(elenco: apoio.Elenco) -> None:
    _assinar(elenco)
    resposta = apoio.entrar(elenco.responsavel).post(
        _url("solicitacao_dados", elenco), apoio.dados_da_osc(), follow=True
    )
    assert "não pode mais ser alterada" in apoio.texto(resposta)


def test_every_cpf_in_what_is_signed_is_written_with_its_dots(elenco: apoio.Elenco) -> None:
    pagina = apoio.texto(apoio.entrar(elenco.representante).get(_url("solicitacao_assinar", elenco)))
    assert f"Lia Representante, CPF {elenco.representante.cpf_formatado}" in pagina
    assert elenco.representante.cpf not in pagina

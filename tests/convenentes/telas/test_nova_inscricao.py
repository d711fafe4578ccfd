from uuid import uuid4

import pytest
from django.urls import reverse

from convenentes.cnpj import digitos_do_cnpj
from convenentes.models import Convenente, PapelVinculo, Solicitacao
from documentos.models import NaturezaJuridica
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _enviar(**campos: str) -> dict[str, str]:
    return {"cnpj": apoio.cnpj(11222333), "natureza": "3999", "chave_envio": str(uuid4()), **campos}


def test_a_visitor_goes_to_the_login_page() -> None:
    assert apoio.entrar(None).get(reverse("solicitacao_nova")).status_code == 302


def test_who_has_no_link_at_all_may_start_an_inscription() -> None:
    ana = apoio.pessoa(1, "Ana")
    resposta = apoio.entrar(ana).post(reverse("solicitacao_nova"), _enviar())
    solicitacao = Solicitacao.objects.get()
    assert resposta["Location"] == reverse("solicitacao_tipo", args=[solicitacao.uuid])
    assert solicitacao.participantes.get().papel == PapelVinculo.RESPONSAVEL


def test_an_alphanumeric_cnpj_is_taken_with_its_punctuation() -> None:
    base = "12ABC34501DE"
    inteiro = base + digitos_do_cnpj(base)
    apoio.entrar(apoio.pessoa(1, "Ana")).post(
        reverse("solicitacao_nova"), _enviar(cnpj=f"12.abc.345/01de-{inteiro[12:]}")
    )
    assert Solicitacao.objects.get().cnpj == inteiro


def test_a_double_click_opens_one_draft() -> None:
    cliente, campos = apoio.entrar(apoio.pessoa(1, "Ana")), _enviar()
    primeira = cliente.post(reverse("solicitacao_nova"), campos)
    segunda = cliente.post(reverse("solicitacao_nova"), campos)
    assert primeira["Location"] == segunda["Location"]
    assert Solicitacao.objects.count() == 1


def test_a_cnpj_corrected_with_the_back_button_corrects_the_same_draft() -> None:
    cliente, campos = apoio.entrar(apoio.pessoa(1, "Ana")), _enviar()
    cliente.post(reverse("solicitacao_nova"), campos)
    cliente.post(reverse("solicitacao_nova"), {**campos, "cnpj": apoio.cnpj(99888777)})
    assert Solicitacao.objects.get().cnpj == apoio.cnpj(99888777)


def test_nobody_squats_a_cnpj_who_drafts_it_first_holds_nothing() -> None:
    for numero, nome in enumerate(["Ana", "Bia", "Caio"], 1):
        cliente = apoio.entrar(apoio.pessoa(numero, nome))
        resposta = cliente.post(reverse("solicitacao_nova"), _enviar())
        assert cliente.get(resposta["Location"]).status_code == 200
    assert Solicitacao.objects.filter(cnpj=apoio.cnpj(11222333)).count() == 3
    assert not Convenente.objects.exists()


def test_a_key_of_somebody_else_opens_nothing_of_theirs() -> None:
    campos = _enviar()
    apoio.entrar(apoio.pessoa(1, "Ana")).post(reverse("solicitacao_nova"), campos)
    outra = apoio.entrar(apoio.pessoa(2, "Bia"))
    resposta = outra.post(reverse("solicitacao_nova"), campos, follow=True)
    assert resposta.status_code == 404


def test_a_key_of_somebody_else_changes_nothing_of_theirs() -> None:
    campos = _enviar()
    apoio.entrar(apoio.pessoa(1, "Ana")).post(reverse("solicitacao_nova"), campos)
    outra = apoio.entrar(apoio.pessoa(2, "Bia"))
    outra.post(reverse("solicitacao_nova"), {**campos, "cnpj": apoio.cnpj(99888777)})
    assert Solicitacao.objects.get().cnpj == campos["cnpj"]


@pytest.mark.parametrize("cnpj", ["", "123", "11.222.333/0001-00", "\x00", "🙂" * 14])
def test_a_wrong_cnpj_stays_on_the_page_with_the_remedy(cnpj: str) -> None:
    resposta = apoio.entrar(apoio.pessoa(1, "Ana")).post(reverse("solicitacao_nova"), _enviar(cnpj=cnpj))
    assert resposta.status_code == 200
    assert "cnpj" in resposta.context["form"].errors
    assert resposta.context["form"]["natureza"].value() == "3999"
    assert not Solicitacao.objects.exists()


@pytest.mark.parametrize("natureza", ["", "xxxx", "\x00"])
def test_a_wrong_natureza_is_told_next_to_the_field(natureza: str) -> None:
    resposta = apoio.entrar(apoio.pessoa(1, "Ana")).post(
        reverse("solicitacao_nova"), _enviar(natureza=natureza)
    )
    assert "natureza" in resposta.context["form"].errors


def test_a_nature_that_may_not_sign_is_told_with_the_way_out() -> None:
    natureza = NaturezaJuridica.objects.filter(pode_inscrever=False).first()
    assert natureza is not None
    resposta = apoio.entrar(apoio.pessoa(1, "Ana")).post(
        reverse("solicitacao_nova"), _enviar(natureza=natureza.codigo)
    )
    assert resposta.context["impedimento"].motivo == natureza.motivo
    assert "O que fazer" in apoio.texto(resposta)
    assert resposta.context["form"]["cnpj"].value() == apoio.cnpj(11222333)


def test_a_registered_cnpj_is_told_with_the_way_out() -> None:
    convenente = apoio.organizacao(apoio.pessoa(2, "Lia"))
    resposta = apoio.entrar(apoio.pessoa(1, "Ana")).post(
        reverse("solicitacao_nova"), _enviar(cnpj=convenente.cnpj)
    )
    assert "já está inscrito" in apoio.texto(resposta)
    assert Convenente.objects.count() == 1


def test_the_cnpj_of_a_draft_can_be_corrected() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_cnpj", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.responsavel)
    assert cliente.get(endereco).status_code == 200
    cliente.post(endereco, {"cnpj": apoio.cnpj(99888777), "natureza": "3999"})
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.cnpj == apoio.cnpj(99888777)
    assert elenco.solicitacao.tipo_convenente is not None


def test_a_nature_of_another_kind_asks_for_the_type_again() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_cnpj", args=[elenco.solicitacao.uuid])
    apoio.entrar(elenco.responsavel).post(endereco, {"cnpj": elenco.solicitacao.cnpj, "natureza": "1244"})
    elenco.solicitacao.refresh_from_db()
    assert elenco.solicitacao.tipo_convenente is None


def test_the_type_is_one_of_those_of_the_nature() -> None:
    elenco = apoio.elenco()
    endereco = reverse("solicitacao_tipo", args=[elenco.solicitacao.uuid])
    cliente = apoio.entrar(elenco.usuario)
    assert cliente.get(endereco).status_code == 200
    errada = cliente.post(endereco, {"tipo": "municipio"})
    assert "tipo" in errada.context["form"].errors
    assert cliente.post(endereco, {"tipo": "osc"}).status_code == 302


def test_cnpj_and_type_are_fixed_after_the_first_sending() -> None:
    elenco = apoio.elenco()
    apoio.preencher(elenco.solicitacao)
    convenente = apoio.organizacao(elenco.representante)
    Solicitacao.objects.update(
        estado=Solicitacao.Estado.COM_PENDENCIA,
        protocolo="2026.999999",
        enviada_em=elenco.solicitacao.criada_em,
        pendencia_desde=elenco.solicitacao.criada_em,
        convenente=convenente,
    )
    for nome in ("solicitacao_cnpj", "solicitacao_tipo"):
        resposta = apoio.entrar(elenco.responsavel).get(reverse(nome, args=[elenco.solicitacao.uuid]))
        assert resposta["Location"] == reverse("solicitacao", args=[elenco.solicitacao.uuid])

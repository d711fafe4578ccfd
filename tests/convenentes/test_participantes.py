"""The representante legal is named and mailed, usuários are invited, and who had no account finds what waited."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas.convites import definir_senha
from contas.fabricas import cpf_ficticio, usuario
from contas.models import Convite
from convenentes import fabricas
from convenentes.models import PapelVinculo, Participante, Secao, Solicitacao
from convenentes.participantes import (
    avisar_representante,
    convidar_usuario,
    nomear_representante,
    retirar_usuario,
)
from convenentes.rascunho import NaoEditavel
from tests.convenentes import mundo, pedidos

pytestmark = pytest.mark.django_db


@pytest.fixture
def rascunho() -> Solicitacao:
    return fabricas.rascunho_de("uniao")


def nomear(solicitacao: Solicitacao, **campos: Any) -> Participante:
    padrao: dict[str, Any] = {
        "cpf": cpf_ficticio(900_000),
        "nome": "Lia Indicada",
        "email": "lia@example.org",
        "cargo": "Diretora",
        "mandato_de": date(2026, 1, 1),
        "mandato_ate": date(2027, 12, 31),
    }
    return nomear_representante(solicitacao, solicitacao.criada_por, **(padrao | campos))


def test_the_account_of_that_cpf_and_address_takes_part_at_once(rascunho: Solicitacao) -> None:
    lia = usuario(email="lia@example.org")
    representante = nomear(rascunho, cpf=lia.cpf, email="Lia@example.org")
    assert (representante.usuario, representante.convite) == (lia, None)
    mensagem = Mensagem.objects.get()
    assert (mensagem.tipo, mensagem.para, mensagem.usuario) == ("convenentes.instrucoes", lia.email, lia)
    assert mensagem.contexto == {"participante": str(representante.uuid)}


@pytest.mark.parametrize("com_conta", [True, False])
def test_the_mail_leaves_to_the_address_that_was_typed_whether_or_not_the_cpf_has_an_account(
    rascunho: Solicitacao, com_conta: bool
) -> None:
    cpf = usuario().cpf if com_conta else cpf_ficticio(900_010)
    for chamar in (nomear, convidar):
        participante = chamar(rascunho, cpf=cpf, email="digitado@example.org")
        assert participante.usuario is None
        assert participante.convite is not None
    assert set(Mensagem.objects.values_list("para", flat=True)) == {"digitado@example.org"}


def test_who_has_no_account_is_invited_to_make_one(rascunho: Solicitacao) -> None:
    representante = nomear(rascunho)
    convite = Convite.objects.get()
    assert representante.convite == convite
    assert (convite.motivo, convite.cpf, convite.email) == (
        Convite.Motivo.REPRESENTANTE,
        representante.cpf,
        "lia@example.org",
    )
    mensagem = Mensagem.objects.get()
    assert (mensagem.tipo, mensagem.para) == ("convenentes.instrucoes", "lia@example.org")
    assert mensagem.contexto == {"convite": str(convite.uuid), "participante": str(representante.uuid)}


def test_a_blocked_account_is_not_linked(rascunho: Solicitacao) -> None:
    bloqueada = usuario(is_active=False)
    assert nomear(rascunho, cpf=bloqueada.cpf).usuario is None


def test_the_longest_address_can_be_mailed(rascunho: Solicitacao) -> None:
    longo = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".org"
    lia = usuario(email=longo)
    nomear(rascunho, cpf=lia.cpf, email=longo)
    convidar(rascunho, lia.cpf, longo)
    assert [m.para for m in Mensagem.objects.all()] == [longo, longo]


def test_the_mandate_is_kept_in_the_proposal_and_the_section_is_done(rascunho: Solicitacao) -> None:
    nomear(rascunho, mandato_ate=None)
    rascunho.refresh_from_db()
    assert rascunho.proposta[Secao.REPRESENTANTE] == {
        "cpf": cpf_ficticio(900_000),
        "nome": "Lia Indicada",
        "email": "lia@example.org",
        "cargo": "Diretora",
        "mandato_de": "2026-01-01",
        "mandato_ate": "",
    }
    assert pedidos.item_de(rascunho, Secao.REPRESENTANTE).estado == "preenchido"


def test_saving_the_same_person_again_corrects_the_data_and_mails_nothing_new(rascunho: Solicitacao) -> None:
    nomear(rascunho)
    nomear(rascunho, cargo="Presidente")
    assert Participante.objects.get(papel=PapelVinculo.REPRESENTANTE).cargo == "Presidente"
    assert Mensagem.objects.count() == Convite.objects.count() == 1


def test_a_corrected_address_gets_an_invitation_of_its_own(rascunho: Solicitacao) -> None:
    nomear(rascunho, email="errado@example.org")
    representante = nomear(rascunho, email="certo@example.org")
    assert [m.para for m in Mensagem.objects.order_by("pk")] == ["errado@example.org", "certo@example.org"]
    assert representante.convite is not None
    assert representante.convite.email == "certo@example.org"


def test_another_person_takes_the_place_of_the_one_named_before(rascunho: Solicitacao) -> None:
    nomear(rascunho)
    nomear(rascunho, cpf=cpf_ficticio(900_001), nome="Rui Indicado", email="rui@example.org")
    assert Participante.objects.get(papel=PapelVinculo.REPRESENTANTE).nome == "Rui Indicado"
    assert rascunho.eventos.get(tipo="representante_trocado").dados == {"nome": "Lia Indicada"}


def test_the_same_occasion_is_mailed_once_and_a_new_one_again(rascunho: Solicitacao) -> None:
    representante = nomear(rascunho)
    for vez in ("0", "3", "3", "7"):
        avisar_representante(representante, vez)
    assert Mensagem.objects.count() == 3
    assert Convite.objects.count() == 1


def test_nobody_is_named_once_the_request_was_sent() -> None:
    pedido = pedidos.em_analise()
    with pytest.raises(NaoEditavel):
        nomear(pedido)
    assert pedidos.participante(pedido, PapelVinculo.REPRESENTANTE).nome != "Lia Indicada"


def convidar(solicitacao: Solicitacao, cpf: str, email: str = "ugo@example.org") -> Participante:
    return convidar_usuario(
        solicitacao,
        solicitacao.criada_por,
        cpf=cpf,
        nome="Ugo Convidado",
        email=email,
        chave_envio=uuid4(),
    )


def test_an_invited_person_without_account_gets_a_link(rascunho: Solicitacao) -> None:
    participante = convidar(rascunho, cpf_ficticio(900_002))
    assert participante.convite is not None
    assert participante.convite.motivo == Convite.Motivo.PARTICIPANTE
    mensagem = Mensagem.objects.get()
    assert (mensagem.tipo, mensagem.para) == ("convenentes.convite_para_preencher", "ugo@example.org")
    assert mensagem.contexto["convite"] == str(participante.convite.uuid)


def test_an_invited_person_with_account_enters_at_once(rascunho: Solicitacao) -> None:
    ugo = usuario(email="ugo@example.org")
    participante = convidar(rascunho, ugo.cpf)
    assert (participante.usuario, participante.convite) == (ugo, None)
    assert Mensagem.objects.get().para == ugo.email


@pytest.mark.parametrize("com_conta", [True, False])
def test_inviting_somebody_twice_is_once(rascunho: Solicitacao, com_conta: bool) -> None:
    cpf = usuario(email="ugo@example.org").cpf if com_conta else cpf_ficticio(900_003)
    assert convidar(rascunho, cpf) == convidar(rascunho, cpf)
    assert Mensagem.objects.count() == 1
    assert rascunho.eventos.filter(tipo="usuario_convidado").count() == 1


@pytest.mark.parametrize("conta", [None, "errado@example.org", "certo@example.org"])
def test_another_address_takes_the_place_of_the_one_before(rascunho: Solicitacao, conta: str | None) -> None:
    cpf = usuario(email=conta).cpf if conta else cpf_ficticio(900_006)
    convidar(rascunho, cpf, "errado@example.org")
    participante = convidar(rascunho, cpf, "certo@example.org")
    assert participante.email == "certo@example.org"
    assert (participante.usuario is not None) == (conta == "certo@example.org")
    assert [m.para for m in Mensagem.objects.order_by("pk")] == ["errado@example.org", "certo@example.org"]
    assert rascunho.participantes.filter(papel=PapelVinculo.USUARIO).count() == 1


def test_who_is_taken_out_takes_part_no_more(rascunho: Solicitacao) -> None:
    participante = convidar(rascunho, usuario().cpf)
    retirar_usuario(participante, rascunho.criada_por)
    assert not rascunho.participantes.filter(papel=PapelVinculo.USUARIO).exists()
    assert rascunho.eventos.get(tipo="usuario_retirado").dados == {"nome": "Ugo Convidado"}


def test_who_sets_the_password_finds_what_waited_for_the_cpf_and_the_address(rascunho: Solicitacao) -> None:
    outro, de_outro_endereco = fabricas.rascunho_de("uniao"), fabricas.rascunho_de("uniao")
    cpf = cpf_ficticio(900_004)
    convidado = convidar(rascunho, cpf)
    nomear(outro, cpf=cpf, email="Ugo@example.org")
    alheio = convidar(outro, cpf_ficticio(900_005))
    convidar(de_outro_endereco, cpf, "outro@example.org")
    assert convidado.convite is not None
    pessoa = definir_senha(convidado.convite, "uma senha bem comprida", ip=None, navegador="")
    assert {p.solicitacao for p in pessoa.participacoes.all()} == {rascunho, outro}
    alheio.refresh_from_db()
    assert alheio.usuario is None


def test_who_comes_after_the_approval_gets_the_link_of_the_others(rascunho: Solicitacao) -> None:
    convidado = convidar(rascunho, cpf_ficticio(900_004))
    registro = mundo.convenente()
    Solicitacao.objects.filter(pk=rascunho.pk).update(
        estado=Solicitacao.Estado.APROVADA,
        convenente=registro,
        protocolo="2026.000001",
        enviada_em=timezone.now(),
    )
    assert convidado.convite is not None
    pessoa = definir_senha(convidado.convite, "uma senha bem comprida", ip=None, navegador="")
    vinculo = pessoa.vinculos.get()
    assert (vinculo.convenente, vinculo.papel, vinculo.origem) == (registro, "usuario", rascunho)
    assert vinculo.periodo.upper is None


def test_nobody_learns_the_name_of_a_cpf_by_naming_it(rascunho: Solicitacao) -> None:
    dona = usuario(nome_civil="Nome Que Ninguém Digitou", email="lia@example.org")
    nomeada = nomear(rascunho, cpf=dona.cpf)
    assert nomeada.nome_a_mostrar == nomeada.nome != dona.nome
    rascunho.protocolo = "2026.000001"
    nomeada.solicitacao = rascunho
    assert nomeada.nome_a_mostrar == dona.nome

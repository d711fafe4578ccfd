"""People are invited, linked, unlinked and linked again; until they say yes, who invites learns nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas.convites import convidar as convidar_ao_portal
from contas.convites import definir_senha
from contas.fabricas import cpf_ficticio, usuario
from contas.models import Convite, Usuario
from convenentes import atualizacao, vinculacao
from convenentes.acesso import convenente_para, convite_para, solicitacao_para
from convenentes.models import Convenente, ConviteDeVinculo, PapelVinculo, Vinculo
from convenentes.participantes import convidar_usuario
from convenentes.vinculos import encerrar
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db
SENHA = "uma senha bem comprida"
CPF = cpf_ficticio(910_001)


@pytest.fixture
def lia() -> Usuario:
    return usuario(nome_civil="Lia Representante")


@pytest.fixture
def instituto(lia: Usuario) -> Convenente:
    return apoio.organizacao(lia)


def convidar(instituto: Convenente, por: Usuario, **campos: Any) -> ConviteDeVinculo:
    padrao: dict[str, Any] = {
        "papel": PapelVinculo.RESPONSAVEL,
        "cpf": CPF,
        "nome": "Rui Convidado",
        "email": "rui@example.org",
        "chave_envio": uuid4(),
    }
    return vinculacao.convidar(instituto, por, **(padrao | campos))


def responsavel(instituto: Convenente, **campos: Any) -> Vinculo:
    return apoio.vincular(instituto, usuario(**campos), PapelVinculo.RESPONSAVEL)


def atua(pessoa: Usuario, instituto: Convenente) -> bool:
    return Vinculo.objects.vigentes(hoje()).filter(usuario=pessoa, convenente=instituto).exists()


def recebidas(pessoa: Usuario) -> list[str]:
    return list(Mensagem.objects.filter(para=pessoa.email).order_by("pk").values_list("tipo", flat=True))


def test_who_has_no_account_acts_from_the_moment_the_password_is_set(
    lia: Usuario, instituto: Convenente
) -> None:
    convite = convidar(instituto, lia)
    mensagem = Mensagem.objects.get()
    assert (mensagem.tipo, mensagem.para) == ("convenentes.convite_de_vinculo", "rui@example.org")
    assert convite.convite is not None
    rui = definir_senha(convite.convite, SENHA, ip=None, navegador="")
    vinculo = rui.vinculos.get()
    assert (vinculo.convenente, vinculo.papel, vinculo.periodo.lower) == (instituto, "responsavel", hoje())
    evento = vinculo.eventos.get()
    assert (evento.por, evento.motivo) == (lia, "Aceitou o convite")
    convite.refresh_from_db()
    assert convite.vinculo == vinculo
    assert "convenentes.vinculo_novo" in recebidas(lia)


def test_who_has_an_account_acts_only_after_saying_yes(lia: Usuario, instituto: Convenente) -> None:
    rui = usuario()
    convite = convidar(instituto, lia, cpf=rui.cpf, email=rui.email.upper())
    assert recebidas(rui) == ["convenentes.convite_de_vinculo"]
    assert not Convite.objects.exists()
    assert not atua(rui, instituto)
    assert vinculacao.aceitar(convite, rui) == vinculacao.aceitar(convite, rui)
    assert atua(rui, instituto)
    assert recebidas(rui).count("convenentes.vinculo_novo") == 1


def test_an_account_with_the_cpf_and_another_address_gets_nothing(
    lia: Usuario, instituto: Convenente
) -> None:
    """Whoever registered somebody else's CPF first neither reads the invitation nor accepts it."""
    ladra = usuario(cpf=CPF)
    convite = convidar(instituto, lia)
    assert Mensagem.objects.get().para == "rui@example.org"
    with pytest.raises(Http404):
        convite_para(ladra, convite.uuid)


def test_an_account_born_of_another_link_answers_for_itself(lia: Usuario, instituto: Convenente) -> None:
    convite = convidar(instituto, lia)
    proprio = convidar_ao_portal(Convite.Motivo.NOVO_USUARIO, CPF, "Rui", "rui@example.org")
    rui = definir_senha(proprio, SENHA, ip=None, navegador="")
    assert not atua(rui, instituto)
    assert convite_para(rui, convite.uuid) == convite


def test_a_password_set_again_accepts_nothing(lia: Usuario, instituto: Convenente) -> None:
    rui = usuario()
    convidar(instituto, lia, cpf=rui.cpf, email=rui.email)
    volta = convidar_ao_portal(Convite.Motivo.RECUPERACAO, rui.cpf, rui.nome, rui.email, usuario=rui)
    definir_senha(volta, SENHA, ip=None, navegador="")
    assert not atua(rui, instituto)


@pytest.mark.parametrize("com_conta", [True, False])
def test_inviting_tells_nothing_of_the_cpf(lia: Usuario, instituto: Convenente, com_conta: bool) -> None:
    """What the representante can see is the same for a CPF with and without account."""
    if com_conta:
        usuario(cpf=CPF, nome_civil="Nome Que Ninguém Digitou", email="rui@example.org")
    convidar(instituto, lia)
    convite = instituto.convites.pendentes().get()
    assert (convite.nome, convite.email, convite.encerrado_em) == ("Rui Convidado", "rui@example.org", None)
    pagina = apoio.texto(apoio.entrar(lia).get(f"/organizacoes/{instituto.uuid}/pessoas/"))
    assert "Rui Convidado" in pagina
    assert "Ainda não aceitou" in pagina
    assert "Nome Que Ninguém Digitou" not in pagina


def test_the_same_form_is_one_invitation_and_a_corrected_one_takes_its_place(
    lia: Usuario, instituto: Convenente
) -> None:
    chave = UUID(int=1)
    primeiro = convidar(instituto, lia, email="errado@example.org", chave_envio=chave)
    assert convidar(instituto, lia, email="errado@example.org", chave_envio=chave) == primeiro
    certo = convidar(instituto, lia, chave_envio=chave)
    assert instituto.convites.pendentes().get() == certo
    assert [m.para for m in Mensagem.objects.order_by("pk")] == ["errado@example.org", "rui@example.org"]
    assert primeiro.convite is not None
    pessoa = definir_senha(primeiro.convite, SENHA, ip=None, navegador="")
    assert not atua(pessoa, instituto)


def test_who_acts_already_is_not_invited(lia: Usuario, instituto: Convenente) -> None:
    vinculo = responsavel(instituto)
    with pytest.raises(vinculacao.JaAtua, match="responsável pelas informações"):
        convidar(instituto, lia, cpf=vinculo.usuario.cpf)
    assert not ConviteDeVinculo.objects.exists()


def test_an_invitation_is_mailed_again_once_a_day(lia: Usuario, instituto: Convenente) -> None:
    convite = convidar(instituto, lia)
    for _ in range(2):
        vinculacao.reenviar(convite, lia)
    assert Mensagem.objects.filter(para="rui@example.org").count() == 2
    assert Convite.objects.count() == 1


def test_who_made_an_account_meanwhile_is_reminded_to_sign_in(lia: Usuario, instituto: Convenente) -> None:
    convite = convidar(instituto, lia)
    usuario(cpf=CPF, email="rui@example.org")
    vinculacao.reenviar(convite, lia)
    ultima = Mensagem.objects.latest("pk")
    assert "convite" not in ultima.contexto


def test_an_invitation_taken_back_is_worth_nothing(lia: Usuario, instituto: Convenente) -> None:
    convite = convidar(instituto, lia)
    vinculacao.dispensar(convite)
    vinculacao.reenviar(convite, lia)
    assert Mensagem.objects.count() == 1
    with pytest.raises(vinculacao.ConviteSemValor, match="cancelado"):
        vinculacao.aceitar(convite, usuario())
    assert convite.convite is not None
    assert not atua(definir_senha(convite.convite, SENHA, ip=None, navegador=""), instituto)


def test_the_word_of_who_represents_no_more_is_worth_nothing(lia: Usuario, instituto: Convenente) -> None:
    rui, sucessora = usuario(), usuario()
    convite = convidar(instituto, lia, cpf=rui.cpf, email=rui.email)
    sem_conta = convidar(instituto, lia)
    encerrar(lia.vinculos.get(), por=None, desde=hoje())
    with pytest.raises(vinculacao.ConviteSemValor, match="não é mais representante"):
        vinculacao.aceitar(convite, rui)
    assert sem_conta.convite is not None
    assert not atua(definir_senha(sem_conta.convite, SENHA, ip=None, navegador=""), instituto)
    Vinculo.objects.create(
        usuario=sucessora, convenente=instituto, papel="representante", periodo=(hoje(), None)
    )
    vinculacao.reenviar(convite, sucessora)
    convite.refresh_from_db()
    assert vinculacao.aceitar(convite, rui).usuario == rui


def test_a_removed_person_is_an_outsider_and_is_told_why_and_who_stays_is_told_too(
    lia: Usuario, instituto: Convenente
) -> None:
    vinculo = responsavel(instituto)
    rita = vinculo.usuario
    assert convenente_para(rita, instituto.uuid, hoje()) == instituto
    for _ in range(2):
        vinculacao.desvincular(vinculo, lia, "Mudou de setor")
    with pytest.raises(Http404):
        convenente_para(rita, instituto.uuid, hoje())
    assert vinculo.eventos.get().motivo == "Mudou de setor"
    assert recebidas(rita) == recebidas(lia) == ["convenentes.vinculo_encerrado"]
    da_lia, da_rita = Mensagem.objects.get(para=lia.email), Mensagem.objects.get(para=rita.email)
    assert (da_lia.contexto["so_uma"], da_lia.contexto["propria"]) == (True, False)
    assert (da_rita.contexto["so_uma"], da_rita.contexto["propria"]) == (False, True)


def test_two_who_stay_are_not_asked_to_include_somebody(lia: Usuario, instituto: Convenente) -> None:
    responsavel(instituto)
    vinculacao.desvincular(responsavel(instituto), lia, "Saiu")
    assert not any(m.contexto["so_uma"] for m in Mensagem.objects.all())


def test_a_blocked_account_is_told_nothing_and_cares_for_nothing(lia: Usuario, instituto: Convenente) -> None:
    bloqueada = responsavel(instituto, is_active=False).usuario
    vinculacao.desvincular(responsavel(instituto), lia, "Saiu")
    assert recebidas(bloqueada) == []
    assert Mensagem.objects.get(para=lia.email).contexto["so_uma"] is True


def test_somebody_unlinked_is_linked_again_with_a_reason_once(lia: Usuario, instituto: Convenente) -> None:
    vinculo = responsavel(instituto)
    vinculacao.desvincular(vinculo, lia, "Férias")
    novo = vinculacao.religar(vinculo, lia, "Voltou")
    assert vinculacao.religar(vinculo, lia, "Voltou") == novo
    assert atua(vinculo.usuario, instituto)
    assert (novo.papel, novo.eventos.get().motivo) == (PapelVinculo.RESPONSAVEL, "Voltou")
    assert recebidas(vinculo.usuario) == ["convenentes.vinculo_encerrado", "convenentes.vinculo_novo"]


def test_who_is_unlinked_loses_the_requests_where_somebody_let_him_help(
    lia: Usuario, instituto: Convenente
) -> None:
    pedido = atualizacao.iniciar_documentos(instituto, lia, uuid4())
    vinculo = responsavel(instituto)
    ugo, avulso = vinculo.usuario, usuario()
    for pessoa in (ugo, avulso):
        convidar_usuario(
            pedido, lia, cpf=pessoa.cpf, nome=pessoa.nome, email=pessoa.email, chave_envio=uuid4()
        )
    vinculacao.desvincular(vinculo, lia, "Saiu")
    with pytest.raises(Http404):
        solicitacao_para(ugo, pedido.uuid, hoje())
    assert solicitacao_para(avulso, pedido.uuid, hoje()) == pedido
    assert pedido.eventos.filter(tipo="usuario_retirado").count() == 1


def test_who_keeps_another_role_keeps_the_requests(lia: Usuario, instituto: Convenente) -> None:
    pedido = atualizacao.iniciar_documentos(instituto, lia, uuid4())
    vinculo = apoio.vincular(instituto, lia, PapelVinculo.RESPONSAVEL)
    apoio.participar(pedido, lia, PapelVinculo.RESPONSAVEL)
    vinculacao.desvincular(vinculo, lia)
    assert pedido.participantes.filter(usuario=lia).exists()


def test_the_own_unsent_inscription_stays_with_who_began_it(lia: Usuario, instituto: Convenente) -> None:
    vinculo = responsavel(instituto)
    rascunho = apoio.nova_inscricao(vinculo.usuario)
    vinculacao.desvincular(vinculo, lia, "Saiu")
    assert solicitacao_para(vinculo.usuario, rascunho.uuid, hoje()) == rascunho


def test_the_link_of_the_day_before_stays_in_the_history(lia: Usuario, instituto: Convenente) -> None:
    vinculo = responsavel(instituto)
    vinculacao.desvincular(vinculo, lia, "Saiu")
    vinculo.refresh_from_db()
    assert vinculo.ultimo_dia == hoje() - timedelta(days=1)

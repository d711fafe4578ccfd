"""The people of an organisation: who sees them, who manages them, and what an invited person answers."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import vinculacao
from convenentes.models import Convenente, ConviteDeVinculo, EventoVinculo, PapelVinculo, Vinculo
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


@pytest.fixture
def lia() -> Usuario:
    return apoio.pessoa(2, "Lia Representante")


@pytest.fixture
def rita() -> Usuario:
    return apoio.pessoa(1, "Rita Responsável")


@pytest.fixture
def instituto(lia: Usuario, rita: Usuario) -> Convenente:
    convenente = apoio.organizacao(lia)
    apoio.vincular(convenente, rita, PapelVinculo.RESPONSAVEL)
    return convenente


def _endereco(convenente: Convenente) -> str:
    return reverse("equipe", args=[convenente.uuid])


def _convite(**campos: str) -> dict[str, str]:
    return {
        "cpf": apoio.cpf(60),
        "nome": "Bia Convidada",
        "email": "bia@exemplo.org.br",
        "papel": "responsavel",
        "chave_envio": str(uuid4()),
        **campos,
    }


def _vinculo(pessoa: Usuario) -> Vinculo:
    return Vinculo.objects.get(usuario=pessoa)


def _acao(nome: str, vinculo: Vinculo) -> str:
    return reverse(nome, args=[vinculo.convenente.uuid, vinculo.uuid])


def test_the_representante_invites_once_whatever_the_clicks(lia: Usuario, instituto: Convenente) -> None:
    cliente, convite = apoio.entrar(lia), _convite()
    for _ in range(2):
        resposta = cliente.post(_endereco(instituto), convite, follow=True)
    assert "Convite enviado para bia@exemplo.org.br" in apoio.texto(resposta)
    assert "Convites sem resposta" in apoio.texto(resposta)
    assert Mensagem.objects.count() == ConviteDeVinculo.objects.count() == 1


@pytest.mark.parametrize(
    ("campo", "valor"),
    [("cpf", "1"), ("nome", ""), ("email", "x"), ("papel", ""), ("papel", "representante")],
)
def test_a_wrong_invitation_stays_on_the_page_with_what_was_typed(
    lia: Usuario, instituto: Convenente, campo: str, valor: str
) -> None:
    resposta = apoio.entrar(lia).post(_endereco(instituto), _convite(**{campo: valor}))
    assert campo in resposta.context["form"].errors
    assert "Convidada" in apoio.texto(resposta) or campo == "nome"
    assert not Mensagem.objects.exists()


def test_who_acts_already_is_named_as_the_problem(lia: Usuario, rita: Usuario, instituto: Convenente) -> None:
    resposta = apoio.entrar(lia).post(_endereco(instituto), _convite(cpf=rita.cpf))
    assert "Esta pessoa já atua por esta organização" in apoio.texto(resposta)


def test_nobody_invites_by_the_hundred(lia: Usuario, instituto: Convenente, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "convidar": "1/h/user"}
    cliente = apoio.entrar(lia)
    for numero in (60, 61):
        resposta = cliente.post(_endereco(instituto), _convite(cpf=apoio.cpf(numero)))
    assert "Aguarde alguns minutos" in apoio.texto(resposta)
    assert Mensagem.objects.count() == 1


def test_a_responsavel_sees_everything_and_changes_nothing(rita: Usuario, instituto: Convenente) -> None:
    convite = _convidar(instituto)
    cliente = apoio.entrar(rita)
    pagina = apoio.texto(cliente.get(_endereco(instituto)))
    assert "Bia Convidada" in pagina
    assert "Histórico" in pagina
    assert "Convidar uma pessoa" not in pagina
    assert cliente.post(_endereco(instituto), _convite()).status_code == 403
    for nome in ("equipe_reenviar", "equipe_cancelar"):
        assert cliente.post(reverse(nome, args=[instituto.uuid, convite.uuid])).status_code == 403
    assert instituto.convites.pendentes().get() == convite


def test_a_usuario_sees_who_acts_and_no_cpf_nor_history(instituto: Convenente) -> None:
    ugo = apoio.pessoa(3, "Ugo Usuário")
    apoio.vincular(instituto, ugo, PapelVinculo.USUARIO)
    _convidar(instituto)
    pagina = apoio.texto(apoio.entrar(ugo).get(_endereco(instituto)))
    assert "Lia Representante" in pagina
    for segredo in ("CPF ***", "Histórico", "Bia Convidada"):
        assert segredo not in pagina


def _convidar(convenente: Convenente, **campos: str) -> ConviteDeVinculo:
    representante = convenente.vinculos.get(papel=PapelVinculo.REPRESENTANTE).usuario
    dados = {**_convite(**campos), "chave_envio": uuid4()}
    return vinculacao.convidar(convenente, representante, **dados)  # type: ignore[arg-type]


def test_an_invitation_is_mailed_again_or_cancelled_by_a_button(lia: Usuario, instituto: Convenente) -> None:
    convite, cliente = _convidar(instituto), apoio.entrar(lia)
    reenviar = reverse("equipe_reenviar", args=[instituto.uuid, convite.uuid])
    cancelar = reverse("equipe_cancelar", args=[instituto.uuid, convite.uuid])
    assert "Convite enviado" in apoio.texto(cliente.post(reenviar, follow=True))
    assert Mensagem.objects.count() == 2
    assert "foi cancelado" in apoio.texto(cliente.post(cancelar, follow=True))
    assert not instituto.convites.pendentes().exists()


def test_an_invitation_of_another_organisation_is_not_there(lia: Usuario, instituto: Convenente) -> None:
    alheio = _convidar(apoio.organizacao(apoio.pessoa(9, "Outra Pessoa"), 77888999))
    endereco = reverse("equipe_cancelar", args=[instituto.uuid, alheio.uuid])
    assert apoio.entrar(lia).post(endereco).status_code == 404


def test_unlinking_asks_for_a_reason(lia: Usuario, rita: Usuario, instituto: Convenente) -> None:
    cliente, endereco = apoio.entrar(lia), _acao("equipe_desvincular", _vinculo(rita))
    assert "Desvincular Rita Responsável?" in apoio.texto(cliente.get(endereco))
    assert "motivo" in cliente.post(endereco).context["form"].errors
    pagina = apoio.texto(cliente.post(endereco, {"motivo": "Mudou de setor"}, follow=True))
    assert "Rita Responsável não atua mais" in pagina
    assert "Mudou de setor" in pagina
    assert "Já atuaram" in pagina


def test_who_is_removed_while_signed_in_is_an_outsider_on_the_next_click(
    lia: Usuario, rita: Usuario, instituto: Convenente
) -> None:
    da_rita = apoio.entrar(rita)
    pagina = reverse("organizacao", args=[instituto.uuid])
    assert da_rita.get(pagina).status_code == 200
    apoio.entrar(lia).post(_acao("equipe_desvincular", _vinculo(rita)), {"motivo": "Saiu"})
    assert da_rita.get(pagina).status_code == 404
    assert instituto.razao_social not in apoio.texto(da_rita.get(reverse("painel")))


def test_a_responsavel_leaves_without_giving_a_reason_and_reads_so_on_the_panel(
    rita: Usuario, instituto: Convenente
) -> None:
    cliente, endereco = apoio.entrar(rita), _acao("equipe_desvincular", _vinculo(rita))
    assert "Deixar de atuar por Instituto Exemplo?" in apoio.texto(cliente.get(endereco))
    resposta = cliente.post(endereco, follow=True)
    assert resposta.redirect_chain == [(reverse("painel"), 302)]
    assert "Você não atua mais por Instituto Exemplo" in apoio.texto(resposta)


def test_nobody_ends_the_link_of_the_representante_here(
    lia: Usuario, rita: Usuario, instituto: Convenente
) -> None:
    for pessoa in (lia, rita):
        endereco = _acao("equipe_desvincular", _vinculo(lia))
        assert apoio.entrar(pessoa).post(endereco, {"motivo": "x"}).status_code == 404


def test_somebody_who_left_is_linked_again(lia: Usuario, rita: Usuario, instituto: Convenente) -> None:
    cliente, vinculo = apoio.entrar(lia), _vinculo(rita)
    cliente.post(_acao("equipe_desvincular", vinculo), {"motivo": "Férias"})
    endereco = _acao("equipe_religar", vinculo)
    assert "Vincular Rita Responsável de novo?" in apoio.texto(cliente.get(endereco))
    pagina = apoio.texto(cliente.post(endereco, {"motivo": "Voltou"}, follow=True))
    assert "Rita Responsável voltou a atuar" in pagina
    assert "Já atuaram" not in pagina
    assert Vinculo.objects.vigentes(hoje()).filter(usuario=rita).exists()


def test_the_history_says_who_when_and_why(lia: Usuario, rita: Usuario, instituto: Convenente) -> None:
    equipe_cagec = apoio.pessoa(8, "Alda Analista")
    equipe_cagec.is_staff = True
    equipe_cagec.save()
    vinculo = _vinculo(rita)
    vinculacao.desvincular(vinculo, lia, "Mudou de setor")
    vinculacao.desvincular(vinculacao.religar(vinculo, lia, "Voltou"), equipe_cagec, "Ofício 12")
    resposta = apoio.entrar(lia).get(_endereco(instituto))
    linhas = [(e.tipo, autor, e.motivo) for e, _, autor in resposta.context["historico"]]
    assert linhas == [
        ("encerrado", "Equipe CAGEC", "Ofício 12"),
        ("ligado", "Lia Representante", "Voltou"),
        ("encerrado", "Lia Representante", "Mudou de setor"),
    ]


def test_the_history_tells_the_start_of_a_period_from_an_end(lia: Usuario, instituto: Convenente) -> None:
    for tipo in EventoVinculo.Tipo.values:
        EventoVinculo.objects.create(vinculo=_vinculo(lia), tipo=tipo)
    pagina = apoio.texto(apoio.entrar(lia).get(_endereco(instituto)))
    for mudanca in ("passa a atuar", "começou a atuar", "deixa de atuar"):
        assert pagina.count(f"Lia Representante {mudanca} como representante legal") == 1


def test_a_person_alone_is_asked_to_include_somebody(
    lia: Usuario, rita: Usuario, instituto: Convenente
) -> None:
    cliente = apoio.entrar(lia)
    paginas = [reverse("painel"), _endereco(instituto), reverse("organizacao", args=[instituto.uuid])]
    assert not any("Só você cuida deste cadastro" in apoio.texto(cliente.get(p)) for p in paginas)
    vinculacao.desvincular(_vinculo(rita), rita)
    assert all("Só você cuida deste cadastro" in apoio.texto(cliente.get(p)) for p in paginas)


def _bia(convenente: Convenente) -> tuple[ConviteDeVinculo, Client]:
    bia = apoio.pessoa(60, "Bia Que Tem Conta")
    return _convidar(convenente, cpf=bia.cpf, email=bia.email), apoio.entrar(bia)


def test_an_invited_person_accepts_on_the_panel(instituto: Convenente) -> None:
    convite, cliente = _bia(instituto)
    pagina = apoio.texto(cliente.get(reverse("painel")))
    assert "Lia Representante convidou você para atuar como responsável pelas informações" in pagina
    aceitar = reverse("convite_aceitar", args=[convite.uuid])
    assert cliente.get(aceitar)["Location"] == reverse("painel")
    for _ in range(2):
        resposta = cliente.post(aceitar, follow=True)
    assert "Agora você atua por Instituto Exemplo" in apoio.texto(resposta)
    assert "Você age por: <strong>Instituto Exemplo</strong>" in apoio.texto(resposta)


def test_an_invited_person_may_refuse(instituto: Convenente) -> None:
    convite, cliente = _bia(instituto)
    pagina = apoio.texto(cliente.post(reverse("convite_recusar", args=[convite.uuid]), follow=True))
    assert "Você recusou o convite" in pagina
    resposta = cliente.post(reverse("convite_aceitar", args=[convite.uuid]), follow=True)
    assert "Este convite foi cancelado ou substituído" in apoio.texto(resposta)
    assert not convite.convenente.vinculos.filter(usuario__cpf=convite.cpf).exists()


def test_the_page_has_a_constant_number_of_queries(lia: Usuario, instituto: Convenente) -> None:
    cliente = apoio.entrar(lia)

    def contar() -> int:
        with CaptureQueriesContext(connection) as consultas:
            assert cliente.get(_endereco(instituto)).status_code == 200
        return len(consultas)

    def mais(numero: int) -> None:
        pessoa = apoio.pessoa(numero, "Mais Uma")
        vinculo = apoio.vincular(instituto, pessoa, PapelVinculo.RESPONSAVEL)
        vinculacao.desvincular(vinculo, lia, "Saiu")
        apoio.vincular(instituto, apoio.pessoa(numero + 1, "Outra"), PapelVinculo.USUARIO)
        _convidar(instituto, cpf=apoio.cpf(numero + 2))

    mais(100)
    contar()
    uma = contar()
    for numero in (110, 120, 130):
        mais(numero)
    assert contar() == uma


def test_the_history_is_paged(lia: Usuario, rita: Usuario, instituto: Convenente) -> None:
    vinculo = _vinculo(rita)
    for _ in range(11):
        vinculacao.desvincular(vinculo, lia, "Sai")
        vinculo = vinculacao.religar(vinculo, lia, "Volta")
    resposta = apoio.entrar(lia).get(_endereco(instituto), {"pagina": "2"})
    assert len(resposta.context["historico"]) == 2

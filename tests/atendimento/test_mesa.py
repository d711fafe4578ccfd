"""The desk: queue, thread, answers, notes, actions, joining, statistics."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from atendimento import chamados, fabricas, mesa
from atendimento.admin.estatisticas import por_categoria
from atendimento.eventos import historico
from atendimento.models import Categoria, Chamado, RespostaPronta
from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas.fabricas import convite, cpf_ficticio, usuario
from convenentes import fabricas as do_cadastro

pytestmark = pytest.mark.django_db
FILA = "admin:atendimento_chamado_changelist"
Estado = Chamado.Estado


@pytest.fixture
def equipe(client: Client, atendente: Any) -> Client:
    client.force_login(atendente)
    return client


def agir(equipe: Client, chamado: Chamado, acao: str, **campos: Any) -> str:
    envio = {"acao": acao, "chave_envio": uuid4(), "como": "responder", **campos}
    resposta = equipe.post(reverse("admin:atender", args=[chamado.uuid]), envio, follow=True)
    chamado.refresh_from_db()
    return resposta.content.decode()


def numeros(equipe: Client, fila: str = "") -> list[int]:
    resposta = equipe.get(reverse(FILA), {"fila": fila} if fila else {})
    return [chamado.numero for chamado in resposta.context["cl"].result_list]


def test_the_queue_shows_what_waits_for_the_team_the_latest_first(equipe: Client, atendente: Any) -> None:
    urgente, comum = fabricas.chamado(categoria=Categoria.ACESSO), fabricas.chamado(assunto="Comum")
    respondido, atrasado = fabricas.chamado(assunto="Respondido"), fabricas.chamado(assunto="Atrasado")
    mesa.responder(respondido, atendente, "Pronto.", chave_envio=uuid4())
    mesa.assumir(comum, atendente)
    Chamado.objects.filter(pk=atrasado.pk).update(prazo=hoje() - timedelta(days=1))
    assert numeros(equipe) == [atrasado.numero, urgente.numero, comum.numero]
    assert numeros(equipe, "meus") == [comum.numero]
    assert numeros(equipe, "livres") == [atrasado.numero, urgente.numero]
    assert numeros(equipe, "atrasados") == [atrasado.numero]
    assert numeros(equipe, "pessoa") == [respondido.numero]
    assert len(numeros(equipe, "todos")) == 4


def test_queue_and_thread_cost_the_same_however_much_there_is(equipe: Client, atendente: Any) -> None:
    pessoa = usuario()
    alvo = fabricas.chamado(pessoa)
    custos = []
    equipe.get(reverse(FILA))  # what is read once per process and session
    for quantos in (1, 6):
        for n in range(quantos):
            fabricas.chamado(pessoa, assunto=f"Outro {quantos} {n}")
            mesa.anotar(alvo, atendente, f"Nota {quantos} {n}", chave_envio=uuid4())
        with CaptureQueriesContext(connection) as consultas:
            equipe.get(reverse(FILA))
            equipe.get(reverse("admin:atender", args=[alvo.uuid]))
        custos.append(len(consultas))
    assert custos[0] == custos[1]


def test_an_answer_takes_the_request_and_is_mailed_once(equipe: Client, atendente: Any, correio: Any) -> None:
    chamado = fabricas.chamado()
    chave = uuid4()
    for _ in range(2):
        assert "Resposta a caminho" in agir(
            equipe, chamado, "escrever", texto="Tente agora.", chave_envio=chave
        )
    assert (chamado.estado, chamado.atendente, chamado.prazo) == (Estado.RESPONDIDO, atendente, None)
    _recebido, resposta = correio(chamado.email)
    assert "Tente agora." in resposta.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("como", "estado"), [("perguntar", Estado.AGUARDANDO_USUARIO), ("encerrar", Estado.ENCERRADO)]
)
def test_an_answer_may_ask_or_close(equipe: Client, como: str, estado: str) -> None:
    chamado = fabricas.chamado()
    agir(equipe, chamado, "escrever", texto="Certo.", como=como)
    assert chamado.estado == estado


def test_a_note_is_mailed_to_nobody_and_changes_nothing(equipe: Client) -> None:
    chamado = fabricas.chamado()
    antes = Mensagem.objects.count()
    agir(equipe, chamado, "escrever", texto="Conferir com a Ana", como="anotar")
    assert (chamado.estado, Mensagem.objects.count()) == (Estado.ABERTO, antes)
    assert chamado.mensagens.get(interna=True).texto == "Conferir com a Ana"


def test_what_was_typed_stays_when_a_file_is_refused(equipe: Client) -> None:
    from documentos.fabricas import enviado

    chamado = fabricas.chamado()
    pagina = agir(equipe, chamado, "escrever", texto="Segue o modelo", arquivos=enviado("m.doc", b"x"))
    assert "Segue o modelo" in pagina
    assert not chamado.mensagens.filter(da_equipe=True).exists()


def test_a_canned_answer_comes_with_the_data_of_the_request(equipe: Client, atendente: Any) -> None:
    convenente = do_cadastro.convenente_ativo("uniao", hoje(), atendente)
    chamado = fabricas.chamado(usuario(nome_social="Bia"), convenente=convenente)
    texto = "{nome}, {organizacao} ({cnpj}), chamado {numero}: {outra}"
    pronta = RespostaPronta.objects.create(titulo="Teste", texto=texto)
    pagina = equipe.get(reverse("admin:atender", args=[chamado.uuid]), {"pronta": pronta.pk})
    esperado = (
        f"Bia, {convenente.razao_social} ({convenente.cnpj_formatado}), chamado {chamado.numero}: {{outra}}"
    )
    assert pagina.context["resposta"].initial["texto"] == esperado


def test_classifying_gives_the_deadline_and_the_organisation_of_the_subject(
    equipe: Client, atendente: Any
) -> None:
    convenente = do_cadastro.convenente_ativo("uniao", hoje(), atendente)
    chamado = fabricas.chamado(categoria=Categoria.OUTRO)
    antes = chamado.prazo
    assert "Nenhuma organização" in agir(equipe, chamado, "classificar", categoria="acesso", cnpj="1")
    agir(equipe, chamado, "classificar", categoria="acesso", cnpj=convenente.cnpj_formatado)
    assert (chamado.categoria, chamado.convenente) == (Categoria.ACESSO, convenente)
    assert antes is not None
    assert chamado.prazo is not None
    assert chamado.prazo < antes


def test_a_link_goes_to_the_address_of_the_account_and_never_to_that_of_the_request(equipe: Client) -> None:
    pessoa = usuario()
    chamado = fabricas.chamado(email="golpista@example.org")
    Chamado.objects.filter(pk=chamado.pk).update(cpf=pessoa.cpf)
    assert "Link a caminho" in agir(equipe, chamado, "enviar_link")
    assert list(Mensagem.objects.filter(tipo="contas.recuperacao").values_list("para", flat=True)) == [
        pessoa.email
    ]


def test_the_link_of_an_invitation_is_sent_again(equipe: Client) -> None:
    pendente = convite()
    chamado = fabricas.chamado()
    Chamado.objects.filter(pk=chamado.pk).update(cpf=pendente.cpf)
    agir(equipe, chamado, "enviar_link")
    assert Mensagem.objects.filter(tipo="contas.convite", para=pendente.email).exists()


def test_who_is_not_known_gets_no_link(equipe: Client) -> None:
    assert "Não há conta nem convite" in agir(equipe, fabricas.chamado(), "enviar_link")


def test_the_team_unblocks_an_account(equipe: Client) -> None:
    pessoa = usuario()
    for _ in range(6):
        Client().post(reverse("account_login"), {"login": pessoa.cpf, "password": "errada"})
    chamado = fabricas.chamado(pessoa)
    assert "desbloqueada" in agir(equipe, chamado, "desbloquear")
    from contas.fabricas import SENHA

    entrada = Client().post(reverse("account_login"), {"login": pessoa.cpf, "password": SENHA})
    assert entrada.status_code == 302


def test_a_lost_address_is_changed_with_proofs_only(equipe: Client) -> None:
    pessoa = usuario()
    chamado = fabricas.chamado(pessoa)
    agir(equipe, chamado, "pedir_provas")
    assert reverse("pedido_de_identidade") in chamado.mensagens.latest("pk").texto
    pessoa.refresh_from_db()
    assert chamado.estado == Estado.AGUARDANDO_USUARIO


def test_two_requests_of_one_person_become_one_thread(equipe: Client, client: Client) -> None:
    pessoa = usuario()
    este, outro = (
        fabricas.chamado(pessoa),
        fabricas.chamado(pessoa, assunto="O mesmo", escrito=fabricas.escrito("2ª")),
    )
    agir(equipe, este, "juntar", numero=outro.numero)
    assert (este.juntado_a, este.estado) == (outro, Estado.ENCERRADO)
    for um, leva_a in ((este, outro), (outro, este)):
        tela = equipe.get(reverse("admin:atender", args=[um.uuid])).content.decode()
        assert (
            f'<a href="{reverse("admin:atender", args=[leva_a.uuid])}">chamado nº {leva_a.numero}</a>' in tela
        )
        assert "Não consigo enviar o documento." in tela
    assert Mensagem.objects.filter(tipo="atendimento.juntado", para=pessoa.email).exists()


def test_nothing_is_offered_for_an_account_that_does_not_exist(equipe: Client) -> None:
    tela = equipe.get(reverse("admin:atender", args=[fabricas.chamado().uuid])).content.decode()
    for ausente in ("<dt>CPF</dt>", "Enviar link de acesso", "Desbloquear a entrada"):
        assert ausente not in tela
    assert "Encerrar sem responder" in tela


def test_requests_of_two_persons_are_never_joined(equipe: Client) -> None:
    este = fabricas.chamado(usuario())
    for alheio in (fabricas.chamado(usuario()), fabricas.chamado(email="x@example.org")):
        assert "mesma pessoa" in agir(equipe, este, "juntar", numero=alheio.numero)
        assert este.juntado_a is None


def test_an_address_that_nobody_confirmed_joins_nothing(equipe: Client) -> None:
    este, outro = fabricas.chamado(), fabricas.chamado(assunto="Outro")
    assert "mesma pessoa" in agir(equipe, este, "juntar", numero=outro.numero)


def test_statistics_count_by_category_and_time(equipe: Client, atendente: Any) -> None:
    respondido = fabricas.chamado(categoria=Categoria.ACESSO)
    Chamado.objects.update(criado_em=respondido.criado_em - timedelta(days=2))
    mesa.responder(respondido, atendente, "Pronto.", chave_envio=uuid4(), encerra=True)
    chamados.avaliar(respondido, 4, "", None)
    fabricas.chamado(categoria=Categoria.ACESSO, assunto="Outro")
    antigo = fabricas.chamado(assunto="Antigo")
    Chamado.objects.filter(pk=antigo.pk).update(criado_em=antigo.criado_em - timedelta(days=31))
    linha, todos = por_categoria(30)
    assert {**linha, **todos} == {**linha, "nome": "Todos os assuntos"}, "all are of one category"
    assert (linha["total"], linha["abertos"], linha["media"], linha["notas"]) == (2, 1, 4, 1)
    assert round(linha["resposta"]) == 2
    assert [linha["total"] for linha in por_categoria(90)] == [2, 1, 3]
    assert "Acesso e senha" in equipe.get(reverse("admin:estatisticas_do_atendimento")).content.decode()


def test_who_only_looks_does_nothing(client: Client) -> None:
    from django.contrib.auth.models import Permission

    so_ve = usuario(is_staff=True)
    so_ve.user_permissions.add(Permission.objects.get(codename="view_chamado"))
    client.force_login(so_ve)
    chamado = fabricas.chamado(email=f"{cpf_ficticio(5)}@example.org")
    endereco = reverse("admin:atender", args=[chamado.uuid])
    assert client.get(endereco).status_code == 200
    assert client.post(endereco, {"acao": "assumir"}).status_code == 403


def test_a_closed_request_gets_no_answer_and_what_was_written_can_be_kept_as_a_note(equipe: Client) -> None:
    chamado = fabricas.chamado()
    chamados.encerrar(chamado, None)
    tela = agir(equipe, chamado, "escrever", texto="Já corrigimos.")
    assert "aqui só cabe uma nota interna" in tela
    assert "Já corrigimos." in tela
    assert chamado.mensagens.count() == 1
    assert "Nota guardada" in agir(equipe, chamado, "escrever", texto="Já corrigimos.", como="anotar")


def test_the_history_says_what_happened_in_words(equipe: Client, atendente: Any) -> None:
    chamado = fabricas.chamado(usuario())
    for acao in ("assumir", "desbloquear"):
        agir(equipe, chamado, acao)
    mesa.responder(chamado, atendente, "Qual navegador?", chave_envio=uuid4(), pergunta=True)
    mesa.classificar(chamado, atendente, Categoria.ACESSO, None)
    mesa.juntar(fabricas.chamado(chamado.usuario, assunto="O mesmo"), chamado, atendente)
    mesa.responder(chamado, atendente, "Pronto.", chave_envio=uuid4(), encerra=True)
    chamados.avaliar(chamado, 5, "", None)
    chamados.escrever(chamado, fabricas.escrito("Voltou"), None)
    registrados = set(chamado.eventos.values_list("tipo", flat=True))
    assert len(registrados) == 10
    descricoes = [descricao for _, descricao in historico(chamado)]
    assert descricoes[:3] == ["Chamado aberto", "Assumido", "Entrada desbloqueada"]
    tela = equipe.get(reverse("admin:atender", args=[chamado.uuid])).content.decode()
    assert all(descricao in tela for descricao in descricoes)

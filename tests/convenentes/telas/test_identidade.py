"""The pages of the own identity papers, and who is offered what of the papers of others."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cagec.tempo import hoje
from contas.fabricas import usuario
from contas.grupos import incluir_na_equipe
from contas.models import Usuario
from convenentes import atualizacao, fabricas, identidade, vinculos
from convenentes.models import ItemSolicitacao, PapelVinculo, Solicitacao
from documentos.models import Documento, Exigencia
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db
PAGINA = "/minha-conta/identidade/"


@pytest.fixture
def dona() -> Usuario:
    return usuario(nome_civil="Dona Fictícia")


def _le(pessoa: Usuario, documento: Documento | None) -> bool:
    assert documento is not None
    endereco = reverse("arquivo", args=[documento.arquivos.get().uuid])
    resposta = apoio.entrar(pessoa).get(endereco)
    b"".join(resposta)
    return resposta.status_code == 200


def _rascunho(por: Usuario, representante: Usuario) -> Solicitacao:
    rascunho = fabricas.rascunho_de("uniao", responsavel=por)
    fabricas.nomear(rascunho, representante, hoje())
    rascunho.refresh_from_db()
    return rascunho


def _anexado(rascunho: Solicitacao, codigo: str, quem: Usuario) -> ItemSolicitacao:
    fabricas.anexar(item_de(rascunho, codigo), quem, hoje())
    return item_de(rascunho, codigo)


def test_who_sent_nothing_yet_is_told_when_it_will_be_asked(dona: Usuario) -> None:
    pagina = apoio.texto(apoio.entrar(dona).get(PAGINA))
    assert pagina.count("Não apresentado") == 4
    assert "Você envia estes documentos quando representa uma organização" in pagina


def test_the_page_shows_state_validity_file_and_whom_it_serves(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    documento = pedidos.papel_aceito(dona, "rl_identidade", convenente)
    pagina = apoio.texto(apoio.entrar(dona).get(PAGINA))
    ate = convenente.vinculos.get().mandato_ate
    assert f"Conferido em {hoje():%d/%m/%Y}, vale até {ate:%d/%m/%Y}." in pagina
    assert reverse("arquivo", args=[documento.arquivos.get().uuid]) in pagina
    assert f"Organizações que você representa (1)</summary> <ul><li>{convenente.razao_social}</li>" in pagina
    assert pagina.count("Não apresentado") == 3


def test_the_button_opens_the_request_that_sends_another(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    pedidos.papel_aceito(dona, "rl_selfie", convenente)
    cliente = apoio.entrar(dona)
    assert 'Trocar<span class="so-leitor"> Autorretrato' in apoio.texto(cliente.get(PAGINA))
    pagina = apoio.texto(cliente.post(reverse("resolver", args=[convenente.uuid, "rl_selfie"]), follow=True))
    assert "Autorretrato com documento de identificação" in pagina
    assert "O que está na solicitação" not in pagina


@pytest.mark.parametrize(
    ("situacao", "selo"),
    [("em_analise", "Em análise"), ("recusado", "Recusado: envie outro"), ("vencido", "Venceu: envie outro")],
)
def test_each_state_has_its_own_words(dona: Usuario, situacao: str, selo: str) -> None:
    convenente = pedidos.ativo(dona)
    if situacao == "vencido":
        pedidos.papel_aceito(dona, "rl_selfie", convenente)
        vinculos.encerrar(convenente.vinculos.get(), por=None, desde=hoje())
    else:
        pedido = pedidos.enviar(pedidos.atualizacao_de(convenente, "rl_selfie"))
        identidade.recolher(pedido, dona)
        if situacao == "recusado":
            pedido.itens.filter(exigencia__codigo="rl_selfie").update(estado="recusado")
            Solicitacao.objects.filter(pk=pedido.pk).update(estado="com_pendencia")
    assert selo in apoio.texto(apoio.entrar(dona).get(PAGINA))


def test_the_list_of_documents_offers_what_was_checked_and_one_button_uses_it(dona: Usuario) -> None:
    pedidos.papel_aceito(dona, "rl_identidade")
    responsavel = usuario()
    rascunho = _rascunho(responsavel, dona)
    lista = reverse("solicitacao_documentos", args=[rascunho.uuid])
    usar = reverse("solicitacao_usar_conferidos", args=[rascunho.uuid])
    assert usar not in apoio.texto(apoio.entrar(responsavel).get(lista))
    assert apoio.entrar(responsavel).post(usar).status_code == 403
    cliente = apoio.entrar(dona)
    for pagina in (lista, reverse("solicitacao_revisao", args=[rascunho.uuid])):
        assert "Documentos seus já conferidos" in apoio.texto(cliente.get(pagina))
    depois = apoio.texto(cliente.post(usar, follow=True))
    assert "Usamos 1 documento(s) seus" in depois
    assert "Já conferido" in depois
    assert usar not in depois


def test_the_page_of_a_document_that_was_checked_says_so_and_takes_another(dona: Usuario) -> None:
    pedidos.papel_aceito(dona, "rl_identidade")
    rascunho = _rascunho(dona, dona)
    item = item_de(rascunho, "rl_identidade")
    endereco = reverse("solicitacao_documento", args=[rascunho.uuid, item.uuid])
    pagina = apoio.texto(apoio.entrar(dona).get(endereco))
    assert f"Já conferido pela equipe CAGEC em {hoje():%d/%m/%Y}, vale até" in pagina
    assert "Trocar por outro arquivo" in pagina
    _anexado(rascunho, "rl_identidade", dona)
    assert "Já conferido" not in apoio.texto(apoio.entrar(dona).get(endereco))


def test_before_it_is_sent_only_who_sent_it_and_who_it_is_about_read_it(dona: Usuario) -> None:
    responsavel, outro = usuario(), usuario()
    rascunho = _rascunho(responsavel, dona)
    apoio.participar(rascunho, outro, PapelVinculo.RESPONSAVEL)
    item = _anexado(rascunho, "rl_identidade", responsavel)
    assert [_le(p, item.documento) for p in (responsavel, dona, outro)] == [True, True, False]
    for pessoa, oferecido in ((responsavel, True), (dona, True), (outro, False)):
        for nome, args in (("solicitacao_documento", [item.uuid]), ("solicitacao_revisao", [])):
            pagina = apoio.texto(apoio.entrar(pessoa).get(reverse(nome, args=[rascunho.uuid, *args])))
            assert ("documento pessoal, não exibido" not in pagina) == oferecido, (nome, pessoa)


def test_once_sent_it_is_the_persons_alone_and_the_teams(dona: Usuario) -> None:
    responsavel, analista = usuario(), usuario(is_staff=True)
    incluir_na_equipe(analista)
    convenente = pedidos.ativo(dona)
    apoio.vincular(convenente, responsavel, PapelVinculo.RESPONSAVEL)
    pedido = atualizacao.iniciar_documentos(convenente, responsavel, uuid4())
    atualizacao.incluir_exigencia_no_pedido(pedido, Exigencia.objects.get(codigo="rl_selfie"))
    documento = _anexado(pedido, "rl_selfie", responsavel).documento
    assert _le(responsavel, documento)
    assert not _le(analista, documento)
    pedidos.enviar(pedido)
    identidade.recolher(pedido, dona)
    assert [_le(p, documento) for p in (dona, analista, responsavel)] == [True, True, False]


def test_a_former_representante_keeps_the_own_papers_and_the_successor_never_sees_them(dona: Usuario) -> None:
    convenente, sucessora = pedidos.ativo(dona), usuario()
    documento = pedidos.papel_aceito(dona, "rl_identidade", convenente)
    vinculos.encerrar(convenente.vinculos.get(), por=None, desde=hoje())
    apoio.vincular(convenente, sucessora, PapelVinculo.RESPONSAVEL)
    vinculos.ligar(sucessora, convenente, PapelVinculo.REPRESENTANTE, por=None, inicio=hoje())
    assert _le(dona, documento)
    assert not _le(sucessora, documento)


def test_the_desk_says_that_it_was_checked_before_by_whom_and_where(dona: Usuario) -> None:
    primeiro = pedidos.aceitar(pedidos.atualizacao_de(pedidos.ativo(dona), "rl_identidade"), dona)
    rascunho = _rascunho(dona, dona)
    pedidos.preencher(rascunho)
    pedido = pedidos.enviar(rascunho)
    identidade.recolher(pedido, dona)
    analista = usuario(is_staff=True)
    incluir_na_equipe(analista)
    item = item_de(pedido, "rl_identidade")
    mesa = reverse("admin:mesa", args=[pedido.uuid])
    pagina = apoio.texto(apoio.entrar(analista).get(mesa, {"item": str(item.uuid)}))
    assert "Conferido antes" in pagina
    assert f"Aceito em {hoje():%d/%m/%Y} na solicitação {primeiro.protocolo}" in pagina
    outro = apoio.texto(apoio.entrar(analista).get(mesa, {"item": str(item_de(pedido, "rl_selfie").uuid)}))
    assert "Conferido antes" not in outro

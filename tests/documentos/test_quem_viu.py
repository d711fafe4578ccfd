"""Every reading of an identity document or selfie is noted once, and the person sees who looked."""

import pytest
from django.test import Client
from django.urls import reverse

from contas import fabricas as contas
from contas.models import Usuario
from convenentes.models import PapelVinculo
from documentos.models import Arquivo, Documento, VisualizacaoSigilosa
from documentos.visualizacoes import de_terceiro, registrar
from tests.convenentes.telas import apoio as telas
from tests.documentos import apoio

pytestmark = pytest.mark.django_db


def _enviado(*, sigiloso: bool) -> tuple[Usuario, Usuario, Arquivo]:
    """A representante, the responsável who reads, and a file of the first."""
    dona, outro = contas.usuario(nome_civil="Dona Fictícia"), contas.usuario(nome_civil="Outro Fictício")
    convenente = telas.organizacao(dona)
    telas.vincular(convenente, outro, PapelVinculo.RESPONSAVEL)
    documento: Documento = apoio.anexar(apoio.tipo(sigiloso=sigiloso), pasta=convenente.pasta, usuario=dona)
    return dona, outro, documento.arquivos.get()


def _abrir(cliente: Client, arquivo: Arquivo, pagina: int = 0) -> int:
    endereco = (
        reverse("previa", args=[arquivo.uuid, pagina]) if pagina else reverse("arquivo", args=[arquivo.uuid])
    )
    resposta = cliente.get(endereco, REMOTE_ADDR="198.51.100.7")
    apoio.ler(resposta)
    return resposta.status_code


@pytest.mark.parametrize("pagina", [0, 1])
def test_each_reading_is_noted_once(pagina: int) -> None:
    _dona, outro, arquivo = _enviado(sigiloso=True)
    cliente = apoio.entrar(outro)
    for vezes in (1, 2):
        assert _abrir(cliente, arquivo, pagina) == 200
        assert VisualizacaoSigilosa.objects.count() == vezes
    nota = VisualizacaoSigilosa.objects.first()
    assert nota is not None
    assert (nota.usuario, nota.arquivo, nota.ip) == (outro, arquivo, "198.51.100.7")


def test_ones_own_and_ordinary_files_leave_no_note() -> None:
    dona, _outro, secreto = _enviado(sigiloso=True)
    assert _abrir(apoio.entrar(dona), secreto) == 200
    comum = apoio.anexar(apoio.tipo(sigiloso=False), usuario=dona).arquivos.get()
    assert not de_terceiro(comum, contas.usuario())
    assert not VisualizacaoSigilosa.objects.exists()


def test_of_what_must_be_marked_there_is_no_small_picture() -> None:
    dona, outro, arquivo = _enviado(sigiloso=True)
    endereco = reverse("miniatura", args=[arquivo.uuid])
    assert apoio.entrar(outro).get(endereco).status_code == 404
    assert apoio.entrar(dona).get(endereco).status_code == 200
    assert not VisualizacaoSigilosa.objects.exists()


def test_who_did_not_get_to_see_it_is_not_accused() -> None:
    _dona, outro, arquivo = _enviado(sigiloso=True)
    assert _abrir(apoio.entrar(contas.usuario()), arquivo) == 404
    assert _abrir(apoio.entrar(outro), arquivo, 7) == 404
    assert not VisualizacaoSigilosa.objects.exists()


def test_the_person_sees_who_looked_and_what() -> None:
    dona, outro, arquivo = _enviado(sigiloso=True)
    analista = contas.usuario(nome_civil="Ana Lista", is_staff=True)
    registrar(arquivo, analista, None, "análise da solicitação 2026.000001")
    _abrir(apoio.entrar(outro), arquivo)
    pagina = telas.texto(apoio.entrar(dona).get(reverse("visualizacoes")))
    assert "Outro Fictício" in pagina
    assert "Ana Lista (equipe CAGEC)" in pagina
    assert "Análise da solicitação 2026.000001" in pagina
    assert pagina.count("certidao.pdf") == 2


def test_nobody_sees_who_looked_at_files_of_others() -> None:
    _dona, outro, arquivo = _enviado(sigiloso=True)
    registrar(arquivo, contas.usuario(nome_civil="Ana Lista"), None, "consulta")
    pagina = telas.texto(apoio.entrar(outro).get(reverse("visualizacoes")))
    assert "Ana Lista" not in pagina
    assert "Ninguém abriu seus documentos pessoais até agora." in pagina


def test_the_representante_sees_who_looked_at_what_the_responsavel_sent_about_him() -> None:
    elenco = telas.elenco()
    item = telas.item_de(elenco.solicitacao, "rl_selfie")
    documento = apoio.anexar(
        apoio.tipo(sigiloso=True), pasta=elenco.solicitacao.pasta, usuario=elenco.responsavel
    )
    item.documento = documento
    item.save(update_fields=["documento"])
    registrar(documento.arquivos.get(), contas.usuario(nome_civil="Ana Lista"), None, "consulta")
    assert not de_terceiro(documento.arquivos.get(), elenco.representante)
    pagina = telas.texto(apoio.entrar(elenco.representante).get(reverse("visualizacoes")))
    assert "Ana Lista" in pagina
    assert "Ana Lista" not in telas.texto(apoio.entrar(elenco.usuario).get(reverse("visualizacoes")))


def test_a_long_list_comes_in_pages_with_a_constant_number_of_queries(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    dona, outro, arquivo = _enviado(sigiloso=True)
    VisualizacaoSigilosa.objects.bulk_create(
        VisualizacaoSigilosa(arquivo=arquivo, usuario=outro) for _ in range(45)
    )
    cliente = apoio.entrar(dona)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        primeira = cliente.get(reverse("visualizacoes"))
    assert len(primeira.context["pagina"]) == 20
    assert len(cliente.get(reverse("visualizacoes"), {"pagina": "3"}).context["pagina"]) == 5
    assert cliente.get(reverse("visualizacoes"), {"pagina": "x"}).status_code == 200


def test_the_page_asks_to_sign_in(client: Client) -> None:
    assert client.get(reverse("visualizacoes")).status_code == 302

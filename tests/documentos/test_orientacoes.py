"""Models and guidance: written by the team, found on each line, downloaded by anybody."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from contas.fabricas import usuario
from documentos.fabricas import examinar, pdf
from documentos.models import Orientacao, TipoConvenente, TipoDocumento
from tests.convenentes.telas.apoio import texto

pytestmark = pytest.mark.django_db
NOVA = "admin:documentos_orientacao_add"


def tipo(slug: str) -> TipoConvenente:
    return TipoConvenente.objects.get(slug=slug)


def orientacao(titulo: str = "Como pedir a certidão", *slugs: str, documento: str = "", **campos: Any) -> Any:
    feita = Orientacao.objects.create(titulo=titulo, **({"texto": "Leia com calma."} | campos))
    feita.tipos.set(TipoConvenente.objects.filter(slug__in=slugs))
    if documento:
        feita.documentos.add(TipoDocumento.objects.get(codigo=documento))
    return feita


def pagina(client: Client, slug: str) -> str:
    return texto(client.get(reverse("orientacoes_do_tipo", args=[slug])))


def test_each_type_shows_its_own_and_what_is_for_all(client: Client) -> None:
    orientacao("Só para fundos", "fmas")
    orientacao("Para todos")
    assert "Só para fundos" in pagina(client, "fmas")
    assert "Para todos" in pagina(client, "fmas")
    assert "Só para fundos" not in pagina(client, "osc")
    assert "Para todos" in texto(client.get(reverse("orientacoes")))


def test_what_is_not_published_is_seen_nowhere(client: Client) -> None:
    orientacao("Rascunho", "osc", documento="crf_fgts", publicada=False)
    assert "Rascunho" not in pagina(client, "osc")
    assert "Rascunho" not in texto(client.get(reverse("documentos_exigidos_do_tipo", args=["osc"])))


def test_the_line_of_a_document_leads_to_its_guidance(client: Client) -> None:
    da_linha = orientacao("Onde tirar o CRF", "osc", documento="crf_fgts")
    endereco = f"{reverse('orientacoes_do_tipo', args=['osc'])}#orientacao-{da_linha.uuid}"
    assert endereco in texto(client.get(reverse("documentos_exigidos_do_tipo", args=["osc"])))
    assert endereco not in texto(client.get(reverse("documentos_exigidos_do_tipo", args=["fmas"])))
    assert f'id="orientacao-{da_linha.uuid}"' in pagina(client, "osc")


def test_the_address_of_the_old_portal_leads_to_the_page_of_its_type(client: Client) -> None:
    resposta = client.get("/modelos-e-orientacoes/orientacoes-fmas/")
    assert (resposta.status_code, resposta["Location"]) == (
        301,
        reverse("orientacoes_do_tipo", args=["fmas"]),
    )


def test_the_page_asks_as_much_for_one_as_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    orientacao("Primeira", "osc", documento="crf_fgts")
    with django_assert_max_num_queries(20) as de_uma:
        pagina(client, "osc")
    for n in range(5):
        orientacao(f"Outra {n}", "osc", documento="cndt")
    with django_assert_max_num_queries(len(de_uma)):
        pagina(client, "osc")


@pytest.fixture
def chefe(client: Client) -> Client:
    client.force_login(usuario(is_staff=True, is_superuser=True))
    return client


def publicar(client: Client, conteudo: bytes | None, nome: str = "modelo.pdf", **campos: Any) -> Any:
    envio: dict[str, Any] = {"titulo": "Modelo", "texto": "", "ordem": "0", "publicada": "on", **campos}
    if conteudo is not None:
        envio["enviado"] = SimpleUploadedFile(nome, conteudo, content_type="application/pdf")
    return client.post(reverse(NOVA), envio)


def test_the_team_puts_a_model_up_and_anybody_downloads_it(chefe: Client) -> None:
    assert publicar(chefe, pdf("Modelo")).status_code == 302
    feita = Orientacao.objects.get()
    endereco = reverse("orientacao_arquivo", args=[feita.uuid])
    assert Client().get(endereco).status_code == 404  # its checks have not ended
    assert feita.arquivo is not None
    examinar(feita.arquivo)
    resposta = Client().get(endereco)
    assert b"".join(resposta).startswith(b"%PDF-")
    assert resposta["Content-Disposition"] == 'attachment; filename="modelo.pdf"'
    assert resposta["X-Content-Type-Options"] == "nosniff"


def test_a_model_is_checked_like_any_file(chefe: Client) -> None:
    resposta = publicar(chefe, b"MZ programa")
    assert resposta.status_code == 200
    assert not Orientacao.objects.exists()


def test_guidance_that_says_nothing_is_refused(chefe: Client) -> None:
    assert "Escreva o texto ou escolha o arquivo." in texto(publicar(chefe, None))
    assert not Orientacao.objects.exists()


def test_the_file_can_be_taken_away_when_there_is_a_text(chefe: Client) -> None:
    publicar(chefe, pdf("Modelo"), texto="Preencha.")
    feita = Orientacao.objects.get()
    mudar = reverse("admin:documentos_orientacao_change", args=[feita.pk])
    sem_texto = {"titulo": "Modelo", "texto": "", "ordem": "0", "sem_arquivo": "on"}
    assert "Escreva o texto ou escolha o arquivo." in texto(chefe.post(mudar, sem_texto))
    assert chefe.post(mudar, {**sem_texto, "texto": "Preencha."}).status_code == 302
    feita.refresh_from_db()
    assert feita.arquivo is None
    assert Client().get(reverse("orientacao_arquivo", args=[feita.uuid])).status_code == 404

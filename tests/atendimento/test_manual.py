"""The manual: every page and link leads somewhere, every screen has its page, and words are found."""

import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import DjangoAssertNumQueries

from atendimento import manual
from atendimento.manual import PUBLICOS
from atendimento.marcacao import LigacaoQuebradaError, html, so_texto
from contas.fabricas import usuario
from tests.casa.test_matriz_de_acesso import TABELA, _nomes
from tests.servicos import RAIZ

pytestmark = pytest.mark.django_db

APPS = ("atendimento", "cagec", "contas", "convenentes", "documentos")
DOS_SLIDES = (
    "cadastro-de-usuarios-e-senha/criacao-de-senha-de-representante-legal",
    "cadastro-de-usuarios-e-senha/cadastro-de-novo-representante-legal",
    "atualizacoes/atualizacao-de-dados",
    "cadastro-de-usuarios-e-senha/recuperacao-de-senha",
)
# Pages that explain themselves, and what is no page: files, calendars, answers to a script.
SEM_AJUDA = {
    "inicio",
    "saude",
    "contato",
    "sessao",
    "arquivo",
    "previa",
    "miniatura",
    "crc_pdf",
    "calendario",
} | {
    "caixa_postal",
    "solicitacao_comprovante_pdf",
    "orientacao_arquivo",
    "ajuda_sugestoes",
}


@pytest.mark.parametrize("caminho", manual.de_fabrica())
def test_a_page_opens_and_its_links_resolve(client: Client, caminho: str) -> None:
    pagina = manual.de_fabrica()[caminho]
    resposta = client.get(reverse("manual_pagina", args=[caminho]))
    assert resposta.status_code == 200
    assert f"<h1>{pagina.titulo}</h1>" in resposta.content.decode()


def test_every_audience_has_pages_in_an_order_without_ties() -> None:
    ordens = [(p.publico, p.ordem) for p in manual.de_fabrica().values()]
    assert {publico for publico, _ in ordens} == set(PUBLICOS)
    assert len(ordens) == len(set(ordens))


@pytest.mark.parametrize("caminho", DOS_SLIDES)
def test_the_manuals_of_the_founding_document_keep_their_paths(client: Client, caminho: str) -> None:
    assert client.get(f"/manual/{caminho}/").status_code == 200


def test_a_path_of_the_manual_before_leads_to_the_page_of_today(client: Client) -> None:
    for antigo, atual in manual.enderecos_antigos().items():
        resposta = client.get(f"/manual/{antigo}/")
        assert (resposta.status_code, resposta["Location"]) == (301, f"/manual/{atual}/")


def test_an_unknown_path_is_not_found(client: Client) -> None:
    assert client.get("/manual/nada/").status_code == 404


def test_every_screen_has_its_page_and_every_page_names_screens_that_exist() -> None:
    rotas = _nomes(get_resolver().url_patterns)
    desconhecidas = {t for t in manual.por_tela() if t not in rotas and f"{t}_changelist" not in rotas}
    assert desconhecidas == set()
    telas = {nome for nome, (get, _) in TABELA.items() if 200 in get and not nome.startswith("manual")}
    assert {t for t in telas - SEM_AJUDA if t not in manual.por_tela()} == set()


def test_a_screen_links_to_its_page(client: Client) -> None:
    tela = client.get(reverse("novo_usuario")).content.decode()
    pagina = manual.por_tela()["novo_usuario"]
    assert f'<a href="{reverse("manual_pagina", args=[pagina.caminho])}">Ajuda: {pagina.titulo}</a>' in tela


def test_a_broken_link_is_refused() -> None:
    for texto in ("[x](manual:nada)", "[x](tela:nada)"):
        with pytest.raises(LigacaoQuebradaError):
            html(texto)


def test_a_page_runs_nothing() -> None:
    corpo = html("<script>alert(1)</script> [x](javascript:alert(1)) texto").corpo
    assert "<script" not in corpo
    assert 'href="javascript' not in corpo


@pytest.mark.parametrize(
    ("pedido", "caminho"),
    [
        ("inscrição", "inscricao/passo-a-passo"),
        ("INSCRICAO", "inscricao/passo-a-passo"),
        ("perdi o celular", "acesso/celular-perdido"),
        ("esqueci minha senha", "cadastro-de-usuarios-e-senha/recuperacao-de-senha"),
        ("como tiro a selfie", "documentos/fotos-e-selfie"),
        ("certidão vencida", "atualizacoes/atualizacao-de-documentos"),
        ("trocar o prefeito", "representante/alteracao-de-representante-legal"),
        ("foi recusado", "acompanhamento/seguir-a-solicitacao"),
        ("renuncia", "representante/substituicao-e-renuncia"),
        ("não consigo entrar", "acesso/entrar"),
        ("FGTS", "documentos/enviar-documentos"),
        ("procuração", "representante/substituicao-e-renuncia"),
        ("posso assinar pelo prefeito", "representante/assinar"),
    ],
)
def test_a_doubt_finds_its_page_first_with_or_without_accents(pedido: str, caminho: str) -> None:
    assert manual.procurar(pedido)[0].pagina.caminho == caminho


@pytest.mark.parametrize(
    ("pedido", "caminho"),
    [
        ("incrição", "inscricao/passo-a-passo"),
        ("perdi a seha", "cadastro-de-usuarios-e-senha/recuperacao-de-senha"),
        ("como asinar", "representante/assinar"),
        ("cerificado", "consulta/certificado"),
    ],
)
def test_a_letter_wrong_finds_the_page_all_the_same(pedido: str, caminho: str) -> None:
    assert manual.procurar(pedido)[0].pagina.caminho == caminho


def test_a_word_that_is_only_a_little_like_others_finds_nothing() -> None:
    assert manual.procurar("senhora") == []


def test_the_page_with_the_whole_phrase_comes_before_those_with_its_words() -> None:
    frase = "o titular volta sozinho"
    primeira, segunda, *_ = manual.procurar(frase)
    assert frase in primeira.pagina.texto
    assert frase not in segunda.pagina.texto


def test_a_heading_counts_more_than_a_text_that_repeats_the_word() -> None:
    for caminho, texto in (
        ("acesso/entrar", "Jabuticaba, jabuticaba e jabuticaba."),
        ("acesso/gov-br", "## Jabuticaba\n\nTexto."),
    ):
        manual.publicar(caminho, usuario(), 0, "Título", "Resumo", texto)
    assert [a.pagina.caminho for a in manual.procurar("jabuticaba")] == ["acesso/gov-br", "acesso/entrar"]


def test_what_was_written_for_registrants_comes_before_what_is_for_the_team() -> None:
    assert manual.procurar("mandato")[0].pagina.caminho == "representante/novo-mandato"
    assert manual.procurar("campanha de mandatos")[0].pagina.caminho == "equipe/campanha-de-mandatos"


def test_the_excerpt_marks_the_words_found_and_nothing_else(client: Client) -> None:
    assert "<mark>" in client.get(reverse("manual_busca"), {"q": "selfie"}).content.decode()
    assert "fala de “&lt;b&gt;”" in client.get(reverse("manual_busca"), {"q": "<b>"}).content.decode()


def test_the_questions_lead_to_their_pages(client: Client) -> None:
    tela = client.get(reverse("manual_perguntas")).content.decode()
    for pagina in manual.de_fabrica().values():
        for pergunta in pagina.perguntas:
            assert pergunta in tela


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    endereco = reverse("manual_pagina", args=[DOS_SLIDES[0]])
    etiqueta = client.get(endereco)["ETag"]
    assert client.get(endereco, headers={"if-none-match": etiqueta}).status_code == 304


def test_the_whole_manual_costs_no_more_queries_than_a_page(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for nome in ("manual", "manual_tudo", "manual_perguntas"):
        with django_assert_num_queries(2):  # what the team published; the contacts of the footer
            client.get(reverse(nome))


def test_what_a_page_names_in_bold_is_written_on_some_screen() -> None:
    telas = [t.read_text("utf-8") for t in (RAIZ / "templates").rglob("*.html")]
    telas += [c.read_text("utf-8") for app in APPS for c in (RAIZ / app).rglob("*.py")]
    telas += [f"Adicionar {modelo._meta.verbose_name}" for modelo in apps.get_models()]
    escrito = " ".join(re.sub(r"<[^>]+>", "", "\n".join(telas)).lower().split())
    for pagina in manual.de_fabrica().values():
        for nome in re.findall(r"\*\*(.+?)\*\*", pagina.texto):
            assert nome.lower() in escrito, f"{pagina.caminho}: no screen says “{nome}”"


def test_what_is_searched_reads_as_sentences_without_the_words_of_pictures() -> None:
    texto = "## Prazo\n\nClique em **Ver**.\nDepois:\n\n- espere\n\n![A tela](retrato:assinar)\n"
    assert so_texto(texto) == "Prazo. Clique em Ver. Depois: espere"


def test_the_manual_to_print_begins_with_its_contents(client: Client) -> None:
    tela = client.get(reverse("manual_tudo")).content.decode()
    ids = re.findall(r'<h2 class="manual-capitulo" id="([^"]+)"', tela)
    assert len(ids) == len(set(ids)) == len(manual.paginas())
    assert all(f'href="#{um}"' in tela for um in ids)

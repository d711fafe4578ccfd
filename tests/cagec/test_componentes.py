"""What the template components and the frame of every page promise."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

from cagec import contexto
from cagec.correio.tipos import Corpo


class _Pedido(forms.Form):
    nome = forms.CharField(label="Nome", help_text="Como está no documento.")
    apelido = forms.CharField(label="Apelido", required=False)
    tipo = forms.ChoiceField(label="Tipo", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    arquivo = forms.FileField(label="Arquivo", help_text="PDF de até 20 MB.")
    aceito = forms.BooleanField(label="Aceito o termo")
    chave = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Já existe um pedido igual. Veja no painel.")


class _Busca(forms.Form):
    busca = True
    nome = forms.CharField(label="Nome", required=False)
    tipo = forms.CharField(label="Tipo", required=False)


def _mostrar(fonte: str, /, **valores: Any) -> str:
    return Template(fonte).render(Context(valores))


def _pagina(nome: str, endereco: str = "/") -> str:
    request = RequestFactory().get(endereco)
    request.user = AnonymousUser()
    request.resolver_match = resolve(endereco)
    return str(engines["django"].get_template(nome).render({}, request))


def test_the_summary_starts_with_what_is_of_no_field_and_links_to_the_fields() -> None:
    pagina = _mostrar("{% resumo_de_erros form %}", form=_Pedido({"nome": "", "chave": "x"}))
    assert 'role="alert" tabindex="-1"' in pagina
    assert pagina.index("Já existe um pedido igual") < pagina.index('href="#id_nome"')
    assert 'href="#id_tipo_0"' in pagina, "a group of options takes focus in its first option"
    assert "Nome: Este campo é obrigatório." in pagina


def test_an_error_of_a_hidden_field_has_no_link() -> None:
    pagina = _mostrar("{% resumo_de_erros form %}", form=_Pedido({"nome": "Ana"}))
    assert "#id_chave" not in pagina


def test_the_summary_is_silent_without_errors() -> None:
    conjunto = forms.formset_factory(_Busca)()
    assert _mostrar("{% resumo_de_erros a b %}", a=_Pedido(), b=conjunto).strip() == ""


def test_the_summary_takes_forms_formsets_and_lists_together() -> None:
    conjunto = forms.formset_factory(_Pedido)
    formset = conjunto({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-nome": ""})
    lista = [_Pedido({"nome": ""}, prefix="um"), _Pedido({"nome": ""}, prefix="dois")]
    pagina = _mostrar("{% resumo_de_erros formset lista nada %}", formset=formset, lista=lista, nada=None)
    assert all(f'href="#{alvo}"' in pagina for alvo in ("id_form-0-nome", "id_um-nome", "id_dois-nome"))


def test_a_field_is_tied_to_its_label_its_help_and_its_error() -> None:
    pagina = _mostrar("{{ form.nome.as_field_group }}", form=_Pedido({"nome": ""}))
    assert '<label for="id_nome">Nome</label>' in pagina
    assert 'aria-invalid="true"' in pagina
    assert 'aria-describedby="id_nome_helptext id_nome_error"' in pagina
    assert 'id="id_nome_helptext"' in pagina
    assert 'id="id_nome_error"' in pagina


def test_a_file_field_has_a_label_and_is_tied_to_its_help() -> None:
    pagina = _mostrar("{{ form.arquivo.as_field_group }}", form=_Pedido())
    assert '<label for="id_arquivo">' in pagina
    assert "<fieldset" not in pagina
    assert 'aria-describedby="id_arquivo_helptext"' in pagina


def test_a_group_of_options_is_a_fieldset_with_a_legend() -> None:
    pagina = _mostrar("{{ form.tipo.as_field_group }}", form=_Pedido({"nome": ""}))
    assert '<fieldset aria-describedby="id_tipo_error">' in pagina
    assert "<legend>Tipo</legend>" in pagina


def test_optional_is_said_except_in_a_search() -> None:
    assert "(opcional)" in _mostrar("{{ form.apelido.as_field_group }}", form=_Pedido())
    assert "(opcional)" not in _mostrar("{{ form.nome.as_field_group }}", form=_Pedido())
    assert "(opcional)" not in _mostrar("{{ form.nome.as_field_group }}", form=_Busca())


def test_a_field_asked_for_in_some_cases_is_not_called_optional() -> None:
    class Condicional(forms.Form):
        condicionais = ("nome",)
        nome = forms.CharField(label="Nome", required=False)

    assert "(opcional)" not in _mostrar("{{ form.nome.as_field_group }}", form=Condicional())


def test_a_badge_says_in_a_sign_and_in_words_what_its_colour_says() -> None:
    pagina = _mostrar('{% selo "erro" texto %}', texto="Vencida & recusada")
    assert "selo-erro" in pagina
    assert "✕" in pagina
    assert "Vencida &amp; recusada" in pagina


def test_steps_tell_where_one_is() -> None:
    lista = [
        {"nome": "Dados", "url": "/dados/", "estado": "feita"},
        {"nome": "Endereço", "url": "/endereco/", "estado": "atual"},
        {"nome": "Envio", "url": "/envio/", "estado": "pendente"},
    ]
    pagina = _mostrar("{% etapas lista %}", lista=lista)
    assert "Etapa 2 de 3" in pagina
    assert '<a href="/endereco/" aria-current="step">' in pagina
    assert "(feita)" in pagina


def test_paging_keeps_the_other_parameters() -> None:
    pagina = Paginator(list(range(50)), 10).page(2)
    request = RequestFactory().get("/consulta/?q=flor&tipo=osc&pagina=2")
    html = _mostrar("{% paginacao pagina %}", pagina=pagina, request=request)
    assert 'href="?q=flor&amp;tipo=osc&amp;pagina=3"' in html
    assert 'aria-current="page" aria-label="Página 2"' in html
    outra = _mostrar('{% paginacao pagina "outras" "Outras" %}', pagina=pagina, request=request)
    assert "pagina=2&amp;outras=3" in outra
    assert 'aria-label="Outras"' in outra


def test_one_page_needs_no_paging() -> None:
    pagina = Paginator([1], 10).page(1)
    request = RequestFactory().get("/consulta/")
    assert _mostrar("{% paginacao pagina %}", pagina=pagina, request=request).strip() == ""


def test_the_footer_shows_the_contacts_that_an_upper_app_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    contato = {
        "setor": "Setor X",
        "equipe": "Equipe Y",
        "email": "x@example.org",
        "lista_de_telefones": ["31 1"],
    }

    def fonte(_request: HttpRequest) -> dict[str, object]:
        return {"contato_do_rodape": contato}

    monkeypatch.setattr(contexto, "fontes", [])
    assert "Fale com a equipe" not in _pagina("inicio.html")
    contexto.fontes.append(fonte)
    pagina = _pagina("inicio.html")
    assert "Setor X" in pagina
    assert 'href="mailto:x@example.org"' in pagina
    assert "<li>31 1</li>" in pagina


def test_the_banner_appears_only_in_a_demonstration(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexto, "fontes", [])
    frase = "Demonstração, com dados fictícios"
    settings.DEMONSTRACAO = False
    assert frase not in _pagina("inicio.html")
    settings.DEMONSTRACAO = True
    assert frase in _pagina("inicio.html")


@pytest.mark.parametrize("nome", ["400.html", "403.html", "403_csrf.html", "404.html"])
def test_error_pages_say_what_to_do_next(nome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexto, "fontes", [])
    assert "Ir para o início" in _pagina(nome)


def test_the_page_of_a_failure_needs_nothing_that_may_have_failed() -> None:
    pagina = render_to_string("500.html")
    assert "Ir para o início" in pagina
    assert "{%" not in pagina


def test_a_mail_groups_its_items_and_its_text_shows_the_address_on_a_line() -> None:
    corpo = Corpo(
        "Assunto <1>", ["Traga:", "- identidade;", "- selfie.", "A & B"], ("Abrir", "https://x.example/1")
    )
    texto = render_to_string("email/base.txt", {"corpo": corpo})
    assert "Traga:\n\n- identidade;\n- selfie.\n\nA & B\n\nAbrir:\nhttps://x.example/1\n" in texto
    html = render_to_string("email/base.html", {"corpo": corpo})
    assert html.count("<ul") == 1
    assert html.count("<li") == 2
    assert "A &amp; B" in html
    assert "Assunto &lt;1&gt;" in html
    assert 'href="https://x.example/1"' in html

"""The catalogue at the desk: published texts stay as they are, and the law's own limits hold."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contas.fabricas import usuario
from documentos import declaracoes
from documentos.models import Exigencia, ModeloDeclaracao, Norma, TipoDocumento
from documentos.normas import alterar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chefe(client: Client) -> None:
    client.force_login(usuario(is_staff=True, is_superuser=True))


def _publicar(client: Client, **campos: Any) -> Any:
    tipo = TipoDocumento.objects.filter(modelos__isnull=False).earliest("id")
    envio = {"tipo_documento": tipo.pk, "titulo": "Nova", "texto": "Eu declaro.", **campos}
    return client.post(reverse("admin:documentos_modelodeclaracao_add"), envio)


def test_a_correction_is_a_new_version(client: Client) -> None:
    assert _publicar(client).status_code == 302
    novo = ModeloDeclaracao.objects.get(titulo="Nova", versao=2)
    mudar = reverse("admin:documentos_modelodeclaracao_change", args=[novo.pk])
    assert client.get(mudar).status_code == 200
    assert client.post(mudar, {"texto": "Outro"}).status_code == 403
    assert client.post(mudar.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert "Este já é o texto publicado." in _publicar(client).content.decode()


def test_the_paragraphs_of_a_text_typed_in_a_browser_stay_apart(client: Client) -> None:
    assert _publicar(client, texto="Eu declaro.\r\n\r\nE assino.").status_code == 302
    novo = ModeloDeclaracao.objects.get(titulo="Nova")
    assert declaracoes.redigir(novo.tipo_documento, {}, []).paragrafos == ["Eu declaro.", "E assino."]


def test_only_what_the_system_writes_has_a_text_and_the_form_says_which_data_it_takes(client: Client) -> None:
    pagina = client.get(reverse("admin:documentos_modelodeclaracao_add")).content.decode()
    assert "Termo de concordância e veracidade" in pagina
    assert "Certificado de Regularidade do FGTS" not in pagina
    assert "{{ representante.nome }}" in pagina


def test_an_obligation_of_groups_vi_and_vii_never_makes_irregular(client: Client) -> None:
    norma = Norma.objects.create(slug="nova", nome="Norma nova", vigente_de=date(2030, 1, 1))
    exigencia = alterar(norma, Exigencia.objects.filter(grupo=6).earliest("id"))
    url = reverse("admin:documentos_exigencia_change", args=[exigencia.pk])
    formulario = client.get(url).context["adminform"].form
    envio = {nome: formulario[nome].value() or "" for nome in formulario.fields}
    envio |= {
        "tipos": [t.pk for t in exigencia.tipos.all()],
        "causa_irregularidade": "on",
        "alternativas-TOTAL_FORMS": 0,
        "alternativas-INITIAL_FORMS": 0,
    }
    assert "não causam irregularidade" in client.post(url, envio).content.decode()
    del envio["causa_irregularidade"]
    assert client.post(url, envio | {"conferir": ""}).status_code == 302

"""The catalogue at the desk: published texts stay as they are, and a broken one is never published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contas.fabricas import usuario
from documentos.models import Exigencia, ModeloDeclaracao, TipoDocumento

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chefe(client: Client) -> None:
    client.force_login(usuario(is_staff=True, is_superuser=True))


def _publicar(client: Client, **campos: Any) -> Any:
    tipo = TipoDocumento.objects.filter(modelos__isnull=False).earliest("id")
    envio = {"tipo_documento": tipo.pk, "versao": 99, "titulo": "Nova", "texto": "Eu, {{ nome }}.", **campos}
    return client.post(reverse("admin:documentos_modelodeclaracao_add"), envio)


def test_a_correction_is_a_new_version(client: Client) -> None:
    assert _publicar(client).status_code == 302
    novo = ModeloDeclaracao.objects.get(versao=99)
    mudar = reverse("admin:documentos_modelodeclaracao_change", args=[novo.pk])
    assert client.get(mudar).status_code == 200
    assert client.post(mudar, {"texto": "Outro"}).status_code == 403
    assert client.post(mudar.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert "Esta versão do modelo já existe." in _publicar(client).content.decode()


@pytest.mark.parametrize(
    "texto", ["{% quebrado %}", "{{ nome|inexistente }}", '{% include "x" %}', "{% if x %}"]
)
def test_a_text_that_could_not_be_signed_is_not_published(client: Client, texto: str) -> None:
    resposta = _publicar(client, texto=texto)
    assert "Um campo entre chaves está errado." in resposta.content.decode()
    assert not ModeloDeclaracao.objects.filter(versao=99).exists()


def test_an_obligation_of_groups_vi_and_vii_never_makes_irregular(client: Client) -> None:
    exigencia = Exigencia.objects.filter(grupo=6).earliest("id")
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

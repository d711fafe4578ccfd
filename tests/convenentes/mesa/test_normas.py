"""Norms at the desk: drafted, previewed, published; what was published is only read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes.models import Situacao
from documentos.models import Exigencia, Norma, TipoDocumento
from documentos.normas import alterar
from tests.convenentes import mundo
from tests.convenentes.telas.apoio import texto

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chefe(client: Client) -> None:
    client.force_login(usuario(is_staff=True, is_superuser=True))


def _rascunho(**campos: Any) -> Norma:
    padrao = {"slug": "nova", "nome": "Norma nova", "vigente_de": hoje() + timedelta(days=10)}
    return Norma.objects.create(**(padrao | campos))


def _cndt() -> Exigencia:
    return Exigencia.objects.exclude(vigente_de=None).get(codigo="cndt")


def _levar(client: Client, *exigencias: Exigencia) -> str:
    envio = {"action": "levar_para_o_rascunho", "_selected_action": [e.pk for e in exigencias]}
    return texto(client.post(reverse("admin:documentos_exigencia_changelist"), envio, follow=True))


def test_a_norm_is_drafted_changed_previewed_and_published(client: Client) -> None:
    registro = mundo.convenente()
    envio = {"slug": "nova", "nome": "Norma nova", "vigente_de": f"{hoje() + timedelta(days=10):%d/%m/%Y}"}
    assert client.post(reverse("admin:documentos_norma_add"), envio).status_code == 302
    norma = Norma.objects.get(slug="nova")
    assert "estão em “Norma nova”" in _levar(client, _cndt())
    copia = norma.exigencias.get()
    mudar = reverse("admin:documentos_exigencia_change", args=[copia.pk])
    assert client.get(mudar).status_code == 200
    efeito = reverse("admin:norma_efeito", args=[norma.pk])
    pagina = texto(client.get(efeito))
    assert "0 cadastros ficam irregulares" in pagina
    assert registro.tipo.nome in pagina
    assert "vale a partir de" in texto(client.post(efeito, follow=True))
    norma.refresh_from_db()
    assert norma.publicada_por is not None
    # Every record knows the day on which its answer may change.
    assert Situacao.objects.get(convenente=registro).muda_em == norma.vigente_de
    assert client.get(mudar).context["has_change_permission"] is False
    assert "não muda mais" in texto(client.get(efeito))


def test_a_norm_that_cannot_be_published_says_what_to_mend(client: Client) -> None:
    norma = _rascunho(vigente_de=hoje() - timedelta(days=1))
    pagina = texto(client.post(reverse("admin:norma_efeito", args=[norma.pk]), follow=True))
    assert "A data de vigência já passou." in pagina
    assert "A norma não muda nada" in pagina


@pytest.mark.parametrize("rascunhos", [0, 2])
def test_lines_are_taken_to_the_one_draft_there_is(client: Client, rascunhos: int) -> None:
    for n in range(rascunhos):
        _rascunho(slug=f"n{n}")
    assert "exatamente uma norma em rascunho" in _levar(client, _cndt())
    assert Exigencia.objects.filter(codigo="cndt").count() == 1


def test_a_new_line_and_its_proof_are_written_on_one_page_without_javascript(client: Client) -> None:
    pagina = texto(client.get(reverse("admin:documentos_exigencia_add")))
    assert 'type="checkbox" name="tipos"' in pagina
    envio = {"codigo": "novo", "nome": "Papel novo", "grupo": 1, "pedido": "documentos", "ordem": 1}
    envio |= {"norma": _rascunho().pk, "tipos": [_cndt().tipos.all()[0].pk], "escopo": "convenente"}
    envio |= {"condicao": "sempre", "alternativas-TOTAL_FORMS": 1, "alternativas-INITIAL_FORMS": 0}
    envio |= {"alternativas-0-tipo_documento": TipoDocumento.objects.get(codigo="cndt").pk}
    envio |= {"alternativas-0-ordem": 0}
    assert client.post(reverse("admin:documentos_exigencia_add"), envio).status_code == 302
    assert Exigencia.objects.get(codigo="novo").alternativas.get().tipo_documento.codigo == "cndt"


def test_a_draft_ends_only_what_is_in_force(client: Client) -> None:
    norma = _rascunho(vigente_de=hoje())
    alterar(norma, _cndt())
    client.post(reverse("admin:norma_efeito", args=[norma.pk]))
    outra = _rascunho(slug="outra", nome="Outra norma")
    copia = alterar(outra, Exigencia.objects.get(codigo="crf_fgts"))
    pagina = client.get(reverse("admin:documentos_norma_change", args=[outra.pk]))
    oferecidas = pagina.context["adminform"].form.fields["revoga"].queryset
    assert oferecidas.get(codigo="cndt").norma == norma
    assert copia not in oferecidas


def test_a_second_publication_is_refused(client: Client) -> None:
    norma = _rascunho()
    alterar(norma, _cndt())
    efeito = reverse("admin:norma_efeito", args=[norma.pk])
    client.post(efeito)
    assert client.post(efeito).status_code == 403
    assert Exigencia.objects.filter(codigo="cndt").count() == 2


def test_a_draft_may_be_thrown_away_and_what_was_published_may_not(client: Client) -> None:
    copia = alterar(_rascunho(), _cndt())
    assert (
        client.post(
            reverse("admin:documentos_exigencia_delete", args=[copia.pk]), {"post": "yes"}
        ).status_code
        == 302
    )
    assert client.post(reverse("admin:documentos_exigencia_delete", args=[_cndt().pk])).status_code == 403
    assert client.get(reverse("admin:documentos_exigencia_add")).status_code == 200


def test_the_validity_of_a_kind_of_document_in_use_stays(client: Client) -> None:
    tipo = TipoDocumento.objects.get(codigo="cndt")
    pagina = client.get(reverse("admin:documentos_tipodocumento_change", args=[tipo.pk]))
    assert "validade" in pagina.context["adminform"].readonly_fields
    assert "onde_emitir" in pagina.context["adminform"].form.fields

"""The team blocks, frees or closes a record, and the history says why."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contas.fabricas import usuario
from convenentes.models import Convenente, PapelVinculo, Vinculo
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db

LISTA = reverse("admin:convenentes_convenente_changelist")


@pytest.fixture
def cliente() -> Client:
    return cena.entrar(cena.analista())


@pytest.fixture
def convenente() -> Convenente:
    return cena.ativo(razao_social="Fundação Estrela")


def _url(convenente: Convenente, pagina: str = "change") -> str:
    return reverse(f"admin:convenentes_convenente_{pagina}", args=[convenente.pk])


def _mudar(cliente: Client, convenente: Convenente, estado: str, motivo: str) -> Any:
    inlines = {
        f"{nome}-{campo}": 0
        for nome in ("vinculos", "dirigentes")
        for campo in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return cliente.post(_url(convenente), {"estado": estado, "motivo": motivo, **inlines}, follow=True)


def _estado(convenente: Convenente) -> str:
    return str(Convenente.objects.values_list("estado", flat=True).get(pk=convenente.pk))


def test_a_record_is_blocked_freed_and_closed_and_each_reason_stays(
    cliente: Client, convenente: Convenente
) -> None:
    passos = (
        ("bloqueado", "Decisão 1"),
        ("ativo", "Decisão 2"),
        ("cancelado", "A pedido"),
        ("ativo", "Engano"),
    )
    for estado, motivo in passos:
        assert "alterado" in cena.texto(_mudar(cliente, convenente, estado, motivo))
        assert _estado(convenente) == estado
    historico = cena.texto(cliente.get(_url(convenente, "history")))
    for trecho in ("Bloqueado. Motivo: Decisão 1", "Ativo. Motivo: Decisão 2", "Cancelado. Motivo: A pedido"):
        assert trecho in historico


@pytest.mark.parametrize(
    ("estado", "motivo", "mensagem"),
    [
        ("bloqueado", "", "Este campo é obrigatório"),
        ("bloqueado", "   ", "Este campo é obrigatório"),
        ("bloqueado", "x" * 501, "no máximo 500 caracteres"),
        ("em_inscricao", "Porque sim", "Faça uma escolha válida"),
        ("", "Porque sim", "Este campo é obrigatório"),
        ("ativo", "Porque sim", "O cadastro já está neste estado."),
    ],
)
def test_a_bad_change_is_explained(
    cliente: Client, convenente: Convenente, estado: str, motivo: str, mensagem: str
) -> None:
    pagina = cena.texto(_mudar(cliente, convenente, estado, motivo))
    assert mensagem in pagina
    assert motivo.strip() in pagina
    assert _estado(convenente) == "ativo"


def test_only_the_state_is_written(cliente: Client, convenente: Convenente) -> None:
    envio = {"razao_social": "Outra", "numero": 1, "cnpj": "x"}
    cliente.post(_url(convenente), envio | {"estado": "ativo", "motivo": "x"})
    _mudar(cliente, convenente, "bloqueado", "x")
    depois = Convenente.objects.get(pk=convenente.pk)
    assert (depois.razao_social, depois.numero, depois.cnpj) == (
        "Fundação Estrela",
        convenente.numero,
        convenente.cnpj,
    )


def test_the_record_shows_its_situation_and_who_acts_for_it(cliente: Client, convenente: Convenente) -> None:
    pessoa = usuario(nome_civil="Marta Representante")
    Vinculo.objects.create(
        usuario=pessoa,
        convenente=convenente,
        papel=PapelVinculo.REPRESENTANTE,
        periodo=("2026-01-02", "2027-01-01"),
    )
    pagina = cena.texto(cliente.get(_url(convenente)))
    assert "IRREGULAR (" in pagina
    assert reverse("convenente", args=[convenente.cnpj]) in pagina
    assert reverse("admin:consultas", args=[convenente.uuid]) in pagina
    assert "Marta Representante" in pagina
    assert "de 02/01/2026 até 31/12/2026" in pagina
    lista = cena.texto(cliente.get(reverse("admin:convenentes_vinculo_changelist")))
    assert "de 02/01/2026 até 31/12/2026" in lista
    Vinculo.objects.update(periodo=("2026-01-02", None))
    assert "desde 02/01/2026" in cena.texto(cliente.get(_url(convenente)))


def test_the_list_finds_by_name_cnpj_and_number_and_leaves_out_who_is_not_registered(
    cliente: Client, convenente: Convenente
) -> None:
    em_inscricao = cena.enviada(razao_social="Ainda não").convenente
    assert em_inscricao is not None
    for termo in ("", "estrela", convenente.cnpj, str(convenente.numero)):
        encontrados = cliente.get(LISTA, {"q": termo}).context["cl"].result_list
        assert list(encontrados) == [convenente]
    assert cliente.get(_url(em_inscricao)).status_code == 302


def test_who_only_reads_changes_nothing(convenente: Convenente) -> None:
    leitora = cena.entrar(cena.leitora("view_convenente"))
    assert "Fundação Estrela" in leitora.get(_url(convenente)).content.decode()
    assert _mudar(leitora, convenente, "bloqueado", "Porque sim").status_code == 403
    assert _estado(convenente) == "ativo"

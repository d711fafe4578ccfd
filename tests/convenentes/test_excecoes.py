"""Exigências afastadas: by law, for a time, never backwards; and how the team records and ends them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from contas import grupos
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import situacao
from convenentes.excecoes import afastar, encerrar, preparar
from convenentes.fabricas import cnpj_ficticio
from convenentes.models import Convenente, Excecao, Situacao
from documentos.models import Exigencia, TipoConvenente
from tests.convenentes import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def registro() -> Convenente:
    return mundo.convenente()


@pytest.fixture
def analista() -> Usuario:
    pessoa = usuario(is_staff=True)
    grupos.sincronizar()
    grupos.incluir_na_equipe(pessoa)
    return pessoa


def _cndt() -> Exigencia:
    return Exigencia.objects.get(codigo="cndt")


def _preparar(registro: Convenente, de: date, ate: date | None = None) -> Excecao:
    return preparar(registro, _cndt(), lei="Lei nº 1", motivo="Calamidade.", de=de, ate=ate, hoje=hoje())


def _estado(registro: Convenente, dia: date) -> tuple[str, bool, str | None]:
    linha = next(li for li in situacao.linhas(dia, [registro.pk]) if li.codigo == "cndt")
    return linha.estado, linha.irregular, linha.origem


def test_the_line_is_taken_away_through_its_last_day(registro: Convenente, analista: Usuario) -> None:
    fim = hoje() + timedelta(days=5)
    afastar(_preparar(registro, hoje(), fim), analista, hoje())
    assert _estado(registro, hoje()) == ("afastada", False, "Lei nº 1")
    assert _estado(registro, fim) == ("afastada", False, "Lei nº 1")
    assert _estado(registro, fim + timedelta(days=1))[:2] == ("nao_apresentado", True)


def test_recording_it_writes_the_situation_and_when_it_may_change(
    registro: Convenente, analista: Usuario
) -> None:
    fim = hoje() + timedelta(days=5)
    afastar(_preparar(registro, hoje(), fim), analista, hoje())
    guardada = Situacao.objects.atuais().get(convenente=registro)
    assert "cndt" not in [m["codigo"] for m in guardada.motivos]
    assert guardada.muda_em == fim + timedelta(days=1)


def test_it_never_reaches_back(registro: Convenente) -> None:
    with pytest.raises(ValidationError, match="de hoje em diante"):
        _preparar(registro, hoje() - timedelta(days=1))


def test_it_does_not_end_before_it_begins(registro: Convenente) -> None:
    with pytest.raises(ValidationError, match="antes do primeiro"):
        _preparar(registro, hoje() + timedelta(days=2), hoje())


def test_one_exception_a_day_for_a_line(registro: Convenente, analista: Usuario) -> None:
    afastar(_preparar(registro, hoje()), analista, hoje())
    with pytest.raises(ValidationError, match="Já há uma exceção"):
        _preparar(registro, hoje() + timedelta(days=30))


def test_a_line_of_another_type_is_refused(registro: Convenente) -> None:
    registro.tipo = TipoConvenente.objects.get(slug="uniao")
    with pytest.raises(ValidationError, match="não é feita a este tipo"):
        _preparar(registro, hoje())


def test_it_may_be_ended_today_once(registro: Convenente, analista: Usuario) -> None:
    excecao = afastar(_preparar(registro, hoje()), analista, hoje())
    encerrar(excecao, hoje())
    assert _estado(registro, hoje())[0] == "afastada"
    assert _estado(registro, hoje() + timedelta(days=1))[0] == "nao_apresentado"
    with pytest.raises(ValidationError, match="já termina hoje"):
        encerrar(excecao, hoje())


def test_ending_what_has_not_begun_does_not_begin_it(registro: Convenente, analista: Usuario) -> None:
    excecao = afastar(_preparar(registro, hoje() + timedelta(days=3)), analista, hoje())
    with pytest.raises(ValidationError, match="ainda não começou"):
        encerrar(excecao, hoje())
    assert _estado(registro, hoje())[0] == "nao_apresentado"


def test_the_team_records_it_in_the_admin(client: Client, registro: Convenente, analista: Usuario) -> None:
    client.force_login(analista)
    endereco = reverse("admin:convenentes_excecao_add")
    envio = {
        "cnpj": registro.cnpj,
        "exigencia": _cndt().pk,
        "lei": "Lei nº 1",
        "motivo": "Calamidade.",
        "de": f"{hoje():%Y-%m-%d}",
        "ate": "",
    }
    passada = client.post(endereco, envio | {"de": "2020-01-01"})
    assert "de hoje em diante" in passada.content.decode()
    desconhecido = client.post(endereco, envio | {"cnpj": cnpj_ficticio(1)})
    assert "Nenhum cadastro tem este CNPJ" in desconhecido.content.decode()
    assert not Excecao.objects.exists()
    assert client.post(endereco, envio).status_code == 302
    excecao = Excecao.objects.get()
    assert (excecao.codigo, excecao.registrada_por) == ("cndt", analista)
    acao = {"action": "encerrar_hoje", "_selected_action": [excecao.pk]}
    for resposta in ("termina hoje.", "já termina hoje ou já terminou"):
        pagina = client.post(reverse("admin:convenentes_excecao_changelist"), acao, follow=True)
        assert resposta in pagina.content.decode()

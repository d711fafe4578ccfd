"""The calendar at a secret address: the format, what it tells, and when the address dies."""

import re
from datetime import UTC, datetime

import pytest
from django.http import Http404

from convenentes import calendario
from convenentes.models import Convenente, EnderecoDeCalendario
from tests.convenentes.a_vencer import certidao, consultar, ligar, registro, registros
from tests.convenentes.mundo import HOJE, as_, dias
from tests.convenentes.oraculo import Mandato, Organizacao, Prova

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 8, 10, 9, 30, tzinfo=UTC)


def linhas(convenente: Convenente) -> list[str]:
    """The lines of the calendar, unfolded as a reader does."""
    corpo = calendario.compor(convenente, HOJE, AGORA).decode()
    return corpo.replace("\r\n ", "").rstrip("\r\n").split("\r\n")


def test_each_expiry_is_an_event_of_a_whole_day() -> None:
    convenente = registro(certidao(dias(5)))
    assert linhas(convenente) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CAGEC//Vencimentos//PT",
        f"X-WR-CALNAME:CAGEC – {convenente.razao_social}",
        "BEGIN:VEVENT",
        f"UID:certidao-20260815-{convenente.uuid}",
        "DTSTAMP:20260810T093000Z",
        "DTSTART;VALUE=DATE:20260815",
        "DTEND;VALUE=DATE:20260816",
        f"SUMMARY:Vence: Obrigação certidao – {convenente.razao_social}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_name_cannot_write_lines_of_its_own() -> None:
    convenente = registro()
    convenente.razao_social = "A, B; C\\D\r\nBEGIN:VALARM"
    assert "X-WR-CALNAME:CAGEC – A\\, B\\; C\\\\D BEGIN:VALARM" in linhas(convenente)


def test_no_line_is_longer_than_75_bytes_and_no_letter_is_cut() -> None:
    convenente = registro(certidao(dias(5)))
    convenente.razao_social = "Associação de Ação Ígnea – ÇÃÕ " * 6
    corpo = calendario.compor(convenente, HOJE, AGORA)
    fisicas = corpo.split(b"\r\n")
    assert max(len(linha) for linha in fisicas) == 75
    for linha in fisicas:
        linha.decode()
    assert f"X-WR-CALNAME:CAGEC – {convenente.razao_social.strip()}" in linhas(convenente)


def test_papers_of_the_representante_are_one_event_and_a_restriction_is_none() -> None:
    posse = Prova("posse", as_(dias(-150)), "MANDATO", mandato=0)
    regras, (convenente,) = registros(Organizacao(mandatos=(Mandato(dias(-200), dias(50)),), provas=(posse,)))
    consultar(convenente, regras, HOJE)
    assert [e[:2] for e in calendario.eventos(convenente, HOJE)] == [
        ("mandato", "Mandato do representante legal"),
        ("representante", "Identificação do representante legal"),
    ]


def test_it_tells_nothing_about_persons() -> None:
    convenente = registro(certidao(dias(5)))
    pessoa = ligar(convenente)
    calendario.criar_endereco(pessoa, convenente, AGORA)
    corpo = calendario.compor(convenente, HOJE, AGORA).decode()
    assert not any(dado in corpo for dado in (pessoa.nome, pessoa.email, pessoa.cpf, str(pessoa.uuid)))
    assert re.search(r"ORGANIZER|ATTENDEE", corpo) is None


def test_the_secret_has_at_least_128_bits_and_only_its_hash_is_kept() -> None:
    convenente = registro()
    pessoa = ligar(convenente)
    segredo = calendario.criar_endereco(pessoa, convenente, AGORA)
    assert len(segredo) * 6 >= 128
    assert segredo != calendario.criar_endereco(pessoa, convenente, AGORA)
    guardado = EnderecoDeCalendario.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", guardado.resumo)
    assert segredo not in str(vars(guardado))


def test_a_new_address_kills_the_old_one() -> None:
    convenente = registro()
    pessoa = ligar(convenente)
    velho = calendario.criar_endereco(pessoa, convenente, AGORA)
    novo = calendario.criar_endereco(pessoa, convenente, AGORA)
    assert calendario.convenente_do_segredo(novo, HOJE) == convenente
    with pytest.raises(Http404):
        calendario.convenente_do_segredo(velho, HOJE)


def test_an_address_that_was_turned_off_is_dead_and_that_of_others_lives() -> None:
    convenente = registro()
    pessoa, outra = ligar(convenente), ligar(convenente)
    segredo = calendario.criar_endereco(pessoa, convenente, AGORA)
    da_outra = calendario.criar_endereco(outra, convenente, AGORA)
    calendario.desligar(pessoa, convenente)
    with pytest.raises(Http404):
        calendario.convenente_do_segredo(segredo, HOJE)
    assert calendario.convenente_do_segredo(da_outra, HOJE) == convenente


def test_the_address_dies_with_the_role_in_that_very_organisation() -> None:
    _, (convenente, outro) = registros(Organizacao(), Organizacao())
    pessoa = ligar(convenente, ate=dias(5))
    ligar(outro, quem=pessoa)
    ligar(convenente)
    segredo = calendario.criar_endereco(pessoa, convenente, AGORA)
    assert calendario.convenente_do_segredo(segredo, dias(4)) == convenente
    with pytest.raises(Http404):
        calendario.convenente_do_segredo(segredo, dias(5))


def test_the_address_dies_with_the_account() -> None:
    convenente = registro()
    pessoa = ligar(convenente)
    segredo = calendario.criar_endereco(pessoa, convenente, AGORA)
    pessoa.is_active = False
    pessoa.save()
    with pytest.raises(Http404):
        calendario.convenente_do_segredo(segredo, HOJE)

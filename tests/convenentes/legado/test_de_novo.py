"""Twice changes nothing; a dry run changes nothing."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from cagec.tempo import hoje
from contas.anonimizacao import anonimizar
from contas.documentos_pessoais import formatar_cpf
from contas.fabricas import cpf_ficticio
from contas.models import Usuario
from convenentes.fabricas import cnpj_ficticio
from convenentes.legado import apagadas
from convenentes.models import (
    CargaLegado,
    Comprovacao,
    Convenente,
    EventoVinculo,
    LinhaLegado,
    PessoaApagada,
    Situacao,
    Vinculo,
)
from documentos.models import Arquivo, Documento, PastaDigital

_CADASTRO = (
    Convenente, Usuario, Vinculo, EventoVinculo, Documento, Comprovacao, Arquivo, PastaDigital, Situacao,
)  # fmt: skip


def _retrato() -> dict[str, int]:
    return {modelo.__name__: modelo.objects.count() for modelo in _CADASTRO}


@pytest.mark.django_db
def test_the_second_load_changes_nothing_and_says_of_each_row_that_it_was_there(exportar, carregar) -> None:
    pasta, _ = exportar(30)
    primeira = carregar(pasta)
    antes = _retrato()
    segunda = carregar(pasta)
    assert _retrato() == antes
    contas = dict(Counter(segunda.linhas.values_list("resultado", flat=True)))
    da_primeira = Counter(primeira.linhas.values_list("resultado", flat=True))
    assert contas == {
        "ja_havia": da_primeira["importada"],
        "repetida": da_primeira["repetida"],
        "rejeitada": da_primeira["rejeitada"],
    }


@pytest.mark.django_db
def test_a_link_that_was_ended_here_does_not_come_back(escrever, carregar) -> None:
    from convenentes.vinculos import encerrar

    pasta = escrever()
    carregar(pasta)
    vinculo = Vinculo.objects.get()
    encerrar(vinculo, por=None, desde=vinculo.periodo.lower)
    carregar(pasta)
    assert not Vinculo.objects.vigentes(hoje()).exists()


@pytest.mark.django_db
def test_checking_and_a_dry_run_write_the_report_and_nothing_else(exportar, tmp_path: Path) -> None:
    pasta, _ = exportar(20)
    antes = _retrato()
    for passo in ("conferir", "importar"):
        call_command("legado", passo, str(pasta), "--relatorio", str(tmp_path / passo))
        assert "Ensaio: nada foi gravado" in (tmp_path / passo / "relatorio.html").read_text()
    assert _retrato() == antes
    assert not CargaLegado.objects.exists()
    assert (tmp_path / "conferir/linhas.csv").read_bytes() == (tmp_path / "importar/linhas.csv").read_bytes()


@pytest.mark.django_db
def test_who_is_erased_is_named_in_no_row_of_the_account(escrever, carregar, dono: None) -> None:
    carregar(escrever(pessoas=f"cpf;nome;email\n{cpf_ficticio(1)};  Zulmira  Prates;z@example.org\n"))
    pessoa = Usuario.objects.get()
    Vinculo.objects.update(periodo=("2020-01-01", "2021-01-01"))
    anonimizar(pessoa)
    ditos = LinhaLegado.objects.values_list("chave", "motivo", "avisos", "mudancas", "dados")
    assert ditos.count() == 3
    assert not any(dito in str(list(ditos)) for dito in (cpf_ficticio(1), "Zulmira", "z@example.org"))


@pytest.mark.django_db
def test_who_is_erased_does_not_come_back_with_the_same_export(escrever, carregar, dono: None) -> None:
    pasta = escrever(
        documentos="codigo;cnpj;cpf;exigencia;tipo_documento;aceito_em\n"
        f"D1;{cnpj_ficticio(1)};{formatar_cpf(cpf_ficticio(1))};identidade;identidade;{hoje():%d/%m/%Y}\n"
    )
    carregar(pasta)
    Vinculo.objects.update(periodo=("2020-01-01", "2021-01-01"))
    anonimizar(Usuario.objects.get())
    antes = _retrato()
    segunda = carregar(pasta)
    assert _retrato() == antes
    deixadas = segunda.linhas.exclude(arquivo="convenentes")
    assert set(deixadas.values_list("arquivo", "resultado", "chave", "motivo")) == {
        (arquivo, "rejeitada", "", "cpf: a pessoa pediu que seus dados fossem apagados.")
        for arquivo in ("pessoas", "vinculos", "documentos")
    }
    assert cpf_ficticio(1) not in str(list(PessoaApagada.objects.values_list("resumo")))


@pytest.mark.django_db
def test_who_is_erased_is_recognised_after_the_secret_key_changed(escrever, carregar, settings) -> None:
    apagadas.lembrar(cpf_ficticio(1))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "outra-chave" * 5
    carregar(escrever())
    assert not Usuario.objects.exists()
    assert not Vinculo.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_load_leaves_the_planner_knowing_what_it_filled(exportar, carregar) -> None:
    with connection.cursor() as cursor:
        pasta, _ = exportar(60, com_arquivos=False)
        carregar(pasta)
        cursor.execute(
            "SELECT relname, reltuples::int FROM pg_class"
            " WHERE relname IN ('convenentes_convenente', 'convenentes_comprovacao', 'documentos_documento')"
        )
        conhecidas = dict(cursor.fetchall())
    assert conhecidas == {
        modelo._meta.db_table: modelo.objects.count() for modelo in (Convenente, Comprovacao, Documento)
    }


@pytest.mark.django_db
def test_the_portal_may_refresh_statistics_of_those_tables_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'MAINTAIN')"
        )
        assert {nome for (nome,) in cursor} == {
            "contas_usuario", "documentos_documento", "convenentes_convenente", "convenentes_vinculo",
            "convenentes_comprovacao", "convenentes_resultadofonte",
        }  # fmt: skip

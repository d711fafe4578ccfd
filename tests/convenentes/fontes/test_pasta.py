"""The drop folder: an hourly task loads what lies there at rest, and sets aside what is refused."""

import os
import time
from datetime import date
from pathlib import Path

import pytest

from convenentes.fontes.pasta import carregar_pasta
from convenentes.models import CargaFonte
from convenentes.tasks import carregar_fontes
from tests.convenentes.fontes.arquivos import DIA, cauc, cepim, lote, registro, ultimo

AGORA = time.time()


def deixar(pasta: Path, cadastro: str, nome: str, conteudo: bytes, idade: int = 3600) -> Path:
    (pasta / cadastro).mkdir(exist_ok=True)
    arquivo = pasta / cadastro / nome
    arquivo.write_bytes(conteudo)
    os.utime(arquivo, (AGORA - idade, AGORA - idade))
    return arquivo


@pytest.mark.django_db
def test_the_files_of_each_register_are_loaded_and_leave_the_folder(tmp_path: Path) -> None:
    municipio = registro(60, "municipio")
    deixar(tmp_path, "cauc", "municipios.csv", cauc({"3146107": {}}).conteudo)
    deixar(tmp_path, "siafi_mg", "hoje.CSV", lote([(municipio.cnpj, "normal", "24/11/2026")]).conteudo)
    carregar_pasta(tmp_path, DIA, AGORA)
    assert ultimo(municipio, "cauc_3_3") is not None
    assert ultimo(municipio, "siafi_mg") == ("sem_restricao", DIA, "normal")
    assert set(CargaFonte.objects.values_list("cadastro", "origem")) == {
        ("cauc", "pasta"),
        ("siafi_mg", "pasta"),
    }
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.django_db
def test_older_names_come_first(tmp_path: Path) -> None:
    for dia in (22, 24, 20, 23, 21):
        lista = cepim([], date(2026, 11, dia))
        deixar(tmp_path, "cepim", lista.nome, lista.conteudo)
    carregar_pasta(tmp_path, DIA, AGORA)
    assert list(CargaFonte.objects.order_by("id").values_list("referencia__day", flat=True)) == [
        20,
        21,
        22,
        23,
        24,
    ]


@pytest.mark.django_db
def test_a_refused_file_is_set_aside_with_its_reasons_and_the_others_go_on(tmp_path: Path) -> None:
    organizacao = registro(61)
    deixar(tmp_path, "siafi_mg", "a.csv", b"cnpj;situacao;data\n1;normal;24/11/2026\n")
    deixar(tmp_path, "siafi_mg", "b.csv", lote([(organizacao.cnpj, "normal", "24/11/2026")]).conteudo)
    carregar_pasta(tmp_path, DIA, AGORA)
    recusados = tmp_path / "siafi_mg" / "recusados"
    assert {p.name for p in recusados.iterdir()} == {"a.csv", "a.csv.erros.txt"}
    assert (recusados / "a.csv.erros.txt").read_text() == "Linha 2: “1” não é um CNPJ válido.\n"
    assert ultimo(organizacao, "siafi_mg") is not None
    carregar_pasta(tmp_path, DIA, AGORA)  # what was set aside is not tried again
    assert CargaFonte.objects.count() == 1


@pytest.mark.django_db
def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    conteudo = lote([(registro(62).cnpj, "normal", "24/11/2026")]).conteudo
    esperam = [
        deixar(tmp_path, "siafi_mg", "novo.csv", conteudo, idade=5),
        deixar(tmp_path, "siafi_mg", ".oculto.csv", conteudo),
        deixar(tmp_path, "siafi_mg", "lista.csv.parcial", conteudo),
    ]
    carregar_pasta(tmp_path, DIA, AGORA)
    assert all(arquivo.exists() for arquivo in esperam)
    assert not CargaFonte.objects.exists()


@pytest.mark.django_db
def test_a_file_loaded_before_also_leaves_the_folder(tmp_path: Path) -> None:
    conteudo = lote([(registro(63).cnpj, "normal", "24/11/2026")]).conteudo
    for nome in ("a.csv", "b.csv"):
        deixar(tmp_path, "siafi_mg", nome, conteudo)
    carregar_pasta(tmp_path, DIA, AGORA)
    assert CargaFonte.objects.count() == 1
    assert list((tmp_path / "siafi_mg").iterdir()) == []


@pytest.mark.django_db
def test_the_task_reads_the_folder_of_the_settings(tmp_path: Path, settings) -> None:
    settings.FONTES = tmp_path
    deixar(tmp_path, "siafi_mg", "a.csv", lote([(registro(64).cnpj, "normal", "01/01/2020")]).conteudo)
    carregar_fontes()
    assert CargaFonte.objects.get().referencia == date(2020, 1, 1)


@pytest.mark.django_db
def test_without_a_folder_the_task_does_nothing(settings) -> None:
    assert settings.FONTES is None
    carregar_fontes()
    assert not CargaFonte.objects.exists()


def test_the_task_is_on_the_schedule(settings) -> None:
    assert carregar_fontes.name in {entrada["task"] for entrada in settings.CELERY_BEAT_SCHEDULE.values()}

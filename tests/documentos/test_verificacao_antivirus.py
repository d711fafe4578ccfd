"""Does clamd know something harmful in the file."""

import io
import zipfile
from typing import Any

import pytest

from cagec.embutido.postgres import porta_livre
from documentos import fabricas
from documentos.verificacoes import antivirus
from documentos.verificacoes.antivirus import AntivirusIndisponivel
from documentos.verificacoes.resultado import Resultado
from tests.documentos import hostis


def _em_pedacos(conteudo: bytes, tamanho: int = 1000) -> list[bytes]:
    return [conteudo[i : i + tamanho] for i in range(0, len(conteudo), tamanho)]


def _examinar(conteudo: bytes) -> Resultado:
    return antivirus.verificar(_em_pedacos(conteudo))


def _zipado(vezes: int) -> bytes:
    conteudo = hostis.eicar()
    for _ in range(vezes):
        saida = io.BytesIO()
        with zipfile.ZipFile(saida, "w", zipfile.ZIP_DEFLATED) as pacote:
            pacote.writestr("dentro", conteudo)
        conteudo = saida.getvalue()
    return conteudo


@pytest.mark.usefixtures("clamd")
@pytest.mark.parametrize(
    "conteudo", [fabricas.pdf("Certidão"), fabricas.foto(), b"", b"x" * 20 * 1024 * 1024]
)
def test_what_is_harmless_passes_up_to_the_largest_file_that_is_taken(conteudo: bytes) -> None:
    assert _examinar(conteudo).situacao == "aprovado"


@pytest.mark.usefixtures("clamd")
@pytest.mark.parametrize(
    "conteudo",
    [hostis.eicar(), _zipado(1), hostis.pdf_com_virus(hostis.eicar()), fabricas.foto() + hostis.eicar()],
    ids=["plain", "zipped", "in a PDF", "behind a photo"],
)
def test_what_is_harmful_goes_back_to_the_person_with_the_remedy(conteudo: bytes) -> None:
    resultado = _examinar(conteudo)
    assert resultado.situacao == "reprovado"
    assert "programa nocivo (Eicar-Test" in resultado.detalhe
    assert "Passe um antivírus no seu aparelho" in resultado.conselho


@pytest.mark.usefixtures("clamd")
def test_what_the_scanner_only_suspects_waits_for_a_person() -> None:
    resultado = _examinar(_zipado(6))  # deeper than it looks
    assert resultado.situacao == "retido"
    assert "Heuristics.Limits.Exceeded" in resultado.detalhe


@pytest.mark.usefixtures("clamd")
def test_what_the_scanner_would_not_take_whole_is_not_decided() -> None:
    with pytest.raises(AntivirusIndisponivel):
        _examinar(b"x" * 30 * 1024 * 1024)


def test_a_scanner_that_does_not_answer_decides_nothing(settings: Any) -> None:
    settings.ANTIVIRUS, settings.CLAMD_ENDERECO = "clamd", f"127.0.0.1:{porta_livre()}"
    assert not antivirus.responde()
    with pytest.raises(AntivirusIndisponivel):
        _examinar(b"x")


def test_one_behind_a_unix_socket_that_is_not_there_neither(settings: Any, tmp_path: Any) -> None:
    settings.ANTIVIRUS, settings.CLAMD_ENDERECO = "clamd", str(tmp_path / "clamd.sock")
    assert not antivirus.responde()


@pytest.mark.usefixtures("clamd")
def test_a_scanner_that_is_there_says_so() -> None:
    assert antivirus.responde()


def test_without_a_scanner_it_is_said_that_nothing_was_examined() -> None:
    resultado = _examinar(hostis.eicar())
    assert resultado.situacao == "atencao"
    assert resultado.detalhe.startswith("não examinado")
    assert antivirus.responde()

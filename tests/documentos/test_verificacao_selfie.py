"""Advice on the photo with the identity document. It assists; it never refuses."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from documentos import fabricas
from documentos.verificacoes import selfie
from tests.documentos import hostis

PESSOA, DOCUMENTO = (90, 160, 40), (230, 160, 38)
DOIS = "dois rostos nítidos e bem iluminados"


def _retrato(*rostos: tuple[int, int, int], lado: int = 320) -> Image.Image:
    imagem = Image.new("RGB", (lado, lado), "#cfd8e3")
    for rosto in rostos:
        fabricas.rosto(ImageDraw.Draw(imagem), *rosto)
    return imagem


def _bytes(imagem: Image.Image, formato: str = "JPEG", **opcoes: object) -> bytes:
    saida = BytesIO()
    imagem.save(saida, formato, **opcoes)
    return saida.getvalue()


def _conselhos(conteudo: bytes) -> dict[str, str]:
    """What is said, with its remedy. Nothing that is said refuses the photo."""
    resultados = selfie.verificar(conteudo)
    assert {r.situacao for r in resultados} <= {"aprovado", "atencao"}
    return {r.detalhe: r.conselho for r in resultados}


@pytest.mark.parametrize("formato", ["JPEG", "PNG"])
def test_a_person_and_a_document_are_approved(formato: str) -> None:
    assert _conselhos(_bytes(_retrato(PESSOA, DOCUMENTO), formato)) == {DOIS: ""}


def test_the_photo_of_the_factory_is_a_good_example() -> None:
    assert _conselhos(fabricas.foto()) == {DOIS: ""}


@pytest.mark.parametrize("giro", [90, 180, 270])
def test_a_photo_held_sideways_or_upside_down_is_understood(giro: int) -> None:
    girada = _retrato(PESSOA, DOCUMENTO).rotate(giro, expand=True)
    assert _conselhos(_bytes(girada)) == {DOIS: ""}


def test_a_big_photo_is_looked_at_again_in_more_detail() -> None:
    grande = _retrato((400, 640, 40), (900, 640, 40), lado=1280)
    assert "não encontramos nenhum rosto na foto." in _conselhos(_bytes(grande.resize((640, 640))))
    assert _conselhos(_bytes(grande)) == {DOIS: ""}


def test_one_face_asks_for_the_document_beside_it() -> None:
    conselho = _conselhos(_bytes(_retrato((160, 160, 40))))["encontramos um rosto só."]
    assert "Aproxime o documento da câmera, sem cobrir o rosto." in conselho


def test_no_face_asks_for_another_photo() -> None:
    conselhos = _conselhos(_bytes(_retrato()))
    assert list(conselhos) == ["não encontramos nenhum rosto na foto."]
    assert (
        "segurando o documento aberto ao lado do rosto" in conselhos["não encontramos nenhum rosto na foto."]
    )


def test_a_third_person_asks_to_be_alone() -> None:
    retrato = _retrato((70, 160, 38), (180, 160, 38), (290, 160, 38))
    assert _conselhos(_bytes(retrato)) == {
        "há mais de dois rostos na foto.": "Se o outro é a imagem pequena que o documento já traz, está tudo certo. "
        "Se é de outra pessoa, tire uma foto só você com o seu documento."
    }


def test_a_dark_photo_asks_for_light() -> None:
    escura = ImageEnhance.Brightness(_retrato(PESSOA, DOCUMENTO)).enhance(0.15)
    assert "frente para uma janela" in _conselhos(_bytes(escura))["a foto está escura."]


def test_a_dark_photo_without_a_face_is_told_both_things() -> None:
    assert set(_conselhos(_bytes(Image.new("RGB", (320, 320), "#101010")))) == {
        "não encontramos nenhum rosto na foto.",
        "a foto está escura.",
    }


def test_a_burnt_photo_asks_for_less_light() -> None:
    queimada = ImageEnhance.Brightness(_retrato(PESSOA, DOCUMENTO)).enhance(9)
    assert "sem flash" in _conselhos(_bytes(queimada))["a foto está clara demais."]


def test_a_blurred_photo_asks_for_a_steady_hand() -> None:
    borrada = _retrato(PESSOA, DOCUMENTO).filter(ImageFilter.GaussianBlur(4))
    conselhos = _conselhos(_bytes(borrada))
    assert conselhos == {"a foto está borrada.": "Limpe a lente, apoie o celular e tire outra."}


def test_a_document_far_away_is_asked_to_come_nearer() -> None:
    conselhos = _conselhos(_bytes(_retrato(PESSOA, (230, 160, 14))))
    assert conselhos == {
        "o documento está longe demais.": "Aproxime-o da câmera até dar para ler o seu nome nele."
    }


@pytest.mark.parametrize("conteudo", [b"nada", hostis.png(20, 20)[:40]])
def test_what_does_not_decode_gets_no_advice(conteudo: bytes) -> None:
    assert selfie.verificar(conteudo) == []


def test_the_model_of_faces_is_the_one_that_was_examined() -> None:
    resumo = hashlib.sha256(selfie.MODELO.read_bytes()).hexdigest()
    assert resumo == "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
    assert "MIT License" in selfie.MODELO.with_name("LICENSE").read_text()

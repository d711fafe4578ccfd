"""Advice on the photo with the identity document: two faces, sharp, well lit. It assists; it never refuses.

No face is compared with another: that would be biometric data (LGPD, art. 11) and the comparison is the analyst's.
Faces are found by YuNet (MIT licence, see ``modelos/LICENSE``).
"""

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from documentos.verificacoes.resultado import Resultado, aprovado, atencao

NOME, VERSAO = "selfie", "1"
MODELO = Path(__file__).parent / "modelos" / "face_detection_yunet_2023mar.onnx"
NITIDEZ_MINIMA = 40.0
LUZ_MINIMA, LUZ_MAXIMA = 50.0, 235.0
ROSTO_MINIMO = 40
_CONFIANCA = 0.6
_GIROS = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)

Foto = np.ndarray[Any, np.dtype[Any]]
Rosto = tuple[int, int, int, int]


def verificar(conteudo: bytes) -> list[Resultado]:
    """Return one result for each thing that a photo may do better, or a single approval."""
    foto = cv2.imdecode(np.frombuffer(conteudo, np.uint8), cv2.IMREAD_COLOR)
    if foto is None:
        return []
    foto, rostos = _procurar(foto)
    conselhos = [_quantidade(len(rostos)), _luz(foto, rostos), _nitidez(foto, rostos), _tamanho(rostos)]
    problemas = [c for c in conselhos if c is not None]
    return problemas or [aprovado(NOME, VERSAO, "dois rostos nítidos e bem iluminados")]


def _procurar(foto: Foto) -> tuple[Foto, list[Rosto]]:
    """Find two faces or more: at 640 px in the four rotations, then at 1280 px in the one that showed most of them.

    A pass at 640 px costs a quarter of one at 1280: all of it costs two of these at most.
    """
    foto = _reduzir(foto, 1280)
    giros = [foto if giro is None else cv2.rotate(foto, giro) for giro in _GIROS]
    melhor, rostos = giros[0], _rostos(_reduzir(giros[0], 640))
    for girada in giros[1:]:
        if len(rostos) >= 2:
            break
        achados = _rostos(_reduzir(girada, 640))
        if len(achados) > len(rostos):
            melhor, rostos = girada, achados
    pequena, grande = _reduzir(melhor, 640), _reduzir(melhor, 1280)
    if len(rostos) >= 2 or pequena.shape == grande.shape:
        return pequena, rostos
    de_perto = _rostos(grande)
    return (grande, de_perto) if len(de_perto) >= len(rostos) else (pequena, rostos)


def _reduzir(foto: Foto, lado: int) -> Foto:
    escala = lado / max(foto.shape[:2])
    if escala >= 1:
        return foto
    menor: Foto = cv2.resize(foto, None, fx=escala, fy=escala, interpolation=cv2.INTER_AREA)
    return menor


def _rostos(foto: Foto) -> list[Rosto]:
    altura, largura = foto.shape[:2]
    detector = cv2.FaceDetectorYN.create(str(MODELO), "", (largura, altura), _CONFIANCA)
    _, achados = detector.detect(foto)
    return [] if achados is None else [_caixa(rosto) for rosto in achados]


def _caixa(rosto: Foto) -> Rosto:
    x, y, largura, altura = (int(v) for v in rosto[:4])
    return x, y, largura, altura


def _quantidade(quantos: int) -> Resultado | None:
    if quantos == 2:
        return None
    if quantos == 0:
        return atencao(
            NOME,
            VERSAO,
            "não encontramos nenhum rosto na foto.",
            "Tire outra de frente, com boa luz, segurando o documento aberto ao lado do rosto.",
        )
    if quantos == 1:
        return atencao(
            NOME,
            VERSAO,
            "encontramos um rosto só.",
            "A foto deve mostrar o seu rosto e o do documento. Aproxime o documento da câmera, sem cobrir o rosto.",
        )
    return atencao(
        NOME,
        VERSAO,
        "há mais de dois rostos na foto.",
        "Se o outro é a imagem pequena que o documento já traz, está tudo certo. "
        "Se é de outra pessoa, tire uma foto só você com o seu documento.",
    )


def _recorte(foto: Foto, rosto: Rosto) -> Foto:
    x, y, largura, altura = rosto
    pedaco = foto[max(y, 0) : y + altura, max(x, 0) : x + largura]
    cinza: Foto = cv2.resize(cv2.cvtColor(pedaco, cv2.COLOR_BGR2GRAY), (112, 112))
    return cinza


def _luz(foto: Foto, rostos: list[Rosto]) -> Resultado | None:
    area = _recorte(foto, _maior(rostos)) if rostos else cv2.cvtColor(foto, cv2.COLOR_BGR2GRAY)
    media = float(np.mean(area))
    if media < LUZ_MINIMA:
        return atencao(
            NOME, VERSAO, "a foto está escura.", "Tire outra de frente para uma janela ou lâmpada."
        )
    if media > LUZ_MAXIMA:
        return atencao(
            NOME, VERSAO, "a foto está clara demais.", "Tire outra sem flash e sem luz forte no rosto."
        )
    return None


def _nitidez(foto: Foto, rostos: list[Rosto]) -> Resultado | None:
    if not rostos:
        return None
    nitidez = float(cv2.Laplacian(_recorte(foto, _maior(rostos)), cv2.CV_64F).var())
    if nitidez >= NITIDEZ_MINIMA:
        return None
    return atencao(NOME, VERSAO, "a foto está borrada.", "Limpe a lente, apoie o celular e tire outra.")


def _tamanho(rostos: list[Rosto]) -> Resultado | None:
    if len(rostos) < 2 or min(rosto[3] for rosto in rostos) >= ROSTO_MINIMO:
        return None
    return atencao(
        NOME,
        VERSAO,
        "o documento está longe demais.",
        "Aproxime-o da câmera até dar para ler o seu nome nele.",
    )


def _maior(rostos: list[Rosto]) -> Rosto:
    return max(rostos, key=lambda rosto: rosto[2] * rosto[3])

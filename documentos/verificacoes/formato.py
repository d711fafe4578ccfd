"""Is the content what the name says: PDF, JPEG or PNG."""

from pathlib import PurePath

import magic

from documentos.verificacoes.resultado import Resultado, aprovado, reprovado

NOME, VERSAO = "formato", "1"
MIDIAS = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_TERMINACOES = {midia: fim for fim, midia in reversed(MIDIAS.items())}
_CONSELHO = "Envie um arquivo PDF, JPEG ou PNG."
_DO_IPHONE = "No iPhone, escolha Ajustes → Câmera → Formatos → Mais Compatível, tire a foto de novo e envie."
_DO_EDITOR = "Abra-o no programa em que foi escrito, escolha Salvar como PDF e envie o PDF."
_CONSELHOS = {
    **dict.fromkeys((".heic", ".heif", "image/heic", "image/heif"), _DO_IPHONE),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), _DO_EDITOR),
}


def midia(conteudo: bytes) -> str:
    """Return the media type that the bytes themselves reveal."""
    tipo: str = magic.from_buffer(conteudo[:8192], mime=True)
    return tipo


def verificar(nome: str, conteudo: bytes) -> Resultado:
    """Compare the ending of the name with the content; a PDF must begin with ``%PDF-``."""
    fim, vista = PurePath(nome).suffix.lower(), midia(conteudo)
    conselho = _CONSELHOS.get(vista) or _CONSELHOS.get(fim, _CONSELHO)
    if fim not in MIDIAS and vista not in _TERMINACOES:
        return reprovado(NOME, VERSAO, "este tipo de arquivo não é aceito.", conselho)
    if MIDIAS.get(fim) != vista:
        if vista in _TERMINACOES:
            conselho = f"Mude a terminação do nome para {_TERMINACOES[vista]} e envie de novo."
        return reprovado(
            NOME, VERSAO, "o conteúdo não corresponde à terminação do nome do arquivo.", conselho
        )
    if vista == "application/pdf" and not conteudo.startswith(b"%PDF-"):
        return reprovado(
            NOME,
            VERSAO,
            "o PDF tem dados estranhos antes do começo.",
            "Abra-o, escolha Imprimir → Salvar como PDF e envie a nova cópia.",
        )
    return aprovado(NOME, VERSAO, vista)

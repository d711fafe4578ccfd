"""Join photos of pages and PDFs into one PDF, in the order chosen (docs/decisoes/0027)."""

from collections.abc import Sequence
from pathlib import PurePath

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from documentos.envio import MAXIMO_DE_UMA_VEZ, ArquivoRecusado
from documentos.juncao import Juntado, juntar
from documentos.nomes import nome_limpo
from documentos.verificacoes.isolamento import Interrompida, isolada
from documentos.verificacoes.tamanho import MEGA


def em_um(arquivos: Sequence[UploadedFile]) -> UploadedFile:
    """Return one PDF with the pages of all files, named after the first. Raises ArquivoRecusado.

    The name of each file becomes a bookmark at its first page: who reads the PDF sees what it was made of.
    """
    if sum(a.size or 0 for a in arquivos) > MAXIMO_DE_UMA_VEZ:
        limite = MAXIMO_DE_UMA_VEZ // MEGA
        raise ArquivoRecusado([f"Os arquivos somam mais de {limite} MB. Digitalize com menos resolução."])
    partes = [(nome_limpo(a.name or ""), a.read()) for a in arquivos]
    try:
        juntado = isolada(juntar, partes)
    except Interrompida:
        juntado = Juntado(
            recusa="Os arquivos são complexos demais para juntar. Junte-os no seu aparelho e envie um PDF."
        )
    if juntado.recusa:
        raise ArquivoRecusado([juntado.recusa], [] if juntado.parte is None else [arquivos[juntado.parte]])
    nome = f"{PurePath(partes[0][0]).stem} e mais {len(partes) - 1}.pdf"
    return SimpleUploadedFile(nome, juntado.conteudo, "application/pdf")

"""Files sent with a message: the checks of every upload, all before anything is written."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from atendimento.models import MensagemDoChamado
from contas.models import Usuario
from documentos import cota, envio, transferencia
from documentos.verificacoes.tamanho import MEGA

MAXIMO = 5


def verificar(enviados: Sequence[UploadedFile], usuario: Usuario | None) -> list[envio.Verificado]:
    """Check every file. Raises ArquivoRecusado, with what is wrong with each."""
    if usuario and (mensagens := cota.problemas_da_pessoa(usuario, enviados)):
        raise envio.ArquivoRecusado(mensagens)
    if sum(enviado.size or 0 for enviado in enviados) > envio.MAXIMO_DE_UMA_VEZ:
        megas = envio.MAXIMO_DE_UMA_VEZ // MEGA
        raise envio.ArquivoRecusado([f"Os arquivos somam mais de {megas} MB. Envie-os em duas mensagens."])
    aceitos, recusas = separar(enviados)
    if recusas:
        raise envio.ArquivoRecusado(recusas)
    return aceitos


def separar(enviados: Sequence[UploadedFile]) -> tuple[list[envio.Verificado], list[str]]:
    """Check every file; return those that can be taken, and what is wrong with the others."""
    aceitos, recusas = [], []
    for enviado in enviados:
        try:
            aceitos.append(envio.verificar(enviado))
        except envio.ArquivoRecusado as erro:
            recusas += erro.mensagens
    return aceitos, recusas


def guardar(
    mensagem: MensagemDoChamado, verificados: Sequence[envio.Verificado], por: Usuario | None
) -> None:
    """Keep the checked files with the message."""
    mensagem.arquivos.add(*(envio.guardar_verificado(v, por) for v in verificados))
    transferencia.marcar_usados([v.enviado for v in verificados])

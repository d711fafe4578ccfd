"""What a load did, in the words that the command, the page and the log show."""

from django.utils import timezone

from convenentes.fontes.carga import Conferencia
from convenentes.models import CargaFonte


def da_conferencia(conferencia: Conferencia) -> str:
    """What the file would do."""
    leitura = conferencia.leitura
    respostas, lidas = len(conferencia.respostas), _quantas(leitura.linhas, "linha lida", "linhas lidas")
    return (
        f"{CargaFonte.Cadastro(leitura.cadastro).label} de {leitura.referencia:%d/%m/%Y}: o arquivo está em ordem. "
        f"{lidas}, {_quantas(respostas, 'resposta', 'respostas')} sobre convenentes, "
        f"{conferencia.com_restricao} com restrição. Nada foi gravado."
    )


def da_carga(carga: CargaFonte, nova: bool) -> str:
    """What the file did, or that it had been loaded before."""
    if not nova:
        dia = timezone.localdate(carga.carregada_em)
        return f"Este arquivo já tinha sido carregado em {dia:%d/%m/%Y}. Nada mudou."
    return (
        f"{carga}: {_quantas(carga.linhas, 'linha lida', 'linhas lidas')}, "
        f"{_quantas(carga.respostas, 'resposta gravada', 'respostas gravadas')}, "
        f"{carga.com_restricao} com restrição."
    )


def _quantas(numero: int, uma: str, varias: str) -> str:
    return f"{numero} {uma if numero == 1 else varias}"

"""A page of a document as a picture, drawn before, against a stored file: CPU time of the whole request."""

import statistics
import time

from django.test import Client
from django.urls import reverse

from bench.regra import dizer
from contas import fabricas as contas
from documentos import fabricas
from documentos.models import PastaPessoal
from tests.documentos import apoio, folhas

VEZES = 300


def medir() -> None:
    """Print the ratio of the medians, taken in turns so that both see the same machine."""
    digitalizada = fabricas.enviado("digitalizada.png", folhas.salvar("PNG", folhas.folha()))
    documento, dona = apoio.anexar(None, digitalizada), contas.usuario()
    PastaPessoal.objects.create(usuario=dona, pasta=documento.pasta)
    cliente, uuid = apoio.entrar(dona), documento.arquivos.get().uuid
    enderecos = reverse("previa", args=[uuid, 1]), reverse("arquivo", args=[uuid])
    tempos = [[_cpu(cliente, endereco) for endereco in enderecos] for _ in range(VEZES)]
    pagina, arquivo = (statistics.median(coluna) for coluna in zip(*tempos[1:], strict=True))
    dizer("previa", pagina / arquivo, 1)


def _cpu(cliente: Client, endereco: str) -> float:
    inicio = time.process_time()
    resposta = cliente.get(endereco)
    apoio.ler(resposta)
    gasto = time.process_time() - inicio
    assert resposta.status_code == 200
    return gasto

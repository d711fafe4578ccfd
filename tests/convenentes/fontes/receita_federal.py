"""A real HTTP server on this machine that answers as the look-up of the Receita Federal does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ReceitaFederal:
    """``respostas``: by path, the status and the body; "cala" never answers, "corta" hangs up in the middle,
    "lixo" speaks no HTTP."""

    def __init__(self) -> None:
        self.respostas: dict[str, tuple[int, bytes] | str] = {}
        self.pedidos: list[str] = []
        self.fim = threading.Event()
        self.endereco = ""

    def empresa(self, pedido: str, **campos: Any) -> None:
        dados = {
            "cnpj": pedido,
            "descricao_situacao_cadastral": "ATIVA",
            "codigo_natureza_juridica": 3999,
            "natureza_juridica": "Associação Privada",
            "razao_social": "ASSOCIACAO FICTICIA DOS TESTES",
            "nome_fantasia": "",
            "data_inicio_atividade": "2010-05-03",
            "cep": "35400000",
            "descricao_tipo_de_logradouro": "RUA",
            "logradouro": "DIREITA",
            "numero": "10",
            "complemento": "",
            "bairro": "CENTRO",
            "municipio": "OURO PRETO",
            "uf": "MG",
            "codigo_municipio_ibge": 3146107,
        }
        self.respostas[f"/cnpj/{pedido}"] = (200, json.dumps({**dados, **campos}).encode())


@contextmanager
def no_ar() -> Iterator[ReceitaFederal]:
    """Serve until the end of the block."""
    receita = ReceitaFederal()

    class Atendente(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            receita.pedidos.append(self.path)
            resposta = receita.respostas.get(self.path, (404, b'{"message": "nao encontrado"}'))
            if resposta == "cala":
                receita.fim.wait(10)
                return
            if resposta == "lixo":
                self.wfile.write(b"isto nao e HTTP\r\n\r\n")
                return
            status, corpo = (200, b"{") if isinstance(resposta, str) else resposta
            self.send_response(status)
            self.send_header("Content-Length", str(len(corpo) + (10 if resposta == "corta" else 0)))
            self.end_headers()
            self.wfile.write(corpo)

        def log_message(self, *_: object) -> None: ...

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Atendente)
    linha = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.01})
    linha.start()
    receita.endereco = f"http://127.0.0.1:{servidor.server_address[1]}/cnpj"
    try:
        yield receita
    finally:
        receita.fim.set()
        servidor.shutdown()
        linha.join()
        servidor.server_close()

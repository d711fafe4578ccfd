"""A small OpenID Connect provider that claims what gov.br claims: its own process, real keys, a login page.

``python -m tests.provedor_oidc PORT CLIENT SECRET RETURN_ADDRESS``. Any CPF enters with the password ``SENHA``.
Strict on purpose: exact return address, PKCE S256, client authentication by Basic, codes that work once and for
one minute.
"""

import base64
import hashlib
import html
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

SENHA = "senha do gov.br"
CHAVE, OUTRA_CHAVE = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
CODIGOS: dict[str, dict[str, str]] = {}
PAGINA = """<!DOCTYPE html><html lang="pt-BR"><head><meta charset="utf-8"><title>Provedor de teste</title></head><body>
<main><h1>Identifique-se</h1><p>{erro}</p><form method="post" action="/authorize">
<input type="hidden" name="pedido" value="{pedido}">
<label>CPF <input name="cpf"></label> <label>Senha <input name="senha" type="password"></label>
<label>Nível <input name="nivel" value="gold"></label>
<button>Continuar</button> <button name="cancelar" value="1">Cancelar</button></form></main></body></html>"""


class Provedor(BaseHTTPRequestHandler):
    """The endpoints. Who asks wrongly gets 400 and the reason."""

    porta: int
    cliente: str
    segredo: str
    volta: str

    def do_GET(self) -> None:
        partes = urlsplit(self.path)
        if partes.path == "/.well-known/openid-configuration":
            self._json(self._descoberta())
        elif partes.path in {"/jwk", "/chaves-trocadas"}:
            self._json({"keys": [_publica(CHAVE if partes.path == "/jwk" else OUTRA_CHAVE)]})
        elif partes.path == "/authorize":
            self._perguntar(partes.query, "")
        else:
            self._json({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        corpo = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        campos = dict(parse_qsl(corpo))
        if self.path == "/authorize":
            self._autorizar(campos)
        else:
            self._trocar(campos)

    def _descoberta(self) -> dict[str, object]:
        emissor = f"http://127.0.0.1:{self.porta}"
        return {
            "issuer": f"{emissor}/",
            "authorization_endpoint": f"{emissor}/authorize",
            "token_endpoint": f"{emissor}/token",
            "userinfo_endpoint": f"{emissor}/userinfo",
            "jwks_uri": f"{emissor}/jwk",
        }

    def _perguntar(self, pedido: str, erro: str) -> None:
        campos = {nome: valores[0] for nome, valores in parse_qs(pedido).items()}
        certo = (
            campos.get("response_type") == "code"
            and campos.get("client_id") == self.cliente
            and campos.get("redirect_uri") == self.volta
            and "openid" in campos.get("scope", "").split()
            and campos.get("code_challenge_method") == "S256"
            and campos.get("code_challenge")
            and campos.get("nonce")
        )
        if not certo:
            self._json({"error": "invalid_request"}, 400)
            return
        self._responder(200, "text/html; charset=utf-8", PAGINA.format(erro=erro, pedido=html.escape(pedido)))

    def _autorizar(self, campos: dict[str, str]) -> None:
        pedido = dict(parse_qsl(campos["pedido"]))
        estado = {"state": pedido.get("state", "")}
        if "cancelar" in campos:
            self._redirecionar(estado | {"error": "access_denied"})
        elif campos.get("senha") != SENHA:
            self._perguntar(campos["pedido"], "CPF ou senha não conferem.")
        else:
            codigo = secrets.token_urlsafe(24)
            CODIGOS[codigo] = {**pedido, "cpf": campos["cpf"], "nivel": campos.get("nivel", "")}
            CODIGOS[codigo]["ate"] = str(time.time() + 60)
            self._redirecionar(estado | {"code": codigo})

    def _trocar(self, campos: dict[str, str]) -> None:
        basica = base64.b64encode(f"{self.cliente}:{self.segredo}".encode()).decode()
        codigo = CODIGOS.pop(campos.get("code", ""), None)
        resumo = hashlib.sha256(campos.get("code_verifier", "").encode()).digest()
        desafio = base64.urlsafe_b64encode(resumo).rstrip(b"=").decode()
        if self.path != "/token" or self.headers.get("Authorization") != f"Basic {basica}":
            self._json({"error": "invalid_client"}, 401)
        elif (
            codigo is None
            or float(codigo["ate"]) < time.time()
            or campos.get("grant_type") != "authorization_code"
            or campos.get("redirect_uri") != codigo["redirect_uri"]
            or desafio != codigo["code_challenge"]
        ):
            self._json({"error": "invalid_grant"}, 400)
        else:
            token = self._id_token(codigo)
            self._json({"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "id_token": token})

    def _id_token(self, codigo: dict[str, str]) -> str:
        agora = int(time.time())
        dados = {
            "iss": f"http://127.0.0.1:{self.porta}/",
            "aud": self.cliente,
            "sub": codigo["cpf"],
            "nonce": codigo["nonce"],
            "iat": agora,
            "exp": agora + 300,
            "jti": secrets.token_hex(8),
            "amr": ["passwd"],
            "name": "Nome que o provedor conhece",
            "email": "outro-endereco@provedor.example",
            "email_verified": True,
            "reliability_info": {"level": codigo["nivel"], "reliabilities": []},
        }
        return jwt.encode(dados, CHAVE, algorithm="RS256", headers={"kid": "rsa1"})

    def _redirecionar(self, campos: dict[str, str]) -> None:
        self.send_response(302)
        self.send_header("Location", f"{self.volta}?{urlencode(campos)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, dados: dict[str, object], codigo: int = 200) -> None:
        self._responder(codigo, "application/json", json.dumps(dados))

    def _responder(self, codigo: int, tipo: str, texto: str) -> None:
        corpo = texto.encode()
        self.send_response(codigo)
        self.send_header("Content-Type", tipo)
        self.send_header("Content-Length", str(len(corpo)))
        self.end_headers()
        self.wfile.write(corpo)


def _publica(chave: rsa.RSAPrivateKey) -> dict[str, object]:
    publica: dict[str, object] = jwt.algorithms.RSAAlgorithm.to_jwk(chave.public_key(), as_dict=True)
    return publica | {"kid": "rsa1", "alg": "RS256", "use": "sig"}


if __name__ == "__main__":
    Provedor.porta, Provedor.cliente = int(sys.argv[1]), sys.argv[2]
    Provedor.segredo, Provedor.volta = sys.argv[3], sys.argv[4]
    ThreadingHTTPServer(("127.0.0.1", Provedor.porta), Provedor).serve_forever()

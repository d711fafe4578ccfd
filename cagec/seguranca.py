"""Production refuses to start with unsafe values: one message that lists every problem."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Django's own threshold for a signing key (check security.W009).
_TAMANHO_DA_CHAVE, _CARACTERES_DIFERENTES = 50, 5


def exigir(ambiente: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured, naming every variable to change, when production would be unsafe."""
    encontrados = problemas(ambiente)
    if encontrados:
        raise ImproperlyConfigured(
            "O portal não inicia em produção com estes valores:\n"
            + "\n".join(f"  - {p}" for p in encontrados)
        )


def problemas(ambiente: Mapping[str, str]) -> list[str]:
    """Return one sentence per unsafe variable; an empty list means that production may start."""
    return [
        *_segredos(ambiente),
        *_enderecos(ambiente),
        *_servicos(ambiente),
        *_govbr(ambiente),
        *_retorno(ambiente),
        *_so_de_demonstracao(ambiente),
    ]


def _segredos(ambiente: Mapping[str, str]) -> list[str]:
    chaves = {"CAGEC_SECRET_KEY": ambiente.get("CAGEC_SECRET_KEY", "")}
    for n, antiga in enumerate(filter(None, ambiente.get("CAGEC_SECRET_KEYS_ANTIGAS", "").split(",")), 1):
        chaves[f"CAGEC_SECRET_KEYS_ANTIGAS (chave {n})"] = antiga
    return [
        f"{nome}: use ao menos {_TAMANHO_DA_CHAVE} caracteres sorteados."
        for nome, chave in chaves.items()
        if len(chave) < _TAMANHO_DA_CHAVE or len(set(chave)) < _CARACTERES_DIFERENTES
    ]


def _enderecos(ambiente: Mapping[str, str]) -> list[str]:
    achados = []
    endereco = urlsplit(ambiente.get("CAGEC_ENDERECO", ""))
    if endereco.scheme != "https" or not endereco.hostname:
        achados.append("CAGEC_ENDERECO: informe o endereço público, com https://.")
    hosts = [h.strip() for h in ambiente.get("CAGEC_HOSTS", "").split(",") if h.strip()]
    if not hosts or any("*" in h or h.startswith(".") for h in hosts):
        achados.append("CAGEC_HOSTS: liste os nomes do portal, um a um, sem curinga.")
    elif endereco.hostname and endereco.hostname not in hosts:
        achados.append(f"CAGEC_HOSTS: falta {endereco.hostname}, o nome que está em CAGEC_ENDERECO.")
    return achados


def _servicos(ambiente: Mapping[str, str]) -> list[str]:
    papel = "DATABASE_URL_DONO" if ambiente.get("CAGEC_PAPEL") == "dono" else "DATABASE_URL"
    achados = [
        f"{nome}: falta o valor."
        for nome in (papel, "VALKEY_URL", "EMAIL_HOST", "S3_BUCKET", "S3_ENDPOINT", "S3_KEY", "S3_SECRET")
        if not ambiente.get(nome)
    ]
    if ambiente.get("ANTIVIRUS") != "clamd":
        achados.append("ANTIVIRUS: em produção só clamd; arquivo não examinado não é entregue a ninguém.")
    return achados


def _govbr(ambiente: Mapping[str, str]) -> list[str]:
    """gov.br is wholly configured or not at all."""
    nomes = ("GOVBR_ENDERECO", "GOVBR_CLIENTE", "GOVBR_SEGREDO")
    if not any(ambiente.get(nome) for nome in nomes):
        return []
    achados = [
        f"{nome}: falta o valor, ou retire os outros de gov.br." for nome in nomes if not ambiente.get(nome)
    ]
    if urlsplit(ambiente.get("GOVBR_ENDERECO", "")).scheme not in {"", "https"}:
        achados.append("GOVBR_ENDERECO: informe o endereço com https://.")
    return achados


def _retorno(ambiente: Mapping[str, str]) -> list[str]:
    """The mailbox that mails come back to is wholly configured, and read over TLS, or not at all."""
    nomes = ("CAGEC_RETORNO", "IMAP_HOST", "IMAP_USER", "IMAP_PASSWORD")
    if not any(ambiente.get(nome) for nome in nomes):
        return []
    achados = [
        f"{nome}: falta o valor, ou retire os outros da caixa de devoluções."
        for nome in nomes
        if not ambiente.get(nome)
    ]
    if ambiente.get("IMAP_TLS", "1") != "1":
        achados.append("IMAP_TLS: em produção a caixa de devoluções só é lida com TLS.")
    return achados


def _so_de_demonstracao(ambiente: Mapping[str, str]) -> list[str]:
    achados = []
    if ambiente.get("CAGEC_CAIXA_POSTAL"):
        achados.append(
            "CAGEC_CAIXA_POSTAL: retire; ela mostraria as mensagens de todos a qualquer visitante."
        )
    if ambiente.get("DEMO", "0") != "0":
        achados.append("DEMO: retire; dados fictícios não entram no cadastro.")
    return achados

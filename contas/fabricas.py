"""Fictional persons for tests, the demonstration and measurements."""

from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cagec.tempo import hoje
from contas.aceite import termo_vigente
from contas.documentos_pessoais import digitos_do_cpf
from contas.models import AceiteDeTermo, Convite, Usuario

SENHA = "jabuticaba madura no quintal"
_numeros = count(1)


def cpf_ficticio(numero: int) -> str:
    """Return a CPF with valid check digits; each number below a million gives its own."""
    base = f"{100_000_000 + numero * 811:09d}"
    return base + digitos_do_cpf(base)


@cache
def _hash_da_senha() -> str:
    """Return the hash of ``SENHA``, made once per process: Argon2 is slow on purpose."""
    return make_password(SENHA)


def usuario(**campos: Any) -> Usuario:
    """Create a person with the password ``SENHA``, a verified e-mail and the term in force accepted.

    Who is of the team has a second factor too: an application with a secret of its own.
    """
    numero = next(_numeros)
    campos.setdefault("cpf", cpf_ficticio(numero))
    campos.setdefault("nome_civil", f"Pessoa Fictícia {_por_extenso(numero)}")
    campos.setdefault("email", f"pessoa{numero}@example.org")
    senha = campos.pop("senha", None)
    pessoa = Usuario(**campos)
    pessoa.password = make_password(senha) if senha else _hash_da_senha()
    pessoa.save()
    EmailAddress.objects.create(user=pessoa, email=pessoa.email.lower(), verified=True, primary=True)
    termo = termo_vigente(hoje())
    if termo is not None:
        AceiteDeTermo.objects.create(usuario=pessoa, termo=termo)
    if pessoa.is_staff:
        TOTP.activate(pessoa, generate_totp_secret())
    return pessoa


def migrada(**campos: Any) -> Usuario:
    """Somebody brought from the legacy registry: no password, no proof of the e-mail, no term."""
    numero = next(_numeros)
    padrao = {
        "cpf": cpf_ficticio(numero),
        "nome_civil": f"Pessoa Migrada {_por_extenso(numero)}",
        "email": f"migrada{numero}@example.org",
    }
    return Usuario.objects.create_user(**(padrao | campos))


def convite(**campos: Any) -> Convite:
    """Create an invitation of a person without an account. No mail is queued."""
    numero = next(_numeros)
    padrao: dict[str, Any] = {
        "chave_envio": uuid4(),
        "motivo": Convite.Motivo.NOVO_USUARIO,
        "cpf": cpf_ficticio(numero),
        "nome_civil": f"Pessoa Convidada {_por_extenso(numero)}",
        "email": f"convidada{numero}@example.org",
        "expira_em": timezone.now() + timedelta(days=14),
    }
    return Convite.objects.create(**(padrao | campos))


def _por_extenso(numero: int) -> str:
    """Spell a number with letters, since a name has no digits."""
    return "".join("ABCDEFGHIJ"[int(d)] for d in str(numero)).capitalize()

"""How the tests hash passwords: with Argon2, as the portal does, but without its price."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Barato(Argon2PasswordHasher):
    """The cheapest parameters that Argon2 takes. Thousands of passwords are hashed in one run."""

    time_cost, memory_cost, parallelism = 1, 8, 1


class Argon2Contado(Argon2Barato):
    """Counts every hash that is made, to check a password or to pretend that one was checked."""

    feitos = 0

    def encode(self, password: str, salt: str) -> str:
        Argon2Contado.feitos += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        Argon2Contado.feitos += 1
        return super().verify(password, encoded)

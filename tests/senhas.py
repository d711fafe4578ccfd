"""How the tests hash passwords: with Argon2, as the portal does, but without its price."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Barato(Argon2PasswordHasher):
    """The cheapest parameters that Argon2 takes. Thousands of passwords are hashed in one run."""

    time_cost, memory_cost, parallelism = 1, 8, 1

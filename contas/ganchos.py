"""What upper apps add about a person; they fill these lists in ``ready()``."""

from collections.abc import Callable
from datetime import date

from contas.models import Convite, Usuario

# An account is born, or a migrated one comes to life.
ao_ativar: list[Callable[[Usuario, Convite], None]] = []
# Reasons, in sentences, why a person cannot be erased on that day.
impedimentos: list[Callable[[Usuario, date], list[str]]] = []
# Clean the rows of the app about a person who is being erased, by the CPF that goes away.
ao_anonimizar: list[Callable[[Usuario, str], None]] = []

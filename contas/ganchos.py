"""What upper apps do when an account is born: they add their function here in ``ready()``."""

from collections.abc import Callable

from contas.models import Convite, Usuario

ao_ativar: list[Callable[[Usuario, Convite], None]] = []

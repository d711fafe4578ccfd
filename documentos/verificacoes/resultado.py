"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Resultado:
    """``situacao`` is one of Verificacao.Situacao: "reprovado" gives the file back, "atencao" only advises, "retido"
    keeps it from everybody until a person of the team has looked.

    ``detalhe`` says what was found, ``conselho`` the remedy, both to the person who sends.
    """

    nome: str
    versao: str
    situacao: str
    detalhe: str = ""
    conselho: str = ""


def aprovado(nome: str, versao: str, detalhe: str = "") -> Resultado:
    """The check found nothing wrong."""
    return Resultado(nome, versao, "aprovado", detalhe)


def reprovado(nome: str, versao: str, detalhe: str, conselho: str) -> Resultado:
    """The file cannot be taken; ``conselho`` says what to do."""
    return Resultado(nome, versao, "reprovado", detalhe, conselho)


def atencao(nome: str, versao: str, detalhe: str, conselho: str) -> Resultado:
    """The file is taken, with advice to the person and to the analyst."""
    return Resultado(nome, versao, "atencao", detalhe, conselho)


def retido(nome: str, versao: str, detalhe: str, conselho: str) -> Resultado:
    """A machine cannot tell: the file is shown to nobody until a person of the team releases it."""
    return Resultado(nome, versao, "retido", detalhe, conselho)

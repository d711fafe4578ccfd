"""The second factor of the fictional team, shown beside its mailbox: who tries the portal out has no telephone of it.

Only where there is a demonstration and a mailbox, which production refuses (``cagec/seguranca.py``).
"""

from django.conf import settings

from cagec.correio.caixa_postal import CodigoDeEntrada, fontes_de_codigos
from contas import fatores
from contas.models import Usuario

DOMINIO = "@demonstracao.example"


def da_equipe() -> list[CodigoDeEntrada]:
    """Return the code that each telephone would show now."""
    if not settings.DEMONSTRACAO:
        return []
    equipe = Usuario.objects.filter(is_staff=True, email__endswith=DOMINIO)
    aplicativos = [(pessoa, fatores.aplicativo(pessoa)) for pessoa in equipe[:10]]
    return [
        CodigoDeEntrada(pessoa.nome, pessoa.cpf_formatado, *fatores.codigo_atual(aplicativo))
        for pessoa, aplicativo in aplicativos
        if aplicativo is not None
    ]


fontes_de_codigos.append(da_equipe)

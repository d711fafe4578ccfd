"""How to reach the office: the row that the team edits, and its first contents."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from atendimento import avisos
from atendimento.models import Contato

TELEFONES = """\
(31) 3915-2090
(31) 3915-2091
(31) 3915-2092
(31) 3915-0882
(31) 3915-8883
(31) 3915-2749"""


def carregar() -> dict[str, int]:
    """Create the office's contacts from the founding document of the registry, if there are none."""
    _, criado = Contato.objects.get_or_create(
        unico=True,
        defaults={
            "setor": "Diretoria de Atendimento e Gestão da Informação",
            "equipe": "Equipe CAGEC",
            "email": "cagec@governo.mg.gov.br",
            "telefones": TELEFONES,
            "orientacao": "Tenha em mãos o CNPJ da organização e, se houver, o número do protocolo.",
        },
    )
    return {"contato do setor": int(criado)}


def do_rodape(request: HttpRequest) -> dict[str, object]:
    """Give every page the contacts for its footer and the notices for its top: one query, if the page shows them."""
    contato: Any = SimpleLazyObject(
        lambda: Contato.objects.annotate(avisos=avisos.vigentes(timezone.now())).first()
    )
    return {
        "contato_do_rodape": contato,
        "avisos_do_portal": SimpleLazyObject(lambda: avisos.para(request, contato.avisos if contato else [])),
    }


def numero_para_ligar(telefone: str) -> str:
    """Return a Brazilian telephone as the address of a ``tel:`` link, with the code of the country."""
    return "+55" + "".join(filter(str.isdigit, telefone))

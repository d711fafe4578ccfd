"""A look-up that an analyst made by hand, kept with its date and evidence (docs/dominio.md, External registers)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from convenentes import historico
from convenentes.models import Convenente, Fonte, ResultadoFonte
from documentos.models import Arquivo


@transaction.atomic
def registrar(
    convenente: Convenente,
    fonte: Fonte,
    resultado: str,
    consultado_em: date,
    analista: Usuario,
    hoje: date,
    *,
    detalhe: str = "",
    evidencia: Arquivo | None = None,
    chave_envio: UUID | None = None,
) -> ResultadoFonte:
    """Append what a register said on a day in São Paulo.

    Raises ValidationError for a day still to come, and IntegrityError when ``chave_envio`` was used already.
    """
    if consultado_em > hoje:
        raise ValidationError({"consultado_em": "A data da consulta não pode estar no futuro."})
    feito = ResultadoFonte.objects.create(
        convenente=convenente,
        fonte=fonte,
        resultado=resultado,
        consultado_em=consultado_em,
        detalhe=detalhe,
        evidencia=evidencia,
        registrado_por=analista,
        chave_envio=chave_envio,
    )
    historico.atualizar(hoje, [convenente.pk])
    return feito


def fontes_do_convenente(convenente: Convenente) -> list[Fonte]:
    """Registers that the type of the convenente is looked up in."""
    codigos = (
        convenente.tipo.exigencias.em_vigor(hoje_em_minas()).exclude(fonte="").values_list("fonte", flat=True)
    )
    return list(Fonte.objects.filter(codigo__in=set(codigos)))

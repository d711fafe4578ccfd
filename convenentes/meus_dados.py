"""What the registry holds about a person: the contribution to "Meus dados" and to the erasure."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Replace

from contas.anonimizacao import EMAIL, NOME, cpf_anonimo
from contas.ganchos import ao_anonimizar, impedimentos
from contas.meus_dados import DEZ_ANOS, Categoria, Registro, categorias
from contas.models import Usuario
from convenentes.legado import apagadas
from convenentes.models import LinhaLegado, Participante, Solicitacao, Vinculo


def _vinculos(usuario: Usuario) -> Iterable[Registro]:
    for vinculo in Vinculo.objects.filter(usuario=usuario).select_related("convenente"):
        yield {
            "Organização": str(vinculo.convenente),
            "Papel": vinculo.get_papel_display(),
            "Cargo": vinculo.cargo,
            "Desde": vinculo.periodo.lower,
            "Antes de": vinculo.periodo.upper,
        }


def _participacoes(usuario: Usuario) -> Iterable[Registro]:
    for participante in Participante.objects.filter(usuario=usuario).select_related("solicitacao"):
        yield {
            "Solicitação": str(participante.solicitacao),
            "Papel": participante.get_papel_display(),
            "Nome": participante.nome,
            "E-mail": participante.email,
            "Cargo": participante.cargo,
        }


def _impedimentos(usuario: Usuario, hoje: date) -> list[str]:
    """A person who acts for an organisation, or will, or works on an open request, cannot be erased."""
    em_vigor = Q(periodo__contains=hoje) | Q(periodo__startswith__gt=hoje)
    abertas = Solicitacao.Estado.abertos()
    motivos = []
    if Vinculo.objects.filter(em_vigor, usuario=usuario).exists():
        motivos.append("A pessoa tem vínculo com uma organização. Encerre o vínculo antes.")
    if Participante.objects.filter(usuario=usuario, solicitacao__estado__in=abertas).exists():
        motivos.append("A pessoa participa de uma solicitação aberta. Aguarde o fim ou retire a pessoa.")
    return motivos


def _anonimizar(usuario: Usuario, cpf: str) -> None:
    """Empty the participations in what was never sent; what was sent is evidence of the office, and stays.

    The account of a migration keeps its rows, without what names the person; a later one does not bring them back.
    """
    apagadas.lembrar(cpf)
    nunca_enviadas = Participante.objects.filter(cpf=cpf, solicitacao__enviada_em=None)
    nunca_enviadas.update(cpf=cpf_anonimo(usuario), nome=NOME, email=EMAIL, cargo="")
    do_legado = LinhaLegado.objects.filter(Q(chave__contains=cpf) | Q(motivo__contains=cpf))
    anonimo = Value(cpf_anonimo(usuario))
    do_legado.update(
        chave=Replace("chave", Value(cpf), anonimo),
        motivo=Replace("motivo", Value(cpf), anonimo),
        avisos=[],
        mudancas={},
    )


categorias += [
    Categoria(
        "Vínculos com organizações",
        "Organização, papel, cargo e período",
        "Você, quem convidou você e a equipe CAGEC",
        "Saber quem pode agir em nome de cada organização",
        DEZ_ANOS,
        _vinculos,
    ),
    Categoria(
        "Participação em solicitações",
        "Papel, nome, e-mail e cargo",
        "Quem indicou você na solicitação",
        "Dar acesso à solicitação e colher a assinatura",
        DEZ_ANOS,
        _participacoes,
    ),
]
impedimentos.append(_impedimentos)
ao_anonimizar.append(_anonimizar)

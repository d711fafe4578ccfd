"""The panel: my requests, with who must act now, and my organisations."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import alteracao, consulta, equipe, vencimentos
from convenentes.acesso import a_assinar_por, convenentes_de, solicitacoes_de
from convenentes.legado import convites
from convenentes.models import (
    Convenente,
    ConviteDeVinculo,
    PapelVinculo,
    Participante,
    Solicitacao,
    Vinculo,
)
from convenentes.situacao import Resumo, resumir
from convenentes.vencimentos import Vencimento
from convenentes.views.andamento import Andamento, andamento
from convenentes.views.comum import pessoa

POR_PAGINA = 20
MUITAS = 6  # from so many organisations on there is a search
_ABERTAS_PRIMEIRO = Case(
    When(estado=Solicitacao.Estado.EM_ANALISE, then=1),
    When(estado__in=Solicitacao.Estado.abertos(), then=0),
    default=2,
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Linha:
    """A request in the list."""

    solicitacao: Solicitacao
    andamento: Andamento

    @property
    def aberta(self) -> bool:
        return self.solicitacao.estado in Solicitacao.Estado.abertos()


@dataclass(frozen=True)
class Organizacao:
    """An organisation in the list, with its situation today."""

    convenente: Convenente
    resumo: Resumo
    proximo: Vencimento | None
    papeis: str
    so_uma: bool


@login_required
@require_safe
def painel(request: HttpRequest) -> HttpResponse:
    """Show the panel of the signed-in person: what they must do first, what has ended last."""
    usuario = pessoa(request)
    busca = request.GET.get("q", "").strip()
    solicitacoes = solicitacoes_de(usuario, hoje()).order_by(_ABERTAS_PRIMEIRO, "-criada_em", "-id")
    minhas = convenentes_de(usuario, hoje())
    organizacoes = consulta.por_texto(minhas, busca).order_by("nome_busca", "id")
    pagina = Paginator(solicitacoes, POR_PAGINA).get_page(request.GET.get("pagina"))
    pagina_organizacoes = Paginator(organizacoes, POR_PAGINA).get_page(request.GET.get("organizacoes"))
    vinculos = _papeis_por_convenente(usuario)
    resumos = resumir([c.pk for c in pagina_organizacoes], hoje())
    a_vencer = vencimentos.listar(hoje(), [c.pk for c in pagina_organizacoes])
    sozinhos = equipe.sozinhos([c.pk for c in pagina_organizacoes], hoje())
    linhas = _linhas(list(pagina), usuario, vinculos)
    return render(
        request,
        "convenentes/painel.html",
        {
            "convites": ConviteDeVinculo.objects.pendentes()
            .para(usuario)
            .select_related("convenente", "criado_por"),
            "a_assinar": a_assinar_por(usuario, hoje())[:2].count(),
            "veio_ha_pouco": convites.veio_ha_pouco(usuario),
            "busca": busca,
            "muitas": busca or pagina_organizacoes.paginator.count >= MUITAS,
            "pagina": pagina,
            "alteracoes": alteracao.contestaveis_por(usuario, hoje())[:POR_PAGINA],
            "encerrados": alteracao.mandatos_encerrados(usuario, hoje())[:POR_PAGINA],
            "linhas": [linha for linha in linhas if linha.aberta],
            "encerradas": [linha for linha in linhas if not linha.aberta],
            "pagina_organizacoes": pagina_organizacoes,
            "organizacoes": [
                _organizacao(
                    c,
                    vinculos.get(c.pk, set()),
                    resumos[c.pk],
                    vencimentos.proximo(a_vencer.get(c.pk, []), hoje()),
                    c.pk in sozinhos,
                )
                for c in pagina_organizacoes
            ],
        },
    )


def _papeis_por_convenente(usuario: Usuario) -> dict[int, set[str]]:
    papeis: dict[int, set[str]] = {}
    vigentes = Vinculo.objects.vigentes(hoje()).filter(usuario=usuario)
    for convenente, papel in vigentes.values_list("convenente", "papel"):
        papeis.setdefault(convenente, set()).add(papel)
    return papeis


def _linhas(solicitacoes: list[Solicitacao], usuario: Usuario, vinculos: dict[int, set[str]]) -> list[Linha]:
    papeis: dict[int, set[str]] = {
        s.pk: set() if s.altera_representante else set(vinculos.get(s.convenente_id or 0, ()))
        for s in solicitacoes
    }
    representantes: dict[int, str] = {}
    for p in Participante.objects.filter(solicitacao__in=solicitacoes).select_related(
        "usuario", "solicitacao"
    ):
        if p.usuario_id == usuario.pk:
            papeis[p.solicitacao_id].add(p.papel)
        if p.papel == PapelVinculo.REPRESENTANTE:
            representantes[p.solicitacao_id] = p.nome_a_mostrar
    linhas = [Linha(s, andamento(s, papeis[s.pk], representantes.get(s.pk, ""))) for s in solicitacoes]
    return sorted(linhas, key=lambda linha: not linha.andamento.sua)


def _organizacao(
    convenente: Convenente, papeis: set[str], resumo: Resumo, proximo: Vencimento | None, so_uma: bool
) -> Organizacao:
    nomes = ", ".join(sorted(PapelVinculo(papel).label for papel in papeis))
    return Organizacao(convenente, resumo, proximo, nomes, so_uma)

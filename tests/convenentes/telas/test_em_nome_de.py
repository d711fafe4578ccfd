"""Every page about an organisation or a request says on whose behalf one acts."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from convenentes import atualizacao
from convenentes.models import Convenente, PapelVinculo, Solicitacao
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


def _rotas(inicio: str) -> list[str]:
    """Names of the addresses below ``inicio`` that take nothing more than its uuid."""
    padroes = [p for r in get_resolver().url_patterns for p in getattr(r, "url_patterns", [r])]
    padroes += [p for r in padroes for p in getattr(r, "url_patterns", [])]
    rotas = {str(p.name): str(p.pattern) for p in padroes if isinstance(p, URLPattern)}
    return [n for n, rota in rotas.items() if rota.startswith(inicio) and rota.count("<") == 1]


def _paginas(inicio: str, alvo: Convenente | Solicitacao, cliente: Client) -> dict[str, str]:
    """The pages below ``inicio`` that open, by name. The others are buttons, or do not fit this request."""
    respostas = {nome: cliente.get(reverse(nome, args=[alvo.uuid])) for nome in _rotas(inicio)}
    return {
        nome: apoio.texto(r)
        for nome, r in respostas.items()
        if r.status_code == 200 and r["Content-Type"].startswith("text/html")
    }


def test_every_page_of_an_organisation_names_it_and_the_roles() -> None:
    lia = apoio.pessoa(2, "Lia Representante")
    instituto = apoio.organizacao(lia)
    apoio.vincular(instituto, lia, PapelVinculo.RESPONSAVEL)
    paginas = _paginas("organizacoes/<uuid:uuid>/", instituto, apoio.entrar(lia))
    assert {"organizacao", "equipe", "vencimentos"} <= paginas.keys()
    linha = (
        "Você age por: <strong>Instituto Exemplo</strong>, "
        "como representante legal e responsável pelas informações."
    )
    assert [nome for nome, texto in paginas.items() if linha not in texto] == []


@pytest.mark.parametrize("inscricao", [True, False])
def test_every_page_of_a_request_does_too(inscricao: bool) -> None:
    rita = apoio.pessoa(1, "Rita Responsável")
    if inscricao:
        pedido = apoio.nova_inscricao(rita)
    else:
        lia = apoio.pessoa(2, "Lia Representante")
        instituto = apoio.organizacao(lia)
        apoio.vincular(instituto, rita, PapelVinculo.RESPONSAVEL)
        pedido = atualizacao.iniciar_dados(instituto, lia, uuid4())
    paginas = _paginas("solicitacoes/<uuid:uuid>/", pedido, apoio.entrar(rita))
    assert len(paginas) >= 8
    linha = f"<strong>{pedido.nome_do_convenente}</strong>, como responsável pelas informações."
    assert [nome for nome, texto in paginas.items() if linha not in texto] == []


def test_the_line_leads_to_the_list_of_organisations() -> None:
    lia = apoio.pessoa(2, "Lia Representante")
    instituto = apoio.organizacao(lia)
    pagina = apoio.texto(apoio.entrar(lia).get(reverse("organizacao", args=[instituto.uuid])))
    assert f'href="{reverse("painel")}#titulo-organizacoes"' in pagina
    assert 'id="titulo-organizacoes"' in apoio.texto(apoio.entrar(lia).get(reverse("painel")))

"""The campaign after elections: who counts as changed, who is mailed once per occasion, who cannot be reached."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cagec.correio.models import Mensagem
from cagec.correio.tipos import redigir
from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes import campanha
from convenentes.campanha import Andamento, Campanha
from convenentes.models import Convenente, PapelVinculo
from tests.convenentes import mandatos, mundo, pedidos
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db
POSSE = hoje() + timedelta(days=20)


def _andamentos(**filtros: str) -> dict[str, str]:
    registros = campanha.registros(Campanha(POSSE, **filtros), hoje())
    return {c.razao_social: c.andamento for c in registros}


def test_each_record_is_in_one_state_and_the_counts_add_up() -> None:
    analista = usuario(is_staff=True)
    nomes = ("mudou", "pediu", "substituida", "vazia", "parada")
    mudou, pediu, substituida, _vazia, _parada = (_registro(nome) for nome in nomes)
    mandatos.aprovado(mudou, analista, mandato_de=POSSE)
    mandatos.enviado(pediu)
    mandatos.aprovado(
        substituida, analista, motivo="substituicao", mandato_de=POSSE, mandato_ate=POSSE + timedelta(days=3)
    )
    assert _andamentos() == {
        "mudou": Andamento.ALTERADO,
        "pediu": Andamento.PEDIDO,
        "substituida": Andamento.PENDENTE,
        "vazia": Andamento.ENCERRADO,
        "parada": Andamento.PENDENTE,
    }
    assert campanha.contar(Campanha(POSSE), hoje()) == {
        "alterado": 1,
        "pedido": 1,
        "encerrado": 1,
        "pendente": 2,
    }


def _registro(nome: str) -> Convenente:
    if nome == "vazia":
        return mundo.convenente(razao_social=nome, nome_busca=nome)
    return pedidos.ativo(razao_social=nome, nome_busca=nome)


def test_the_list_is_of_one_type_or_municipio_or_state() -> None:
    _registro("parada")
    _registro("vazia")
    assert set(_andamentos(tipo="municipio")) == set()
    assert set(_andamentos(tipo="osc")) == {"parada", "vazia"}
    assert set(_andamentos(municipio="Ouro")) == {"parada", "vazia"}
    assert set(_andamentos(municipio="Mariana")) == set()
    assert set(_andamentos(andamento="encerrado")) == {"vazia"}


def test_a_wave_mails_the_next_ones_once_for_each_occasion() -> None:
    primeira, segunda = _registro("a"), _registro("b")
    responsavel = apoio.pessoa(5, "Rita")
    apoio.vincular(primeira, responsavel, PapelVinculo.RESPONSAVEL)
    assert _onda(Campanha(POSSE), 1, 1) == 1
    assert _avisados() == {pedidos.representante_de(primeira).email, responsavel.email}
    assert _onda(Campanha(POSSE), 1, 10) == 1
    assert pedidos.representante_de(segunda).email in _avisados()
    assert _onda(Campanha(POSSE), 1, 10) == 0
    assert _onda(Campanha(POSSE), 2, 10) == 2
    assert campanha.vezes([primeira, segunda], POSSE) == {primeira.pk: 2, segunda.pk: 2}


def _onda(qual: Campanha, vez: int, quantos: int) -> int:
    """Send a wave and return how many records it reached."""
    analista = usuario(is_staff=True)
    return campanha.enviar_onda(qual, vez, quantos, hoje(), por=analista, chave_envio=uuid4()).quantos


def test_each_wave_is_logged_and_a_double_click_is_one() -> None:
    for nome in ("a", "b"):
        _registro(nome)
    analista, chave = usuario(is_staff=True), uuid4()
    qual = Campanha(POSSE, municipio="Ouro", andamento=Andamento.PENDENTE)
    for _ in range(2):
        campanha.enviar_onda(qual, 1, 1, hoje(), por=analista, chave_envio=chave)
    (onda,) = campanha.ondas(POSSE)
    assert (onda.por, onda.vez, onda.quantos, onda.selecao) == (analista, 1, 1, "Ouro, Ainda não mudou")
    assert _onda(Campanha(POSSE), 1, 10) == 1
    assert campanha.ondas(POSSE)[0].selecao == "Todas as organizações"
    assert not campanha.ondas(POSSE + timedelta(days=1)).exists()


def _avisados() -> set[str]:
    return set(Mensagem.objects.filter(tipo="convenentes.campanha").values_list("para", flat=True))


def test_who_changed_or_asked_is_left_in_peace() -> None:
    mandatos.aprovado(_registro("mudou"), usuario(is_staff=True), mandato_de=POSSE)
    mandatos.enviado(_registro("pediu"))
    assert _onda(Campanha(POSSE), 1, 10) == 0


def test_who_represented_last_is_reached_and_who_has_nobody_is_listed_apart() -> None:
    antiga, vazia = _registro("antiga"), _registro("vazia")
    antiga.vinculos.update(periodo=(hoje() - timedelta(days=900), hoje()))
    assert _onda(Campanha(POSSE), 1, 10) == 1
    assert list(campanha.sem_contato(Campanha(POSSE), hoje())) == [vazia]


def test_the_mail_leads_to_the_request_of_that_organisation() -> None:
    registro = _registro("parada")
    _onda(Campanha(POSSE), 1, 10)
    mensagem = Mensagem.objects.get(tipo="convenentes.campanha")
    corpo = redigir(mensagem.tipo, mensagem.contexto)
    assert corpo.botao is not None
    assert corpo.botao[1].endswith(f"?cnpj={registro.cnpj}")


def test_the_campaign_speaks_of_the_nearest_first_of_january() -> None:
    assert campanha.posse_seguinte(hoje().replace(month=1, day=20)).year == hoje().year
    assert campanha.posse_seguinte(hoje().replace(month=11, day=20)).year == hoje().year + 1

"""Identity, address and selfie: checked once, in the person's own folder, and proved to every convenente of hers."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from cagec.tempo import hoje
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import analise, assinaturas, atualizacao, fabricas, identidade, itens, situacao, vinculos
from convenentes.models import Comprovacao, Convenente, PapelVinculo, Solicitacao, Vinculo
from convenentes.participantes import nomear_representante
from convenentes.situacao import Estado
from documentos import pessoal
from documentos.models import Documento, Exigencia, TipoDocumento
from tests.convenentes import pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db
PESSOAIS = ("rl_identidade", "rl_cpf", "rl_endereco", "rl_selfie")


@pytest.fixture
def dona() -> Usuario:
    return usuario(nome_civil="Dona Fictícia")


def _aceito(dona: Usuario, convenente: Convenente, *codigos: str) -> Solicitacao:
    """Papers without bytes, accepted through an update of the convenente."""
    return pedidos.aceitar(pedidos.atualizacao_de(convenente, *codigos), dona)


def _linha(convenente: Convenente, codigo: str = "rl_identidade") -> situacao.Linha:
    return next(x for x in situacao.linhas(hoje(), [convenente.pk]) if x.codigo == codigo)


def _inscricao(por: Usuario, representante: Usuario) -> Solicitacao:
    rascunho = fabricas.rascunho_de("uniao", responsavel=por)
    fabricas.nomear(rascunho, representante, hoje())
    rascunho.refresh_from_db()
    return rascunho


def test_what_is_accepted_rests_in_the_folder_of_the_person(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    pedido = _aceito(dona, convenente, *PESSOAIS, "rl_posse")
    pasta = pessoal.pasta_de(dona)
    for codigo in PESSOAIS:
        documento = item_de(pedido, codigo).documento
        assert documento is not None
        assert documento.pasta == pasta, codigo
    posse = item_de(pedido, "rl_posse").documento
    assert posse is not None
    assert posse.pasta == convenente.pasta


def test_the_folder_of_a_person_is_one(dona: Usuario) -> None:
    assert pessoal.pasta_de(dona) == pessoal.pasta_de(dona)


def test_a_paper_in_force_is_known_until_the_day_that_the_rule_says(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    assert identidade.em_vigor(dona, hoje()) == {}
    documento = item_de(_aceito(dona, convenente, "rl_identidade"), "rl_identidade").documento
    (papel,) = identidade.em_vigor(dona, hoje()).values()
    assert (papel.documento, papel.conferido_em) == (documento, hoje())
    assert papel.vale_ate == _linha(convenente).valido_ate == date(hoje().year + 1, 12, 31)
    assert identidade.em_vigor(dona, papel.vale_ate)
    assert not identidade.em_vigor(dona, papel.vale_ate + timedelta(days=1))


def test_what_was_accepted_in_december_counts_for_another_request_before_january(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    Vinculo.objects.update(periodo=(hoje() + timedelta(days=30), hoje() + timedelta(days=900)))
    tipo = TipoDocumento.objects.get(codigo="rl_selfie")
    documento = Documento.objects.create(tipo=tipo, pasta=convenente.pasta)
    pessoal.recolher([documento], dona)
    _provar(convenente, documento)
    assert identidade.em_vigor(dona, hoje())


def _provar(convenente: Convenente, documento: Documento) -> None:
    """A proof of the mandate, of a decision that another request made."""
    exigencia = documento.tipo.alternativas.get().exigencia
    decisao = pedidos.comprovar(pedidos.ativo(), "cnpj", usuario(is_staff=True)).decisoes.latest("pk")
    Comprovacao.objects.create(
        convenente=convenente,
        exigencia=exigencia,
        documento=documento,
        mandato=convenente.vinculos.get(papel=PapelVinculo.REPRESENTANTE),
        decisao=decisao,
    )


def test_when_every_mandate_is_over_the_paper_has_to_be_presented_again(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    _aceito(dona, convenente, "rl_identidade")
    vinculos.encerrar(convenente.vinculos.get(), por=None, desde=hoje())
    assert identidade.em_vigor(dona, hoje()) == {}


def test_a_new_inscription_of_the_same_person_comes_filled_in(dona: Usuario) -> None:
    aceito = _aceito(dona, pedidos.ativo(dona), *PESSOAIS)
    rascunho = _inscricao(dona, dona)
    for codigo in PESSOAIS:
        item = item_de(rascunho, codigo)
        assert (item.estado, item.documento) == ("preenchido", item_de(aceito, codigo).documento), codigo
    assert item_de(rascunho, "rl_posse").documento is None


def test_naming_a_cpf_does_not_tell_that_it_has_papers_here(dona: Usuario) -> None:
    _aceito(dona, pedidos.ativo(dona), *PESSOAIS)
    com, sem = _inscricao(usuario(), dona), _inscricao(usuario(), usuario())
    for codigo in PESSOAIS:
        assert item_de(com, codigo).estado == item_de(sem, codigo).estado == "a_preencher", codigo


def test_who_was_named_uses_the_own_papers_with_one_button_and_nobody_else_can(dona: Usuario) -> None:
    _aceito(dona, pedidos.ativo(dona), *PESSOAIS)
    responsavel = usuario()
    rascunho = _inscricao(responsavel, dona)
    assert identidade.ofertas(rascunho, responsavel, hoje()) == []
    assert identidade.usar_conferidos(rascunho, responsavel) == 0
    assert len(identidade.ofertas(rascunho, dona, hoje())) == 4
    assert identidade.usar_conferidos(rascunho, dona) == 4
    assert identidade.usar_conferidos(rascunho, dona) == 0
    assert item_de(rascunho, "rl_selfie").estado == "preenchido"


def test_a_request_may_be_forwarded_without_the_papers_that_only_the_person_has(dona: Usuario) -> None:
    rascunho = pedidos.pronta(representante=dona)
    rascunho.itens.filter(exigencia__codigo__in=PESSOAIS).update(estado="a_preencher", documento=None)
    assinaturas.encaminhar(rascunho, rascunho.criada_por)
    rascunho.refresh_from_db()
    assert rascunho.encaminhada_em is not None
    rascunho.itens.filter(exigencia__codigo="rl_posse").update(estado="a_preencher", documento=None)
    Solicitacao.objects.update(encaminhada_em=None)
    with pytest.raises(assinaturas.Incompleta):
        assinaturas.encaminhar(rascunho, rascunho.criada_por)


def test_naming_another_person_takes_the_papers_of_the_one_before_out(dona: Usuario) -> None:
    _aceito(dona, pedidos.ativo(dona), *PESSOAIS)
    rascunho = _inscricao(dona, dona)
    fabricas.nomear(rascunho, usuario(), hoje())
    for codigo in PESSOAIS:
        assert (item_de(rascunho, codigo).estado, item_de(rascunho, codigo).documento) == (
            "a_preencher",
            None,
        )


def test_naming_the_same_person_again_keeps_what_was_replaced(dona: Usuario) -> None:
    _aceito(dona, pedidos.ativo(dona), "rl_selfie")
    rascunho = _inscricao(dona, dona)
    outra = pedidos.documento_de(item_de(rascunho, "rl_selfie"))
    rascunho.itens.filter(exigencia__codigo="rl_selfie").update(documento=outra)
    fabricas.nomear(rascunho, dona, hoje(), cargo="Diretora")
    assert item_de(rascunho, "rl_selfie").documento == outra


def test_what_was_checked_comes_to_the_desk_with_that_opinion_and_the_analyst_may_change_it(
    dona: Usuario,
) -> None:
    _aceito(dona, pedidos.ativo(dona), "rl_identidade")
    pedido = _enviada(dona)
    assert item_de(pedido, "rl_identidade").parecer == "aceito"
    assert item_de(pedido, "rl_selfie").parecer == ""
    analista = usuario(is_staff=True)
    analise.dar_parecer(item_de(pedido, "rl_identidade"), analista, "recusado", pedidos.motivo())
    assert item_de(pedido, "rl_identidade").parecer == "recusado"


def _enviada(dona: Usuario) -> Solicitacao:
    """An inscription of the person, sent with the papers in force already in it."""
    rascunho = _inscricao(dona, dona)
    pedidos.preencher(rascunho)
    pedido = pedidos.enviar(rascunho)
    identidade.recolher(pedido, dona)
    return pedido


def test_the_acceptance_proves_to_each_convenente_until_the_end_of_its_own_mandate(dona: Usuario) -> None:
    primeiro = pedidos.ativo(dona)
    documento = item_de(_aceito(dona, primeiro, "rl_identidade"), "rl_identidade").documento
    pedido = _enviada(dona)
    pedidos.julgar(pedido, usuario(is_staff=True))
    segundo = analise.aprovar(pedido, usuario(is_staff=True)).convenente
    assert segundo is not None
    assert documento is not None
    for convenente in (primeiro, segundo):
        assert _linha(convenente).documento_id == documento.pk
        mandato = convenente.vinculos.get(papel=PapelVinculo.REPRESENTANTE)
        assert _linha(convenente).valido_ate == mandato.mandato_ate


def test_replacing_one_serves_the_other_convenentes_too(dona: Usuario) -> None:
    primeiro, segundo = pedidos.ativo(dona), pedidos.ativo(dona)
    de_outra = pedidos.ativo()
    _aceito(dona, primeiro, "rl_endereco")
    novo = item_de(_aceito(dona, segundo, "rl_endereco"), "rl_endereco").documento
    assert novo is not None
    for convenente in (primeiro, segundo):
        assert _linha(convenente, "rl_endereco").documento_id == novo.pk
        prova = convenente.comprovacoes.get(documento=novo)
        assert prova.mandato == convenente.vinculos.get(papel=PapelVinculo.REPRESENTANTE)
    assert _linha(de_outra, "rl_endereco").estado == Estado.NAO_APRESENTADO


def test_a_paper_of_the_organisation_does_not_serve_another(dona: Usuario) -> None:
    primeiro, segundo = pedidos.ativo(dona), pedidos.ativo(dona)
    _aceito(dona, primeiro, "rl_posse", "rl_identidade")
    assert _linha(segundo, "rl_posse").estado == Estado.NAO_APRESENTADO
    assert _linha(segundo, "rl_identidade").estado == Estado.VIGENTE


def test_the_other_records_are_written_at_once(dona: Usuario) -> None:
    """A lookup in the list of records reads what was kept, not the rule."""
    primeiro, segundo = pedidos.ativo(dona), pedidos.ativo(dona)
    _aceito(dona, primeiro, "rl_identidade")
    guardada = segundo.situacoes.filter(substituida_em=None).latest("periodo")
    assert "rl_identidade" not in {m["codigo"] for m in guardada.motivos}
    assert "rl_selfie" in {m["codigo"] for m in guardada.motivos}


def test_a_mandate_that_is_over_gets_no_proof(dona: Usuario) -> None:
    ficou, saiu = pedidos.ativo(dona), pedidos.ativo(dona)
    vinculos.encerrar(saiu.vinculos.get(), por=None, desde=hoje())
    _aceito(dona, ficou, "rl_identidade")
    assert not saiu.comprovacoes.exists()


def test_accepting_the_same_paper_twice_proves_once(dona: Usuario) -> None:
    primeiro, segundo = pedidos.ativo(dona), pedidos.ativo(dona)
    documento = item_de(_aceito(dona, primeiro, "rl_selfie"), "rl_selfie").documento
    assert segundo.comprovacoes.filter(documento=documento).count() == 1
    pedido = _enviada(dona)
    pedidos.julgar(pedido, usuario(is_staff=True))
    analise.aprovar(pedido, usuario(is_staff=True))
    for convenente in (primeiro, segundo):
        assert convenente.comprovacoes.filter(documento=documento).count() == 1


def test_an_update_that_replaces_a_paper_starts_empty_and_one_that_lacks_it_starts_filled_in(
    dona: Usuario,
) -> None:
    primeiro = pedidos.ativo(dona)
    _aceito(dona, primeiro, "rl_identidade")
    troca = pedidos.atualizacao_de(primeiro)
    _incluir(troca, "rl_identidade")
    assert item_de(troca, "rl_identidade").documento is None
    segundo = pedidos.ativo(dona)
    falta = pedidos.atualizacao_de(segundo)
    _incluir(falta, "rl_identidade")
    assert item_de(falta, "rl_identidade").estado == "preenchido"


def _incluir(pedido: Solicitacao, codigo: str) -> None:
    assert atualizacao.incluir_exigencia_no_pedido(pedido, Exigencia.objects.get(codigo=codigo))


def test_a_person_named_without_an_account_has_nothing_to_offer() -> None:
    responsavel = usuario()
    rascunho = fabricas.rascunho_de("uniao", responsavel=responsavel)
    nomear_representante(
        rascunho,
        responsavel,
        cpf=fabricas.usuario_cpf(),
        nome="Sem Conta",
        email="sem@example.org",
        cargo="Presidente",
        mandato_de=hoje(),
        mandato_ate=None,
    )
    assert identidade.titular(rascunho) is None
    assert item_de(rascunho, "rl_selfie").estado == "a_preencher"


def test_the_lines_of_a_person_take_a_constant_number_of_queries(
    dona: Usuario, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for _ in range(3):
        _aceito(dona, pedidos.ativo(dona), *PESSOAIS)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        papeis, convenente = identidade.pasta(dona, hoje())
    assert convenente is not None
    assert {p.codigo for p in papeis} == set(PESSOAIS)
    assert all(p.em_vigor and p.ultimo_em_vigor for p in papeis)


def test_the_desk_knows_who_accepted_it_first(dona: Usuario) -> None:
    primeiro = _aceito(dona, pedidos.ativo(dona), "rl_identidade")
    documento = item_de(primeiro, "rl_identidade").documento
    assert documento is not None
    antes = identidade.conferencia(documento)
    assert antes is not None
    assert antes.decisao is not None
    assert antes.decisao.solicitacao == primeiro
    assert timezone.localdate(antes.aceita_em) == hoje()


def test_a_paper_just_attached_was_not_checked_before(dona: Usuario) -> None:
    pedido = pedidos.atualizacao_de(pedidos.ativo(dona), "rl_identidade")
    item = next(i for i in itens.do_pedido(pedido) if i.exigencia)
    assert not itens.conferido_antes(item)
    assert identidade.papel(item) is None
    assert item.documento is not None
    assert identidade.conferencia(item.documento) is None


def test_papers_accepted_before_there_were_folders_are_brought_to_them(dona: Usuario) -> None:
    convenente = pedidos.ativo(dona)
    pedido = _aceito(dona, convenente, *PESSOAIS, "rl_posse")
    Documento.objects.update(pasta=convenente.pasta)
    migracao = import_module("convenentes.migrations.0009_pasta_pessoal")
    for _ in range(2):
        migracao.recolher(apps, None)
    pasta = pessoal.pasta_de(dona)
    dela = Documento.objects.filter(pasta=pasta).values_list("tipo__codigo", flat=True)
    assert sorted(dela) == sorted(PESSOAIS)
    posse = item_de(pedido, "rl_posse").documento
    assert posse is not None
    assert posse.pasta == convenente.pasta

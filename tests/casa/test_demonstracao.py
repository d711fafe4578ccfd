"""The demonstration: every situation, through the same journeys; interrupted, it goes on where it stopped."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from atendimento.models import Chamado
from cagec.tempo import hoje
from contas.fabricas import SENHA
from contas.models import Usuario
from convenentes import demonstracao, situacao
from convenentes.models import Convenente, Solicitacao, Vinculo
from documentos.models import Orientacao

pytestmark = pytest.mark.django_db


def test_it_refuses_to_run_in_production(settings: Any) -> None:
    settings.PRODUCAO = True
    with pytest.raises(CommandError, match="não roda em produção"):
        call_command("demonstracao")
    assert not Usuario.objects.exists()


def test_the_logins_are_printed_and_made_once() -> None:
    saida = StringIO()
    for _ in range(2):
        call_command("demonstracao", "--logins", stdout=saida)
    assert saida.getvalue().count(SENHA) == 2
    assert Usuario.objects.count() == 5
    assert Usuario.objects.filter(is_superuser=True).count() == 1
    for pessoa in Usuario.objects.all():
        assert pessoa.check_password(SENHA)
        assert pessoa.cpf_formatado in saida.getvalue()
    assert saida.getvalue().count("/caixa-postal/") == 2
    assert not Solicitacao.objects.exists()


def test_every_situation_is_there_and_an_interrupted_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each situation once, of the kind with the fewest documents, but where one needs another kind.
    situacoes = tuple(dict.fromkeys(demonstracao._SITUACOES))
    com_fgts = {demonstracao._vence_em_breve, demonstracao._em_parte}
    tipos = tuple("municipio" if s in com_fgts else "uniao" for s in situacoes)
    monkeypatch.setattr(demonstracao, "_TIPOS", tipos)
    monkeypatch.setattr(demonstracao, "_SITUACOES", situacoes)
    quantas = len(situacoes)
    with monkeypatch.context() as troca:
        troca.setattr(demonstracao, "_SITUACOES", (*situacoes[:7], _interromper))
        with pytest.raises(KeyboardInterrupt):
            demonstracao.criar(quantas, hoje())
    assert Solicitacao.objects.count() == 7
    saida = StringIO()
    call_command("demonstracao", "--quantos", str(quantas), stdout=saida)
    assert f"{quantas - 7} solicitações criadas." in saida.getvalue()
    assert demonstracao.criar(quantas, hoje()) == 0
    assert sorted(Chamado.objects.values_list("estado", flat=True)) == ["aberto", "aberto", "respondido"]
    assert Orientacao.objects.count() == 2
    inscricoes = Solicitacao.objects.filter(tipo=Solicitacao.Tipo.INSCRICAO)
    assert inscricoes.count() == Solicitacao.objects.values("cnpj").distinct().count() == quantas
    alteracoes = Solicitacao.objects.filter(tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL)
    assert sorted(alteracoes.values_list("estado", flat=True)) == ["aprovada", "em_analise"]
    retorno = Vinculo.objects.get(retoma__isnull=False)
    assert retorno.periodo.lower > hoje()
    assert set(Solicitacao.objects.values_list("estado", flat=True)) >= {
        "rascunho",
        "aguardando_assinatura",
        "em_analise",
        "com_pendencia",
        "aprovada",
        "aprovada_parcialmente",
        "indeferida",
    }
    assert Convenente.objects.filter(estado=Convenente.Estado.BLOQUEADO).exists()
    ativos = Convenente.objects.filter(estado=Convenente.Estado.ATIVO)
    resumos = situacao.resumir(list(ativos.values_list("pk", flat=True)), hoje()).values()
    assert {resumo.regular for resumo in resumos} == {True, False}
    estados = {linha.estado for linha in situacao.linhas(hoje())}
    assert {"vence_em_breve", "vencido", "nao_verificado", "com_restricao", "recusado"} <= estados


def _interromper(caso: demonstracao.Caso) -> None:
    demonstracao._em_rascunho(caso)
    raise KeyboardInterrupt

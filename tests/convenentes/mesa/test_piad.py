"""The desk shows what the machine read beside what was typed, and audits what it approved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cagec.correio.tipos import redigir
from contas.documentos_pessoais import mascarar_cpf
from contas.fabricas import usuario
from convenentes.models import AprovacaoAutomatica, Comprovacao
from documentos.models import AssinaturaDigital
from tests.convenentes import certidoes, pedidos
from tests.convenentes.mesa import cena

pytestmark = pytest.mark.django_db


@pytest.fixture
def cliente() -> Client:
    return cena.entrar(cena.analista())


def _aprovada(auditoria: int = 100) -> AprovacaoAutomatica:
    certidoes.ligar(auditoria=auditoria)
    certidoes.enviar(certidoes.pedido(pedidos.ativo()))
    return AprovacaoAutomatica.objects.get()


def _auditar(cliente: Client, aprovacao: AprovacaoAutomatica, **campos: str) -> Any:
    endereco = reverse("admin:convenentes_aprovacaoautomatica_change", args=[aprovacao.pk])
    return cliente.post(endereco, {"texto": "", **campos}, follow=True)


def test_what_was_read_is_beside_what_was_typed(cliente: Client) -> None:
    convenente = pedidos.ativo()
    texto = certidoes.texto_da_cnd(convenente).replace("NEGATIVA", "POSITIVA")
    pedido = pedidos.enviar(certidoes.pedido(convenente, texto))
    pagina = cena.texto(cliente.get(cena.mesa(pedido, certidoes.cnd(pedido))))
    assert "Análise automática: devolvido na hora." in pagina
    assert f"<dd>{convenente.cnpj_formatado}</dd>" in pagina
    assert "AB12.34CD.56EF.7890" in pagina
    assert "conferir no emissor" in pagina
    assert "não comprova a regularidade" in pagina


@pytest.mark.parametrize(
    ("estado", "selo"),
    [
        ({}, "Assinatura íntegra"),
        ({"integra": False, "confiavel": False}, "Assinatura violada"),
        ({"alterada_depois": True, "confiavel": False}, "Alterado depois de assinado"),
        ({"confiavel": False}, "Íntegra, cadeia não reconhecida"),
    ],
)
def test_who_signed_a_file_is_shown_with_a_masked_cpf(
    cliente: Client, estado: dict[str, bool], selo: str
) -> None:
    pedido = pedidos.enviar(certidoes.pedido(pedidos.ativo()))
    item = certidoes.cnd(pedido)
    assert item.documento is not None
    AssinaturaDigital.objects.create(
        arquivo=item.documento.arquivos.get(),
        nome="Ana Signatária",
        cpf="12345678909",
        **{"integra": True, "alterada_depois": False, "confiavel": True} | estado,
    )
    pagina = cena.texto(cliente.get(cena.mesa(pedido, item)))
    assert selo in pagina
    assert f"Ana Signatária, CPF {mascarar_cpf('12345678909')}" in pagina
    assert "12345678909" not in pagina


def test_a_request_that_the_machine_approved_says_so(cliente: Client) -> None:
    solicitacao = _aprovada().decisao.solicitacao
    assert "Aprovada por análise automática" in cena.texto(cliente.get(cena.mesa(solicitacao)))


def test_the_ones_drawn_wait_for_an_auditor(cliente: Client) -> None:
    aprovacao = _aprovada()
    endereco = reverse("admin:convenentes_aprovacaoautomatica_changelist")
    fila = {"fila": "a_auditar"}
    assert str(aprovacao.decisao.solicitacao.protocolo) in cena.texto(cliente.get(endereco, fila))
    _auditar(cliente, aprovacao, auditoria="confirmada")
    assert str(aprovacao.decisao.solicitacao.protocolo) not in cena.texto(cliente.get(endereco, fila))


@pytest.mark.parametrize(("auditoria", "dito"), [(100, "Sorteada, a auditar"), (0, "Não sorteada")])
def test_the_list_says_in_words_which_ones_were_drawn(cliente: Client, auditoria: int, dito: str) -> None:
    _aprovada(auditoria)
    pagina = cena.texto(cliente.get(reverse("admin:convenentes_aprovacaoautomatica_changelist")))
    assert f'<td class="field-como_esta">{dito}</td>' in pagina
    assert "icon-no" not in pagina


def test_the_setting_is_of_a_kind_that_exists_and_is_said_in_words(cliente: Client) -> None:
    certidoes.ligar()
    chefe = cena.entrar(usuario(is_staff=True, is_superuser=True))
    lista = cena.texto(chefe.get(reverse("admin:convenentes_analiseautomatica_changelist")))
    assert "O portal, se tudo confere" in lista
    assert "icon-no" not in lista
    novo = cena.texto(chefe.get(reverse("admin:convenentes_analiseautomatica_add")))
    assert "certificado" in novo.lower()
    assert "related-widget" not in novo


def test_the_audit_leads_to_the_document_at_the_desk(cliente: Client) -> None:
    aprovacao = _aprovada()
    pagina = cliente.get(reverse("admin:convenentes_aprovacaoautomatica_change", args=[aprovacao.pk]))
    na_mesa = cena.mesa(aprovacao.decisao.solicitacao, aprovacao.decisao.item)
    assert f'href="{na_mesa}"' in pagina.content.decode()
    assert cliente.get(na_mesa).status_code == 200


def test_a_reversal_needs_a_reason_which_the_people_read(cliente: Client) -> None:
    aprovacao = _aprovada()
    assert "Diga por quê" in cena.texto(_auditar(cliente, aprovacao, auditoria="revertida"))
    assert Comprovacao.objects.get().encerrada_em is None
    _auditar(cliente, aprovacao, auditoria="revertida", texto="O código não existe no emissor.")
    assert Comprovacao.objects.get().encerrada_em is not None
    corpo = redigir("convenentes.aprovacao_revertida", {"aprovacao": aprovacao.pk})
    assert "Motivo: O código não existe no emissor." in corpo.paragrafos


def test_who_takes_part_is_told_to_leave_the_audit_to_another(cliente: Client) -> None:
    aprovacao = _aprovada()
    representante = pedidos.representante_de(aprovacao.decisao.solicitacao.convenente)  # type: ignore[arg-type]
    analista = cena.analista()
    aprovacao.decisao.solicitacao.participantes.create(
        papel="usuario", cpf=analista.cpf, nome="x", email="x@example.org", criado_por=representante
    )
    pagina = cena.texto(_auditar(cena.entrar(analista), aprovacao, auditoria="confirmada"))
    assert "Outra pessoa da equipe deve analisá-la." in pagina
    aprovacao.refresh_from_db()
    assert aprovacao.auditoria == ""


@pytest.mark.parametrize(("antivirus", "avisa"), [("desligado", True), ("clamd", False)])
def test_without_a_scanner_the_settings_say_that_nothing_is_approved(
    settings: Any, antivirus: str, avisa: bool
) -> None:
    settings.ANTIVIRUS = antivirus
    chefe = cena.entrar(usuario(is_staff=True, is_superuser=True))
    regra = certidoes.ligar()
    for nome, argumentos in (("changelist", []), ("change", [regra.pk])):
        endereco = reverse(f"admin:convenentes_analiseautomatica_{nome}", args=argumentos)
        assert ("nada é aprovado automaticamente" in cena.texto(chefe.get(endereco))) == avisa


@pytest.mark.parametrize("quantas", [1, 3])
def test_the_list_costs_the_same_however_long(
    cliente: Client, quantas: int, django_assert_max_num_queries: Any
) -> None:
    certidoes.ligar()
    for _ in range(quantas):
        certidoes.enviar(certidoes.pedido(pedidos.ativo()))
    with django_assert_max_num_queries(12):  # one of them for the notices at the top
        cliente.get(reverse("admin:convenentes_aprovacaoautomatica_changelist"))

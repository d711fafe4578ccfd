"""Forwarding, reading, signing with the password, and the protocol that comes of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas.fabricas import SENHA, usuario
from contas.models import Usuario
from convenentes import analise, assinaturas, cancelamento, fabricas, itens, rascunho
from convenentes.assinaturas import Incompleta, Mudou
from convenentes.inscricao import incluir_autor
from convenentes.models import PapelVinculo, Secao, Solicitacao
from convenentes.participantes import nomear_representante
from convenentes.rascunho import NaoEditavel
from documentos.assinatura import SenhaIncorreta
from documentos.models import Assinatura
from tests.convenentes import mundo, pedidos
from tests.convenentes.pedidos import item_de

pytestmark = pytest.mark.django_db


def assinar(pedido: Solicitacao, quem: Usuario, **campos: Any) -> Solicitacao:
    textos = assinaturas.textos_a_assinar(pedido)
    padrao = {"senha": SENHA, "resumo_lido": assinaturas.resumo_dos_textos(textos)}
    return assinaturas.assinar_e_enviar(pedido, quem, ip=None, navegador="", **(padrao | campos))


def representante(pedido: Solicitacao) -> Usuario:
    pessoa = pedidos.participante(pedido, PapelVinculo.REPRESENTANTE).usuario
    assert pessoa is not None
    return pessoa


# --- forwarding --------------------------------------------------------------------------------------


def test_an_incomplete_request_is_not_forwarded() -> None:
    pedido = fabricas.rascunho_de("uniao")
    with pytest.raises(Incompleta) as erro:
        assinaturas.encaminhar(pedido, pedido.criada_por)
    assert str(erro.value).startswith("Ainda falta: Preencha: Representante legal e mandato.")
    assert erro.value.faltas
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.encaminhada_em) == ("rascunho", None)


def test_forwarding_mails_the_representante_once() -> None:
    pedido = pedidos.pronta()
    Mensagem.objects.all().delete()
    for _ in range(2):
        assinaturas.encaminhar(pedido, pedido.criada_por)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.AGUARDANDO_ASSINATURA
    assert pedido.encaminhada_em is not None
    mensagem = Mensagem.objects.get()
    assert (mensagem.tipo, mensagem.para) == ("convenentes.assinatura_pendente", representante(pedido).email)
    assert pedido.eventos.filter(tipo="encaminhada_para_assinatura").count() == 1


def test_the_selfie_may_still_be_missing_when_forwarding_but_not_when_signing() -> None:
    pedido = pedidos.pronta("osc")
    pedido.itens.filter(exigencia__codigo="rl_selfie").update(estado="a_preencher", documento=None)
    assinaturas.encaminhar(pedido, pedido.criada_por)
    with pytest.raises(Incompleta, match=item_de(pedido, "rl_selfie").nome):
        assinar(pedido, representante(pedido))
    assert not Assinatura.objects.exists()


def test_a_representante_without_account_was_already_mailed_the_instructions() -> None:
    pedido = pedidos.pronta()
    nomear_representante(
        pedido,
        pedido.criada_por,
        cpf="52998224725",
        nome="Sem Conta",
        email="sem@example.org",
        cargo="Diretora",
        mandato_de=mundo.HOJE,
        mandato_ate=None,
    )
    assinaturas.encaminhar(pedido, pedido.criada_por)
    assert [m.tipo for m in Mensagem.objects.filter(para="sem@example.org")] == ["convenentes.instrucoes"]
    assert assinaturas.quem_assina(pedido) == []


def test_what_is_under_review_is_not_forwarded() -> None:
    pedido = pedidos.em_analise()
    eventos = pedido.eventos.count()
    assinaturas.encaminhar(pedido, pedido.criada_por)
    assert (pedido.eventos.count(), Mensagem.objects.count()) == (eventos, 0)


def test_a_correction_is_forwarded_without_losing_its_state() -> None:
    analista = usuario(is_staff=True)
    pedido = pedidos.em_analise()
    pedidos.julgar(pedido, analista, "cnpj")
    analise.devolver(pedido, analista)
    pedido.itens.filter(exigencia__codigo="cnpj").update(estado="preenchido")
    assinaturas.encaminhar(pedido, pedido.criada_por)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.COM_PENDENCIA
    assert pedido.encaminhada_em is not None


def test_an_update_is_signed_by_who_represents_the_record_today() -> None:
    registro = pedidos.ativo()
    pedido = pedidos.atualizacao_de(registro, "cndt")
    assert assinaturas.quem_assina(pedido) == [pedidos.representante_de(registro)]
    contexto = assinaturas.contexto_das_declaracoes(pedido)
    assert contexto["representante"]["nome"] == pedidos.representante_de(registro).nome
    assert contexto["municipio"] == "Ouro Preto/MG"
    registro.vinculos.update(periodo=("2020-01-01", "2020-02-01"))
    assert assinaturas.quem_assina(pedido) == []
    assert assinaturas.contexto_das_declaracoes(pedido)["representante"] == {
        "nome": "",
        "cpf": "",
        "cargo": "",
    }


# --- signing -----------------------------------------------------------------------------------------


def test_signing_sends_the_request_gives_a_protocol_and_mails_everybody() -> None:
    pedido = pedidos.pronta()
    Mensagem.objects.all().delete()
    enviada = assinar(pedido, representante(pedido))
    pedido.refresh_from_db()
    assert pedido == enviada
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE
    assert pedido.protocolo is not None
    assert pedido.protocolo.startswith(f"{timezone.localdate().year}.")
    assert pedido.enviada_em is not None
    assert pedido.convenente is not None
    assert pedido.convenente.estado == "em_inscricao"
    assert sorted(m.para for m in Mensagem.objects.filter(tipo="convenentes.recebida")) == sorted(
        [pedido.criada_por.email, representante(pedido).email]
    )
    assinados = [i for i in itens.do_pedido(pedido) if itens.assinado(i) and i.estado == "preenchido"]
    assert len(assinados) == Assinatura.objects.count() > 0
    assert {a.usuario for a in Assinatura.objects.all()} == {representante(pedido)}


def test_a_second_call_returns_the_first_result() -> None:
    pedido = pedidos.em_analise()
    assert assinar(pedido, representante(pedido), senha="qualquer").protocolo == pedido.protocolo
    assert not Assinatura.objects.exists()


def test_what_changed_after_being_read_is_not_signed() -> None:
    pedido = pedidos.pronta()
    lido = assinaturas.resumo_dos_textos(assinaturas.textos_a_assinar(pedido))
    rascunho.salvar_secao(pedido, Secao.DADOS, {**pedido.proposta[Secao.DADOS], "razao_social": "Outro Nome"})
    with pytest.raises(Mudou, match="Leia de novo"):
        assinar(pedido, representante(pedido), resumo_lido=lido)
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.protocolo, pedido.convenente) == ("rascunho", None, None)


def test_data_changed_after_being_read_are_not_sent() -> None:
    pedido = pedidos.pronta()
    lido = assinaturas.resumo_dos_textos(assinaturas.textos_a_assinar(pedido))
    rascunho.salvar_secao(pedido, Secao.ENDERECO, {**pedido.proposta[Secao.ENDERECO], "bairro": "Outro"})
    with pytest.raises(Mudou):
        assinar(pedido, representante(pedido), resumo_lido=lido)


def test_a_wrong_password_signs_and_sends_nothing() -> None:
    pedido = pedidos.pronta()
    with pytest.raises(SenhaIncorreta):
        assinar(pedido, representante(pedido), senha="errada")
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.protocolo) == ("rascunho", None)
    assert not Assinatura.objects.exists()


@pytest.mark.parametrize("estado", ["cancelada", "expirada", "indeferida", "aprovada"])
def test_what_is_over_cannot_be_signed(estado: str) -> None:
    pedido = pedidos.em_analise()
    Solicitacao.objects.filter(pk=pedido.pk).update(estado=estado)
    with pytest.raises(NaoEditavel):
        assinar(pedido, representante(pedido))


def test_the_protocol_carries_the_year_of_sao_paulo(monkeypatch) -> None:
    pedido = pedidos.pronta()
    pedido.participantes.update(mandato_ate=None)
    virada = datetime(2031, 1, 1, 2, 30, tzinfo=UTC)  # still 23:30 of 31 December in São Paulo
    monkeypatch.setattr(timezone, "now", lambda: virada)
    assinar(pedido, representante(pedido))
    pedido.refresh_from_db()
    assert pedido.protocolo is not None
    assert pedido.protocolo.startswith("2030.")


def test_a_request_sent_again_keeps_its_protocol_and_signs_only_what_is_not_accepted() -> None:
    analista = usuario(is_staff=True)
    pedido = pedidos.em_analise()
    antes = (pedido.protocolo, pedido.enviada_em)
    pedidos.julgar(pedido, analista, "cnpj")
    analise.devolver(pedido, analista)
    pedido.itens.filter(exigencia__codigo="cnpj").update(estado="preenchido")
    pedido.refresh_from_db()
    assert [i.exigencia for i in assinaturas.a_assinar(pedido)] == [None]
    assinar(pedido, representante(pedido))
    pedido.refresh_from_db()
    assert (pedido.protocolo, pedido.enviada_em) == antes
    assert (pedido.estado, pedido.pendencia_desde) == ("em_analise", None)
    assert pedido.eventos.filter(tipo="reenviada").count() == 1
    assert analise.enviada_de_novo(pedido)


def test_only_the_declaration_of_the_request_speaks_of_its_files() -> None:
    pedido = fabricas.rascunho_de("osc")
    fabricas.anexar(item_de(pedido, "cnpj"), pedido.criada_por, mundo.HOJE)
    arquivo = item_de(pedido, "cnpj").documento.arquivos.get()  # type: ignore[union-attr]
    do_pedido = pedido.itens.get(exigencia=None, secao="")
    assert assinaturas.anexos(pedido, do_pedido) == [
        {
            "nome": f"{item_de(pedido, 'cnpj').tipo_documento} – cnpj.pdf",
            "sha256": arquivo.sha256,
            "arquivo": str(arquivo.uuid),
        }
    ]
    assert assinaturas.anexos(pedido, item_de(pedido, "rl_termo_concordancia")) == []


def test_a_file_whose_question_was_then_answered_no_is_not_sent() -> None:
    pedido = fabricas.rascunho_de("osc")
    fabricas.anexar(item_de(pedido, "cnpj"), pedido.criada_por, mundo.HOJE)
    pedido.itens.filter(exigencia__codigo="cnpj").update(estado="nao_se_aplica")
    assert assinaturas.anexos(pedido, pedido.itens.get(exigencia=None, secao="")) == []


def test_the_summary_of_the_texts_changes_with_any_of_them() -> None:
    pedido = pedidos.pronta("osc")
    textos = assinaturas.textos_a_assinar(pedido)
    resumos = {assinaturas.resumo_dos_textos(parte) for parte in (textos, textos[1:], textos[::-1], [])}
    assert len(resumos) == 4


def test_everybody_who_takes_part_or_acts_for_the_record_is_told_once() -> None:
    registro = pedidos.ativo()
    pedido = pedidos.atualizacao_de(registro, "cndt")
    pessoa = pedidos.representante_de(registro)
    incluir_autor(pedido, pessoa, PapelVinculo.USUARIO)
    outra = usuario()
    incluir_autor(pedido, outra, PapelVinculo.USUARIO)
    assert sorted(p.pk for p in assinaturas.quem_acompanha(pedido)) == sorted([pessoa.pk, outra.pk])


def test_a_draft_without_record_concerns_those_who_take_part_in_it() -> None:
    rascunho_novo = fabricas.rascunho_de("uniao")
    assert assinaturas.quem_acompanha(rascunho_novo) == [rascunho_novo.criada_por]


def test_a_cancelled_draft_has_nobody_to_sign_it() -> None:
    pedido = pedidos.pronta()
    cancelamento.cancelar(pedido, pedido.criada_por)
    assinaturas.encaminhar(pedido, pedido.criada_por)
    pedido.refresh_from_db()
    assert pedido.estado == Solicitacao.Estado.CANCELADA

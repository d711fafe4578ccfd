"""What a machine approves by itself, what it tells at once, and what it leaves to a person."""

from datetime import timedelta

import pytest

from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas.fabricas import usuario
from convenentes import analise, assinaturas, piad
from convenentes.models import AprovacaoAutomatica, Comprovacao, ItemSolicitacao, Solicitacao
from convenentes.piad import Conclusao
from documentos.models import Leitura, Verificacao
from tests.convenentes import certidoes, pedidos
from tests.documentos.certidoes import CRF

pytestmark = pytest.mark.django_db


def _avaliar(pedido: Solicitacao) -> piad.Avaliacao:
    return piad.avaliar(certidoes.cnd(pedido), hoje())


def test_off_by_default_a_person_decides() -> None:
    assert _avaliar(certidoes.pedido(pedidos.ativo())).conclusao == Conclusao.PESSOA


def test_what_fits_in_everything_is_approved() -> None:
    certidoes.ligar()
    avaliacao = _avaliar(certidoes.pedido(pedidos.ativo()))
    assert avaliacao.conclusao == Conclusao.APROVADO, avaliacao.motivos
    assert "Resultado: Negativa (regular)." in avaliacao.motivos


def test_what_plainly_does_not_serve_is_told_at_once() -> None:
    convenente, outro = pedidos.ativo(), pedidos.ativo()
    texto = certidoes.texto_da_cnd(convenente)
    textos = {
        "não é o desta organização": certidoes.texto_da_cnd(outro),
        "certificado do FGTS": CRF,
        "é positiva": texto.replace("NEGATIVA", "POSITIVA"),
        "venceu": certidoes.texto_da_cnd(convenente, hoje() - timedelta(days=400)),
    }
    for motivo, errado in textos.items():
        pedido = certidoes.pedido(convenente, errado)
        avaliacao = _avaliar(pedido)
        assert avaliacao.conclusao == Conclusao.DEVOLVIDO
        assert motivo in avaliacao.motivos[0]
        Solicitacao.objects.filter(pk=pedido.pk).update(estado=Solicitacao.Estado.CANCELADA)


@pytest.mark.parametrize(
    "campos",
    [
        {"a_vista": False},
        {"codigo": ""},
        {"emitida_em": None},
        {"especie": ""},
        {"tem_texto": False},
        {"resultado": ""},
        {"cnpjs": []},
    ],
    ids=lambda campos: next(iter(campos)),
)
def test_any_doubt_needs_a_person(campos: dict[str, object]) -> None:
    certidoes.ligar()
    pedido = certidoes.pedido(pedidos.ativo())
    Leitura.objects.filter(arquivo__documentos__itens__solicitacao=pedido).update(**campos)
    assert _avaliar(pedido).conclusao == Conclusao.PESSOA


def test_a_typed_validity_that_differs_needs_a_person() -> None:
    certidoes.ligar()
    pedido = certidoes.pedido(pedidos.ativo(), valido_ate=hoje() + timedelta(days=30))
    assert _avaliar(pedido).conclusao == Conclusao.PESSOA


def test_a_check_that_only_advises_needs_a_person() -> None:
    certidoes.ligar()
    pedido = certidoes.pedido(pedidos.ativo())
    arquivo = certidoes.cnd(pedido).documento.arquivos.get()  # type: ignore[union-attr]
    Verificacao.objects.create(arquivo=arquivo, nome="x", versao="1", situacao="atencao")
    assert _avaliar(pedido).conclusao == Conclusao.PESSOA


def test_a_signature_that_is_demanded_and_missing_needs_a_person() -> None:
    certidoes.ligar(exige_assinatura=True)
    assert _avaliar(certidoes.pedido(pedidos.ativo())).conclusao == Conclusao.PESSOA


def test_an_update_that_fits_in_everything_is_approved_when_it_arrives() -> None:
    certidoes.ligar()
    convenente = pedidos.ativo()
    pedido = certidoes.enviar(certidoes.pedido(convenente))
    assert (pedido.estado, pedido.analista) == (Solicitacao.Estado.APROVADA, None)
    comprovacao = Comprovacao.objects.get(convenente=convenente)
    assert comprovacao.decisao is not None
    assert comprovacao.decisao.quem == "análise automática"
    assert comprovacao.decisao.automatica.versao == piad.VERSAO
    assert Mensagem.objects.filter(tipo="convenentes.decisao").exists()


def test_what_does_not_serve_waits_for_a_person_if_it_is_sent_all_the_same() -> None:
    certidoes.ligar()
    convenente = pedidos.ativo()
    texto = certidoes.texto_da_cnd(convenente).replace("NEGATIVA", "POSITIVA")
    pedido = certidoes.enviar(certidoes.pedido(convenente, texto))
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE
    assert certidoes.cnd(pedido).parecer == ""


def test_with_another_item_the_opinion_waits_for_the_person() -> None:
    certidoes.ligar()
    pedido = certidoes.enviar(certidoes.pedido(pedidos.ativo(), None, "crf_fgts"))
    assert pedido.estado == Solicitacao.Estado.EM_ANALISE
    assert certidoes.cnd(pedido).parecer == ItemSolicitacao.Parecer.ACEITO
    assert pedidos.item_de(pedido, "crf_fgts").parecer == ""
    assert not AprovacaoAutomatica.objects.exists()


def test_the_machine_looks_at_every_request_that_is_sent() -> None:
    assert piad.analisar in assinaturas.ao_enviar


@pytest.mark.parametrize(("por_cento", "sorteadas"), [(0, 0), (100, 1)])
def test_the_draw_is_kept_with_the_approval(por_cento: int, sorteadas: int) -> None:
    certidoes.ligar(auditoria=por_cento)
    certidoes.enviar(certidoes.pedido(pedidos.ativo()))
    assert AprovacaoAutomatica.objects.filter(sorteada=True).count() == sorteadas


def test_the_draw_takes_about_its_share_and_always_the_same() -> None:
    itens = [ItemSolicitacao() for _ in range(1000)]
    sorteados = [piad.sorteado(item, 20) for item in itens]
    assert 120 < sum(sorteados) < 280
    assert sorteados == [piad.sorteado(item, 20) for item in itens]


def _aprovada() -> AprovacaoAutomatica:
    certidoes.ligar()
    certidoes.enviar(certidoes.pedido(pedidos.ativo()))
    Mensagem.objects.all().delete()
    return AprovacaoAutomatica.objects.get()


def test_a_confirmed_approval_keeps_its_proof() -> None:
    aprovacao = _aprovada()
    piad.confirmar(aprovacao, usuario(is_staff=True))
    aprovacao.refresh_from_db()
    assert aprovacao.auditoria == AprovacaoAutomatica.Auditoria.CONFIRMADA
    assert Comprovacao.objects.get().encerrada_em is None
    assert not Mensagem.objects.exists()


def test_a_reversal_ends_the_proof_and_tells_the_people() -> None:
    aprovacao = _aprovada()
    piad.reverter(aprovacao, usuario(is_staff=True), "O código não existe no emissor.")
    assert Comprovacao.objects.get().encerrada_em is not None
    (mensagem,) = Mensagem.objects.filter(tipo="convenentes.aprovacao_revertida")
    assert mensagem.contexto == {"aprovacao": aprovacao.pk}
    assert aprovacao.decisao.solicitacao.eventos.filter(tipo="aprovacao_revertida").exists()


def test_an_approval_is_audited_once() -> None:
    aprovacao = _aprovada()
    piad.confirmar(aprovacao, usuario(is_staff=True))
    with pytest.raises(piad.JaAuditada):
        piad.reverter(aprovacao, usuario(is_staff=True), "Tarde.")
    assert Comprovacao.objects.get().encerrada_em is None


def test_who_has_an_interest_does_not_audit() -> None:
    aprovacao = _aprovada()
    representante = pedidos.representante_de(aprovacao.decisao.solicitacao.convenente)  # type: ignore[arg-type]
    with pytest.raises(analise.ParteInteressada):
        piad.confirmar(aprovacao, representante)

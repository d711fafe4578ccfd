"""E-mails about who represents an organisation."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cagec.correio.models import Mensagem
from cagec.correio.tipos import redigir
from cagec.tempo import hoje
from contas.fabricas import SENHA, usuario
from convenentes import alteracao, analise, sucessao, vinculos
from convenentes.models import Solicitacao
from tests.convenentes import mandatos, pedidos

pytestmark = pytest.mark.django_db
FIM = hoje() + timedelta(days=40)


def _texto(tipo: str) -> str:
    """What the last mail of this kind says, with the address of its button."""
    mensagem = Mensagem.objects.filter(tipo=f"convenentes.{tipo}").latest("pk")
    corpo = redigir(mensagem.tipo, mensagem.contexto)
    assert corpo.botao is not None
    return "\n".join([corpo.assunto, *corpo.paragrafos, *corpo.botao])


def test_who_is_told_of_a_request_learns_who_asks_for_when_and_where_to_contest() -> None:
    convenente, nova = pedidos.ativo(), usuario(nome_civil="Nina Nova")
    solicitacao = mandatos.enviado(convenente, nova, motivo="substituicao", mandato_ate=FIM)
    alteracao.avisar_partes(solicitacao, "convenentes.alteracao_pedida", "teste")
    texto = _texto("alteracao_pedida")
    assert (
        f"Nina Nova, Presidente, de {hoje():%d/%m/%Y} até {FIM:%d/%m/%Y} (substituição temporária)" in texto
    )
    assert reverse("alteracao", args=[solicitacao.uuid]) in texto


def test_the_team_is_led_to_the_desk_without_the_text_of_the_contestation() -> None:
    convenente, analista = pedidos.ativo(), usuario(is_staff=True)
    solicitacao = mandatos.enviado(convenente)
    analise.assumir(solicitacao, analista)
    antigo = pedidos.representante_de(convenente)
    alteracao.contestar(solicitacao, antigo, "Ata falsa.", uuid4())
    texto = _texto("contestacao")
    assert reverse("admin:mesa", args=[solicitacao.uuid]) in texto
    assert "Ata falsa." not in texto


def test_at_approval_each_learns_from_when_to_when_and_who_returns() -> None:
    convenente = pedidos.ativo(usuario(nome_civil="Tito Titular"))
    esperando = pedidos.atualizacao_de(convenente, "crf_fgts")
    Solicitacao.objects.filter(pk=esperando.pk).update(
        estado=Solicitacao.Estado.AGUARDANDO_ASSINATURA, encaminhada_em=timezone.now()
    )
    vice = usuario(nome_civil="Vera Vice")
    mandatos.aprovado(convenente, usuario(is_staff=True), vice, motivo="substituicao", mandato_ate=FIM)
    alterado = _texto("representante_alterado")
    assert f"Vera Vice, Presidente, representa a organização a partir de {hoje():%d/%m/%Y}" in alterado
    assert (
        f"Tito Titular volta a representar a organização, em {FIM + timedelta(days=1):%d/%m/%Y}" in alterado
    )
    assert reverse("solicitacao", args=[esperando.uuid]) in _texto("posse")
    assert f"A representação começa em {hoje():%d/%m/%Y}" in _texto("decisao")


def test_what_is_delivered_after_the_link_was_annulled_says_so() -> None:
    convenente, nova = pedidos.ativo(), usuario(nome_civil="Nina Nova")
    mandatos.aprovado(convenente, usuario(is_staff=True), nova)
    vinculos.encerrar(convenente.vinculos.get(usuario=nova), por=None, desde=hoje())
    for tipo in ("representante_alterado", "posse"):
        texto = _texto(tipo)
        assert "A representação por Nina Nova foi anulada" in texto
        assert "a partir de" not in texto
    assert "A representação começa" not in _texto("decisao")


def test_without_return_the_former_learns_that_the_mandate_ends() -> None:
    mandatos.aprovado(pedidos.ativo(), usuario(is_staff=True))
    assert "deixa de assinar pela organização" in _texto("representante_alterado")


@pytest.mark.parametrize(
    ("estado", "frase"),
    [("indeferida", "não foi aprovado"), ("cancelada", "cancelado"), ("expirada", "expirou")],
)
def test_what_came_to_nothing_says_why_and_that_nothing_changes(estado: str, frase: str) -> None:
    solicitacao = mandatos.enviado(pedidos.ativo())
    alteracao.avisar_do_fim(solicitacao)
    Solicitacao.objects.filter(pk=solicitacao.pk).update(estado=estado)
    texto = _texto("alteracao_sem_efeito")
    assert frase in texto
    assert "Nada muda no cadastro" in texto


def test_a_renuncia_says_from_when_on_and_how_the_next_one_asks() -> None:
    convenente = pedidos.ativo(usuario())
    vinculo = convenente.vinculos.get()
    sucessao.renunciar(vinculo, vinculo.usuario, SENHA, FIM)
    texto = _texto("renuncia")
    assert f"a partir de {FIM:%d/%m/%Y}" in texto
    assert f"{settings.ENDERECO}{reverse('alteracao_nova')}?cnpj={convenente.cnpj}" in texto


def test_a_renuncia_of_a_substitute_says_who_returns() -> None:
    convenente, vice = pedidos.ativo(usuario(nome_civil="Tito Titular")), usuario()
    mandatos.aprovado(convenente, usuario(is_staff=True), vice, motivo="substituicao", mandato_ate=FIM)
    sucessao.renunciar(convenente.vinculos.get(usuario=vice), vice, SENHA, hoje())
    texto = _texto("renuncia")
    assert f"Tito Titular volta a representar a organização em {hoje():%d/%m/%Y}" in texto
    assert "Sem representante legal" not in texto


def test_the_instructions_speak_of_the_new_mandate() -> None:
    nova = usuario()
    (solicitacao,) = alteracao.pedir([pedidos.ativo().cnpj], usuario(), uuid4(), mandatos.mandato(nova))
    assert f"alteração de representante legal de {solicitacao.nome_do_convenente}" in _texto("instrucoes")

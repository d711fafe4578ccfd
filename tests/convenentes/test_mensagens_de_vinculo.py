"""What the mails about people say, and where their buttons lead."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo, redigir
from contas.convites import abrir_link
from contas.fabricas import cpf_ficticio, usuario
from contas.models import Usuario
from convenentes import vinculacao
from convenentes.models import Convenente, PapelVinculo
from tests.convenentes.telas import apoio

pytestmark = pytest.mark.django_db


@pytest.fixture
def lia() -> Usuario:
    return usuario(nome_civil="Lia Representante")


@pytest.fixture
def instituto(lia: Usuario) -> Convenente:
    return apoio.organizacao(lia)


def para(endereco: str) -> Corpo:
    """The last mail to an address, as it would be delivered."""
    mensagem = Mensagem.objects.filter(para=endereco).latest("pk")
    return redigir(mensagem.tipo, mensagem.contexto)


def texto_de(corpo: Corpo) -> str:
    return "\n".join([corpo.assunto, *corpo.paragrafos])


def endereco(nome: str, *argumentos: object) -> str:
    return settings.ENDERECO + reverse(nome, args=argumentos)


def convidar(instituto: Convenente, por: Usuario, papel: str, cpf: str) -> None:
    vinculacao.convidar(
        instituto,
        por,
        papel=papel,
        cpf=cpf,
        nome="Rui Convidado",
        email="rui@example.org",
        chave_envio=uuid4(),
    )


@pytest.mark.parametrize(
    ("papel", "pode"),
    [("responsavel", "encaminhar solicitações"), ("usuario", "preencher e anexar documentos")],
)
def test_an_invitation_says_who_for_whom_and_what_one_may_do(
    lia: Usuario, instituto: Convenente, papel: str, pode: str
) -> None:
    convidar(instituto, lia, papel, cpf_ficticio(910_002))
    corpo = para("rui@example.org")
    texto = texto_de(corpo)
    for parte in ("Olá, Rui Convidado.", "Lia Representante", instituto.cnpj_formatado, pode):
        assert parte in texto
    assert corpo.botao == ("Criar minha senha", corpo.segredo)
    assert abrir_link(corpo.segredo.rstrip("/").rsplit("/", 1)[1]) is not None
    assert corpo.segredo not in texto


def test_who_has_an_account_is_sent_to_the_panel(lia: Usuario, instituto: Convenente) -> None:
    rui = usuario(email="rui@example.org")
    convidar(instituto, lia, PapelVinculo.USUARIO, rui.cpf)
    corpo = para(rui.email)
    assert (corpo.botao, corpo.segredo) == (("Entrar e responder", endereco("painel")), "")
    assert "seu painel" in texto_de(corpo)


def test_everybody_reads_who_joined_and_by_whose_hand(lia: Usuario, instituto: Convenente) -> None:
    rui = usuario(nome_civil="Rui Novo")
    vinculacao.vincular(rui, instituto, PapelVinculo.RESPONSAVEL, por=lia, motivo="Concurso")
    da_lia, do_rui = para(lia.email), para(rui.email)
    assert "Rui Novo agora atua por Instituto Exemplo" in texto_de(da_lia)
    assert "Você agora atua por Instituto Exemplo" in texto_de(do_rui)
    for corpo in (da_lia, do_rui):
        assert "por Lia Representante. Motivo: Concurso" in texto_de(corpo)
        assert corpo.botao == ("Ver as pessoas do cadastro", endereco("equipe", instituto.uuid))


def test_who_left_reads_why_and_who_is_alone_is_asked_to_include_somebody(
    lia: Usuario, instituto: Convenente
) -> None:
    vinculo = apoio.vincular(instituto, usuario(nome_civil="Rui Antigo"), PapelVinculo.RESPONSAVEL)
    vinculacao.desvincular(vinculo, lia, "Mudou de setor")
    da_lia, do_rui = para(lia.email), para(vinculo.usuario.email)
    assert "Rui Antigo não atua mais por Instituto Exemplo" in texto_de(da_lia)
    assert "Só você cuida deste cadastro: inclua um responsável." in texto_de(da_lia)
    assert "Você não atua mais por Instituto Exemplo" in texto_de(do_rui)
    assert "Só você" not in texto_de(do_rui)
    assert do_rui.botao == ("Ir para o painel", endereco("painel"))
    for corpo in (da_lia, do_rui):
        assert "Motivo: Mudou de setor" in texto_de(corpo)


def test_without_a_reason_none_is_told(lia: Usuario, instituto: Convenente) -> None:
    vinculo = apoio.vincular(instituto, usuario(), PapelVinculo.USUARIO)
    vinculacao.desvincular(vinculo, vinculo.usuario)
    assert "Motivo:" not in texto_de(para(lia.email))

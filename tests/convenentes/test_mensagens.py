"""Every kind of mail of the registry: what it says, where its button leads, and that no secret is kept."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from cagec.correio import tipos
from cagec.correio.entrega import varrer
from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo, redigir
from contas.convites import abrir_link
from contas.fabricas import cpf_ficticio, usuario
from convenentes import analise, fabricas, prazos
from convenentes.models import Decisao, Participante, Solicitacao
from convenentes.participantes import convidar_usuario, nomear_representante
from tests.convenentes import pedidos
from tests.convenentes.mundo import HOJE
from tests.convenentes.pedidos import julgar, motivo

pytestmark = pytest.mark.django_db
Caixa = Callable[[str], list[EmailMessage]]


def texto_de(corpo: Corpo) -> str:
    return "\n".join([corpo.assunto, *corpo.paragrafos])


def endereco(nome: str, *argumentos: object) -> str:
    return settings.ENDERECO + reverse(nome, args=argumentos)


def ultima_decisao(pedido: Solicitacao) -> Corpo:
    decisao = Decisao.objects.filter(solicitacao=pedido, item=None).latest("pk")
    return redigir("convenentes.decisao", {"decisao": decisao.pk})


def indicado(pedido: Solicitacao, cpf: str | None = None) -> Participante:
    return nomear_representante(
        pedido,
        pedido.criada_por,
        cpf=cpf or cpf_ficticio(910_000),
        nome="Lia Indicada",
        email="lia@example.org",
        cargo="Diretora",
        mandato_de=HOJE,
        mandato_ate=None,
    )


def convidado(pedido: Solicitacao, cpf: str | None = None) -> Participante:
    return convidar_usuario(
        pedido,
        pedido.criada_por,
        cpf=cpf or cpf_ficticio(910_001),
        nome="Ugo Convidado",
        email="ugo@example.org",
        chave_envio=uuid4(),
    )


def redigida(tipo: str) -> Corpo:
    """The only mail of a kind in the outbox, as it would be delivered."""
    mensagem = Mensagem.objects.get(tipo=tipo)
    return redigir(mensagem.tipo, mensagem.contexto)


@pytest.mark.parametrize(
    ("chamar", "tipo", "nome"),
    [
        (indicado, "convenentes.instrucoes", "Lia Indicada"),
        (convidado, "convenentes.convite_para_preencher", "Ugo Convidado"),
    ],
)
def test_who_has_no_account_gets_a_set_up_link(
    chamar: Callable[..., Participante], tipo: str, nome: str
) -> None:
    pedido = fabricas.rascunho_de("uniao", razao_social="Casa da Luz")
    chamar(pedido)
    corpo = redigida(tipo)
    assert corpo.botao is not None
    assert corpo.botao == ("Criar minha senha", corpo.segredo)
    link = abrir_link(corpo.segredo.rstrip("/").rsplit("/", 1)[1])
    assert link is not None
    assert link.convite.nome_civil == nome
    texto = texto_de(corpo)
    assert f"Olá, {nome}." in texto
    assert "Casa da Luz" in corpo.assunto
    assert pedido.cnpj_formatado in texto
    assert pedido.criada_por.nome in texto
    assert corpo.segredo not in texto


@pytest.mark.parametrize(
    ("chamar", "tipo"),
    [(indicado, "convenentes.instrucoes"), (convidado, "convenentes.convite_para_preencher")],
)
def test_who_has_an_account_gets_the_address_of_the_request(
    chamar: Callable[..., Participante], tipo: str
) -> None:
    pessoa = usuario(email="lia@example.org" if chamar is indicado else "ugo@example.org")
    pedido = fabricas.rascunho_de("uniao")
    chamar(pedido, pessoa.cpf)
    corpo = redigida(tipo)
    assert corpo.botao == ("Abrir a solicitação", endereco("solicitacao", pedido.uuid))
    assert corpo.segredo == ""
    assert f"Olá, {pessoa.nome}." in corpo.paragrafos


def test_the_instructions_say_what_to_bring_and_by_when() -> None:
    indicado(fabricas.rascunho_de("uniao"))
    texto = texto_de(redigida("convenentes.instrucoes"))
    for dito in ("selfie", "14 dias", "3, 7 e 14 dias", "documento de identidade", endereco("contato")):
        assert dito in texto


def test_delivered_mails_keep_no_link_that_opens_an_account(caixa_postal: Caixa) -> None:
    pedido = fabricas.rascunho_de("uniao", razao_social="Irmãs & D'Ávila <Luz>")
    indicado(pedido)
    convidado(pedido)
    varrer()
    for para in ("lia@example.org", "ugo@example.org"):
        (recebida,) = caixa_postal(para)
        parte = recebida.get_body(("plain",))
        assert parte is not None
        achado = re.search(r"/definir-senha/([\w-]+)", parte.get_content())
        assert achado is not None
        assert "Irmãs & D'Ávila <Luz>" in parte.get_content()
        guardada = Mensagem.objects.get(para=para)
        assert guardada.estado == Mensagem.Estado.ENVIADA
        assert "[link removido]" in guardada.corpo
        for guardado in (guardada.corpo, guardada.assunto, str(guardada.contexto), guardada.erro):
            assert achado[1] not in guardado


def test_the_longest_name_fits_the_outbox_and_a_single_line(caixa_postal: Caixa) -> None:
    pedido = fabricas.rascunho_de("uniao", razao_social=("Associação\n" + "Muito Longa " * 20)[:200])
    indicado(pedido)
    varrer()
    assert Mensagem.objects.get().estado == Mensagem.Estado.ENVIADA
    (recebida,) = caixa_postal("lia@example.org")
    assert str(recebida["Subject"]).endswith("…")


def test_a_pending_signature_leads_to_the_request() -> None:
    pedido = pedidos.em_analise(razao_social="Casa da Luz")
    corpo = redigir("convenentes.assinatura_pendente", {"solicitacao": str(pedido.uuid)})
    assert corpo.assunto == "CAGEC: falta sua assinatura – Casa da Luz"
    assert corpo.botao == ("Ler e assinar", endereco("solicitacao", pedido.uuid))


def test_the_receipt_gives_the_protocol() -> None:
    pedido = pedidos.em_analise()
    corpo = redigir("convenentes.recebida", {"solicitacao": str(pedido.uuid)})
    assert corpo.assunto.endswith(f"protocolo {pedido.protocolo}")
    assert f"Número de protocolo: {pedido.protocolo}." in corpo.paragrafos
    assert corpo.botao == ("Ver o comprovante", endereco("solicitacao_comprovante", pedido.uuid))


def test_a_return_lists_each_refused_item_with_its_reason() -> None:
    analista, pedido = usuario(is_staff=True), pedidos.em_analise(razao_social="Casa da Luz")
    julgar(pedido, analista, "cnpj", "endereco")
    analise.devolver(pedido, analista, "Falta pouco.")
    corpo = ultima_decisao(pedido)
    assert corpo.assunto == "CAGEC: há pendências para corrigir – Casa da Luz"
    assert [p for p in corpo.paragrafos if p.startswith("- ")] == [
        f"- {pedidos.item_de(pedido, codigo).nome}: {motivo()} Falta a assinatura."
        for codigo in ("endereco", "cnpj")
    ]
    assert "Falta pouco." in corpo.paragrafos
    assert f"em até {prazos.DIAS_ATE_EXPIRAR} dias" in texto_de(corpo)
    assert corpo.botao == ("Corrigir pendências", endereco("solicitacao", pedido.uuid))


@pytest.mark.parametrize(
    ("recusar", "assunto", "resultado"),
    [
        ((), "solicitação aprovada –", "Resultado: aprovada."),
        (
            ("cndt",),
            "solicitação aprovada em parte –",
            "Resultado: aprovada em parte.",
        ),
    ],
)
def test_an_approved_inscription_gives_the_number(
    recusar: tuple[str, ...], assunto: str, resultado: str
) -> None:
    analista, pedido = usuario(is_staff=True), pedidos.em_analise("municipio")
    julgar(pedido, analista, *recusar)
    aprovada = analise.aprovar(pedido, analista)
    assert aprovada.convenente is not None
    corpo = ultima_decisao(pedido)
    assert assunto in corpo.assunto
    assert resultado in texto_de(corpo)
    assert f"O número do cadastro é {aprovada.convenente.numero}." in texto_de(corpo)
    assert endereco("convenente", aprovada.convenente.cnpj) in texto_de(corpo)
    assert corpo.botao == ("Abrir a solicitação", endereco("solicitacao", pedido.uuid))


def test_an_approved_update_speaks_of_no_number() -> None:
    pedido = pedidos.comprovar(pedidos.ativo(), "cndt", usuario(is_staff=True))
    assert "Resultado: aprovada." in ultima_decisao(pedido).paragrafos


def test_a_refusal_says_why() -> None:
    pedido = pedidos.em_analise()
    analise.indeferir(pedido, usuario(is_staff=True), motivo(), "Não confere.")
    paragrafos = ultima_decisao(pedido).paragrafos
    assert paragrafos[1:4] == ["Resultado: indeferida.", f"Motivo: {motivo()}", "Não confere."]


def test_a_reminder_and_an_expiry_say_what_comes_next() -> None:
    pedido = pedidos.em_analise()
    lembrete = redigir("convenentes.pendencia_lembrete", {"solicitacao": str(pedido.uuid)})
    assert "30 dias" in texto_de(lembrete)
    assert lembrete.botao == ("Corrigir pendências", endereco("solicitacao", pedido.uuid))
    expirada = redigir("convenentes.expirada", {"solicitacao": str(pedido.uuid)})
    assert "Você pode começar outra quando quiser." in expirada.paragrafos
    assert expirada.botao == ("Ir para o painel", endereco("painel"))
    for corpo in (lembrete, expirada):
        assert pedido.protocolo is not None
        assert pedido.protocolo in texto_de(corpo)


@pytest.mark.parametrize("tipo", sorted(t for t in tipos._redatores if t.startswith("convenentes.")))
def test_a_mail_whose_subject_is_gone_is_a_lookup_error(tipo: str) -> None:
    nada = {"solicitacao": str(uuid4()), "participante": str(uuid4()), "decisao": 0}
    nada |= {"convite_de_vinculo": str(uuid4()), "evento": 0, "aprovacao": 0}
    with pytest.raises(LookupError):
        redigir(tipo, nada)

"""Asking for help, signed in or not, from any page."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from atendimento.models import Chamado
from cagec.correio.models import Mensagem
from cagec.tempo import hoje
from contas.fabricas import cpf_ficticio, usuario
from convenentes import fabricas
from documentos import cota
from documentos.fabricas import enviado, examinar, pdf
from documentos.models import Transferencia
from tests.documentos import transferir

pytestmark = pytest.mark.django_db


def pedir(client: Client, de: str = "", **campos: Any) -> Any:
    envio = {"chave_envio": uuid4(), "categoria": "acesso", "assunto": "Não entro", "texto": "Deu erro."}
    sem_conta = {"cpf": cpf_ficticio(41), "nome": "Ana Fictícia", "email": "ana@example.org"}
    return client.post(f"{reverse('ajuda')}?de={de}", envio | sem_conta | campos)


def test_who_cannot_sign_in_asks_with_cpf_and_email_and_gets_a_link_that_opens_the_thread(
    client: Client, correio
) -> None:
    assert pedir(client)["Location"] == reverse("ajuda_enviada")
    chamado = Chamado.objects.get()
    assert (chamado.usuario, chamado.cpf, chamado.confirmado) == (None, cpf_ficticio(41), False)
    (mensagem,) = correio("ana@example.org")
    assert f"[chamado {chamado.numero}]" in str(mensagem["Subject"])
    assert mensagem["Auto-Submitted"] == "auto-replied"
    texto = mensagem.get_body(("plain",)).get_content()
    endereco = texto.split("/chamados/link/")[1].split()[0]
    assert "Deu erro." in Client().get(f"/chamados/link/{endereco}").content.decode()
    assert "[link removido]" in Mensagem.objects.get().corpo


def test_nothing_that_was_typed_is_mailed_to_an_address_that_anybody_may_have_given(
    client: Client, correio
) -> None:
    pedir(client, assunto="Ganhe em www.premio.example", email="vitima@example.org")
    (mensagem,) = correio("vitima@example.org")
    assert "premio" not in str(mensagem["Subject"])
    for tipo in ("plain", "html"):
        texto = mensagem.get_body((tipo,)).get_content()
        assert "Recebemos seu pedido de ajuda." in texto
        assert "premio" not in texto
        assert "Ana" not in texto


def test_who_is_signed_in_reads_in_the_mail_what_was_asked(client: Client, correio) -> None:
    pessoa = usuario()
    client.force_login(pessoa)
    pedir(client)
    (mensagem,) = correio(pessoa.email)
    assert "Recebemos seu pedido de ajuda: “Não entro”." in mensagem.get_body(("plain",)).get_content()


def test_nobody_learns_whether_a_cpf_has_an_account(client: Client) -> None:
    pessoa = usuario()
    respostas = [pedir(client, cpf=pessoa.cpf, email=pessoa.email), pedir(client, cpf=cpf_ficticio(77))]
    assert len({(r.status_code, r["Location"], r.content) for r in respostas}) == 1
    assert Chamado.objects.filter(usuario=None).count() == Mensagem.objects.count() == 2


def test_a_double_click_asks_once(client: Client) -> None:
    chave = uuid4()
    for _ in range(2):
        assert pedir(client, chave_envio=chave).status_code == 302
    assert Chamado.objects.count() == Mensagem.objects.count() == 1


def test_too_many_requests_of_one_cpf_wait_and_lose_nothing(client: Client) -> None:
    respostas = [pedir(client, texto=f"Pedido {n}") for n in range(11)]
    assert respostas[-1].status_code == 200
    assert "Aguarde alguns minutos" in respostas[-1].content.decode()
    assert "Pedido 10" in respostas[-1].content.decode()
    assert Chamado.objects.count() == 10


def test_who_is_not_signed_in_sends_few_files_an_hour_and_is_still_heard(client: Client) -> None:
    tela = pdf("Tela")
    for n in range(10):
        pedir(client, cpf=cpf_ficticio(n + 1), email=f"a{n}@example.org", arquivos=[enviado("t.pdf", tela)])
    recusada = pedir(client, arquivos=[enviado("t.pdf", tela)])
    assert "Aguarde alguns minutos" in recusada.content.decode()
    assert pedir(client)["Location"] == reverse("ajuda_enviada")
    assert Chamado.objects.count() == 11


def test_one_address_is_not_filled_with_mails_about_many_people(client: Client) -> None:
    for n in range(11):
        pedir(client, cpf=cpf_ficticio(n + 1), email="Vitima@example.org" if n % 2 else "vitima@example.org")
    assert Chamado.objects.count() == Mensagem.objects.count() == 10


def test_files_of_a_request_count_in_what_a_person_sends_in_a_day(client: Client, settings: Any) -> None:
    client.force_login(usuario())
    settings.COTA_DIARIA = len(pdf("Tela")) // cota.PASTAS_POR_PESSOA + 1
    pedir(client, arquivos=[enviado("a.pdf", pdf("Tela"))])
    resposta = pedir(client, texto="De novo", arquivos=[enviado("a.pdf", pdf("Tela"))])
    assert "Você já enviou" in resposta.content.decode()
    assert Chamado.objects.count() == 1


def test_a_text_that_cannot_be_kept_is_told_and_not_lost(client: Client) -> None:
    resposta = pedir(client, texto="Colado de um terminal\0 antigo")
    assert resposta.status_code == 200
    assert "Caracteres nulos não são permitidos" in resposta.content.decode()
    assert "Colado de um terminal" in resposta.content.decode()


def test_a_refused_file_says_why_and_nothing_is_written(client: Client) -> None:
    resposta = pedir(client, arquivos=[enviado("bom.pdf", pdf("Tela")), enviado("planilha.xls", b"\xd0\xcf")])
    assert "planilha.xls" in resposta.content.decode()
    assert not Chamado.objects.exists()


def test_several_files_go_with_one_request(client: Client) -> None:
    pedir(client, arquivos=[enviado("a.pdf", pdf("A")), enviado("b.pdf", pdf("B"))])
    assert Chamado.objects.get().mensagens.get().arquivos.count() == 2


def test_more_files_than_a_message_takes_are_refused(client: Client) -> None:
    resposta = pedir(client, arquivos=[enviado(f"{n}.pdf", pdf("A")) for n in range(6)])
    assert "no máximo 5 arquivos" in resposta.content.decode()


def test_who_is_signed_in_sends_files_ahead_and_finds_them_after_an_error(client: Client) -> None:
    client.force_login(usuario())
    assert "data-transferir" in client.get(reverse("ajuda")).content.decode()
    chegado = transferir.inteiro(client, pdf("Tela"), "tela.pdf")
    voltou = pedir(client, **{"arquivos-enviado": chegado, "texto": ""})
    assert f'name="arquivos-enviado" value="{chegado}"' in voltou.content.decode()
    pedir(client, **{"arquivos-enviado": chegado})
    assert Chamado.objects.get().mensagens.get().arquivos.get().nome == "tela.pdf"
    assert Transferencia.objects.get().expira_em < timezone.now() + timedelta(hours=2)


def test_an_answer_takes_files_sent_ahead_too(client: Client) -> None:
    client.force_login(usuario())
    endereco = pedir(client)["Location"]
    assert "data-transferir" in client.get(endereco).content.decode()
    chegado = transferir.inteiro(client, pdf("Tela"), "tela.pdf")
    client.post(endereco, {"chave_envio": uuid4(), "texto": "Segue.", "arquivos-enviado": chegado})
    assert Chamado.objects.get().mensagens.latest("pk").arquivos.get().nome == "tela.pdf"


def test_who_has_no_account_has_the_plain_form_and_no_file_of_somebody_else(client: Client) -> None:
    client.force_login(usuario())
    alheio = transferir.inteiro(client, pdf("Tela"), "tela.pdf")
    client.logout()
    assert "data-transferir" not in client.get(reverse("ajuda")).content.decode()
    resposta = pedir(client, **{"arquivos-enviado": alheio})
    assert "Escolha-o de novo" in resposta.content.decode()
    assert not Chamado.objects.exists()


def test_files_go_with_the_request_and_only_its_author_and_the_team_read_them(
    client: Client, atendente
) -> None:
    pessoa = usuario()
    client.force_login(pessoa)
    resposta = pedir(client, arquivos=[enviado("tela.pdf", pdf("Tela"))])
    chamado = Chamado.objects.get()
    assert resposta["Location"] == reverse("chamado", args=[chamado.uuid])
    arquivo = chamado.mensagens.get().arquivos.get()
    examinar(arquivo)
    esperados = [(pessoa, 200), (usuario(), 404), (atendente, 200)]
    for quem, codigo in esperados:
        client.force_login(quem)
        entregue: Any = client.get(reverse("arquivo", args=[arquivo.uuid]))
        assert entregue.status_code == codigo
        if entregue.streaming:
            assert b"".join(entregue.streaming_content) == pdf("Tela")


def test_the_page_and_its_organisation_go_with_the_request(client: Client, atendente) -> None:
    pessoa = usuario()
    convenente = fabricas.convenente_ativo("uniao", hoje(), atendente, responsavel=pessoa)
    pagina = reverse("organizacao", args=[convenente.uuid])
    client.force_login(pessoa)
    assert f"?de={pagina}" in client.get(pagina).content.decode()
    form = client.get(f"{reverse('ajuda')}?de={pagina}").context["form"]
    assert form.initial["convenente"] == convenente
    pedir(client, pagina, convenente=convenente.pk)
    chamado = Chamado.objects.get()
    assert (chamado.contexto, chamado.convenente) == ({"pagina": pagina}, convenente)


def test_the_organisation_of_somebody_else_is_not_offered(client: Client, atendente) -> None:
    alheio = fabricas.convenente_ativo("uniao", hoje(), atendente)
    client.force_login(usuario())
    pagina = reverse("organizacao", args=[alheio.uuid])
    assert "convenente" not in client.get(f"{reverse('ajuda')}?de={pagina}").context["form"].fields
    pedir(client, pagina, convenente=alheio.pk)
    assert Chamado.objects.get().convenente is None


@pytest.mark.parametrize(
    ("de", "guardada"),
    [
        ("/definir-senha/abc/", None),
        ("/calendario/abc/vencimentos.ics", None),
        ("https://example.org/", None),
        ("/definir-senha/abc/com/erro", "/definir-senha"),
        ("/consulta/", "/consulta/"),
    ],
)
def test_an_address_that_opens_something_is_not_kept(client: Client, de: str, guardada: str | None) -> None:
    pedir(client, de)
    assert Chamado.objects.get().contexto.get("pagina") == guardada


def test_a_page_of_error_leads_to_help(client: Client) -> None:
    assert f"{reverse('ajuda')}?de=/nao-existe" in client.get("/nao-existe/").content.decode()
    resposta = client.get(reverse("ajuda"), headers={"referer": "http://testserver/consulta/?q=1"})
    assert "página em que você estava: /consulta/" in resposta.content.decode()


def test_without_javascript_a_button_shows_pages_of_the_manual_and_sends_nothing(client: Client) -> None:
    tela = pedir(client, acao="sugerir", assunto="Perdi o celular", texto="Sem o segundo fator não entro.")
    texto = tela.content.decode()
    assert "Perdi o celular do segundo fator</a>" in texto
    assert "Sem o segundo fator não entro." in texto
    assert "Há problemas" not in texto
    assert not Chamado.objects.exists()


def test_while_a_request_is_written_at_most_three_pages_are_suggested_and_nothing_to_silence(
    client: Client,
) -> None:
    sugeridas = client.get(reverse("ajuda_sugestoes"), {"q": "Perdi o celular, a senha e o e-mail"})
    assert 1 <= sugeridas.content.decode().count("/manual/") <= 3
    assert client.get(reverse("ajuda_sugestoes"), {"q": " "}).content.decode().strip() == ""


@pytest.mark.parametrize(
    ("escrito", "esperado"),
    [("", "Alteração de representante legal"), ("xyzzy", "O manual não tem página sobre isto")],
)
def test_the_category_alone_suggests_pages_and_what_is_written_goes_before_it(
    client: Client, escrito: str, esperado: str
) -> None:
    tela = pedir(client, acao="sugerir", categoria="representante", assunto=escrito, texto="")
    assert esperado in tela.content.decode()

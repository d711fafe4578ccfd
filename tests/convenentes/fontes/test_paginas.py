"""The team loads a file and declares an outage in the admin; nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cagec.tempo import hoje
from contas import grupos
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes.fontes import indisponibilidade
from convenentes.models import CargaFonte, Fonte, IndisponibilidadeFonte
from documentos import exame
from documentos.fabricas import enviado
from documentos.models import Arquivo
from tests.convenentes.fontes.arquivos import cepim, lote, registro, ultimo

pytestmark = pytest.mark.django_db


@pytest.fixture
def analista() -> Usuario:
    pessoa = usuario(is_staff=True)
    grupos.sincronizar()
    grupos.incluir_na_equipe(pessoa)
    return pessoa


@pytest.fixture
def mesa(analista: Usuario) -> Client:
    cliente = Client()
    cliente.force_login(analista, backend="allauth.account.auth_backends.AuthenticationBackend")
    return cliente


def enviar(mesa: Client, conteudo: bytes, cadastro: str = "siafi_mg", nome: str = "x.csv", **campos: str):
    dados = {"cadastro": cadastro, "arquivo": enviado(nome, conteudo), "carregar": "1", **campos}
    return mesa.post(reverse("admin:carregar_fonte"), dados, follow=True)


def siafi(numero: int, situacao: str = "normal") -> bytes:
    return lote([(registro(numero).cnpj, situacao, f"{hoje():%d/%m/%Y}")]).conteudo


def test_a_file_is_loaded_in_the_name_of_who_sent_it(mesa: Client, analista: Usuario) -> None:
    resposta = enviar(mesa, siafi(80))
    assert "1 linha lida, 1 resposta gravada, 0 com restrição." in resposta.text
    feita = CargaFonte.objects.get()
    assert (feita.origem, feita.carregada_por) == ("pagina", analista)


def test_a_second_click_changes_nothing(mesa: Client) -> None:
    conteudo = siafi(81)
    enviar(mesa, conteudo)
    assert "já tinha sido carregado" in enviar(mesa, conteudo).text
    assert CargaFonte.objects.count() == 1


def test_a_check_says_what_would_come_and_writes_nothing(mesa: Client) -> None:
    resposta = enviar(mesa, siafi(82, "bloqueado"), conferir="1")
    assert "1 resposta sobre convenentes, 1 com restrição. Nada foi gravado." in resposta.text
    assert not CargaFonte.objects.exists()


def test_a_refused_file_is_told_line_by_line_and_what_was_typed_stays(mesa: Client) -> None:
    linhas = "".join("1;normal;24/11/2026\n" for _ in range(203))
    resposta = enviar(mesa, f"cnpj;situacao;data\n{linhas}".encode())
    assert "O arquivo foi recusado e nada mudou" in resposta.text
    assert "Linha 2: “1” não é um CNPJ válido." in resposta.text
    assert "Linha 201:" in resposta.text
    assert "Linha 202:" not in resposta.text
    assert "E mais 3 erros." in resposta.text
    assert '<option value="siafi_mg" selected>' in resposta.text
    assert not CargaFonte.objects.exists()


def test_hostile_text_of_a_file_is_shown_as_text(mesa: Client) -> None:
    resposta = enviar(mesa, b"cnpj;situacao;data\n<script>alert(1)</script>;normal;24/11/2026\n")
    assert "<script>alert" not in resposta.text
    assert "&lt;script&gt;alert" in resposta.text


def test_the_form_asks_for_register_and_file(mesa: Client) -> None:
    resposta = mesa.post(reverse("admin:carregar_fonte"), {})
    assert "Escolha o cadastro." in resposta.text
    assert "Escolha o arquivo." in resposta.text


def test_the_day_and_the_shrinking_of_a_list_are_said_on_the_page(mesa: Client) -> None:
    organizacao = registro(83)
    ontem = hoje() - timedelta(days=1)
    enviar(mesa, cepim([organizacao.cnpj] * 4).conteudo, "cepim", referencia=ontem.isoformat())
    assert ultimo(organizacao, "cepim") is not None
    curta = cepim([]).conteudo
    assert "parece incompleto" in enviar(mesa, curta, "cepim", referencia=hoje().isoformat()).text
    enviar(mesa, curta, "cepim", referencia=hoje().isoformat(), aceitar_menor="on")
    assert CargaFonte.objects.count() == 2


def test_the_team_downloads_the_evidence_and_sees_it_on_the_page_of_the_record(mesa: Client) -> None:
    conteudo = siafi(84)
    enviar(mesa, conteudo)
    feita = CargaFonte.objects.get()
    Arquivo.objects.update(enviado_por=usuario())  # whoever loaded it: the rest of the team reads it too
    endereco = reverse("arquivo", args=[feita.evidencia.uuid])
    assert mesa.get(endereco).status_code == 404  # not before it was examined
    exame.examinar(feita.evidencia_id)
    assert mesa.get(endereco).getvalue() == conteudo
    assert endereco in mesa.get(reverse("admin:convenentes_cargafonte_change", args=[feita.pk])).text
    convenente = feita.resultados.get().convenente
    consultas = mesa.get(reverse("admin:consultas", args=[convenente.uuid])).text
    assert endereco in consultas
    assert str(feita) in consultas
    outra = Client()
    outra.force_login(usuario(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert outra.get(endereco).status_code == 404


def test_an_outage_is_declared_for_several_registers_and_ended_when_they_are_back(
    mesa: Client, analista: Usuario
) -> None:
    escolhidas = Fonte.objects.filter(codigo__in=["cadin_mg", "siafi_mg"])
    dados = {
        "fontes": [str(f.pk) for f in escolhidas],
        "de": hoje().isoformat(),
        "ate": (hoje() + timedelta(days=3)).isoformat(),
        "motivo": "Aviso da SEF",
    }
    pagina = mesa.post(reverse("admin:declarar_indisponibilidade"), dados, follow=True)
    assert "Indisponibilidade declarada para 2 cadastro(s)." in pagina.text
    repetida = mesa.post(reverse("admin:declarar_indisponibilidade"), dados)
    assert "já estão em outra indisponibilidade" in repetida.text
    assert "Aviso da SEF" in repetida.text
    declarada = IndisponibilidadeFonte.objects.get(fonte__codigo="cadin_mg")
    acao = {"action": "encerrar", "_selected_action": [str(declarada.pk)]}
    lista = reverse("admin:convenentes_indisponibilidadefonte_changelist")
    assert "CADIN-MG: indisponibilidade encerrada hoje." in mesa.post(lista, acao, follow=True).text
    declarada.refresh_from_db()
    assert (declarada.ate, declarada.encerrada_por) == (hoje(), analista)
    assert "CADIN-MG: Esta indisponibilidade já terminou." in mesa.post(lista, acao, follow=True).text


@pytest.mark.parametrize("pagina", ["carregar_fonte", "declarar_indisponibilidade"])
def test_staff_without_the_permission_is_refused(pagina: str) -> None:
    cliente = Client()
    pessoa = usuario(is_staff=True)
    cliente.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert cliente.get(reverse(f"admin:{pagina}")).status_code == 403
    assert cliente.post(reverse(f"admin:{pagina}")).status_code == 403


def test_staff_that_only_reads_ends_no_outage(analista: Usuario) -> None:
    from django.contrib.auth.models import Permission

    fonte = Fonte.objects.get(codigo="cadin_mg")
    (declarada,) = indisponibilidade.declarar([fonte], hoje(), hoje(), "x", analista, hoje())
    pessoa = usuario(is_staff=True)
    pessoa.user_permissions.add(Permission.objects.get(codename="view_indisponibilidadefonte"))
    cliente = Client()
    cliente.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    lista = reverse("admin:convenentes_indisponibilidadefonte_changelist")
    cliente.post(lista, {"action": "encerrar", "_selected_action": [str(declarada.pk)]})
    declarada.refresh_from_db()
    assert declarada.encerrada_em is None

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cagec.tempo import hoje
from convenentes.models import Decisao, ItemSolicitacao, Solicitacao
from documentos import exame, fabricas
from documentos.models import Arquivo, Documento, MotivoRecusa
from tests.convenentes.telas import apoio
from tests.documentos import hostis, transferir

pytestmark = pytest.mark.django_db


def _pagina(item: ItemSolicitacao, nome: str = "solicitacao_documento") -> str:
    return reverse(nome, args=[item.solicitacao.uuid, item.uuid])


def _envio(**campos: Any) -> dict[str, Any]:
    return {"chave_envio": str(uuid4()), "arquivos": apoio.foto(), **campos}


def _com_pendencia(elenco: apoio.Elenco) -> None:
    Solicitacao.objects.filter(pk=elenco.solicitacao.pk).update(
        estado=Solicitacao.Estado.COM_PENDENCIA,
        protocolo="2026.999999",
        enviada_em=elenco.solicitacao.criada_em,
        pendencia_desde=elenco.solicitacao.criada_em,
        convenente=apoio.organizacao(elenco.representante),
    )


def test_the_list_shows_every_document_with_its_state() -> None:
    elenco = apoio.elenco()
    pagina = apoio.texto(
        apoio.entrar(elenco.usuario).get(reverse("solicitacao_documentos", args=[elenco.solicitacao.uuid]))
    )
    for item in elenco.solicitacao.itens.filter(exigencia__isnull=False):
        assert _pagina(item) in pagina
    assert "Falta enviar" in pagina
    assert "Será assinado no final" in pagina


def test_a_usuario_attaches_a_file_and_sees_it_on_the_page() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    cliente = apoio.entrar(elenco.usuario)
    aberta = cliente.get(_pagina(item))
    assert not aberta.context["form"].is_bound
    assert aberta["Permissions-Policy"] == "camera=(self)"
    resposta = cliente.post(_pagina(item), _envio())
    assert resposta["Location"] == reverse("solicitacao_documentos", args=[elenco.solicitacao.uuid])
    item.refresh_from_db()
    assert item.estado == ItemSolicitacao.Estado.PREENCHIDO
    pagina = apoio.texto(cliente.get(_pagina(item)))
    assert "documento.jpg" in pagina


@pytest.mark.parametrize(("exigencia", "com_miniatura"), [("osc_estatuto", True), ("rl_identidade", False)])
def test_what_was_sent_leads_to_its_pages_once_it_was_checked(exigencia: str, com_miniatura: bool) -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, exigencia)
    cliente = apoio.entrar(elenco.responsavel)
    cliente.post(_pagina(item), _envio())
    item.refresh_from_db()
    assert item.documento is not None
    paginas = reverse("ver_arquivo", args=[item.documento.arquivos.get().uuid])
    assert paginas not in apoio.texto(cliente.get(_pagina(item)))
    exame.varrer()
    pagina = apoio.texto(cliente.get(_pagina(item)))
    assert paginas in pagina
    assert ('class="miniatura"' in pagina) is com_miniatura


def test_a_double_click_attaches_one_document() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    cliente, chave = apoio.entrar(elenco.responsavel), str(uuid4())
    for _ in range(2):
        assert cliente.post(_pagina(item), _envio(chave_envio=chave)).status_code == 302
    assert Documento.objects.count() == 1


def test_the_key_of_a_document_of_somebody_else_does_not_bring_it_here() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    chave = str(uuid4())
    apoio.entrar(elenco.responsavel).post(_pagina(item), _envio(chave_envio=chave))
    outra = apoio.nova_inscricao(elenco.estranho, 33444555)
    alvo = apoio.item_de(outra, "rl_identidade")
    apoio.entrar(elenco.estranho).post(_pagina(alvo), _envio(chave_envio=chave))
    alvo.refresh_from_db()
    assert alvo.documento is not None
    assert alvo.documento.pasta == outra.pasta


def test_another_file_from_the_page_reached_with_the_back_button_takes_the_place_of_the_first() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    cliente, chave = apoio.entrar(elenco.responsavel), str(uuid4())
    cliente.post(_pagina(item), _envio(chave_envio=chave))
    certo = _envio(chave_envio=chave, arquivos=[apoio.foto("certo.jpg", "black")])
    assert cliente.post(_pagina(item), certo).status_code == 302
    item.refresh_from_db()
    assert item.documento is not None
    assert item.documento.arquivos.get().nome == "certo.jpg"


def test_a_refused_file_is_told_next_to_the_field_and_the_date_stays() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "cnd_federal")
    amanha = (hoje() + timedelta(days=30)).isoformat()
    quebrado = SimpleUploadedFile("certidao.pdf", b"isto nao e um pdf", content_type="application/pdf")
    resposta = apoio.entrar(elenco.responsavel).post(
        _pagina(item), _envio(arquivos=quebrado, valido_ate=amanha)
    )
    assert "arquivos" in resposta.context["form"].errors
    assert resposta.context["form"]["valido_ate"].value() == amanha
    assert not Documento.objects.exists()


@pytest.mark.parametrize("exigencia", ["rl_identidade", "rl_cpf"])
def test_of_files_of_the_plain_form_too_those_that_can_be_taken_stay(exigencia: str) -> None:
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    endereco = _pagina(apoio.item_de(elenco.solicitacao, exigencia))
    quebrado = SimpleUploadedFile("verso.jpg", b"isto nao e uma foto", content_type="image/jpeg")
    voltou = cliente.post(endereco, _envio(arquivos=[apoio.foto("frente.jpg"), quebrado]))
    (guardado,) = voltou.context["form"]["arquivos"].value()
    assert f'name="arquivos-enviado" value="{guardado}"' in apoio.texto(voltou)
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": [guardado]}
    assert cliente.post(endereco, envio).status_code == 302
    assert Documento.objects.get().arquivos.get().nome == "frente.jpg"


@pytest.mark.parametrize("exigencia", ["rl_identidade", "rl_cpf"])
def test_of_files_sent_ahead_the_refused_one_leaves_the_list_and_the_others_stay(exigencia: str) -> None:
    """``rl_cpf`` keeps one file, so there they are joined first."""
    elenco = apoio.elenco()
    cliente = apoio.entrar(elenco.responsavel)
    boa = transferir.inteiro(cliente, apoio.foto().read(), "frente.jpg")
    ruim = transferir.inteiro(cliente, b"isto nao e uma foto", "verso.jpg")
    endereco = _pagina(apoio.item_de(elenco.solicitacao, exigencia))
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": [boa, ruim]}
    pagina = apoio.texto(cliente.post(endereco, envio))
    assert "verso.jpg" in pagina
    assert f'value="{boa}"' in pagina
    assert f'value="{ruim}"' not in pagina


def test_without_a_file_the_page_says_so() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), {"chave_envio": str(uuid4())})
    assert "Escolha o arquivo" in str(resposta.context["form"].errors["arquivos"])


def test_two_files_where_one_is_kept_are_joined_in_the_order_chosen() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_cpf")
    dois = [apoio.foto("frente.jpg"), apoio.foto("verso.jpg", "black")]
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), _envio(arquivos=dois))
    assert resposta.status_code == 302, resposta.context["form"].errors
    item.refresh_from_db()
    assert item.documento is not None
    arquivo = item.documento.arquivos.get()
    assert (arquivo.nome, arquivo.tipo_midia) == ("frente e mais 1.pdf", "application/pdf")


def test_files_sent_ahead_make_the_document_in_the_order_of_the_form() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    cliente = apoio.entrar(elenco.responsavel)
    verso, frente = (
        transferir.inteiro(cliente, apoio.foto(cor=cor).read(), nome)
        for nome, cor in (("verso.jpg", "black"), ("frente.jpg", "white"))
    )
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": [frente, verso]}
    for _duas_vezes in range(2):
        assert cliente.post(_pagina(item), envio).status_code == 302
    documento = Documento.objects.get()
    nomes = documento.arquivos.order_by("documentoarquivo__ordem").values_list("nome", flat=True)
    assert list(nomes) == ["frente.jpg", "verso.jpg"]


@pytest.mark.parametrize(
    ("exigencia", "nome", "conteudo"),
    [
        ("rl_selfie", "eu.jpg", hostis.imagem()),
        ("rl_identidade", "IMG_0001.HEIC", hostis.imagem("RGB", (640, 480), "HEIF")),
    ],
)
def test_a_selfie_and_a_photo_of_an_iphone_may_be_sent_ahead(
    exigencia: str, nome: str, conteudo: bytes
) -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, exigencia)
    cliente = apoio.entrar(elenco.responsavel)
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": transferir.inteiro(cliente, conteudo, nome)}
    assert cliente.post(_pagina(item), envio).status_code == 302
    arquivo = Documento.objects.get().arquivos.get()
    fabricas.examinar(arquivo)
    arquivo.refresh_from_db()
    assert (arquivo.nome, arquivo.estado) == (nome, Arquivo.Estado.PRONTO)


def test_a_form_that_comes_back_still_has_the_files_sent_ahead() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "cnd_federal")
    cliente = apoio.entrar(elenco.responsavel)
    chegado = transferir.inteiro(cliente, apoio.foto().read(), "certidao.jpg")
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": chegado, "valido_ate": "2020-01-01"}
    pagina = apoio.texto(cliente.post(_pagina(item), envio))
    assert f'<input type="hidden" name="arquivos-enviado" value="{chegado}">' in pagina
    assert "certidao.jpg" in pagina
    envio |= {"valido_ate": (hoje() + timedelta(days=30)).isoformat()}
    assert cliente.post(_pagina(item), envio).status_code == 302


def test_what_another_person_sent_ahead_cannot_be_taken() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    alheio = transferir.inteiro(apoio.entrar(elenco.estranho), apoio.foto().read())
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": alheio}
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), envio)
    assert "Escolha-o de novo" in str(resposta.context["form"].errors["arquivos"])
    assert not Documento.objects.exists()


@pytest.mark.parametrize("chegado", ["lixo", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_a_damaged_reference_to_a_file_is_told_next_to_the_field(chegado: str) -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": chegado}
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), envio)
    assert "Escolha-o de novo" in str(resposta.context["form"].errors["arquivos"])


def test_a_file_that_did_not_arrive_whole_is_not_taken() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    cliente = apoio.entrar(elenco.responsavel)
    onde = transferir.iniciar(cliente, 10)["Location"]
    transferir.mandar(cliente, onde, b"123")
    envio = {"chave_envio": str(uuid4()), "arquivos-enviado": onde.split("/")[-2]}
    resposta = cliente.post(_pagina(item), envio)
    assert "não chegou inteiro" in str(resposta.context["form"].errors["arquivos"])


def test_an_expired_certificate_is_not_taken() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "cnd_federal")
    ontem = (hoje() - timedelta(days=1)).isoformat()
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), _envio(valido_ate=ontem))
    assert "venceu em" in str(resposta.context["form"].errors["valido_ate"])


@pytest.mark.parametrize("dias", [91, -1])
def test_an_address_proof_must_be_recent(dias: int) -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "sede_endereco")
    emitido_em = (hoje() - timedelta(days=dias)).isoformat()
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), _envio(emitido_em=emitido_em))
    assert "emitido_em" in resposta.context["form"].errors


def test_ninety_days_is_still_recent() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "sede_endereco")
    emitido_em = (hoje() - timedelta(days=90)).isoformat()
    assert (
        apoio.entrar(elenco.responsavel).post(_pagina(item), _envio(emitido_em=emitido_em)).status_code == 302
    )


def test_the_selfie_asks_the_phone_for_its_camera() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_selfie")
    pagina = apoio.texto(apoio.entrar(elenco.representante).get(_pagina(item)))
    assert 'accept="image/*"' in pagina
    assert 'capture="user"' in pagina


def test_no_to_a_se_houver_means_it_does_not_apply() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_procuracao")
    cliente = apoio.entrar(elenco.usuario)
    assert cliente.get(_pagina(item)).context["form"] is None
    vazia = cliente.post(_pagina(item, "solicitacao_documento_resposta"), {})
    assert "resposta" in vazia.context["form_resposta"].errors
    cliente.post(_pagina(item, "solicitacao_documento_resposta"), {"resposta": "nao"})
    item.refresh_from_db()
    assert item.estado == ItemSolicitacao.Estado.NAO_SE_APLICA
    cliente.post(_pagina(item, "solicitacao_documento_resposta"), {"resposta": "sim"})
    assert cliente.get(_pagina(item)).context["form"] is not None


def test_a_question_is_answered_only_where_there_is_one() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    endereco = _pagina(item, "solicitacao_documento_resposta")
    assert apoio.entrar(elenco.responsavel).post(endereco, {"resposta": "nao"}).status_code == 404


def test_an_alternative_takes_the_place_of_the_usual_document() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "osc_estatuto")
    cliente, endereco = apoio.entrar(elenco.usuario), _pagina(item, "solicitacao_documento_alternativa")
    for codigo in ("rl_selfie", "decl_sem_alteracao"):
        errada = cliente.post(endereco, {"tipo_documento": codigo})
        assert "tipo_documento" in errada.context["form_alternativa"].errors
    cliente.post(endereco, {"tipo_documento": "osc_certidao_registro"})
    item.refresh_from_db()
    assert item.tipo_documento is not None
    assert item.tipo_documento.codigo == "osc_certidao_registro"
    assert "valido_ate" in cliente.get(_pagina(item)).context["form"].fields


def test_a_declaration_takes_no_file() -> None:
    elenco = apoio.elenco()
    item = apoio.item_de(elenco.solicitacao, "rl_termo_concordancia")
    resposta = apoio.entrar(elenco.responsavel).post(_pagina(item), _envio())
    assert resposta.status_code == 302
    assert not Documento.objects.exists()


def test_after_a_return_the_reason_is_shown_and_only_the_refused_item_opens() -> None:
    elenco = apoio.elenco()
    apoio.preencher(elenco.solicitacao)
    _com_pendencia(elenco)
    recusado = apoio.item_de(elenco.solicitacao, "rl_identidade")
    aceito = apoio.item_de(elenco.solicitacao, "cnd_federal")
    ItemSolicitacao.objects.filter(pk=recusado.pk).update(estado=ItemSolicitacao.Estado.RECUSADO)
    ItemSolicitacao.objects.filter(pk=aceito.pk).update(estado=ItemSolicitacao.Estado.ACEITO)
    motivo, _ = MotivoRecusa.objects.get_or_create(
        codigo="ilegivel", defaults={"texto": "Documento ilegível"}
    )
    Decisao.objects.create(
        solicitacao=elenco.solicitacao,
        item=recusado,
        resultado=Decisao.Resultado.RECUSADO,
        motivo=motivo,
        texto="O verso está cortado.",
        analista=elenco.estranho,
    )
    cliente = apoio.entrar(elenco.usuario)
    pagina = cliente.get(_pagina(recusado))
    assert motivo.texto in apoio.texto(pagina)
    assert "O verso está cortado." in apoio.texto(pagina)
    assert pagina.context["form"] is not None
    assert cliente.get(_pagina(aceito)).context["form"] is None
    cliente.post(_pagina(aceito), _envio(valido_ate=(hoje() + timedelta(days=9)).isoformat()))
    aceito.refresh_from_db()
    assert aceito.estado == ItemSolicitacao.Estado.ACEITO


def test_an_opinion_not_yet_published_is_never_shown() -> None:
    elenco = apoio.elenco()
    apoio.preencher(elenco.solicitacao)
    _com_pendencia(elenco)
    Solicitacao.objects.filter(pk=elenco.solicitacao.pk).update(estado=Solicitacao.Estado.EM_ANALISE)
    item = apoio.item_de(elenco.solicitacao, "rl_identidade")
    ItemSolicitacao.objects.filter(pk=item.pk).update(parecer="recusado", texto="segredo do analista")
    cliente = apoio.entrar(elenco.responsavel)
    for pagina in (_pagina(item), reverse("solicitacao", args=[elenco.solicitacao.uuid])):
        assert "segredo do analista" not in apoio.texto(cliente.get(pagina))


def test_a_section_has_no_page_of_documents() -> None:
    elenco = apoio.elenco()
    secao = elenco.solicitacao.itens.get(secao="dados")
    assert apoio.entrar(elenco.responsavel).get(_pagina(secao)).status_code == 404


def test_an_item_of_another_request_is_not_found() -> None:
    elenco = apoio.elenco()
    outra = apoio.nova_inscricao(elenco.estranho, 33444555)
    endereco = reverse(
        "solicitacao_documento", args=[elenco.solicitacao.uuid, apoio.item_de(outra, "rl_identidade").uuid]
    )
    assert apoio.entrar(elenco.responsavel).get(endereco).status_code == 404


@pytest.mark.parametrize(("codigo", "varios"), [("rl_cpf", True), ("rl_selfie", False)])
def test_the_browser_offers_several_files_except_for_the_selfie(codigo: str, varios: bool) -> None:
    elenco = apoio.elenco()
    pagina = apoio.entrar(elenco.responsavel).get(_pagina(apoio.item_de(elenco.solicitacao, codigo)))
    assert (" multiple" in str(pagina.context["form"]["arquivos"])) is varios

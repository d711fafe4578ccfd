"""Sending documents from an old phone on a bad line, by keyboard, with the camera, and without JavaScript."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Route

from documentos.fabricas import foto, pdf
from tests.jornadas import passos
from tests.jornadas.conftest import Pessoas
from tests.jornadas.navegante import Navegante

CARTAO = "Documento de identidade do representante legal"


def _rascunho(pessoa: Navegante, cnpj: str) -> str:
    """Begin an inscription; return the address of its documents."""
    passos.criar_conta(pessoa)
    pessoa.clicar("Inscrever uma organização")
    pessoa.preencher(cnpj=cnpj, natureza="3999")
    pessoa.clicar("Começar a inscrição")
    endereco = passos.endereco_do_pedido(pessoa)
    pessoa.preencher(tipo="osc")
    pessoa.clicar("Salvar e continuar")
    return f"{endereco}documentos/"


def _abrir(pessoa: Navegante, documentos: str, nome: str) -> None:
    pessoa.abrir(documentos)
    pessoa.seguir(pessoa.pagina.get_by_role("link", name=nome, exact=True))


def _fotografia(largura: int, altura: int) -> bytes:
    imagem, saida = Image.effect_noise((largura, altura), 80).convert("RGB"), BytesIO()
    imagem.save(saida, "JPEG", quality=97)
    return saida.getvalue()


def _recebidos(pessoa: Navegante) -> Locator:
    return pessoa.pagina.locator(".arquivos-escolhidos li:has([name=arquivos-enviado])")


def _nomes(pessoa: Navegante) -> list[str]:
    return [linha.split(" (")[0] for linha in pessoa.pagina.locator(".envio li").all_inner_texts()]


def test_photos_arrive_whole_and_in_order_by_keyboard_through_a_line_that_breaks(
    pessoas: Pessoas, tmp_path: Path
) -> None:
    pessoa = passos.nova_pessoa(pessoas, 360_001, "Nora Remetente Fictícia", largura=390)
    documentos = _rascunho(pessoa, "11.444.777/0001-61")
    _abrir(pessoa, documentos, "Estatuto ou contrato social registrado e alterações")
    pedidos = {"feitos": 0, "perdidos": 0}

    def linha_ruim(rota: Route) -> None:
        pedidos["feitos"] += rota.request.method == "PATCH"
        if rota.request.method == "PATCH" and pedidos["feitos"] % 3 == 2:
            pedidos["perdidos"] += 1
            rota.abort()
        else:
            rota.continue_()

    pessoa.contexto.route("**/transferencias/*/", linha_ruim)
    grande, pequena = tmp_path / "frente.jpg", tmp_path / "verso.jpg"
    grande.write_bytes(_fotografia(3000, 2000))
    pequena.write_bytes(foto())
    pessoa.preencher(arquivos=[str(pequena), str(grande)])
    assert pessoa.pagina.locator(".envio progress").count()
    _recebidos(pessoa).nth(1).wait_for()
    assert pedidos["perdidos"] > 0
    assert _nomes(pessoa) == ["verso.jpg", "frente.jpg"]
    pessoa.pagina.get_by_role("button", name="Descer verso.jpg").press("Enter")
    assert pessoa.le("verso.jpg é agora o 2º de 2")
    assert _nomes(pessoa) == ["frente.jpg", "verso.jpg"]
    pessoa.pagina.get_by_role("button", name="Enviar documento").focus()
    with pessoa.pagina.expect_navigation():
        pessoa.pagina.keyboard.press("Enter")
    assert pessoa.le("Recebemos:"), pessoa.texto()
    _abrir(pessoa, documentos, "Estatuto ou contrato social registrado e alterações")
    guardados = pessoa.pagina.locator(".cartao > p:first-child").all_inner_texts()
    assert [nome.split(" (")[0] for nome in guardados] == ["frente.jpg", "verso.jpg"]


def test_a_page_loaded_again_goes_on_where_the_line_broke_and_files_may_be_dropped(
    pessoas: Pessoas, tmp_path: Path
) -> None:
    pessoa = passos.nova_pessoa(pessoas, 360_007, "Rosa Retomada Fictícia")
    documentos = _rascunho(pessoa, "19.131.243/0001-97")
    _abrir(pessoa, documentos, CARTAO)
    comecos: list[str] = []

    def cai_depois_do_primeiro_pedaco(rota: Route) -> None:
        if rota.request.method == "PATCH":
            comecos.append(rota.request.headers["upload-offset"])
        if rota.request.method == "PATCH" and len(comecos) in {1, 3}:
            rota.abort()
        else:
            rota.continue_()

    pessoa.contexto.route("**/transferencias/*/", cai_depois_do_primeiro_pedaco)
    frente = tmp_path / "frente.jpg"
    frente.write_bytes(_fotografia(900, 700))
    with pessoa.pagina.expect_response(lambda resposta: resposta.request.method == "PATCH"):
        pessoa.preencher(arquivos=str(frente))
    chegados = str(128 * 1024)
    pessoa.pagina.reload()
    assert not _nomes(pessoa)
    pessoa.preencher(arquivos=str(frente))
    _recebidos(pessoa).nth(0).wait_for()
    assert comecos[:2] == ["0", "0"]
    assert set(comecos[2:4]) == {chegados}
    _soltar(pessoa, "verso.pdf", pdf("Verso"))
    _recebidos(pessoa).nth(1).wait_for()
    pessoa.clicar("Enviar documento")
    assert pessoa.le("Recebemos:"), pessoa.texto()


def _soltar(pessoa: Navegante, nome: str, conteudo: bytes) -> None:
    """Drop a file on the field, as from the desktop."""
    solto = pessoa.pagina.evaluate_handle(
        """([nome, bytes]) => {
            const solto = new DataTransfer();
            solto.items.add(new File([new Uint8Array(bytes)], nome));
            return solto;
        }""",
        [nome, list(conteudo)],
    )
    pessoa.pagina.dispatch_event(".envio", "drop", {"dataTransfer": solto})


def test_no_form_leaves_without_a_file_that_failed_and_the_camera_sends_what_it_sees(
    pessoas: Pessoas, tmp_path: Path
) -> None:
    pessoa = passos.nova_pessoa(pessoas, 360_003, "Cora Fotógrafa Fictícia")
    _abrir(pessoa, _rascunho(pessoa, "34.028.316/0001-03"), CARTAO)
    vazio = tmp_path / "vazio.pdf"
    vazio.touch()
    pessoa.preencher(arquivos=str(vazio))
    pessoa.pagina.locator(".arquivo-grande").wait_for()
    pessoa.pagina.get_by_role("button", name="Enviar documento").click()
    pessoa.pagina.get_by_text("Um dos arquivos não foi recebido.").wait_for()
    pessoa.pagina.get_by_role("button", name="Retirar vazio.pdf").click()
    assert not _nomes(pessoa)
    pessoa.pagina.get_by_role("button", name="Usar a câmera").click()
    tirar = pessoa.pagina.get_by_role("button", name="Tirar a foto")
    pessoa.pagina.locator("[value=tirar]:enabled").wait_for()
    tirar.click()
    _recebidos(pessoa).nth(0).wait_for()
    assert not pessoa.pagina.locator("dialog").count()
    pessoa.clicar("Enviar documento")
    assert pessoa.le("Recebemos:"), pessoa.texto()


def test_a_transparent_page_arrives_on_white_and_a_dropped_text_takes_nothing_away(
    pessoas: Pessoas, tmp_path: Path
) -> None:
    pessoa = passos.nova_pessoa(pessoas, 360_009, "Lina Transparente Fictícia")
    _abrir(pessoa, _rascunho(pessoa, "60.746.948/0001-12"), CARTAO)
    pessoa.pagina.evaluate(
        """() => {
            const enviar = XMLHttpRequest.prototype.send;
            XMLHttpRequest.prototype.send = function (corpo) {
                corpo?.arrayBuffer().then((bytes) => (window.enviado = [...new Uint8Array(bytes)]));
                enviar.call(this, corpo);
            };
        }"""
    )
    assinatura = tmp_path / "assinatura.png"
    traco = Image.effect_noise((2600, 200), 80).convert("RGBA")
    traco.paste((0, 0, 0, 0), (0, 0, 100, 100))
    traco.save(assinatura)
    pessoa.preencher(arquivos=str(assinatura))
    _recebidos(pessoa).nth(0).wait_for()
    reduzida = Image.open(BytesIO(bytes(pessoa.pagina.evaluate("window.enviado"))))
    assert (reduzida.format, reduzida.width, reduzida.getpixel((9, 9))) == ("JPEG", 2500, (255, 255, 255))
    texto = pessoa.pagina.evaluate_handle("() => new DataTransfer()")
    pessoa.pagina.dispatch_event(".envio", "drop", {"dataTransfer": texto})
    assert _nomes(pessoa) == ["assinatura.jpg"]


def test_without_javascript_the_plain_form_does_the_same(pessoas: Pessoas, tmp_path: Path) -> None:
    pessoa = passos.nova_pessoa(pessoas, 360_005, "Dora Simples Fictícia", javascript=False)
    documentos = _rascunho(pessoa, "33.000.167/0001-01")
    _abrir(pessoa, documentos, "CPF do representante legal")
    frente, verso = tmp_path / "frente.jpg", tmp_path / "verso.pdf"
    frente.write_bytes(foto())
    verso.write_bytes(pdf("Verso"))
    pessoa.preencher(arquivos=[str(frente), str(verso)])
    pessoa.clicar("Enviar documento")
    assert pessoa.le("Recebemos:"), pessoa.texto()
    _abrir(pessoa, documentos, "CPF do representante legal")
    assert pessoa.le("frente e mais 1.pdf")

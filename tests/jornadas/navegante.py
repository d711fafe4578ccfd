"""A person in front of the portal: opens pages, fills in what the labels say, reads what is on the screen."""

import io
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Download, Locator, Page
from playwright.sync_api import TimeoutError as Demorou

SENHA = "goiabada com queijo da serra"
_REGRAS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Pictures of the manual: wide enough to read in its column, and no taller than a screen.
_LARGURA_DO_RETRATO, _ALTURA_DO_RETRATO = 800, 900
_VARIAVEL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{5}-[0-9A-Z-]{20,}|/definir-senha/[^/]+|[0-9A-Z]{14}|/caixa-postal/[^/]+|\d+"
)
_conferidas: set[tuple[str, bool]] = set()


@dataclass
class Navegante:
    """One person with a browser. With ``javascript``, axe looks at every new kind of page, at 1280 and 390 px."""

    contexto: BrowserContext
    nome: str
    cpf: str
    email: str
    javascript: bool
    pagina: Page = field(init=False)

    def __post_init__(self) -> None:
        self.pagina = self.contexto.new_page()

    def abrir(self, endereco: str) -> None:
        """Go to an address, as from a bookmark or a mail."""
        resposta = self.pagina.goto(endereco)
        assert resposta is not None
        assert resposta.status < 500, f"{endereco}: {resposta.status}"
        self._conferir()

    def clicar(self, texto: str) -> None:
        """Press the button or follow the link with this text, and look at the page that comes."""
        conteudo = self.pagina.locator("main").first
        botao = conteudo.get_by_role("button", name=texto, exact=True)
        alvo = botao.or_(conteudo.get_by_role("link", name=texto, exact=True)).first
        try:
            alvo.wait_for()  # the page may just be coming again, with what was checked meanwhile
        except Demorou:
            raise AssertionError(
                f"Nothing says “{texto}” in {self.pagina.url}:\n{self.texto()[:3000]}"
            ) from None
        self.seguir(botao.first if botao.count() else alvo)

    def seguir(self, alvo: Locator) -> None:
        """Press something that leads to another page, and look at the page that comes."""
        with self.pagina.expect_navigation():
            alvo.click()
        self._conferir()

    def preencher(self, **campos: Any) -> None:
        """Fill in fields by their name: text, date, choice, check box or file."""
        for nome, valor in campos.items():
            campo = self.pagina.locator(f"main [name='{nome}']")
            tipo = campo.first.get_attribute("type") or campo.first.evaluate("e => e.tagName.toLowerCase()")
            if tipo == "file":
                campo.set_input_files(valor)
            elif tipo == "radio":
                self.pagina.locator(f"main [name='{nome}'][value='{valor}']").check()
            elif tipo == "checkbox":
                for um in valor if isinstance(valor, list) else [valor]:
                    seletor = f"main [name='{nome}']" + ("" if um is True else f"[value='{um}']")
                    self.pagina.locator(seletor).check()
            elif tipo == "select":
                campo.select_option(valor)
            else:
                campo.fill(str(valor))

    def retratar(self, nome: str) -> None:
        """Take the picture ``nome`` of the manual, in the run that takes them (``make manual``) and at a desk."""
        pasta, tela = os.environ.get("CAGEC_RETRATOS"), self.pagina.viewport_size
        if not pasta or tela is None or tela["width"] < _LARGURA_DO_RETRATO:
            return
        if "/admin/" not in self.pagina.url:
            self.pagina.set_viewport_size({"width": _LARGURA_DO_RETRATO, "height": _ALTURA_DO_RETRATO})
        self.pagina.evaluate("scrollTo(0, 0)")
        lugar = self.pagina.locator("main").first.bounding_box()
        assert lugar is not None
        clip = {**lugar, "height": min(lugar["height"], _ALTURA_DO_RETRATO)}
        bytes_ = self.pagina.screenshot(clip=clip, full_page=True, animations="disabled")  # type: ignore[arg-type]
        Image.open(io.BytesIO(bytes_)).convert("RGB").save(Path(pasta) / f"{nome}.webp", quality=75, method=6)
        self.pagina.set_viewport_size(tela)

    def texto(self) -> str:
        """Return what the page says."""
        return self.pagina.locator("body").inner_text()

    def le(self, trecho: str) -> bool:
        """Tell whether the page says ``trecho``, whatever the case."""
        return trecho.lower() in self.texto().lower()

    def baixar(self, texto: str, pasta: Path) -> Path:
        """Download what a link or button with this text gives."""
        with self.pagina.expect_download() as espera:
            self.pagina.get_by_role("link", name=texto, exact=True).first.click()
        baixado: Download = espera.value
        destino = pasta / baixado.suggested_filename
        baixado.save_as(destino)
        return destino

    def ler_email(self, assunto: str, prazo: float = 40) -> str:
        """Wait for a mail whose subject has ``assunto``; open the newest one and return its text."""
        fim = time.monotonic() + prazo
        while time.monotonic() < fim:
            self.abrir(f"/caixa-postal/?para={self.email}")
            mensagem = self.pagina.locator("main table a", has_text=assunto).first
            if mensagem.count():
                self.seguir(mensagem)
                return self.texto()
            time.sleep(0.3)
        raise AssertionError(f"No mail “{assunto}” for {self.email}:\n{self.texto()}")

    def criar_senha(self, assunto: str) -> None:
        """Follow the link of a mail, set the password and accept the term."""
        self.ler_email(assunto)
        self.seguir(self.pagina.locator("article a[href*='/definir-senha/']").first)
        self.definir_senha()

    def definir_senha(self) -> None:
        """Set the password and accept the term, on the page of the link."""
        self.preencher(senha=SENHA, repetir=SENHA, aceito=True)
        self.retratar("criar-senha")
        self.clicar("Criar senha e entrar")

    def _conferir(self) -> None:
        """Check the page for WCAG 2.2 AA violations, once for each kind of page and width."""
        if not self.javascript or "CAGEC_RETRATOS" in os.environ:
            return
        endereco = _VARIAVEL.sub("*", self.pagina.url.split("?")[0].split("://")[1].split("/", 1)[1])
        chave = (endereco, self.pagina.locator("[aria-invalid=true], .errornote").count() > 0)
        if chave in _conferidas:
            return
        _conferidas.add(chave)
        tamanho = self.pagina.viewport_size
        for largura in (390, 1280):
            self.pagina.set_viewport_size({"width": largura, "height": 900})
            achados = Axe().run(self.pagina, options=_REGRAS)
            assert achados.violations_count == 0, (
                f"{self.pagina.url} ({largura} px)\n{achados.generate_report()}"
            )
            excesso = self.pagina.evaluate("document.documentElement.scrollWidth - innerWidth")
            do_admin = endereco.startswith("admin/")
            assert do_admin or excesso <= 0, (
                f"{self.pagina.url} scrolls sideways at {largura} px by {excesso}"
            )
        if tamanho:
            self.pagina.set_viewport_size(tamanho)

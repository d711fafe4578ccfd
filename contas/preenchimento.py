"""Fill in a form of a page that is ready, by the names of its fields: no view or form has to know about it."""

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

_SEM_VALOR = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
Atributos = list[tuple[str, str | None]]


def preencher(
    pagina: str, endereco: str, caminho: str, campos: Mapping[str, Sequence[str]], aviso: str
) -> str:
    """Return the page with the fields of the form that is sent to ``caminho`` filled in, under the notice.

    ``endereco`` is the address of the page. A page without such a form comes back as it was.
    """
    leitor = _Preenchedor(endereco, caminho, campos, aviso)
    leitor.feed(pagina)
    leitor.close()
    return "".join(leitor.saida) if leitor.preenchidos else pagina


class _Preenchedor(HTMLParser):
    """Writes the page again, tag by tag."""

    def __init__(self, endereco: str, caminho: str, campos: Mapping[str, Sequence[str]], aviso: str) -> None:
        super().__init__(convert_charrefs=False)
        self.saida: list[str] = []
        self.preenchidos = 0
        self._endereco, self._caminho, self._aviso = endereco, caminho, aviso
        self._campos = {nome: list(valores) for nome, valores in campos.items()}
        self._no_formulario = self._calado = False
        self._escolhas: list[str] = []
        self._posicao = 0  # in the output, of the form being filled in

    def handle_starttag(self, tag: str, attrs: Atributos) -> None:
        original = self.get_starttag_text() or ""
        valores = dict(attrs)
        nome = valores.get("name") or ""
        if tag == "form":
            self._abrir(valores)
        elif self._no_formulario and valores.get("type") == "checkbox" and nome not in self._campos:
            original = _com(attrs, tag, "checked", marcado=False)  # who unticks a box sends nothing
        elif self._no_formulario and nome in self._campos:
            original = self._campo(tag, nome, valores, original)
        elif self._no_formulario and tag == "option" and self._escolhas:
            original = _com(attrs, tag, "selected", marcado=valores.get("value") in self._escolhas)
        self.saida.append(original)
        if self._calado:
            self.saida.append(escape(self._campos[nome].pop(0)))

    def handle_startendtag(self, tag: str, attrs: Atributos) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._calado = False
        elif tag == "select":
            self._escolhas = []
        elif tag == "form" and self._no_formulario:
            self._no_formulario = False
            if self.preenchidos:
                self.saida.insert(self._posicao, self._aviso)
        self.saida.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._escrever(data)

    def handle_entityref(self, name: str) -> None:
        self._escrever(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._escrever(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.saida.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.saida.append(f"<!{decl}>")

    def _escrever(self, texto: str) -> None:
        if not self._calado:
            self.saida.append(texto)

    def _abrir(self, valores: dict[str, str | None]) -> None:
        destino = urljoin(self._endereco, valores.get("action") or "").split("?")[0].split("#")[0]
        envia = (valores.get("method") or "").lower() == "post"
        self._no_formulario = envia and destino == self._caminho and not self.preenchidos
        self._posicao = len(self.saida)

    def _campo(self, tag: str, nome: str, valores: dict[str, str | None], original: str) -> str:
        """Return the tag of a field with what was typed. A text that repeats its name takes one value each."""
        digitados = self._campos[nome]
        attrs = list(valores.items())
        tipo = (valores.get("type") or "text").lower()
        if tag == "select":
            self._escolhas = digitados
        elif tag == "textarea" and digitados:
            self._calado = True
        elif tag == "input" and tipo in {"checkbox", "radio"}:
            original = _com(attrs, tag, "checked", marcado=(valores.get("value") or "on") in digitados)
        elif tag == "input" and tipo not in _SEM_VALOR and digitados:
            mudados = [par for par in attrs if par[0] != "value"]
            original = _escrita(tag, [*mudados, ("value", digitados.pop(0))])
        else:
            return original
        self.preenchidos += 1
        return original


def _com(attrs: Atributos, tag: str, marca: str, *, marcado: bool) -> str:
    """Return the tag with or without a mark such as ``checked``."""
    outros = [par for par in attrs if par[0] != marca]
    return _escrita(tag, [*outros, (marca, None)] if marcado else outros)


def _escrita(tag: str, attrs: Atributos) -> str:
    partes = [nome if valor is None else f'{nome}="{escape(valor)}"' for nome, valor in attrs]
    return f"<{' '.join([tag, *partes])}>"

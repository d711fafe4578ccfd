"""The field of files: plain in the browser, or sent ahead by the module of our pages (static/js/envio.js)."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from contas.models import Usuario
from documentos import transferencia

Enviados = list[UploadedFile] | list[str]


class ArquivosInput(forms.FileInput):
    """A file input that may take several files, and the list of those that were sent ahead.

    The latter come as hidden fields, ``<name>-enviado``, each with the uuid of a transfer, in the order chosen. What
    is in the plain input counts first: it is what a person without JavaScript has just chosen.
    """

    allow_multiple_selected = True
    template_name = "documentos/campo_de_arquivos.html"
    usuario: Usuario | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the files that stay chosen when a form comes back."""
        contexto = super().get_context(name, None, attrs)
        uuids = [v for v in value or [] if isinstance(v, str)]
        guardados = transferencia.escolhidas(self.usuario, uuids) if self.usuario and uuids else []
        contexto["widget"] |= {"guardados": guardados, "nome_dos_enviados": f"{name}-enviado"}
        return contexto

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Enviados:
        """Return the files themselves, or the uuids of their transfers."""
        return [f for f in files.getlist(name) if f] or [u for u in _lista(data, f"{name}-enviado") if u]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the form came without either."""
        return name not in files and f"{name}-enviado" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """The browser does not know of the files that were sent ahead."""
        return False


def _lista(data: Any, nome: str) -> list[str]:
    return list(data.getlist(nome)) if hasattr(data, "getlist") else []


class ArquivosField(forms.FileField):
    """One or several files; the value is always a list of uploaded files.

    ``usuario`` is the signed-in person, who may send files ahead; without one the input is plain. ``maximo`` is how
    many files may be chosen.
    """

    widget: ArquivosInput

    def __init__(
        self, *, maximo: int, aceita: str, usuario: Usuario | None = None, selfie: bool = False, **kwargs: Any
    ) -> None:
        # Said either way: left out, Django turns it on for every widget that can take several.
        atributos: dict[str, Any] = {"accept": aceita, "multiple": maximo > 1}
        if selfie:
            atributos["capture"] = "user"
        if usuario:
            atributos |= {
                "data-transferir": reverse("transferencias"),
                "data-maximo": maximo,
                "data-camera": "user" if selfie else "environment",
            }
        self.maximo, self.usuario = maximo, usuario
        entrada = ArquivosInput(attrs=atributos)
        entrada.usuario = usuario
        super().__init__(widget=entrada, allow_empty_file=True, **kwargs)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Keep what was sent, so that the files sent ahead are shown again with a form that comes back."""
        return data

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raise ValidationError without a file, with too many, or with one that did not arrive whole."""
        enviados: Sequence[Any] = data or []
        if not enviados:
            super().clean(None, initial)  # an error where one is required
            return []
        if len(enviados) > self.maximo:
            texto = (
                "Escolha um arquivo só." if self.maximo == 1 else f"Escolha no máximo {self.maximo} arquivos."
            )
            raise forms.ValidationError(texto, code="quantidade")
        arquivos = self._abrir(enviados) if isinstance(enviados[0], str) else enviados
        return [super(ArquivosField, self).clean(arquivo, initial) for arquivo in arquivos]

    def _abrir(self, uuids: Sequence[str]) -> list[transferencia.ArquivoTransferido]:
        achadas = transferencia.escolhidas(self.usuario, uuids) if self.usuario else []
        try:
            if len(achadas) != len(set(uuids)):
                raise transferencia.Sumiu
            return [transferencia.abrir(achada) for achada in achadas]
        except transferencia.Sumiu as erro:
            raise forms.ValidationError(
                "Um dos arquivos não chegou inteiro, ou foi escolhido há mais de um dia. Escolha-o de novo.",
                code="incompleto",
            ) from erro


def manter_escolhidos(form: forms.Form, nome: str, arquivos: Sequence[UploadedFile]) -> None:
    """Let these files, and no others, stay chosen in a form that goes back, those of the plain input too.

    Only for who is signed in. What is over the quota of the day has to be chosen again, as without this.
    """
    campo = form.fields[nome]
    assert isinstance(campo, ArquivosField)
    if campo.usuario is None:
        return
    with suppress(transferencia.TransferenciaRecusada):
        uuids = [str(transferencia.manter(campo.usuario, arquivo)) for arquivo in arquivos]
        assert isinstance(form.data, QueryDict)
        form.data = form.data.copy()
        form.data.setlist(f"{form.add_prefix(nome)}-enviado", uuids)
        form.files = MultiValueDict()


class ArquivoField(ArquivosField):
    """One file; the value is that uploaded file."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(maximo=1, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raise ValidationError without a file, with more than one, or with one that did not arrive whole."""
        return super().clean(data, initial)[0]

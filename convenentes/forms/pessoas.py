"""People of a request: the representante legal, invited usuários, dirigentes."""

from datetime import date
from typing import Any

from django import forms

from cagec.campos import ChaveEnvioField, DataField
from contas.campos import CPFField, NomeField
from contas.models import Usuario
from convenentes.models import PapelVinculo

_EMAIL_INVALIDO = {"invalid": "Informe um e-mail válido. Exemplo: nome@exemplo.org.br"}
_DA_CONTA = "Se a pessoa já tem conta no portal, use o e-mail da conta."


class RepresentanteForm(forms.Form):
    """Who signs for the organisation, and the mandate. ``sou_eu`` takes the signed-in person's own data."""

    condicionais = ("cpf", "nome", "email")
    do_mandato: tuple[str, ...] = ("cargo", "mandato_de", "mandato_ate")

    sou_eu = forms.BooleanField(
        label="Eu sou o representante legal",
        required=False,
        help_text="Usaremos o CPF, o nome e o e-mail da sua conta.",
    )
    cpf = CPFField(required=False)
    nome = NomeField(label="Nome completo", required=False)
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="Enviaremos para este endereço as instruções e o link de acesso. " + _DA_CONTA,
        error_messages=_EMAIL_INVALIDO,
    )
    cargo = forms.CharField(
        label="Cargo", max_length=120, help_text="Exemplo: presidente, prefeita, diretor."
    )
    mandato_de = DataField(label="Início do mandato")
    mandato_ate = DataField(
        label="Fim do mandato", required=False, help_text="Deixe em branco se não tem prazo para terminar."
    )

    def __init__(self, *args: Any, usuario: Usuario, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.hoje = hoje

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("sou_eu"):
            for campo in self.condicionais:
                dados[campo] = getattr(self.usuario, campo)
                self.errors.pop(campo, None)
        else:
            for campo in self.condicionais:
                if not dados.get(campo) and campo not in self.errors:
                    self.add_error(campo, "Preencha este campo ou marque que você é o representante legal.")
        self._conferir_mandato(dados.get("mandato_de"), dados.get("mandato_ate"))
        return dados

    def _conferir_mandato(self, de: date | None, ate: date | None) -> None:
        if de and de > self.hoje:
            self.add_error(
                "mandato_de", "O mandato ainda não começou. Informe quem representa a organização hoje."
            )
        self._conferir_fim(de, ate)

    def _conferir_fim(self, de: date | None, ate: date | None) -> None:
        if de and ate and ate < de:
            self.add_error("mandato_ate", "O fim do mandato não pode ser antes do início.")
        elif ate and ate < self.hoje:
            self.add_error(
                "mandato_ate",
                "Este mandato já terminou. Informe o mandato atual de quem representa a organização.",
            )

    def mandato(self) -> dict[str, Any]:
        """Return the arguments of ``participantes.nomear_representante``."""
        return {campo: self.cleaned_data[campo] for campo in (*self.condicionais, *self.do_mandato)}

    def campos_do_mandato(self) -> list[forms.BoundField]:
        """Return the fields that do not depend on whose mandate it is, in order."""
        return [self[campo] for campo in self.do_mandato]


class UsuarioForm(forms.Form):
    """Whom to invite to fill in and attach."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    nome = NomeField(label="Nome completo")
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="O convite vai para este endereço. " + _DA_CONTA,
        error_messages=_EMAIL_INVALIDO,
    )


class ConviteForm(UsuarioForm):
    """Whom to ask to act for the organisation, and in which role."""

    papel = forms.ChoiceField(
        label="O que esta pessoa fará",
        choices=[
            (
                PapelVinculo.RESPONSAVEL,
                "Responsável pelas informações: abre, preenche e encaminha solicitações",
            ),
            (PapelVinculo.USUARIO, "Usuário: só preenche e anexa documentos"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha o que esta pessoa fará."},
    )


class MotivoForm(forms.Form):
    """Why somebody is unlinked or linked again: it stays in the history."""

    motivo = forms.CharField(
        label="Motivo", max_length=300, help_text="Fica no histórico e vai no e-mail de aviso."
    )


class DirigenteForm(forms.Form):
    """One director. A CPF enters the list once."""

    nome = NomeField(label="Nome completo")
    cpf = CPFField()
    cargo = forms.CharField(label="Cargo", max_length=120)

    def __init__(self, *args: Any, dirigentes: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dirigentes = dirigentes

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who is in the list with other data; the very same line is a double click."""
        dados = super().clean() or {}
        if any(d["cpf"] == dados.get("cpf") and d != dados for d in self.dirigentes) and not self.errors:
            self.add_error("cpf", "Esta pessoa já está na lista de dirigentes.")
        return dados

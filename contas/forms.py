"""Forms of accounts."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from cagec.campos import ChaveEnvioField
from contas.campos import CPFField
from contas.documentos_pessoais import limpar_cpf
from contas.models import Usuario


class EntrarForm(LoginForm):  # type: ignore[misc] # allauth ships no types
    """Sign-in with CPF, typed in any way, or with an e-mail that only one person has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = "CPF ou e-mail"
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": ""}
        self.fields["password"].label = "Senha"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self) -> str:
        """Return the CPF. An unknown or shared e-mail fails later, like any wrong password."""
        digitado: str = self.cleaned_data["login"].strip()
        if "@" not in digitado:
            return limpar_cpf(digitado) or digitado
        donos = list(Usuario.objects.filter(email__iexact=digitado, is_active=True).values_list("cpf")[:2])
        return donos[0][0] if len(donos) == 1 else digitado


class NovoUsuarioForm(forms.Form):
    """Data of a person who asks for an account."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    nome_civil = forms.CharField(label="Nome completo", max_length=150, help_text="Como está no seu documento.")
    nome_social = forms.CharField(label="Nome social", max_length=150, required=False)
    email = forms.EmailField(
        label="E-mail", help_text="Enviaremos o link de acesso para este endereço.", max_length=254
    )
    telefone = forms.CharField(
        label="Telefone", max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class RecuperarAcessoForm(forms.Form):
    """CPF and registered e-mail of who forgot the password or is blocked."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    email = forms.EmailField(label="E-mail cadastrado", max_length=254)


class DefinirSenhaForm(forms.Form):
    """The password and the acceptance of the term, on one page."""

    senha = forms.CharField(
        label="Nova senha",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repetir = forms.CharField(
        label="Repita a senha",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    aceito = forms.BooleanField(
        label="Li e aceito o Termo de Uso e a Política de Privacidade",
        error_messages={"required": "Para usar o portal é preciso aceitar o termo."},
    )

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario

    def clean_senha(self) -> str:
        senha: str = self.cleaned_data["senha"]
        password_validation.validate_password(senha, self.usuario)
        return senha

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("senha") and dados.get("repetir") and dados["senha"] != dados["repetir"]:
            self.add_error("repetir", ValidationError("As duas senhas são diferentes. Digite a mesma nas duas."))
        return dados

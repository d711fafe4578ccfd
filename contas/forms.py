"""Forms of accounts."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from cagec.campos import ChaveEnvioField
from contas.campos import CPFField, NomeField, TelefoneField
from contas.documentos_pessoais import limpar_cpf
from contas.models import PedidoDoTitular, Usuario

_EMAIL_INVALIDO = {"invalid": "E-mail inválido. Confira se está completo, como nome@exemplo.org."}


class EntrarForm(LoginForm):
    """Sign-in with CPF, typed in any way, or with a verified e-mail that only one person has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="CPF ou e-mail",
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
        )
        self.fields["password"] = forms.CharField(
            label="Senha",
            strip=False,
            max_length=4096,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Return the CPF. An unknown or shared e-mail fails later, like any wrong password."""
        digitado: str = self.cleaned_data["login"].strip()
        if "@" not in digitado:
            return limpar_cpf(digitado) or digitado
        cpfs = Usuario.objects.filter(email__iexact=digitado).values_list("cpf", flat=True)
        provados = cpfs.filter(emailaddress__email=digitado.lower(), emailaddress__verified=True)
        donos = list(cpfs[:2])
        return donos[0] if len(donos) == 1 and list(provados) == donos else digitado.lower()


class NovoUsuarioForm(forms.Form):
    """Data of a person who asks for an account."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    nome_civil = NomeField(label="Nome completo", help_text="Como está no seu documento.")
    nome_social = NomeField(
        label="Nome social", required=False, help_text="Se você usa um, é ele que o portal mostra."
    )
    email = forms.EmailField(
        label="E-mail",
        help_text="Enviaremos o link de acesso para este endereço.",
        max_length=254,
        error_messages=_EMAIL_INVALIDO,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telefone = TelefoneField()


class RecuperarAcessoForm(forms.Form):
    """CPF and registered e-mail of who forgot the password or is blocked."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    email = forms.EmailField(
        label="E-mail cadastrado",
        max_length=254,
        error_messages=_EMAIL_INVALIDO,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ReenviarLinkForm(forms.Form):
    """The button of the page of an expired link."""

    chave_envio = ChaveEnvioField()


class AceitarTermoForm(forms.Form):
    """The acceptance of the term."""

    aceito = forms.BooleanField(
        label="Li e aceito o Termo de Uso e a Política de Privacidade",
        error_messages={"required": "Para usar o portal é preciso aceitar o termo. Marque a caixa."},
    )


class ReaceitarTermoForm(AceitarTermoForm):
    """The acceptance of a new version, confirmed with the password unless gov.br has just proved the person."""

    senha = forms.CharField(
        label="Senha",
        help_text="A mesma que você usa para entrar. Ela confirma que é você quem aceita.",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, usuario: Usuario, pede_senha: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        if not pede_senha:
            del self.fields["senha"]

    def clean_senha(self) -> str:
        """Raise ValidationError when it is not the password of the person."""
        senha: str = self.cleaned_data["senha"]
        if not self.usuario.check_password(senha):
            raise ValidationError("A senha não confere. Digite a senha que você usa para entrar no portal.")
        return senha


class _SenhaNovaForm(forms.Form):
    """A new password, typed twice, that obeys the rules for the person ``usuario``."""

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

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario

    def clean_senha(self) -> str:
        """Raise ValidationError with every rule that the password breaks."""
        senha: str = self.cleaned_data["senha"]
        password_validation.validate_password(senha, self.usuario)
        return senha

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError when the two are not the same."""
        dados = super().clean() or {}
        if dados.get("senha") and dados.get("repetir") and dados["senha"] != dados["repetir"]:
            self.add_error(
                "repetir", ValidationError("As duas senhas são diferentes. Digite a mesma nas duas.")
            )
        return dados


class DefinirSenhaForm(_SenhaNovaForm, AceitarTermoForm):
    """The password and the acceptance of the term, on one page."""

    field_order = ("senha", "repetir", "aceito")

    def __init__(self, *args: Any, pede_aceite: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pede_aceite:
            del self.fields["aceito"]


class AlterarSenhaForm(_SenhaNovaForm):
    """The current password and the new one."""

    atual = forms.CharField(
        label="Senha atual",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("atual", "senha", "repetir")

    def clean_atual(self) -> str:
        """Raise ValidationError when it is not the password of the person."""
        atual: str = self.cleaned_data["atual"]
        if not self.usuario.check_password(atual):
            raise ValidationError("Esta não é a sua senha atual. Digite a que você usa para entrar.")
        return atual


class TrocarEmailForm(forms.Form):
    """The new address of the account of ``usuario``."""

    chave_envio = ChaveEnvioField()
    email = forms.EmailField(
        label="Novo e-mail",
        max_length=254,
        help_text="Enviaremos um link de confirmação para este endereço.",
        error_messages=_EMAIL_INVALIDO,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario

    def clean_email(self) -> str:
        """Raise ValidationError when nothing would change."""
        email: str = self.cleaned_data["email"]
        if email.lower() == self.usuario.email.lower():
            raise ValidationError("Este já é o e-mail da sua conta. Digite o endereço novo.")
        return email


class MinhaContaForm(forms.Form):
    """What the person changes alone."""

    nome_social = NomeField(
        label="Nome social", required=False, help_text="Se você usa um, é ele que o portal mostra."
    )
    telefone = TelefoneField()


class PedidoDoTitularForm(forms.Form):
    """A request about the own data."""

    chave_envio = ChaveEnvioField()
    tipo = forms.ChoiceField(
        label="O que você pede?",
        choices=PedidoDoTitular.Tipo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha o que você pede."},
    )
    texto = forms.CharField(
        label="Explique seu pedido",
        help_text="Para correção, diga o que está errado e como deve ficar.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError when a correction does not say what to correct."""
        dados = super().clean() or {}
        if dados.get("tipo") == PedidoDoTitular.Tipo.CORRECAO and not dados.get("texto"):
            self.add_error("texto", "Diga o que está errado e como deve ficar.")
        return dados

"""How allauth behaves here: no sign-up of its own, the CPF as the user name, messages with the way out."""

from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cagec.cifra import cifrar, decifrar
from contas import aparelhos, seguranca
from contas.models import EventoDeSeguranca, Usuario


class Adaptador(DefaultAccountAdapter):
    """Accounts are created only by the page that sets the password (``contas.convites``)."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "O CPF ou e-mail e a senha não conferem. Confira o que digitou ou use “Esqueci a senha ou estou "
            "bloqueado”. Se mais de uma pessoa usa o mesmo e-mail, entre com o CPF."
        ),
        "too_many_login_attempts": (
            "Foram muitas tentativas erradas e a entrada está bloqueada por cinco minutos. "
            "Aguarde ou use “Esqueci a senha ou estou bloqueado”."
        ),
        "incorrect_password": "A senha não confere. Digite a senha que você usa para entrar no portal.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; the one that finds the CPF blocked is logged."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            seguranca.bloquear(credentials.get("username", ""), seguranca.origem(request))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a wrong password. With a CPF that has no account the same row is written, for nobody."""
        usuario = Usuario.objects.filter(cpf=credentials.get("username", "")).first()
        seguranca.registrar(seguranca.Tipo.SENHA_ERRADA, usuario, seguranca.origem(request))

    def login(self, request: HttpRequest, user: Usuario) -> None:
        """Sign in. For five minutes it counts as the confirmation that changes of security ask for."""
        super().login(request, user)
        record_authentication(request, user, method="entrada", reauthenticated=True)

    def post_login(self, request: HttpRequest, user: Usuario, **kwargs: Any) -> HttpResponse:
        """Log the entrance, and mail the person when this browser is not one that entered before."""
        resposta: HttpResponse = super().post_login(request, user, **kwargs)
        tipo = EventoDeSeguranca.Tipo.ENTROU
        novo = not aparelhos.conhecido(request, user)
        with transaction.atomic():
            avisar = novo and seguranca.da_pessoa(user).filter(tipo=tipo).exists()
            seguranca.registrar(tipo, user, seguranca.origem(request), avisar=avisar, novo=novo)
        aparelhos.lembrar(request, resposta, user)
        return resposta

    def get_reauthentication_methods(self, user: Usuario | AnonymousUser) -> list[dict[str, str]]:
        """The password confirms; without one, a code. The names are those of allauth."""
        if not isinstance(user, Usuario):
            return []
        nome = "account_reauthenticate" if user.has_usable_password() else "mfa_reauthenticate"
        return [{"id": nome, "description": "", "url": reverse(nome)}]

    def desbloquear(self, request: HttpRequest, usuario: Usuario) -> None:
        """Forget the wrong passwords typed for a CPF, since its owner has just proved the e-mail."""
        self._delete_login_attempts_cached_email(request, username=usuario.cpf)
        seguranca.desbloquear(usuario, seguranca.origem(request))


class AdaptadorDeFatores(DefaultMFAAdapter):
    """The second factor. Its secrets are encrypted at rest."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "O código não confere ou já foi usado. Espere o aplicativo mostrar o próximo e digite-o, ou use um "
            "código de recuperação."
        ),
    }

    def encrypt(self, text: str) -> str:
        return cifrar(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decifrar(encrypted_text)

    def get_totp_label(self, user: Usuario) -> str:
        return user.cpf_mascarado

    def get_totp_issuer(self) -> str:
        return "Portal CAGEC"

    def build_totp_svg(self, url: str) -> str:
        return segno.make_qr(url).svg_inline(omitsize=True, border=2)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Portal CAGEC"}

"""gov.br as a provider of OpenID Connect; allauth finds the class by the name of this module.

Protocol: the technical guide of the Login Único (acesso.gov.br/roteiro-tecnico): authorization code with PKCE and
nonce, the ``sub`` is the CPF, the level of the account comes in ``reliability_info``.
"""

from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

ID = "govbr"
_USADOS = ("sub", "nonce", "reliability_info")


class AdaptadorOidc(OpenIDConnectOAuth2Adapter):
    """The exchange with gov.br. Of what it tells, only what the sign-in needs is kept."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.ENDERECO + reverse("govbr_volta")

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Read the id token. Raises OAuth2Error unless gov.br signed it for this portal and it still holds."""
        try:
            id_token = kwargs["response"]["id_token"]
            if jwt.get_unverified_header(id_token)["alg"] != "RS256":
                raise OAuth2Error("alg")
            dados = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
            usados = {nome: dados[nome] for nome in _USADOS if nome in dados}
            return self.get_provider().sociallogin_from_response(request, usados)
        except (KeyError, TypeError, jwt.PyJWTError) as erro:
            raise OAuth2Error("id_token") from erro


class Govbr(OpenIDConnectProvider):
    """The one provider. Its address and credentials come from the environment."""

    id = ID
    name = "gov.br"
    oauth2_adapter_class = AdaptadorOidc
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid", "email", "profile", "govbr_confiabilidades", "govbr_confiabilidades_idtoken"]

    def get_callback_url(self) -> str:
        return reverse("govbr_volta")


provider_classes = [Govbr]

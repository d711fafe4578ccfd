"""App configuration of the platform and of the review desk's admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class CagecConfig(AppConfig):
    name = "cagec"
    verbose_name = "Plataforma"

    def ready(self) -> None:
        from cagec import andares  # noqa: F401 - registers its system check


class AdminConfig(DjangoAdminConfig):
    default_site = "cagec.admin.MesaDeAnalise"

    def ready(self) -> None:
        super().ready()
        from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
        from django.contrib import admin

        # gov.br is configured by environment, and of what it tells nothing is stored.
        admin.site.unregister((SocialAccount, SocialApp, SocialToken))

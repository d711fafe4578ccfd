"""Addresses of accounts. Of allauth only the pages that exist here."""

from allauth.account.views import account_inactive, login, logout, reauthenticate
from django.urls import path

from contas.views import acesso, cadastro, conta, email, formulario_guardado, govbr, termo

urlpatterns = [
    path("novo-usuario/", cadastro.novo_usuario, name="novo_usuario"),
    path("novo-usuario/enviado/", cadastro.novo_usuario_enviado, name="novo_usuario_enviado"),
    path("definir-senha/<str:segredo>/", acesso.definir_senha, name="definir_senha"),
    path("definir-senha/<str:segredo>/reenviar/", acesso.reenviar_link, name="reenviar_link"),
    path("recuperar-acesso/", cadastro.recuperar_acesso, name="recuperar_acesso"),
    path("recuperar-acesso/enviado/", cadastro.recuperar_acesso_enviado, name="recuperar_acesso_enviado"),
    path("termo/", termo.aceitar_termo, name="aceitar_termo"),
    path("minha-conta/", conta.minha_conta, name="minha_conta"),
    path("minha-conta/senha/", conta.alterar_senha, name="alterar_senha"),
    path("minha-conta/email/", email.trocar, name="trocar_email"),
    path("minha-conta/email/cancelar/", email.cancelar, name="cancelar_troca_de_email"),
    path("confirmar-email/<str:segredo>/", email.confirmar, name="confirmar_email"),
    path("formulario-guardado/descartar/", formulario_guardado.descartar_guardado, name="descartar_guardado"),
    path("entrar/", login, name="account_login"),
    path("entrar/inativa/", account_inactive, name="account_inactive"),
    path("entrar/govbr/", govbr.entrar, name="govbr_entrar"),
    path("entrar/govbr/volta/", govbr.volta, name="govbr_volta"),
    path("sair/", logout, name="account_logout"),
    path("confirmar-senha/", reauthenticate, name="account_reauthenticate"),
]

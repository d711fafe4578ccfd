"""Addresses of accounts. Of allauth only the pages that exist here."""

from allauth.account.views import account_inactive, login, logout, reauthenticate
from allauth.mfa.base.views import authenticate as entrar_com_codigo
from allauth.mfa.base.views import reauthenticate as confirmar_com_codigo
from django.db.transaction import atomic
from django.urls import path

from contas.views import (
    acesso,
    cadastro,
    conta,
    email,
    fatores,
    formulario_guardado,
    govbr,
    mensagens,
    meus_dados,
    seguranca,
    termo,
)

urlpatterns = [
    path("novo-usuario/", cadastro.novo_usuario, name="novo_usuario"),
    path("novo-usuario/enviado/", cadastro.novo_usuario_enviado, name="novo_usuario_enviado"),
    path("definir-senha/<str:segredo>/", acesso.definir_senha, name="definir_senha"),
    path("definir-senha/<str:segredo>/aberta/", acesso.link_aberto, name="link_aberto"),
    path("definir-senha/<str:segredo>/reenviar/", acesso.reenviar_link, name="reenviar_link"),
    path("recuperar-acesso/", cadastro.recuperar_acesso, name="recuperar_acesso"),
    path("recuperar-acesso/enviado/", cadastro.recuperar_acesso_enviado, name="recuperar_acesso_enviado"),
    path("termo/", termo.aceitar_termo, name="aceitar_termo"),
    path("minha-conta/", conta.minha_conta, name="minha_conta"),
    path("minha-conta/mensagens/", mensagens.minhas_mensagens, name="minhas_mensagens"),
    path("minha-conta/senha/", conta.alterar_senha, name="alterar_senha"),
    path("minha-conta/email/", email.trocar, name="trocar_email"),
    path("minha-conta/email/cancelar/", email.cancelar, name="cancelar_troca_de_email"),
    path("confirmar-email/<str:segredo>/", email.confirmar, name="confirmar_email"),
    path("minha-conta/meus-dados/", meus_dados.meus_dados, name="meus_dados"),
    path("minha-conta/meus-dados/copia/", meus_dados.copia_dos_dados, name="copia_dos_dados"),
    path("minha-conta/meus-dados/pedido/", meus_dados.pedido_do_titular, name="pedido_do_titular"),
    path("formulario-guardado/descartar/", formulario_guardado.descartar_guardado, name="descartar_guardado"),
    path("minha-conta/seguranca/", seguranca.seguranca, name="seguranca"),
    path("minha-conta/seguranca/aplicativo/", fatores.ativar_aplicativo, name="ativar_aplicativo"),
    path("minha-conta/seguranca/chave/", fatores.adicionar_chave, name="adicionar_chave"),
    path("minha-conta/seguranca/codigos/", fatores.codigos_de_recuperacao, name="codigos_de_recuperacao"),
    path("minha-conta/seguranca/remover/<str:qual>/", fatores.remover_fator, name="remover_fator"),
    path(
        "minha-conta/seguranca/sessoes/outras/",
        seguranca.encerrar_outras_sessoes,
        name="encerrar_outras_sessoes",
    ),
    path("minha-conta/seguranca/sessoes/<uuid:uuid>/", seguranca.encerrar_sessao, name="encerrar_sessao"),
    path("sessao/", seguranca.sessao, name="sessao"),
    path("sessao/manter/", seguranca.manter_sessao, name="manter_sessao"),
    # Atomic: what is tried or done, its event and its mail are one.
    path("entrar/", atomic(login), name="account_login"),
    path("entrar/codigo/", atomic(entrar_com_codigo), name="mfa_authenticate"),
    path("entrar/inativa/", account_inactive, name="account_inactive"),
    path("entrar/govbr/", govbr.entrar, name="govbr_entrar"),
    path("entrar/govbr/volta/", govbr.volta, name="govbr_volta"),
    path("sair/", logout, name="account_logout"),
    path("confirmar-senha/", atomic(reauthenticate), name="account_reauthenticate"),
    path("confirmar-codigo/", atomic(confirmar_com_codigo), name="mfa_reauthenticate"),
]

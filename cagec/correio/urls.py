"""Addresses of the embedded mailbox."""

from django.urls import path

from cagec.correio import caixa_postal

urlpatterns = [
    path("", caixa_postal.listar, name="caixa_postal"),
    path("<str:chave>/", caixa_postal.ler, name="caixa_postal_mensagem"),
]

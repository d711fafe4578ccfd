"""Addresses of the help desk."""

from django.urls import path

from atendimento.views import chamados, contato

urlpatterns = [
    path("contato/", contato.contato, name="contato"),
    path("preciso-de-ajuda/", chamados.ajuda, name="ajuda"),
    path("preciso-de-ajuda/enviado/", chamados.enviada, name="ajuda_enviada"),
    path("chamados/", chamados.lista, name="chamados"),
    path("chamados/<uuid:uuid>/", chamados.chamado, name="chamado"),
    path("chamados/link/<str:chave>/", chamados.chamado_por_link, name="chamado_por_link"),
]

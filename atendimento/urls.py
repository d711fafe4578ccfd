"""Addresses of the help desk and of the manual."""

from django.urls import path

from atendimento.views import avisos, chamados, contato, manual

urlpatterns = [
    path("contato/", contato.contato, name="contato"),
    path("preciso-de-ajuda/", chamados.ajuda, name="ajuda"),
    path("preciso-de-ajuda/enviado/", chamados.enviada, name="ajuda_enviada"),
    path("preciso-de-ajuda/sugestoes/", manual.sugestoes, name="ajuda_sugestoes"),
    path("avisos/<uuid:uuid>/fechar/", avisos.fechar, name="fechar_aviso"),
    path("chamados/", chamados.lista, name="chamados"),
    path("chamados/<uuid:uuid>/", chamados.chamado, name="chamado"),
    path("chamados/link/<str:chave>/", chamados.chamado_por_link, name="chamado_por_link"),
    path("chamados/link/<str:chave>/arquivos/<uuid:uuid>/", chamados.arquivo_do_link, name="arquivo_do_link"),
    path("manual/", manual.indice, name="manual"),
    path("manual/busca/", manual.busca, name="manual_busca"),
    path("manual/perguntas/", manual.perguntas, name="manual_perguntas"),
    path("manual/tudo/", manual.tudo, name="manual_tudo"),
    path("manual/<path:caminho>/", manual.pagina, name="manual_pagina"),
]

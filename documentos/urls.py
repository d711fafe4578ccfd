"""Addresses of files and declarations."""

from django.urls import path
from django.views.generic import RedirectView

from documentos.views import arquivos, declaracoes, exigidos, identidade, orientacoes, transferencia

urlpatterns = [
    path("arquivos/<uuid:uuid>/", arquivos.arquivo, name="arquivo"),
    path("arquivos/<uuid:uuid>/ver/", arquivos.ver, name="ver_arquivo"),
    path("arquivos/<uuid:uuid>/miniatura/", arquivos.miniatura, name="miniatura"),
    path("arquivos/<uuid:uuid>/original/", arquivos.original, name="arquivo_original"),
    path("arquivos/<uuid:uuid>/paginas/<int:numero>/", arquivos.pagina, name="previa"),
    path("transferencias/", transferencia.transferencias, name="transferencias"),
    path("transferencias/<uuid:uuid>/", transferencia.transferencia, name="transferencia"),
    path("meus-dados/quem-viu/", arquivos.quem_viu, name="visualizacoes"),
    path("declaracoes/", declaracoes.conferir, name="conferir_declaracao"),
    path("declaracoes/<slug:codigo>/", declaracoes.declaracao, name="declaracao"),
    path("documentos-exigidos/", exigidos.exigidos, name="documentos_exigidos"),
    path("documentos-exigidos/<slug:slug>/", exigidos.exigidos_do_tipo, name="documentos_exigidos_do_tipo"),
    path("modelos-e-orientacoes/", orientacoes.orientacoes, name="orientacoes"),
    # The address of the institutional portal (docs/dominio.md, Documents).
    path(
        "modelos-e-orientacoes/orientacoes-fmas/",
        RedirectView.as_view(pattern_name="orientacoes_do_tipo", permanent=True),
        {"slug": "fmas"},
        name="orientacoes_fmas",
    ),
    path("modelos-e-orientacoes/<slug:slug>/", orientacoes.orientacoes_do_tipo, name="orientacoes_do_tipo"),
    path(
        "modelos-e-orientacoes/arquivos/<uuid:uuid>/",
        orientacoes.arquivo_da_orientacao,
        name="orientacao_arquivo",
    ),
    path("pedido-de-identidade/", identidade.pedido, name="pedido_de_identidade"),
    path("minha-conta/nome/", identidade.mudar_nome, name="mudar_nome"),
    path("pedido-de-identidade/enviado/", identidade.enviado, name="pedido_de_identidade_enviado"),
]

"""Addresses of the registry."""

from django.urls import include, path

from convenentes.views import historico, publico

urlpatterns = [
    path("consulta/", publico.consulta, name="consulta"),
    path("convenentes/<str:cnpj>/", publico.convenente, name="convenente"),
    path("convenentes/<str:cnpj>/historico/", historico.situacao_em, name="historico"),
    path("convenentes/<str:cnpj>/crc/", publico.emitir, name="emitir_crc"),
    path("crc/", publico.conferir, name="conferir_crc"),
    path("crc/<slug:codigo>/", publico.certificado, name="crc"),
    path("crc/<slug:codigo>/pdf/", publico.certificado_pdf, name="crc_pdf"),
    path("", include("convenentes.urls_solicitacoes")),
]

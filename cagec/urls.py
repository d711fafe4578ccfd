"""The front door: which app answers which address."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from cagec.saude import saude

urlpatterns = [
    path("", TemplateView.as_view(template_name="inicio.html"), name="inicio"),
    path("saude/", saude, name="saude"),
    path("", include("contas.urls")),
    path("", include("documentos.urls")),
    path("", include("convenentes.urls")),
    path("", include("atendimento.urls")),
    path("admin/", admin.site.urls),
]

if settings.CAIXA_POSTAL:
    urlpatterns.append(path("caixa-postal/", include("cagec.correio.urls")))

"""The plain Django that ``bench.envio`` measures against: one view, which only saves the file."""

import os
from pathlib import Path
from uuid import uuid4

import django
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY=uuid4().hex)
django.setup()


def guardar(request: HttpRequest) -> HttpResponse:
    """Write the file of a form to the folder ``BENCH_PASTA``."""
    enviado = request.FILES["arquivo"]
    assert isinstance(enviado, UploadedFile)
    with (Path(os.environ["BENCH_PASTA"]) / uuid4().hex).open("wb") as destino:
        for pedaco in enviado.chunks():
            destino.write(pedaco)
    return HttpResponse(status=204)


urlpatterns = [path("", guardar)]
application = get_wsgi_application()

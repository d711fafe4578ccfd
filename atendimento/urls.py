"""Addresses of the help desk."""

from django.urls import path

from atendimento import views

urlpatterns = [path("contato/", views.contato, name="contato")]

"""Two pages of the team about the registers: load a file, and declare that a register is out."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cagec.tempo import hoje
from convenentes.admin.comum import analista
from convenentes.admin.forms import CargaForm, IndisponibilidadeForm
from convenentes.fontes import carga, frases, indisponibilidade
from convenentes.fontes.leitura import TAMANHO_MAXIMO, Erro, FonteRecusada, Recebido
from convenentes.models import CargaFonte

ERROS_MOSTRADOS = 200


def carregar(request: HttpRequest, contexto: dict[str, Any]) -> HttpResponse:
    """Check or load a file. A refused one is told line by line, and nothing changes."""
    if not analista(request).has_perm("convenentes.add_cargafonte"):
        raise PermissionDenied
    enviado = request.method == "POST"
    form = CargaForm(request.POST, request.FILES) if enviado else CargaForm()
    erros: list[Erro] = []
    conferido = ""
    if enviado and form.is_valid():
        try:
            conferido = _executar(request, form.cleaned_data)
        except FonteRecusada as erro:
            erros = erro.erros
        else:
            if not conferido:
                return redirect("admin:convenentes_cargafonte_changelist")
    return render(
        request,
        "admin/convenentes/fonte/carregar.html",
        {
            **contexto,
            "title": "Carregar arquivo de cadastro externo",
            "form": form,
            "erros": erros[:ERROS_MOSTRADOS],
            "outros_erros": len(erros[ERROS_MOSTRADOS:]),
            "conferido": conferido,
        },
    )


def _executar(request: HttpRequest, dados: dict[str, Any]) -> str:
    """Return what a check found, or nothing after a load, which leaves its message. Raises FonteRecusada."""
    cadastro, aceitar_menor = dados["cadastro"], dados["aceitar_menor"]
    recebido = replace(_receber(dados["arquivo"]), referencia=dados["referencia"])
    if "conferir" in request.POST:
        return frases.da_conferencia(carga.conferir(cadastro, recebido, hoje(), aceitar_menor=aceitar_menor))
    feita, nova = carga.carregar(
        cadastro,
        recebido,
        hoje(),
        CargaFonte.Origem.PAGINA,
        analista(request),
        aceitar_menor=aceitar_menor,
    )
    messages.success(request, frases.da_carga(feita, nova))
    return ""


def _receber(enviado: UploadedFile) -> Recebido:
    return Recebido(enviado.name or "arquivo.csv", enviado.read(TAMANHO_MAXIMO + 1))


def declarar_indisponibilidade(request: HttpRequest, contexto: dict[str, Any]) -> HttpResponse:
    """Say which registers are out, from when to when, and why."""
    if not analista(request).has_perm("convenentes.add_indisponibilidadefonte"):
        raise PermissionDenied
    enviado = request.method == "POST"
    form = IndisponibilidadeForm(request.POST) if enviado else IndisponibilidadeForm(initial={"de": hoje()})
    if enviado and form.is_valid():
        dados = form.cleaned_data
        try:
            novas = indisponibilidade.declarar(
                dados["fontes"], dados["de"], dados["ate"], dados["motivo"], analista(request), hoje()
            )
        except ValidationError as erro:
            form.add_error(None, erro)
        else:
            messages.success(request, f"Indisponibilidade declarada para {len(novas)} cadastro(s).")
            return redirect("admin:convenentes_indisponibilidadefonte_changelist")
    return render(
        request,
        "admin/convenentes/fonte/indisponibilidade.html",
        {**contexto, "title": "Declarar indisponibilidade de cadastro externo", "form": form},
    )

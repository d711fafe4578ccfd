"""One page to record what every external register says about a convenente."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cagec.tempo import hoje
from contas.models import Usuario
from convenentes import situacao
from convenentes.admin.comum import analista
from convenentes.admin.forms import ConsultaFonteForm, ConsultasForm
from convenentes.fontes.registro import fontes_do_convenente, registrar
from convenentes.models import Convenente, ResultadoFonte
from documentos.envio import ArquivoRecusado, guardar_verificado, verificar
from documentos.models import Arquivo


def consultas(request: HttpRequest, uuid: UUID, contexto: dict[str, Any]) -> HttpResponse:
    """Show one row for each register of the type; record the rows that were filled in, all or none."""
    if not analista(request).has_perm("convenentes.add_resultadofonte"):
        raise PermissionDenied
    convenente = Convenente.objects.filter(uuid=uuid).select_related("tipo", "municipio").first()
    if convenente is None:
        raise Http404
    dados, arquivos = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    envio = ConsultasForm(dados)
    forms = [
        ConsultaFonteForm(dados, arquivos, fonte=fonte, initial={"consultado_em": hoje()})
        for fonte in fontes_do_convenente(convenente)
    ]
    if envio.is_valid() and all(form.is_valid() for form in forms):
        preenchidos = [form for form in forms if form.cleaned_data["resultado"]]
        if not preenchidos:
            messages.error(request, "Nada foi registrado. Escolha o resultado de ao menos um cadastro.")
        elif _registrar(convenente, preenchidos, analista(request), envio.cleaned_data["chave_envio"]):
            messages.success(request, "Consultas registradas. Elas aparecem na lista desta página.")
            return redirect("admin:consultas", convenente.uuid)
    linhas = {linha.fonte: linha for linha in situacao.linhas(hoje(), [convenente.pk]) if linha.fonte}
    return render(
        request,
        "admin/convenentes/convenente/consultas.html",
        {
            **contexto,
            "title": f"Cadastros externos – {convenente}",
            "convenente": convenente,
            "envio": envio,
            "linhas": [(form, linhas.get(form.fonte.codigo)) for form in forms],
            "forms": forms,
            "historico": ResultadoFonte.objects.filter(convenente=convenente).select_related(
                "fonte", "registrado_por", "evidencia", "carga__evidencia"
            )[:50],
        },
    )


def _registrar(
    convenente: Convenente, forms: list[ConsultaFonteForm], quem: Usuario, chave_envio: UUID
) -> bool:
    """Record every row, once; False when one of them was refused, which its form then shows."""
    try:
        with transaction.atomic():
            # One at a time: the second click of a double click waits for the first and finds it.
            Convenente.objects.select_for_update(of=("self",)).get(pk=convenente.pk)
            if not ResultadoFonte.objects.filter(chave_envio=chave_envio).exists():
                for form in forms:
                    _registrar_um(convenente, form, quem, chave_envio)
    except (ValidationError, ArquivoRecusado):
        return False
    return True


def _registrar_um(convenente: Convenente, form: ConsultaFonteForm, quem: Usuario, chave_envio: UUID) -> None:
    dados = form.cleaned_data
    try:
        registrar(
            convenente,
            form.fonte,
            dados["resultado"],
            dados["consultado_em"],
            quem,
            hoje(),
            detalhe=dados["detalhe"],
            evidencia=_guardar(dados["evidencia"], quem),
            chave_envio=chave_envio,
        )
    except ValidationError as erro:
        form.add_error(None, erro)
        raise
    except ArquivoRecusado as erro:
        form.add_error("evidencia", erro.mensagens)
        raise


def _guardar(evidencia: UploadedFile | None, quem: Usuario) -> Arquivo | None:
    return guardar_verificado(verificar(evidencia), quem) if evidencia else None

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
from convenentes.admin.forms import ConsultaFonteForm
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
    forms = [
        ConsultaFonteForm(dados, arquivos, fonte=fonte, initial={"consultado_em": hoje()})
        for fonte in fontes_do_convenente(convenente)
    ]
    invalidos = [form for form in forms if dados is not None and not form.is_valid()]
    if dados is not None and not invalidos:
        quantas = _registrar(convenente, forms, analista(request))
        if quantas is not None:
            messages.success(request, f"{quantas} consulta(s) registrada(s).")
            return redirect("admin:consultas", convenente.uuid)
    linhas = {linha.fonte: linha for linha in situacao.linhas(hoje(), [convenente.pk]) if linha.fonte}
    return render(
        request,
        "admin/convenentes/convenente/consultas.html",
        {
            **contexto,
            "title": f"Cadastros externos – {convenente}",
            "convenente": convenente,
            "linhas": [(form, linhas.get(form.fonte.codigo)) for form in forms],
            "forms": forms,
            "historico": ResultadoFonte.objects.filter(convenente=convenente).select_related(
                "fonte", "registrado_por", "evidencia"
            )[:50],
        },
    )


def _registrar(convenente: Convenente, forms: list[ConsultaFonteForm], quem: Usuario) -> int | None:
    """Record the rows that were filled in; None when one of them was refused, which its form then shows."""
    preenchidos = [form for form in forms if form.cleaned_data.get("resultado")]
    try:
        with transaction.atomic():
            for form in preenchidos:
                _registrar_um(convenente, form, quem)
    except (ValidationError, ArquivoRecusado):
        return None
    return len(preenchidos)


def _registrar_um(convenente: Convenente, form: ConsultaFonteForm, quem: Usuario) -> None:
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
        )
    except ValidationError as erro:
        form.add_error(None, erro)
        raise
    except ArquivoRecusado as erro:
        form.add_error("evidencia", erro.mensagens)
        raise


def _guardar(evidencia: UploadedFile | None, quem: Usuario) -> Arquivo | None:
    return guardar_verificado(verificar(evidencia), quem) if evidencia else None

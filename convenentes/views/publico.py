"""What anyone sees without an account: search, page of a convenente, certificate and its check."""

from uuid import uuid4

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cagec.tempo import hoje
from contas.limites import MENSAGEM, permitido
from contas.models import Usuario
from convenentes import crc, situacao
from convenentes.acesso import certificado_publico, convenente_publico, convenentes_de
from convenentes.cnpj import cnpj_valido, limpar_cnpj
from convenentes.consulta import com_situacao, procurar
from convenentes.fontes.indisponibilidade import frases as frases_de_indisponibilidade
from convenentes.forms.publico import ConferirForm, ConsultaForm, EmitirCrcForm
from convenentes.models import Convenente, PapelVinculo, Vinculo


@require_safe
def consulta(request: HttpRequest) -> HttpResponse:
    """Search by CNPJ, name, município, type and situation. A whole CNPJ goes straight to its page."""
    form = ConsultaForm(request.GET or None)
    contexto: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        filtros = form.filtros()
        pagina = procurar(filtros, request.GET.get("pagina", "1"), hoje())
        achados = com_situacao(list(pagina.object_list), hoje())
        if len(achados) == 1 and cnpj_valido(limpar_cnpj(filtros.texto)):
            return redirect("convenente", achados[0].convenente.cnpj)
        contexto |= {"pagina": pagina, "achados": achados}
    return render(request, "convenentes/publico/consulta.html", contexto)


@require_safe
def convenente(request: HttpRequest, cnpj: str) -> HttpResponse:
    """Every obligation with its state, validity and source. Never free text, file names or personal papers."""
    registro = convenente_publico(cnpj)
    quadro = situacao.quadro(registro, hoje())
    representante = (
        Vinculo.objects.vigentes(hoje())
        .filter(convenente=registro, papel=PapelVinculo.REPRESENTANTE)
        .select_related("usuario")
        .first()
    )
    return render(
        request,
        "convenentes/publico/convenente.html",
        {
            "convenente": registro,
            "quadro": quadro,
            "grupos": [(nome, crc.publicas(linhas)) for nome, linhas in quadro.grupos],
            "irregulares": [linha for linha in crc.publicas(quadro.linhas) if linha.irregular],
            "representante": representante,
            "fora_do_ar": _fora_do_ar(quadro),
            "e_minha": _age_por(request, registro),
            "chave_envio": uuid4(),
        },
    )


def _age_por(request: HttpRequest, registro: Convenente) -> bool:
    """Tell whether the reader is signed in and acts for the record today."""
    usuario = request.user
    return isinstance(usuario, Usuario) and convenentes_de(usuario, hoje()).filter(pk=registro.pk).exists()


def _fora_do_ar(quadro: situacao.Quadro) -> list[tuple[str, str]]:
    """Registers of the record that the team declared out: name of the line and what is said of it."""
    frases = frases_de_indisponibilidade(hoje())
    return [(linha.nome, frases[linha.fonte]) for linha in quadro.linhas if linha.fonte in frases]


@require_POST
def emitir(request: HttpRequest, cnpj: str) -> HttpResponse:
    """Issue a certificate and show it."""
    registro = convenente_publico(cnpj)
    if not permitido(request, "crc"):
        messages.error(request, MENSAGEM)
        return redirect("convenente", registro.cnpj)
    form = EmitirCrcForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Não foi possível emitir o certificado. Clique em Emitir CRC de novo.")
        return redirect("convenente", registro.cnpj)
    certificado = crc.emitir(registro, hoje(), form.cleaned_data["chave_envio"])
    return redirect("crc", certificado.codigo)


@require_safe
def certificado(request: HttpRequest, codigo: str) -> HttpResponse:
    """Confirm a certificate: what it says, and what holds today."""
    achado = certificado_publico(codigo)
    if achado is None:
        form = ConferirForm({"codigo": codigo})
        form.is_valid()
        form.add_error(
            "codigo", "Nenhum certificado tem este código. Confira letra por letra e tente de novo."
        )
        return render(request, "convenentes/publico/conferir.html", {"form": form}, status=404)
    quadro = situacao.quadro(achado.convenente, hoje())
    return render(
        request,
        "convenentes/publico/certificado.html",
        {"certificado": achado, "regular_hoje": quadro.regular},
    )


@require_safe
def certificado_pdf(request: HttpRequest, codigo: str) -> FileResponse:
    """The PDF of a certificate."""
    achado = certificado_publico(codigo)
    if achado is None:
        raise Http404
    return FileResponse(
        default_storage.open(achado.pdf.chave),
        as_attachment=True,
        filename=achado.pdf.nome,
        content_type=achado.pdf.tipo_midia,
    )


@require_safe
def conferir(request: HttpRequest) -> HttpResponse:
    """Type the code of a certificate."""
    form = ConferirForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("crc", form.cleaned_data["codigo"])
    return render(request, "convenentes/publico/conferir.html", {"form": form})

"""Automatic analysis in the admin: what it may approve, and the audit of what it did."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from convenentes import analise, piad
from convenentes.admin.comum import SomenteLeitura, analista
from convenentes.models import AnaliseAutomatica, AprovacaoAutomatica
from documentos.models import TipoDocumento
from documentos.verificacoes.certidao import CONHECIDAS


def _avisar_sem_antivirus(request: HttpRequest) -> None:
    if settings.ANTIVIRUS == "desligado" and request.method == "GET":
        messages.warning(
            request,
            "Este portal está sem antivírus: nada é aprovado automaticamente, mesmo o que estiver ligado aqui.",
        )


class AnaliseAutomaticaForm(forms.ModelForm[AnaliseAutomatica]):
    """Offer only the kinds that the portal can read; nobody makes or changes a kind from here."""

    tipo_documento = forms.ModelChoiceField(
        TipoDocumento.objects.filter(codigo__in=CONHECIDAS), label="Tipo de documento"
    )

    class Meta:
        model = AnaliseAutomatica
        fields = ("tipo_documento", "ligada", "exige_assinatura", "auditoria")


@admin.register(AnaliseAutomatica)
class AnaliseAutomaticaAdmin(admin.ModelAdmin[AnaliseAutomatica]):
    form = AnaliseAutomaticaForm
    list_display = ("tipo_documento", "quem_aprova", "assinatura", "auditoria")
    list_select_related = ("tipo_documento",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        _avisar_sem_antivirus(request)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _avisar_sem_antivirus(request)
        return super().changeform_view(request, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="quem aprova", ordering="ligada")
    def quem_aprova(self, analise: AnaliseAutomatica) -> str:
        return "O portal, se tudo confere" if analise.ligada else "Só uma pessoa"

    @admin.display(description="assinatura digital", ordering="exige_assinatura")
    def assinatura(self, analise: AnaliseAutomatica) -> str:
        return "Exigida" if analise.exige_assinatura else "Não exigida"


class AuditoriaForm(forms.ModelForm[AprovacaoAutomatica]):
    """Confirm or reverse. A reversal says why, to the people too."""

    auditoria = forms.ChoiceField(
        label="Auditoria", choices=AprovacaoAutomatica.Auditoria, widget=forms.RadioSelect
    )

    class Meta:
        model = AprovacaoAutomatica
        fields = ("auditoria", "texto")

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("auditoria") == AprovacaoAutomatica.Auditoria.REVERTIDA and not dados.get("texto"):
            self.add_error("texto", "Diga por quê: a organização recebe este texto.")
        return dados


class AuditoriaFilter(admin.SimpleListFilter):
    """What was drawn and waits for an auditor."""

    title = "auditoria"
    parameter_name = "fila"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("a_auditar", "Sorteadas, a auditar"), *AprovacaoAutomatica.Auditoria.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "a_auditar":
            return queryset.filter(sorteada=True, auditoria="")
        return queryset.filter(auditoria=self.value()) if self.value() else queryset


@admin.register(AprovacaoAutomatica)
class AprovacaoAutomaticaAdmin(SomenteLeitura[AprovacaoAutomatica]):
    form = AuditoriaForm
    list_display = ("item", "convenente", "em", "como_esta")
    list_filter = (AuditoriaFilter,)
    list_select_related = (
        "decisao__item__exigencia",
        "decisao__item__tipo_documento",
        "decisao__solicitacao__convenente",
    )
    list_per_page = 50
    show_full_result_count = False
    ja_dito = ("na_mesa", "convenente", "em", "o_que_conferiu", "versao", "sorteio")

    def has_change_permission(self, request: HttpRequest, obj: AprovacaoAutomatica | None = None) -> bool:
        """An approval is audited once. A form with mistakes has already changed ``obj.auditoria``."""
        pode = request.user.has_perm("convenentes.change_aprovacaoautomatica")
        return bool(pode and (obj is None or obj.auditada_em is None))

    def get_fields(self, request: HttpRequest, obj: AprovacaoAutomatica | None = None) -> Any:
        autor = () if obj is None or obj.auditada_em is None else ("auditada_por", "auditada_em")
        return (*self.ja_dito, "auditoria", "texto", *autor)

    def get_readonly_fields(self, request: HttpRequest, obj: AprovacaoAutomatica | None = None) -> Any:
        return self.ja_dito

    def save_model(self, request: HttpRequest, obj: AprovacaoAutomatica, form: Any, change: bool) -> None:
        """Write what the auditor said by its journey."""
        dados = form.cleaned_data
        try:
            if dados["auditoria"] == AprovacaoAutomatica.Auditoria.CONFIRMADA:
                piad.confirmar(obj, analista(request))
            else:
                piad.reverter(obj, analista(request), dados["texto"])
        except (piad.JaAuditada, analise.NaoPodeJulgar) as erro:
            self.message_user(request, str(erro), messages.ERROR)

    @admin.display(description="documento")
    def item(self, aprovacao: AprovacaoAutomatica) -> str:
        return str(aprovacao.decisao.item)

    @admin.display(description="documento")
    def na_mesa(self, aprovacao: AprovacaoAutomatica) -> str:
        """Lead the auditor to the document, with its pages and what was read beside them."""
        decisao = aprovacao.decisao
        assert decisao.item is not None
        mesa = reverse("admin:mesa", args=[decisao.solicitacao.uuid])
        return format_html(
            '<a href="{}?item={}">{} (abrir na mesa)</a>', mesa, decisao.item.uuid, decisao.item
        )

    @admin.display(description="convenente")
    def convenente(self, aprovacao: AprovacaoAutomatica) -> str:
        solicitacao = aprovacao.decisao.solicitacao
        return f"{solicitacao.nome_do_convenente} – protocolo {solicitacao.protocolo}"

    @admin.display(description="aprovada em")
    def em(self, aprovacao: AprovacaoAutomatica) -> str:
        return f"{timezone.localtime(aprovacao.decisao.em):%d/%m/%Y %H:%M}"

    @admin.display(description="auditoria")
    def como_esta(self, aprovacao: AprovacaoAutomatica) -> str:
        a_fazer = "Sorteada, a auditar" if aprovacao.sorteada else "Não sorteada"
        return aprovacao.get_auditoria_display() or a_fazer

    @admin.display(description="sorteada para auditoria")
    def sorteio(self, aprovacao: AprovacaoAutomatica) -> str:
        return "Sim" if aprovacao.sorteada else "Não"

    @admin.display(description="o que conferiu")
    def o_que_conferiu(self, aprovacao: AprovacaoAutomatica) -> str:
        return " ".join(aprovacao.motivos)

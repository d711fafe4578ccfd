"""The identity requests at the team's desk: the proofs beside what was accepted before, and the decision."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone

from contas.documentos_pessoais import mascarar_cpf
from contas.models import Usuario
from documentos import identidade, pessoal, visualizacoes
from documentos.models import Arquivo, PedidoDeIdentidade
from documentos.previa import paginas


class DecisaoDeIdentidadeForm(forms.ModelForm[PedidoDeIdentidade]):
    """Accept or refuse; a refusal says why."""

    decisao = forms.ChoiceField(
        label="Decisão",
        choices=[("aceitar", "Aceitar: a conta passa para este e-mail"), ("recusar", "Recusar")],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha a decisão."},
    )
    resposta = forms.CharField(
        label="Motivo da recusa, para quem pediu",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = PedidoDeIdentidade
        fields = ("resposta",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.tipo == PedidoDeIdentidade.Tipo.NOME and "decisao" in self.fields:
            aceitar = ("aceitar", f"Aceitar: o nome civil passa a ser {self.instance.nome}")
            self.fields["decisao"].choices = [aceitar, ("recusar", "Recusar")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("decisao") == "recusar" and not dados.get("resposta"):
            self.add_error("resposta", "Diga a quem pediu por que o pedido foi recusado.")
        return dados


@admin.register(PedidoDeIdentidade)
class PedidoDeIdentidadeAdmin(admin.ModelAdmin[PedidoDeIdentidade]):
    form = DecisaoDeIdentidadeForm
    list_display = ("nome", "tipo", "cpf_mascarado", "estado", "criado_em", "decidido_por")
    list_filter = ("estado", "tipo")
    list_select_related = ("decidido_por",)
    search_fields = ("cpf", "nome", "email")
    readonly_fields = (
        "tipo",
        "cpf",
        "nome",
        "conta_existente",
        "email",
        "telefone",
        "explicacao",
        "provas",
        "estado",
        "valor_anterior",
        "decidido_por",
        "decidido_em",
    )

    class Media:
        css = {"all": ["css/mesa.css"]}

    def get_fields(self, request: HttpRequest, obj: PedidoDeIdentidade | None = None) -> Any:
        """The form of an open request; who decided a closed one, when and why."""
        if self.has_change_permission(request, obj):
            return (*self.readonly_fields[:-3], "decisao", "resposta")
        return (*self.readonly_fields, "resposta")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A decision that cannot be taken changes nothing, and its author is told why."""
        pedido = self.get_object(request, object_id)
        try:
            if request.method == "POST" and pedido is not None:
                identidade.exigir_aberto(pedido)
            return super().change_view(request, object_id, form_url, extra_context)
        except identidade.NaoPodeDecidir as erro:
            messages.error(request, str(erro))
            return redirect(request.path)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PedidoDeIdentidade | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PedidoDeIdentidade | None = None) -> bool:
        decidido = obj is not None and obj.estado != PedidoDeIdentidade.Estado.ABERTO
        return not decidido and super().has_change_permission(request, obj)

    @admin.display(description="CPF", ordering="cpf")
    def cpf_mascarado(self, pedido: PedidoDeIdentidade) -> str:
        """Show part of it in the list; the whole is inside the request."""
        return mascarar_cpf(pedido.cpf)

    @admin.display(description="conta que existe com este CPF")
    def conta_existente(self, pedido: PedidoDeIdentidade) -> str:
        usuario = Usuario.objects.filter(cpf=pedido.cpf).first()
        if usuario is None:
            return "Nenhuma"
        entrou = usuario.last_login and timezone.localtime(usuario.last_login)
        ultimo = f"último acesso em {entrou:%d/%m/%Y às %H:%M}" if entrou else "nunca entrou"
        return f"{usuario.nome_civil}, {usuario.email}, {ultimo}"

    @admin.display(description="provas")
    def provas(self, pedido: PedidoDeIdentidade) -> str:
        """Show what was sent beside what the team accepted before of the same CPF. Every look is noted."""
        finalidade = (
            f"{pedido.get_tipo_display().lower()}, pedido de {timezone.localdate(pedido.criado_em):%d/%m/%Y}"
        )
        titular = Usuario.objects.filter(cpf=pedido.cpf).first()
        papeis = [papel for registro in pessoal.aceitos for papel in registro(titular)] if titular else []
        contexto = {
            "para": visualizacoes.selar(finalidade),
            "enviados": [
                (titulo, [(arquivo, paginas(arquivo))])
                for titulo, arquivo in (("Documento", pedido.documento), ("Selfie", pedido.selfie))
                if arquivo is not None
            ],
            "aceitos": [
                (
                    f"{papel.tipo}, enviado em {timezone.localdate(papel.criado_em):%d/%m/%Y}",
                    _arquivos(papel.arquivos.all()),
                )
                for papel in papeis
            ],
        }
        return render_to_string("admin/documentos/pedidodeidentidade/provas.html", contexto)

    def save_model(
        self, request: HttpRequest, obj: PedidoDeIdentidade, form: DecisaoDeIdentidadeForm, change: bool
    ) -> None:
        """Decide through the journey, which mails the answer. Raises ``identidade.NaoPodeDecidir``."""
        assert isinstance(request.user, Usuario)
        if form.cleaned_data["decisao"] == "aceitar":
            identidade.aceitar(obj, request.user)
        else:
            identidade.recusar(obj, request.user, form.cleaned_data["resposta"])


def _arquivos(arquivos: Any) -> list[tuple[Arquivo, range]]:
    return [(arquivo, paginas(arquivo)) for arquivo in arquivos]

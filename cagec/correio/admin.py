"""The outbox in the admin: read-only, with one way to try again."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cagec.correio.models import Mensagem


@admin.register(Mensagem)
class MensagemAdmin(admin.ModelAdmin[Mensagem]):
    list_display = ("assunto_ou_tipo", "para", "estado", "tentativas", "criada_em", "enviada_em")
    list_filter = ("estado", "tipo")
    search_fields = ("para", "assunto")
    date_hierarchy = "criada_em"
    fields = (
        *(
            "tipo",
            "para",
            "estado",
            "assunto",
            "corpo",
            "tentativas",
            "repeticoes",
            "erro",
            "criada_em",
            "enviada_em",
        ),
        "devolucoes",
    )
    actions = ("tentar_de_novo",)

    @admin.display(description="assunto")
    def assunto_ou_tipo(self, mensagem: Mensagem) -> str:
        return mensagem.assunto or mensagem.tipo

    @admin.display(description="devoluções")
    def devolucoes(self, mensagem: Mensagem) -> str:
        return "; ".join(f"{d.em:%d/%m/%Y} {d.codigo} {d.detalhe}" for d in mensagem.devolucoes.all())

    @admin.action(description="Tentar enviar de novo", permissions=["reenviar"])
    def tentar_de_novo(self, request: HttpRequest, queryset: QuerySet[Mensagem]) -> None:
        quantas = queryset.filter(estado=Mensagem.Estado.FALHOU).update(
            estado=Mensagem.Estado.NA_FILA, tentativas=0, proxima_tentativa=timezone.now()
        )
        self.message_user(request, f"{quantas} mensagem(ns) de volta à fila.")

    def has_reenviar_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("correio.change_mensagem")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mensagem | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mensagem | None = None) -> bool:
        return False

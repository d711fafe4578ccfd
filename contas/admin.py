"""Persons, invitations and terms at the team's desk. Nobody sets a password for anybody."""

from typing import Any
from uuid import uuid5

import allauth.account.admin
import allauth.mfa.admin
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from cagec.admin import CAIXAS, em_palavras
from cagec.campos import ChaveEnvioField
from contas import sessoes, titular
from contas.campos import CPFField, NomeField
from contas.convites import convidar, reenviar
from contas.models import AceiteDeTermo, Convite, EventoDeSeguranca, PedidoDoTitular, Termo, Usuario
from contas.seguranca import origem

# Loaded before they are taken away: nobody edits the second factor of anybody, nor gives an account another address.
assert allauth.mfa.admin
assert allauth.account.admin
admin.site.unregister([Authenticator, EmailAddress])


@admin.register(Usuario)
class UsuarioAdmin(admin.ModelAdmin[Usuario]):
    list_display = (
        "nome",
        "cpf_mascarado",
        "email",
        em_palavras("is_active", "ativo"),
        em_palavras("is_staff", "equipe CAGEC"),
    )
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("cpf", "nome_civil", "nome_social", "nome_busca", "email")
    search_help_text = "CPF sem pontuação, nome sem acentos ou e-mail"
    fields = (
        "cpf",
        "nome_civil",
        "nome_social",
        "email",
        "telefone",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
        "criado_em",
        "last_login",
    )
    # The person changes the own data, with the password or with proofs; here only rights are given and taken.
    readonly_fields = (
        "cpf",
        "nome_civil",
        "nome_social",
        "email",
        "telefone",
        "criado_em",
        "last_login",
    )
    formfield_overrides = CAIXAS
    actions = ("encerrar_sessoes",)

    @admin.action(description="Encerrar as sessões abertas", permissions=["encerrar"])
    def encerrar_sessoes(self, request: HttpRequest, queryset: QuerySet[Usuario]) -> None:
        assert isinstance(request.user, Usuario)
        quantas = sum(
            sessoes.encerrar(sessoes.abertas(pessoa), pessoa, origem(request), por=request.user)
            for pessoa in queryset
        )
        self.message_user(request, f"{quantas} sessão(ões) encerrada(s).")

    def has_encerrar_permission(self, request: HttpRequest) -> bool:
        """Any member of the team who sees persons: a stolen telephone does not wait."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Usuario | None = None) -> bool:
        """Rights are given by superusers only."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Usuario | None = None) -> bool:
        return False


class ConviteDaEquipeForm(forms.ModelForm[Convite]):
    """Invite somebody to the team."""

    chave_envio = ChaveEnvioField()
    cpf = CPFField()
    nome_civil = NomeField(label="Nome completo")

    class Meta:
        model = Convite
        fields = ("cpf", "nome_civil", "email")

    def clean_cpf(self) -> str:
        """Raise ValidationError with the remedy when the person has an account."""
        cpf: str = self.cleaned_data["cpf"]
        if Usuario.objects.filter(cpf=cpf).exists():
            raise forms.ValidationError(
                "Este CPF já tem conta. Abra o cadastro da pessoa em Usuários, marque “equipe CAGEC” e "
                "inclua o grupo Analistas CAGEC."
            )
        return cpf


@admin.register(Convite)
class ConviteAdmin(admin.ModelAdmin[Convite]):
    list_display = ("__str__", "nome_civil", "email", "motivo", "criado_em", "expira_em", "usado_em")
    list_filter = ("motivo",)
    search_fields = ("cpf", "nome_civil", "email")
    date_hierarchy = "criado_em"
    actions = ("enviar_novo_link",)
    leitura = (
        "motivo",
        "cpf",
        "nome_civil",
        "nome_social",
        "email",
        "telefone",
        "criado_por",
        "usuario",
        "criado_em",
        "expira_em",
        "usado_em",
    )

    def get_fields(self, request: HttpRequest, obj: Convite | None = None) -> Any:
        return ("chave_envio", "cpf", "nome_civil", "email") if obj is None else self.leitura

    def get_form(
        self, request: HttpRequest, obj: Convite | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Convite]]:
        if obj is None:
            return ConviteDaEquipeForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Convite, form: Any, change: bool) -> None:
        """Create the invitation by its journey, which queues the mail."""
        assert isinstance(request.user, Usuario)
        obj.pk = convidar(
            Convite.Motivo.EQUIPE,
            obj.cpf,
            obj.nome_civil,
            obj.email,
            criado_por=request.user,
            chave_envio=form.cleaned_data["chave_envio"],
        ).pk

    @admin.action(description="Enviar novo link", permissions=["reenviar"])
    def enviar_novo_link(self, request: HttpRequest, queryset: QuerySet[Convite]) -> None:
        pendentes = list(queryset.filter(usado_em=None))
        with transaction.atomic():
            for convite in pendentes:
                # A click that comes before the last mail left is the same click.
                reenviar(convite, uuid5(convite.uuid, str(convite.links.count())))
        self.message_user(request, f"{len(pendentes)} link(s) a caminho.")

    def has_reenviar_permission(self, request: HttpRequest) -> bool:
        """Any member of the team who sees invitations may mail a link again, always to the same address."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Convite | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Convite | None = None) -> bool:
        return False


@admin.register(Termo)
class TermoAdmin(admin.ModelAdmin[Termo]):
    """A published version is never edited: a new one takes its place."""

    list_display = ("versao", "titulo", "vigente_de")

    def has_change_permission(self, request: HttpRequest, obj: Termo | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Termo | None = None) -> bool:
        return False


@admin.register(AceiteDeTermo)
class AceiteDeTermoAdmin(admin.ModelAdmin[AceiteDeTermo]):
    list_display = ("usuario", "termo", "em", "ip")
    list_filter = ("termo",)
    search_fields = ("usuario__cpf", "usuario__nome_civil")
    list_select_related = ("usuario", "termo")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AceiteDeTermo | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AceiteDeTermo | None = None) -> bool:
        return False


@admin.register(EventoDeSeguranca)
class EventoDeSegurancaAdmin(admin.ModelAdmin[EventoDeSeguranca]):
    list_display = ("em", "tipo", "usuario", "ip")
    list_filter = ("tipo",)
    search_fields = ("usuario__cpf", "usuario__nome_civil", "ip")
    list_select_related = ("usuario",)
    date_hierarchy = "em"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: EventoDeSeguranca | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EventoDeSeguranca | None = None) -> bool:
        return False


class DecisaoDoTitularForm(forms.ModelForm[PedidoDoTitular]):
    """Grant or refuse, always with an answer."""

    decisao = forms.ChoiceField(
        label="Decisão",
        choices=[("atender", "Atender"), ("recusar", "Não atender")],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha a decisão."},
    )
    resposta = forms.CharField(
        label="Resposta, para quem pediu",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Diga a quem pediu o que foi feito, ou por que não pode ser."},
    )

    class Meta:
        model = PedidoDoTitular
        fields = ("resposta",)

    def clean(self) -> dict[str, Any]:
        """Refuse now an erasure that cannot be granted."""
        dados = super().clean() or {}
        if dados.get("decisao") == "atender" and self.instance.tipo == PedidoDoTitular.Tipo.ELIMINACAO:
            try:
                titular.exigir_sem_impedimento(self.instance.usuario)
            except titular.NaoPodeDecidir as erro:
                self.add_error("decisao", str(erro))
        return dados


@admin.register(PedidoDoTitular)
class PedidoDoTitularAdmin(admin.ModelAdmin[PedidoDoTitular]):
    """The queue of requests about personal data. The law gives 15 days (LGPD, art. 19, II)."""

    form = DecisaoDoTitularForm
    list_display = ("__str__", "estado", "criado_em", "decidido_por", "executado_em")
    list_filter = ("estado", "tipo")
    list_select_related = ("usuario", "decidido_por")
    search_fields = ("usuario__cpf", "usuario__nome_civil")
    readonly_fields = (
        "usuario",
        "tipo",
        "texto",
        "criado_em",
        "estado",
        "decidido_por",
        "decidido_em",
        "executado_em",
    )

    def get_fields(self, request: HttpRequest, obj: PedidoDoTitular | None = None) -> Any:
        if self.has_change_permission(request, obj):
            return (*self.readonly_fields[:4], "decisao", "resposta")
        return (*self.readonly_fields, "resposta")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PedidoDoTitular | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PedidoDoTitular | None = None) -> bool:
        decidido = obj is not None and obj.estado != PedidoDoTitular.Estado.ABERTO
        return not decidido and super().has_change_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: PedidoDoTitular, form: DecisaoDoTitularForm, change: bool
    ) -> None:
        """Decide through the journey, which mails the answer."""
        assert isinstance(request.user, Usuario)
        dados = form.cleaned_data
        titular.decidir(obj, request.user, atendido=dados["decisao"] == "atender", resposta=dados["resposta"])

"""Forms of who asks for help."""

from typing import Any

from django import forms

from atendimento import anexos
from atendimento.models import Categoria, Chamado
from cagec.campos import ChaveEnvioField
from contas.campos import CPFField, NomeField
from contas.models import Usuario
from convenentes.models import Convenente
from documentos.campos import ArquivosField
from documentos.envio import ArquivoRecusado, Verificado
from documentos.verificacoes.formato import ACEITOS

_TEXTO = 10_000


class MensagemForm(forms.Form):
    """One message of the thread."""

    chave_envio = ChaveEnvioField()
    texto = forms.CharField(
        label="Sua mensagem",
        max_length=_TEXTO,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Escreva a mensagem."},
    )

    def __init__(self, *args: Any, usuario: Usuario | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._usuario = usuario
        self.fields["arquivos"] = ArquivosField(
            maximo=anexos.MAXIMO,
            aceita=ACEITOS,
            usuario=usuario,
            required=False,
            label="Arquivos",
            help_text=f"Até {anexos.MAXIMO} arquivos PDF, JPEG, PNG ou HEIC, de até 20 MB cada. Fotos da tela ajudam.",
        )

    def clean_arquivos(self) -> list[Verificado]:
        """Return what may be kept. Raise ValidationError with what is wrong with each file."""
        try:
            return anexos.verificar(self.cleaned_data["arquivos"], self._usuario)
        except ArquivoRecusado as erro:
            raise forms.ValidationError(erro.mensagens) from erro


class PedidoDeAjudaForm(MensagemForm):
    """A request of somebody who is signed in."""

    categoria = forms.ChoiceField(
        label="Sobre o que é",
        choices=[("", "Escolha"), *Categoria.choices],
        error_messages={"required": "Escolha o assunto mais próximo."},
    )
    convenente = forms.ModelChoiceField(
        Convenente.objects.none(), label="Organização", required=False, empty_label="Nenhuma em especial"
    )
    assunto = forms.CharField(label="Resumo em uma linha", max_length=150)
    field_order: tuple[str, ...] = ("categoria", "convenente", "assunto", "texto")

    def __init__(self, *args: Any, convenentes: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texto"].label = "O que aconteceu"
        self.fields[
            "texto"
        ].help_text = "Diga o que tentou fazer e o que o portal respondeu. Nunca envie sua senha."
        if convenentes is None or not convenentes:
            del self.fields["convenente"]
        else:
            self.fields["convenente"].queryset = convenentes  # type: ignore[attr-defined]


class PedidoDeAjudaSemContaForm(PedidoDeAjudaForm):
    """A request of somebody who is not signed in: the answer goes to the address given here."""

    cpf = CPFField()
    nome = NomeField(label="Nome completo")
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="A resposta vai para este endereço.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "E-mail inválido. Confira se está completo, como nome@exemplo.org."},
    )
    field_order = ("cpf", "nome", "email", "categoria", "assunto", "texto")


class ConfirmacaoForm(forms.Form):
    """With which e-mail and CPF help was asked for. Of a request that came by mail only the address is known."""

    email = forms.EmailField(
        label="E-mail em que recebeu o link",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    cpf = CPFField()

    def __init__(self, *args: Any, chamado: Chamado, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._chamado = chamado
        if not chamado.cpf:
            del self.fields["cpf"]

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError when they are not those of the request, without saying which one is wrong."""
        dados = self.cleaned_data
        dito = (dados.get("email", "").lower(), dados.get("cpf", ""))
        if not self.errors and dito != (self._chamado.email.lower(), self._chamado.cpf):
            raise forms.ValidationError(
                "Não conferem com os dados do pedido. Use os mesmos de quando pediu ajuda."
            )
        return dados


class AvaliacaoForm(forms.Form):
    """How the help was."""

    nota = forms.TypedChoiceField(
        label="Como foi o atendimento?",
        coerce=int,
        choices=[(5, "5 – Ótimo"), (4, "4 – Bom"), (3, "3 – Regular"), (2, "2 – Ruim"), (1, "1 – Péssimo")],
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha uma nota, de 1 a 5."},
    )
    comentario = forms.CharField(
        label="Quer explicar?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

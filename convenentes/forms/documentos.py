"""The page of one document: files and dates, the yes/no, the choice among alternatives."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from cagec.campos import ChaveEnvioField, DataField
from contas.models import Usuario
from convenentes import itens
from convenentes.forms.campos import EscolhaField, sim_ou_nao
from convenentes.models import ItemSolicitacao
from documentos import datas
from documentos.campos import ArquivosField, manter_escolhidos
from documentos.envio import DIAS_DESDE_A_EMISSAO, MAXIMO_DE_ARQUIVOS, ArquivoRecusado
from documentos.models import Exigencia, Obtencao, TipoDocumento, Validade
from documentos.verificacoes.formato import ACEITOS

_LEMOS = (
    "Se enviar a certidão em PDF, pode deixar em branco: o portal lê a data e mostra para você confirmar."
)


class DocumentoForm(forms.Form):
    """Files, and only the date that the validity of this kind needs (docs/dominio.md, Catalogue)."""

    chave_envio = ChaveEnvioField()

    def __init__(self, *args: Any, tipo: TipoDocumento, hoje: date, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tipo, self.hoje = tipo, hoje
        self.proposta: date | None = None
        self.fields["arquivos"] = _campo_de_arquivos(tipo, usuario)
        if tipo.validade in {Validade.IMPRESSA, Validade.FIXA}:
            rotulo = "Válido até (data impressa)" if tipo.validade == Validade.IMPRESSA else "Válido até"
            self.fields["valido_ate"] = DataField(
                label=rotulo, help_text=_LEMOS if datas.legivel(tipo) else ""
            )
        elif tipo.validade == Validade.EMISSAO90_MANDATO:
            self.fields["emitido_em"] = DataField(label="Data de emissão")
        elif tipo.validade == Validade.ANO:
            self.fields["ano_referencia"] = forms.IntegerField(
                label="Ano de referência",
                initial=hoje.year,
                min_value=hoje.year,
                max_value=hoje.year + 1,
                error_messages={
                    "invalid": f"Informe o ano com 4 números. Exemplo: {hoje.year}.",
                    "min_value": f"O documento vale até 31/12 do ano de referência. Envie o de {hoje.year}.",
                    "max_value": f"O ano de referência pode ser {hoje.year} ou {hoje.year + 1}.",
                },
            )

    def clean_valido_ate(self) -> date:
        valido_ate: date = self.cleaned_data["valido_ate"]
        if valido_ate < self.hoje:
            raise forms.ValidationError(
                f"Este documento venceu em {valido_ate:%d/%m/%Y}. Emita um novo e envie aqui."
            )
        return valido_ate

    def clean_emitido_em(self) -> date:
        emitido_em: date = self.cleaned_data["emitido_em"]
        if emitido_em > self.hoje:
            raise forms.ValidationError("A data de emissão não pode estar no futuro.")
        if emitido_em < self.hoje - timedelta(days=DIAS_DESDE_A_EMISSAO):
            raise forms.ValidationError(
                f"O documento deve ter sido emitido há no máximo {DIAS_DESDE_A_EMISSAO} dias."
            )
        return emitido_em

    def clean(self) -> dict[str, Any]:
        """Propose the printed validity to who typed none. In a form that goes back, the files stay chosen."""
        dados = super().clean() or {}
        if self.has_error("valido_ate", "required"):
            self.proposta = datas.validade_impressa(self.tipo, dados.get("arquivos", []))
        if self.proposta is not None:
            self._propor(self.proposta)
        if (self.errors or self.proposta) and "arquivos" in dados:
            manter_escolhidos(self, "arquivos", dados["arquivos"])
        return dados

    def _propor(self, impressa: date) -> None:
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["valido_ate"] = impressa.isoformat()
        del self.errors["valido_ate"]
        self.cleaned_data["valido_ate"] = impressa
        try:
            self.clean_valido_ate()
        except forms.ValidationError as vencida:
            self.add_error("valido_ate", vencida)

    def aceito(self) -> bool:
        """Tell whether all is right, and every date is one that the person has seen."""
        return self.is_valid() and self.proposta is None

    def recusar(self, erro: ArquivoRecusado) -> None:
        """Say what is wrong with the files next to their field; those that can be taken stay chosen."""
        bons = [a for a in self.cleaned_data["arquivos"] if a not in erro.recusados]
        manter_escolhidos(self, "arquivos", bons)
        self.add_error("arquivos", forms.ValidationError(erro.mensagens))

    def datas(self) -> dict[str, Any]:
        """Return the dates as ``rascunho.anexar_documento`` takes them."""
        nomes = ("emitido_em", "valido_ate", "ano_referencia")
        return {nome: self.cleaned_data[nome] for nome in nomes if nome in self.fields}


def _campo_de_arquivos(tipo: TipoDocumento, usuario: Usuario) -> ArquivosField:
    """Return the field of files. Where one file is kept, several are joined (``documentos.juntar``)."""
    selfie = tipo.obtencao == Obtencao.SELFIE
    ajuda = "PDF, JPEG, PNG ou HEIC, até 20 MB cada."
    if selfie:
        ajuda = "JPEG, PNG ou HEIC, até 20 MB."
    elif not tipo.varios_arquivos:
        ajuda += " Se escolher mais de um, nós juntamos todos em um PDF, na ordem da lista."
    return ArquivosField(
        maximo=1 if selfie else MAXIMO_DE_ARQUIVOS,
        aceita="image/*" if selfie else ACEITOS,
        usuario=usuario,
        selfie=selfie,
        label="Fotografia" if selfie else "Arquivos",
        help_text=ajuda,
        error_messages={
            "required": "Escolha o arquivo. Se a página voltou com erro, confira se ele ainda está na lista."
        },
    )


class RespostaForm(forms.Form):
    """The yes/no of an obligation that holds only "se houver"."""

    def __init__(self, *args: Any, exigencia: Exigencia, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resposta"] = sim_ou_nao(exigencia.pergunta or f"{exigencia.nome}: há?")


class ExplicacaoForm(forms.Form):
    """Why the document is the right one, whatever a check says."""

    texto = forms.CharField(
        label="Por que este é o documento certo",
        max_length=300,
        help_text="Uma frase. Quem analisa lê ao lado do documento.",
        error_messages={"required": "Escreva em uma frase por que este é o documento certo."},
    )


class AlternativaForm(forms.Form):
    """Which kind of document will prove the obligation."""

    def __init__(self, *args: Any, item: ItemSolicitacao, **kwargs: Any) -> None:
        assert item.exigencia is not None and item.tipo_documento is not None
        kwargs.setdefault("initial", {"tipo_documento": item.tipo_documento.codigo})
        super().__init__(*args, **kwargs)
        self.fields["tipo_documento"] = EscolhaField(
            label="Qual documento você vai apresentar?",
            queryset=itens.alternativas(item),
            to_field_name="codigo",
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={
                "required": "Escolha um dos documentos.",
                "invalid_choice": "Escolha um dos documentos da lista.",
            },
        )


class AdicionarForm(forms.Form):
    """Which obligations to renew in an update."""

    exigencias = forms.MultipleChoiceField(
        label="Documentos a atualizar",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Marque ao menos um documento.",
            "invalid_choice": "Escolha documentos da lista.",
        },
    )

    def __init__(self, *args: Any, opcoes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["exigencias"]
        assert isinstance(campo, forms.MultipleChoiceField)
        campo.choices = opcoes

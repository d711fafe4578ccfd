"""The sections of data: the organisation, and its address and contacts."""

from datetime import date
from typing import Any

from django import forms

from cagec.campos import DataField
from convenentes.forms.campos import CEPField, CNPJField, EscolhaField, TelefoneField, sim_ou_nao
from convenentes.models import AreaAtuacao, Municipio
from convenentes.proposta import CAMPOS_DE_ENDERECO
from documentos.models import Condicao, Genero, TipoConvenente

UF_PADRAO = "MG"
UFS = tuple("AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split())  # noqa: SIM905 - a table
_PRIVADOS = frozenset({Genero.PRIVADO_SEM_FINS, Genero.PRIVADO_MROSC, Genero.PRIVADO_PARAESTATAL})


def travar(form: forms.Form, valores: dict[str, Any]) -> None:
    """Show the fields of the Receita Federal filled in; what is sent for them is ignored."""
    for nome in valores.keys() & form.fields.keys():
        form.fields[nome].disabled = True
        form.fields[nome].help_text = "Da Receita Federal. Se está errado, corrija primeiro no CNPJ."
        form.initial[nome] = valores[nome]


class DadosForm(forms.Form):
    """What the organisation is. Some questions depend on its type."""

    razao_social = forms.CharField(label="Razão social", max_length=200, help_text="Como está no CNPJ.")
    nome_fantasia = forms.CharField(label="Nome fantasia", max_length=200, required=False)
    data_abertura = DataField(label="Data de abertura do CNPJ")
    site = forms.URLField(
        label="Site",
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Informe o endereço completo. Exemplo: https://exemplo.org.br"},
    )
    areas = forms.MultipleChoiceField(
        label="Áreas de atuação",
        choices=AreaAtuacao.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Marque todas em que a organização atua: elas definem documentos próprios de cada área.",
        error_messages={"required": "Marque ao menos uma área de atuação."},
    )
    ente_controlador = CNPJField(
        label="CNPJ do município a que está vinculado",
        help_text="O CNPJ da prefeitura. As certidões de limites fiscais seguem as do município.",
    )
    rpps = sim_ou_nao("Tem regime próprio de previdência dos servidores (RPPS)?")

    def __init__(
        self, *args: Any, tipo: TipoConvenente, hoje: date, travados: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        travar(self, travados)
        self.hoje = hoje
        self.fields["areas"].required = tipo.genero in _PRIVADOS
        if tipo.genero != Genero.PUBLICO_MUNICIPAL or tipo.slug == "municipio":
            del self.fields["ente_controlador"]
        if not tipo.exigencias.em_vigor(hoje).filter(condicao=Condicao.RPPS).exists():
            del self.fields["rpps"]

    def clean_data_abertura(self) -> date:
        abertura: date = self.cleaned_data["data_abertura"]
        if abertura > self.hoje:
            raise forms.ValidationError("A data de abertura não pode estar no futuro.")
        return abertura

    def dados(self) -> dict[str, Any]:
        """Return the section as the proposal keeps it."""
        limpos = self.cleaned_data
        return {
            "razao_social": limpos["razao_social"],
            "nome_fantasia": limpos["nome_fantasia"],
            "data_abertura": limpos["data_abertura"].isoformat(),
            "site": limpos["site"],
            "areas": limpos["areas"],
            "ente_controlador": limpos.get("ente_controlador", ""),
        }

    def respostas(self) -> dict[str, bool]:
        """Return the answers that the rule of regularity reads."""
        return {"rpps": self.cleaned_data["rpps"]} if "rpps" in self.fields else {}


def iniciais_dos_dados(proposta: dict[str, Any]) -> dict[str, Any]:
    """Return the initial values of ``DadosForm`` from a proposal."""
    rpps = proposta.get("respostas", {}).get("rpps")
    return {**proposta.get("dados", {}), "rpps": {True: "sim", False: "nao"}.get(rpps, "")}


class MunicipioField(EscolhaField):
    """A município of one UF, without repeating the UF in each line."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nome)


class EnderecoForm(forms.Form):
    """Where the organisation is and how to reach it. The list of municípios is that of the chosen UF."""

    cep = CEPField()
    logradouro = forms.CharField(label="Logradouro", max_length=150)
    numero_endereco = forms.CharField(label="Número", max_length=20, help_text="Sem número? Escreva S/N.")
    complemento = forms.CharField(label="Complemento", max_length=100, required=False)
    bairro = forms.CharField(label="Bairro", max_length=100)
    uf = forms.ChoiceField(label="Estado (UF)", choices=[(uf, uf) for uf in UFS], initial=UF_PADRAO)
    municipio = MunicipioField(
        label="Município",
        queryset=Municipio.objects.none(),
        to_field_name="codigo_ibge",
        empty_label="Escolha",
        error_messages={"invalid_choice": "Escolha um município da lista do estado informado."},
    )
    email = forms.EmailField(
        label="E-mail da organização",
        max_length=254,
        error_messages={"invalid": "Informe um e-mail válido. Exemplo: contato@exemplo.org.br"},
    )
    telefone = TelefoneField()

    def __init__(self, *args: Any, travados: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uf_oficial = travados.get("municipio_nome", "")[-2:]
        travar(self, {**travados, "uf": uf_oficial} if uf_oficial else travados)
        pedida = uf_oficial or (self.data.get("uf") if self.is_bound else self.initial.get("uf"))
        uf = pedida if pedida in UFS else UF_PADRAO
        campo = self.fields["municipio"]
        assert isinstance(campo, EscolhaField)
        campo.queryset = Municipio.objects.filter(uf=uf)

    def dados(self) -> dict[str, Any]:
        """Return the section as the proposal keeps it."""
        municipio: Municipio = self.cleaned_data["municipio"]
        return {
            **{campo: self.cleaned_data[campo] for campo in CAMPOS_DE_ENDERECO},
            "municipio": municipio.codigo_ibge,
            "municipio_nome": str(municipio),
        }


def iniciais_do_endereco(proposta: dict[str, Any]) -> dict[str, Any]:
    """Return the initial values of ``EnderecoForm`` from a proposal."""
    endereco = proposta.get("endereco", {})
    return {**endereco, "uf": endereco.get("municipio_nome", "")[-2:] or UF_PADRAO}

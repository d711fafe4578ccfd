"""From the proposal of a request to the record of the convenente."""

from datetime import date
from typing import Any

from contas.documentos_pessoais import limpar_cpf
from convenentes.models import Convenente, Dirigente, Municipio, Secao, Solicitacao, Vinculo
from convenentes.texto import normalizar

CAMPOS_DE_DADOS = ("razao_social", "nome_fantasia", "site")
CAMPOS_DE_ENDERECO = (
    "cep",
    "logradouro",
    "numero_endereco",
    "complemento",
    "bairro",
    "email",
    "telefone",
)


# Key of the proposal of an inscription that holds what the Receita Federal said.
RECEITA = "rfb"


def travados(proposta: dict[str, Any], secao: str) -> dict[str, Any]:
    """Return the fields of a section that came from the Receita Federal: nobody types over them."""
    valores: dict[str, Any] = proposta.get(RECEITA, {}).get(secao, {})
    return valores


def receber_da_receita(proposta: dict[str, Any], receita: dict[str, Any] | None) -> None:
    """Put what the Receita Federal said in the proposal, also over what was typed; None takes it out."""
    proposta.pop(RECEITA, None)
    if receita is None:
        return
    proposta[RECEITA] = receita
    for secao in (Secao.DADOS, Secao.ENDERECO):
        if secao in proposta:
            proposta[secao] = {**proposta[secao], **travados(proposta, secao)}


def abrir_convenente(solicitacao: Solicitacao) -> Convenente:
    """Create the record, still em inscrição, when a signed inscription is sent.

    A record that an earlier, refused inscription left cancelled is used again. Raises IntegrityError when
    another inscription of the same CNPJ came first.
    """
    livre = Convenente.objects.select_for_update(of=("self",)).filter(
        cnpj=solicitacao.cnpj, estado=Convenente.Estado.CANCELADO, numero=None
    )
    convenente = livre.first() or Convenente(cnpj=solicitacao.cnpj)
    convenente.estado = Convenente.Estado.EM_INSCRICAO
    convenente.pasta = solicitacao.pasta
    copiar(solicitacao, convenente, (Secao.DADOS, Secao.ENDERECO))
    convenente.save()
    return convenente


def copiar(solicitacao: Solicitacao, convenente: Convenente, secoes: tuple[Secao, ...]) -> None:
    """Copy the sections of the proposal onto the record, without saving it."""
    proposta: dict[str, Any] = solicitacao.proposta
    if Secao.DADOS in secoes:
        dados = proposta.get(Secao.DADOS, {})
        for campo in CAMPOS_DE_DADOS:
            setattr(convenente, campo, dados.get(campo, ""))
        convenente.nome_busca = normalizar(f"{convenente.razao_social} {convenente.nome_fantasia}")[:400]
        convenente.areas = dados.get("areas", [])
        abertura = dados.get("data_abertura")
        convenente.data_abertura = date.fromisoformat(abertura) if abertura else None
        controlador = dados.get("ente_controlador")
        convenente.ente_controlador = (
            Convenente.objects.filter(cnpj=controlador).first() if controlador else None
        )
        assert solicitacao.natureza is not None and solicitacao.tipo_convenente is not None
        convenente.natureza = solicitacao.natureza
        convenente.tipo = solicitacao.tipo_convenente
    if Secao.ENDERECO in secoes:
        endereco = proposta.get(Secao.ENDERECO, {})
        for campo in CAMPOS_DE_ENDERECO:
            setattr(convenente, campo, endereco.get(campo, ""))
        convenente.municipio = Municipio.objects.get(codigo_ibge=endereco["municipio"])
    convenente.respostas = {**convenente.respostas, **proposta.get("respostas", {})}


def copiar_dirigentes(solicitacao: Solicitacao, convenente: Convenente) -> None:
    """Replace the directors of the record with those of the proposal."""
    convenente.dirigentes.all().delete()
    Dirigente.objects.bulk_create(
        Dirigente(convenente=convenente, nome=d["nome"], cpf=limpar_cpf(d["cpf"]), cargo=d["cargo"])
        for d in solicitacao.proposta.get(Secao.DIRIGENTES, [])
    )


def proposta_atual(convenente: Convenente) -> dict[str, Any]:
    """The record as a proposal, to start a request of atualização de dados from."""
    return {
        Secao.DADOS: {
            **{campo: getattr(convenente, campo) for campo in CAMPOS_DE_DADOS},
            "areas": convenente.areas,
            "data_abertura": convenente.data_abertura.isoformat() if convenente.data_abertura else "",
            "ente_controlador": convenente.ente_controlador.cnpj if convenente.ente_controlador else "",
        },
        Secao.ENDERECO: {
            **{campo: getattr(convenente, campo) for campo in CAMPOS_DE_ENDERECO},
            "municipio": convenente.municipio.codigo_ibge,
            "municipio_nome": str(convenente.municipio),
        },
        Secao.DIRIGENTES: [
            {"nome": d.nome, "cpf": d.cpf, "cargo": d.cargo} for d in convenente.dirigentes.all()
        ],
        "respostas": convenente.respostas,
    }


def proposta_do_mandato(vinculo: Vinculo) -> dict[str, str]:
    """The mandate of a representante legal as the section of a proposal."""
    return {
        "cpf": vinculo.usuario.cpf,
        "nome": vinculo.usuario.nome,
        "cargo": vinculo.cargo,
        "mandato_de": vinculo.periodo.lower.isoformat(),
        "mandato_ate": vinculo.mandato_ate.isoformat() if vinculo.mandato_ate else "",
    }

"""People and requests that the tests of the pages share."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from cagec.tempo import hoje
from contas.aceite import aceitar, termo_vigente
from contas.documentos_pessoais import digitos_do_cpf
from contas.models import Usuario
from convenentes import inscricao, itens, rascunho
from convenentes.cnpj import digitos_do_cnpj
from convenentes.models import (
    Convenente,
    ItemSolicitacao,
    Municipio,
    PapelVinculo,
    Participante,
    Secao,
    Solicitacao,
    Vinculo,
)
from documentos.models import NaturezaJuridica, PastaDigital, TipoConvenente

SENHA = "girassol-amarelo-de-teste"


@dataclass
class Elenco:
    """A draft of an OSC, and somebody in every role."""

    solicitacao: Solicitacao
    representante: Usuario
    responsavel: Usuario
    usuario: Usuario
    estranho: Usuario


def cpf(numero: int) -> str:
    base = f"{numero:09d}"
    return base + digitos_do_cpf(base)


def cnpj(numero: int) -> str:
    base = f"{numero:08d}0001"
    return base + digitos_do_cnpj(base)


@cache
def _senha_guardada() -> str:
    """Argon2 is slow on purpose: once is enough for all."""
    return make_password(SENHA)


def pessoa(numero: int, nome: str) -> Usuario:
    nova = Usuario.objects.create(
        cpf=cpf(numero),
        nome_civil=nome,
        email=f"pessoa{numero}@exemplo.org.br",
        password=_senha_guardada(),
    )
    termo = termo_vigente(hoje())
    if termo is not None:
        aceitar(nova, termo, ip=None, navegador="")
    return nova


def entrar(usuario: Usuario | None) -> Client:
    cliente = Client()
    if usuario is not None:
        cliente.force_login(usuario)
    return cliente


def belo_horizonte() -> Municipio:
    municipio, _ = Municipio.objects.get_or_create(
        codigo_ibge="3106200",
        defaults={"nome": "Belo Horizonte", "uf": "MG", "nome_busca": "belo horizonte"},
    )
    return municipio


def nova_inscricao(
    por: Usuario, numero: int = 11222333, tipo: str = "osc", natureza: str = "3999"
) -> Solicitacao:
    solicitacao = inscricao.iniciar(cnpj(numero), NaturezaJuridica.objects.get(codigo=natureza), por, uuid4())
    inscricao.definir_tipo(solicitacao, TipoConvenente.objects.get(slug=tipo))
    solicitacao.refresh_from_db()
    return solicitacao


def participar(solicitacao: Solicitacao, usuario: Usuario, papel: str, **campos: Any) -> Participante:
    return Participante.objects.create(
        solicitacao=solicitacao,
        papel=papel,
        cpf=usuario.cpf,
        nome=usuario.nome,
        email=usuario.email,
        usuario=usuario,
        criado_por=solicitacao.criada_por,
        **campos,
    )


def elenco() -> Elenco:
    responsavel = pessoa(1, "Rita Responsável")
    solicitacao = nova_inscricao(responsavel)
    representante, usuario = pessoa(2, "Lia Representante"), pessoa(3, "Ugo Usuário")
    participar(
        solicitacao,
        representante,
        PapelVinculo.REPRESENTANTE,
        cargo="Presidente",
        mandato_de=date(2026, 1, 1),
    )
    participar(solicitacao, usuario, PapelVinculo.USUARIO)
    return Elenco(solicitacao, representante, responsavel, usuario, pessoa(4, "Edu Estranho"))


def dados_da_osc() -> dict[str, Any]:
    return {
        "razao_social": "Associação Bom Começo",
        "nome_fantasia": "Bom Começo",
        "data_abertura": "2015-03-10",
        "site": "https://exemplo.org.br",
        "areas": ["cultura"],
    }


def endereco_valido() -> dict[str, Any]:
    return {
        "cep": "30130-000",
        "logradouro": "Rua das Flores",
        "numero_endereco": "10",
        "complemento": "",
        "bairro": "Centro",
        "uf": "MG",
        "municipio": belo_horizonte().codigo_ibge,
        "email": "contato@exemplo.org.br",
        "telefone": "(31) 3333-4444",
    }


def preencher(solicitacao: Solicitacao) -> None:
    """Fill in every section and mark the rest as done: files have tests of their own."""
    rascunho.salvar_secao(solicitacao, Secao.DADOS, {**dados_da_osc(), "ente_controlador": ""})
    municipio = belo_horizonte()
    endereco = {**endereco_valido(), "cep": "30130000", "municipio_nome": str(municipio)}
    rascunho.salvar_secao(solicitacao, Secao.ENDERECO, endereco)
    representante = solicitacao.participantes.get(papel=PapelVinculo.REPRESENTANTE)
    mandato = {
        "cpf": representante.cpf,
        "nome": representante.nome,
        "email": representante.email,
        "cargo": "Presidente",
        "mandato_de": "2026-01-01",
        "mandato_ate": "",
    }
    rascunho.salvar_secao(solicitacao, Secao.REPRESENTANTE, mandato)
    dirigente = {"nome": "Lia Representante", "cpf": cpf(2), "cargo": "Presidente"}
    rascunho.salvar_secao(solicitacao, Secao.DIRIGENTES, [dirigente])
    solicitacao.refresh_from_db()
    for item in itens.do_pedido(solicitacao):
        if item.estado == ItemSolicitacao.Estado.A_PREENCHER and not itens.assinado(item):
            item.estado = ItemSolicitacao.Estado.PREENCHIDO
            item.save(update_fields=["estado"])


def item_de(solicitacao: Solicitacao, codigo: str) -> ItemSolicitacao:
    return solicitacao.itens.get(exigencia__codigo=codigo)


def organizacao(representante: Usuario, numero: int = 44555666) -> Convenente:
    """An active OSC with its representante legal."""
    convenente = Convenente.objects.create(
        cnpj=cnpj(numero),
        numero=numero,
        estado=Convenente.Estado.ATIVO,
        razao_social="Instituto Exemplo",
        nome_busca="instituto exemplo",
        natureza=NaturezaJuridica.objects.get(codigo="3999"),
        tipo=TipoConvenente.objects.get(slug="osc"),
        municipio=belo_horizonte(),
        pasta=PastaDigital.objects.create(),
        data_abertura=date(2015, 3, 10),
        logradouro="Rua A",
        numero_endereco="1",
        bairro="Centro",
        cep="30130000",
        email="contato@exemplo.org.br",
        telefone="3133334444",
        areas=["cultura"],
    )
    vincular(convenente, representante, PapelVinculo.REPRESENTANTE)
    return convenente


def vincular(convenente: Convenente, usuario: Usuario, papel: str) -> Vinculo:
    return Vinculo.objects.create(
        usuario=usuario,
        convenente=convenente,
        papel=papel,
        cargo="Presidente" if papel == PapelVinculo.REPRESENTANTE else "",
        periodo=(date(2020, 1, 1), None),
    )


def foto(nome: str = "documento.jpg", cor: str = "white") -> SimpleUploadedFile:
    saida = BytesIO()
    Image.new("RGB", (800, 600), cor).save(saida, "JPEG")
    return SimpleUploadedFile(nome, saida.getvalue(), content_type="image/jpeg")


def texto(resposta: Any) -> str:
    """The page without the line breaks of its template."""
    return " ".join(resposta.content.decode().split())

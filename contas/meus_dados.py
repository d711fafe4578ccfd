"""What the portal holds about a person, why and for how long, and a copy of it (LGPD, arts. 9º, 18 and 19)."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas.models import (
    AceiteDeTermo,
    Convite,
    EventoDeSeguranca,
    PedidoDoTitular,
    TrocaDeEmail,
    Usuario,
)

Registro = dict[str, Any]
BASE_LEGAL = "cumprimento de dever legal e execução de política pública (LGPD, arts. 7º, II e III, e 23)"
ENQUANTO_A_CONTA = "Enquanto a conta existir"
DEZ_ANOS = "Enquanto o cadastro da organização existir e ao menos dez anos depois da última parceria"


@dataclass(frozen=True)
class Categoria:
    """One kind of data. ``colher`` gives the rows about a person, label by label, for the copy."""

    nome: str
    dados: str
    origem: str
    finalidade: str
    guarda: str
    colher: Callable[[Usuario], Iterable[Registro]]


# Each app adds its own in ``ready()``.
categorias: list[Categoria] = []


def copia(usuario: Usuario) -> bytes:
    """Return a ZIP with everything: ``meus-dados.json`` for programs, ``meus-dados.html`` for reading."""
    gerado_em = timezone.localtime()
    colhidas = [(categoria, list(categoria.colher(usuario))) for categoria in categorias]
    dados = {
        "gerado_em": gerado_em.isoformat(),
        "titular": usuario.cpf_formatado,
        "base_legal": BASE_LEGAL,
        "categorias": [_para_json(categoria, registros) for categoria, registros in colhidas],
    }
    contexto = {"pessoa": usuario, "gerado_em": gerado_em, "base_legal": BASE_LEGAL, "colhidas": colhidas}
    saida = BytesIO()
    with ZipFile(saida, "w", ZIP_DEFLATED) as pacote:
        pacote.writestr("meus-dados.json", json.dumps(dados, ensure_ascii=False, indent=2, default=str))
        pacote.writestr("meus-dados.html", render_to_string("contas/copia_dos_dados.html", contexto))
    return saida.getvalue()


def _para_json(categoria: Categoria, registros: list[Registro]) -> Registro:
    return {
        "categoria": categoria.nome,
        "origem": categoria.origem,
        "finalidade": categoria.finalidade,
        "guarda": categoria.guarda,
        "registros": registros,
    }


def _cadastro(usuario: Usuario) -> Iterable[Registro]:
    yield {
        "CPF": usuario.cpf_formatado,
        "Nome civil": usuario.nome_civil,
        "Nome social": usuario.nome_social,
        "E-mail": usuario.email,
        "Telefone": usuario.telefone,
        "Conta criada em": usuario.criado_em,
        "Última entrada": usuario.last_login,
    }


def _aceites(usuario: Usuario) -> Iterable[Registro]:
    for aceite in AceiteDeTermo.objects.filter(usuario=usuario).select_related("termo"):
        yield {
            "Termo": str(aceite.termo),
            "Aceito em": aceite.em,
            "Endereço IP": aceite.ip,
            "Navegador": aceite.navegador,
        }


def _mensagens(usuario: Usuario) -> Iterable[Registro]:
    for mensagem in Mensagem.objects.filter(usuario=usuario).iterator():
        yield {"Quando": mensagem.criada_em, "Para": mensagem.para, "Assunto": mensagem.assunto}


def _convites(usuario: Usuario) -> Iterable[Registro]:
    for convite in Convite.objects.filter(usuario=usuario):
        yield {
            "Motivo": convite.get_motivo_display(),
            "E-mail": convite.email,
            "Criado em": convite.criado_em,
            "Usado em": convite.usado_em,
        }


def _trocas_de_email(usuario: Usuario) -> Iterable[Registro]:
    for troca in TrocaDeEmail.objects.filter(usuario=usuario):
        yield {
            "De": troca.antigo,
            "Para": troca.novo,
            "Pedida em": troca.pedida_em,
            "Confirmada em": troca.confirmada_em,
        }


def _seguranca(usuario: Usuario) -> Iterable[Registro]:
    for evento in EventoDeSeguranca.objects.filter(usuario=usuario).iterator():
        yield {
            "Quando": evento.em,
            "O que aconteceu": evento.get_tipo_display(),
            "Endereço IP": evento.ip,
            "Navegador": evento.navegador,
        }


def _pedidos(usuario: Usuario) -> Iterable[Registro]:
    for pedido in PedidoDoTitular.objects.filter(usuario=usuario):
        yield {
            "Pedido": pedido.get_tipo_display(),
            "Feito em": pedido.criado_em,
            "O que foi pedido": pedido.texto,
            "Situação": pedido.get_estado_display(),
            "Resposta": pedido.resposta,
        }


categorias += [
    Categoria(
        "Cadastro",
        "CPF, nome, e-mail, telefone e última entrada",
        "Você, no cadastro e em “Minha conta”",
        "Saber quem age em nome de cada organização e falar com essa pessoa",
        ENQUANTO_A_CONTA,
        _cadastro,
    ),
    Categoria(
        "Aceites do termo de uso",
        "Versão aceita, data, endereço IP e navegador",
        "O portal, quando você aceita",
        "Provar o aceite (LGPD, art. 8º, § 2º)",
        ENQUANTO_A_CONTA,
        _aceites,
    ),
    Categoria(
        "Convites e links de acesso",
        "Motivo, e-mail e datas; do link, só um resumo que não o revela",
        "Quem convidou você, ou você mesmo",
        "Criar a conta e devolver o acesso",
        ENQUANTO_A_CONTA,
        _convites,
    ),
    Categoria(
        "Trocas de e-mail",
        "Endereços de antes e de depois, e datas",
        "Você",
        "Provar de quem é o endereço",
        ENQUANTO_A_CONTA,
        _trocas_de_email,
    ),
    Categoria(
        "Registro de segurança",
        "Entradas, senhas e segundo fator: data, endereço IP e navegador",
        "O portal, quando você entra",
        "Proteger sua conta e mostrar a você quem a usou",
        "Cinco anos",
        _seguranca,
    ),
    Categoria(
        "E-mails enviados",
        "Endereço, assunto e data",
        "O portal",
        "Avisar e provar o aviso",
        ENQUANTO_A_CONTA,
        _mensagens,
    ),
    Categoria(
        "Pedidos sobre seus dados",
        "O que você pediu e a resposta",
        "Você e a equipe CAGEC",
        "Atender seus direitos (LGPD, art. 18)",
        ENQUANTO_A_CONTA,
        _pedidos,
    ),
]

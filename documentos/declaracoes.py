"""Declarations: the system writes them with the data of the case, the representante legal signs them."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.template import Context, Engine, TemplateDoesNotExist, TemplateSyntaxError

from cagec.tempo import hoje
from contas.models import Usuario
from documentos.models import (
    Declaracao,
    Documento,
    ModeloDeclaracao,
    PastaDigital,
    TipoDocumento,
    Validade,
)

# Texts are written by the team: an engine without tags that read files, and no HTML escaping in plain text.
_motor = Engine(autoescape=False, string_if_invalid="")
_exigente = Engine(autoescape=False, string_if_invalid="⟦%s⟧")
_EXEMPLO: dict[str, Any] = {
    "convenente": {"razao_social": "Associação", "cnpj": "00.000.000/0000-00"},
    "representante": {"nome": "Nome", "cpf": "000.000.000-00", "cargo": "Presidente"},
    "municipio": "Ouro Preto/MG",
    "hoje": "01/01/2026",
    "ano": "2026",
    "dirigentes": [{"nome": "Nome", "cpf": "000.000.000-00", "cargo": "Tesoureira"}],
}


class SemTexto(Exception):
    """No text was published for this kind of declaration."""


class TextoInvalido(Exception):
    """A text that the team wrote does not render. The message says where."""


@dataclass(frozen=True)
class Redacao:
    """A declaration as written for one case, before anything is kept."""

    modelo: ModeloDeclaracao
    titulo: str
    paragrafos: list[str]
    anexos: list[dict[str, str]]

    @property
    def resumo(self) -> str:
        """SHA-256 of exactly what is read and signed."""
        return resumo_do_conteudo(self.titulo, self.paragrafos, self.anexos)


def resumo_do_conteudo(titulo: str, paragrafos: list[str], anexos: list[dict[str, str]]) -> str:
    """Return the SHA-256 of the canonical JSON of a declaration."""
    conteudo = {"titulo": titulo, "paragrafos": paragrafos, "anexos": anexos}
    canonico = json.dumps(conteudo, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonico.encode()).hexdigest()


def redigir(tipo: TipoDocumento, contexto: dict[str, Any], anexos: list[dict[str, str]]) -> Redacao:
    """Write the latest published text of this kind with the data of the case. Raises SemTexto."""
    modelo = ModeloDeclaracao.objects.filter(tipo_documento=tipo).order_by("-versao").first()
    if modelo is None:
        raise SemTexto(f"Não há texto publicado para {tipo.nome}.")
    texto = _motor.from_string(modelo.texto).render(Context(contexto, autoescape=False))
    paragrafos = [bloco.strip() for bloco in texto.split("\n\n") if bloco.strip()]
    return Redacao(modelo, modelo.titulo, paragrafos, anexos)


def conferir_texto(texto: str) -> None:
    """Try a text with data of an example before it is published. Raises TextoInvalido."""
    try:
        escrito = _exigente.from_string(texto).render(Context(_EXEMPLO, autoescape=False))
    except (TemplateSyntaxError, TemplateDoesNotExist) as erro:
        raise TextoInvalido(f"O texto tem um comando que não funciona: {erro}") from erro
    if re.search(r"\{[{%]|[%}]\}", escrito):
        raise TextoInvalido("O texto tem chaves que não se fecham: confira cada {{ e cada {%.")
    desconhecidas = re.findall("⟦(.*?)⟧", escrito)
    if desconhecidas:
        raise TextoInvalido(f"Estas variáveis não existem: {', '.join(desconhecidas)}.")


@transaction.atomic
def preparar(
    redacao: Redacao, pasta: PastaDigital, convenente: dict[str, str], usuario: Usuario
) -> Declaracao:
    """Freeze a declaration in the folder, ready to be signed."""
    tipo = redacao.modelo.tipo_documento
    do_ano = tipo.validade == Validade.ANO
    documento = Documento.objects.create(
        tipo=tipo,
        pasta=pasta,
        emitido_em=hoje(),
        ano_referencia=hoje().year if do_ano else None,
        criado_por=usuario,
    )
    return Declaracao.objects.create(
        modelo=redacao.modelo,
        documento=documento,
        titulo=redacao.titulo,
        paragrafos=redacao.paragrafos,
        anexos=redacao.anexos,
        convenente=convenente,
        resumo=redacao.resumo,
    )


def conteudo(declaracao: Declaracao) -> dict[str, Any]:
    """Return what a PDF or page prints of a declaration."""
    return {
        "titulo": declaracao.titulo,
        "paragrafos": declaracao.paragrafos,
        "anexos": declaracao.anexos,
        "convenente": declaracao.convenente,
    }

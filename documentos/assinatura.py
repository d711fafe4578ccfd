"""Signature with CPF and password: evidence of exactly what was signed, by whom, when and how.

Lei 14.063/2020, art. 4º, I; docs/dominio.md, Signature.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from contas.documentos_pessoais import mascarar_cpf
from contas.models import Usuario
from documentos import guarda
from documentos.codigos import novo_codigo
from documentos.declaracoes import conteudo, resumo_do_conteudo
from documentos.models import Arquivo, Assinatura, Declaracao, DocumentoArquivo
from documentos.pdfs import compor

TENTATIVAS = 5
JANELA = 15 * 60
COMPARADOS_POR = 10 * 60  # seconds: reading every file again is dear, and the page is public
_MODELO = Path(__file__).parent / "pdf" / "declaracao.typ"


@dataclass(frozen=True)
class ArquivoAssinado:
    """A file that a declaration speaks of: its hash as signed, whether it is still kept, and still the same."""

    sha256: str
    guardado: bool
    confere: bool


class SenhaIncorreta(Exception):
    """The password retyped is not the person's."""

    def __init__(self, restantes: int) -> None:
        super().__init__(f"Senha incorreta. Você ainda pode tentar {restantes} vez(es).")


class AssinaturaBloqueada(Exception):
    """Too many wrong passwords."""

    def __init__(self) -> None:
        super().__init__("Foram muitas senhas incorretas. Aguarde 15 minutos e tente de novo.")


class ConteudoAlterado(Exception):
    """What would be signed is not what was written, or a file is not what was received."""

    def __init__(self, nome: str) -> None:
        super().__init__(f"O conteúdo de “{nome}” mudou. Envie-o de novo antes de assinar.")


@transaction.atomic
def assinar(
    declaracoes: Sequence[Declaracao],
    usuario: Usuario,
    senha: str,
    *,
    cargo: str,
    ip: str | None,
    navegador: str,
) -> list[Assinatura]:
    """Sign every declaration, or none. Raises SenhaIncorreta, AssinaturaBloqueada, ConteudoAlterado."""
    conferir_senha(usuario, senha)
    for declaracao in declaracoes:
        conferir_conteudo(declaracao)
    return [_assinar_uma(declaracao, usuario, cargo, ip, navegador) for declaracao in declaracoes]


def conferir_senha(usuario: Usuario, senha: str) -> None:
    """Check the retyped password, five times in fifteen minutes. Raises SenhaIncorreta or AssinaturaBloqueada."""
    chave = f"assinatura:{usuario.pk}"
    cache.add(chave, 0, JANELA)
    tentativa = cache.incr(chave)  # counted before it is looked at: of many at once, none is free
    if tentativa <= TENTATIVAS and usuario.check_password(senha):
        cache.delete(chave)
        return
    if tentativa >= TENTATIVAS:
        raise AssinaturaBloqueada
    raise SenhaIncorreta(TENTATIVAS - tentativa)


def conferir_conteudo(declaracao: Declaracao) -> None:
    """Compare the stored text and every attached file with their hashes. Raises ConteudoAlterado."""
    if _resumo_atual(declaracao) != declaracao.resumo:
        raise ConteudoAlterado(declaracao.titulo)
    for anexo, arquivo in zip(declaracao.anexos, comparar_arquivos(declaracao), strict=True):
        if not arquivo.confere:
            raise ConteudoAlterado(anexo["nome"])


def comparar_arquivos(declaracao: Declaracao) -> list[ArquivoAssinado]:
    """Compare every attached file, as it is stored now, with its hash in the declaration, in its order."""
    uuids = [anexo["arquivo"] for anexo in declaracao.anexos]
    guardados = {str(a.uuid): a for a in Arquivo.objects.filter(uuid__in=uuids)}
    return [_comparar(anexo["sha256"], guardados.get(anexo["arquivo"])) for anexo in declaracao.anexos]


def comparar_ha_pouco(declaracao: Declaracao) -> list[ArquivoAssinado]:
    """The same, as it was at most ``COMPARADOS_POR`` seconds ago."""
    chave = f"declaracao:{declaracao.uuid}:arquivos"
    comparados: list[ArquivoAssinado] | None = cache.get(chave)
    if comparados is None:
        comparados = comparar_arquivos(declaracao)
        cache.set(chave, comparados, COMPARADOS_POR)
    return comparados


def _comparar(sha256: str, arquivo: Arquivo | None) -> ArquivoAssinado:
    confere = arquivo is not None and arquivo.sha256 == sha256 and guarda.integro(arquivo)
    return ArquivoAssinado(sha256, arquivo is not None, confere)


def _resumo_atual(declaracao: Declaracao) -> str:
    return resumo_do_conteudo(declaracao.titulo, declaracao.paragrafos, declaracao.anexos)


def autentica(assinatura: Assinatura) -> bool:
    """Tell whether the stored text, list of files and PDF are still what was signed."""
    return _resumo_atual(assinatura.declaracao) == assinatura.resumo and guarda.integro(assinatura.pdf)


def _assinar_uma(
    declaracao: Declaracao, usuario: Usuario, cargo: str, ip: str | None, navegador: str
) -> Assinatura:
    codigo, agora = novo_codigo(), timezone.localtime()
    dados = {
        **conteudo(declaracao),
        "codigo": codigo,
        "resumo": declaracao.resumo,
        "nome": usuario.nome,
        "cpf": mascarar_cpf(usuario.cpf),
        "cargo": cargo,
        "quando": f"{agora:%d/%m/%Y às %H:%M:%S} (horário de Brasília)",
    }
    pdf = guarda.guardar_gerado(
        f"{declaracao.documento.tipo.codigo}.pdf",
        "application/pdf",
        compor(_MODELO, dados, agora, endereco(codigo)),
    )
    DocumentoArquivo.objects.create(documento=declaracao.documento, arquivo=pdf)
    return Assinatura.objects.create(
        codigo=codigo,
        declaracao=declaracao,
        usuario=usuario,
        nome=usuario.nome,
        cpf=usuario.cpf,
        cargo=cargo,
        resumo=declaracao.resumo,
        assinada_em=agora,
        ip=ip,
        navegador=navegador[:300],
        pdf=pdf,
    )


def endereco(codigo: str) -> str:
    """Return the public address that confirms the signature."""
    return settings.ENDERECO + reverse("declaracao", args=[codigo])

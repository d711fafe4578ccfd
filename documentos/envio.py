"""Receive files: what is seen at once first, then the bytes, then the document. The dear checks follow (``exame``).

Accepted: PDF, JPEG, PNG and HEIC up to 20 MB each (docs/dominio.md, Documents).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from documentos import cota, exame, guarda
from documentos.models import (
    Arquivo,
    Documento,
    DocumentoArquivo,
    Obtencao,
    PastaDigital,
    TipoDocumento,
    Validade,
)
from documentos.nomes import nome_limpo
from documentos.verificacoes import conteudo, formato, imagem, pdf, tamanho
from documentos.verificacoes.isolamento import Interrompida, isolada
from documentos.verificacoes.resultado import Resultado
from documentos.verificacoes.tamanho import MEGA

MAXIMO_DE_ARQUIVOS = 20
MAXIMO_DE_UMA_VEZ = 60 * MEGA  # the reverse proxy lets a little more through (deploy/Caddyfile)
DIAS_DESDE_A_EMISSAO = 90


@dataclass(frozen=True)
class Verificado:
    """A file that nothing seen at once refuses."""

    nome: str
    enviado: UploadedFile
    tipo_midia: str
    resultados: list[Resultado]


class ArquivoRecusado(Exception):
    """A file, or what was said about it, cannot be taken. ``mensagens`` say what, why and the remedy; ``recusados``
    are the files that have to be replaced, when it is some of them."""

    def __init__(self, mensagens: list[str], recusados: Sequence[UploadedFile] = ()) -> None:
        super().__init__(" ".join(mensagens))
        self.mensagens, self.recusados = mensagens, recusados


def anexar(
    pasta: PastaDigital,
    tipo: TipoDocumento,
    arquivos: Sequence[UploadedFile],
    usuario: Usuario,
    *,
    chave_envio: UUID,
    emitido_em: date | None = None,
    valido_ate: date | None = None,
    ano_referencia: int | None = None,
) -> Documento:
    """Make a document of the files. The same ``chave_envio`` returns the first one. Raises ArquivoRecusado."""
    existente = Documento.objects.filter(chave_envio=chave_envio).first()
    if existente is not None:
        return existente
    mensagens = [
        *_problemas_da_quantidade(tipo, arquivos),
        *cota.problemas_da_cota(pasta, usuario, arquivos),
        *problemas_das_datas(tipo, emitido_em, valido_ate, ano_referencia, hoje_em_minas()),
    ]
    if mensagens:
        raise ArquivoRecusado(mensagens)
    verificados = _verificar_todos(arquivos, tipo.obtencao == Obtencao.SELFIE)
    with transaction.atomic():
        documento, criado = Documento.objects.get_or_create(
            chave_envio=chave_envio,
            defaults={
                "tipo": tipo,
                "pasta": pasta,
                "emitido_em": emitido_em,
                "valido_ate": valido_ate,
                "ano_referencia": ano_referencia,
                "criado_por": usuario,
            },
        )
        if criado:
            for ordem, verificado in enumerate(verificados):
                arquivo = guardar_verificado(verificado, usuario)
                DocumentoArquivo.objects.create(documento=documento, arquivo=arquivo, ordem=ordem)
            if mensagens := cota.problemas_com_o_guardado(pasta, usuario):
                raise ArquivoRecusado(mensagens)
    return documento


def verificar(enviado: UploadedFile, *, e_selfie: bool = False) -> Verificado:
    """Check one file that belongs to no document, such as the evidence of a look-up. Raises ArquivoRecusado."""
    (verificado,) = _verificar_todos([enviado], e_selfie)
    return verificado


def guardar_verificado(verificado: Verificado, usuario: Usuario | None) -> Arquivo:
    """Keep a file and have it examined. ``usuario`` is None for who has no account."""
    arquivo = guarda.guardar(verificado.nome, verificado.tipo_midia, verificado.enviado, usuario)
    exame.anotar(arquivo, verificado.resultados)
    exame.agendar(arquivo)
    return arquivo


def _verificar_todos(arquivos: Sequence[UploadedFile], e_selfie: bool) -> list[Verificado]:
    verificados, mensagens, recusados = [], [], []
    for enviado in arquivos:
        nome = nome_limpo(enviado.name or "")
        resultados = _ver_de_relance(nome, enviado, e_selfie)
        recusas = [r for r in resultados if r.situacao == "reprovado"]
        mensagens += [f"{nome}: {r.detalhe} {r.conselho}" for r in recusas]
        recusados += [enviado] * bool(recusas)
        if not recusas:
            midia = resultados[-1].detalhe
            verificados.append(Verificado(formato.nome_certo(nome, midia), enviado, midia, resultados))
    if mensagens:
        raise ArquivoRecusado(mensagens, recusados)
    return verificados


def _ver_de_relance(nome: str, enviado: UploadedFile, e_selfie: bool) -> list[Resultado]:
    """What size, first and last bytes tell, so that the person is told at once. Nothing is decoded, memory is flat."""
    visto = tamanho.verificar(enviado.size or 0)
    if visto.situacao == "reprovado":
        return [visto]
    enviado.seek(0)
    visto = formato.verificar(nome, enviado.read(formato.COMECO))
    if visto.situacao == "reprovado":
        return [visto]
    recusa = conteudo.foto_em_pdf() if e_selfie and visto.detalhe == "application/pdf" else None
    recusa = recusa or _ver_as_pontas(visto.detalhe, enviado)
    enviado.seek(0)
    if recusa is not None:
        return [recusa]
    # The browser declares what the name ends in: one note is enough.
    nota = formato.conferir_nome(nome, visto.detalhe) or formato.conferir_declarada(
        enviado.content_type or "", visto.detalhe
    )
    return [nota, visto] if nota else [visto]


def _ver_as_pontas(midia: str, enviado: UploadedFile) -> Resultado | None:
    if midia != "application/pdf":
        return imagem.inteira(enviado, midia)
    recusa = pdf.inteiro(enviado)
    if recusa is None and pdf.pode_ter_senha(enviado):
        enviado.seek(0)
        try:
            recusa = isolada(pdf.verificar, enviado.read())
        except Interrompida:
            return None  # the full examination will say so
    return recusa if recusa and recusa.situacao == "reprovado" else None


def _problemas_da_quantidade(tipo: TipoDocumento, arquivos: Sequence[UploadedFile]) -> list[str]:
    if not arquivos:
        return ["Escolha o arquivo a enviar."]
    if len(arquivos) > MAXIMO_DE_ARQUIVOS:
        return [f"Envie no máximo {MAXIMO_DE_ARQUIVOS} arquivos. Junte as páginas em um PDF."]
    if len(arquivos) > 1 and not tipo.varios_arquivos:
        return ["Este documento aceita um arquivo só. Junte as páginas em um PDF."]
    if sum(a.size or 0 for a in arquivos) > MAXIMO_DE_UMA_VEZ:
        limite = MAXIMO_DE_UMA_VEZ // MEGA
        return [f"Os arquivos somam mais de {limite} MB. Digitalize com menos resolução (300 dpi bastam)."]
    return []


def problemas_das_datas(
    tipo: TipoDocumento, emitido_em: date | None, valido_ate: date | None, ano: int | None, hoje: date
) -> list[str]:
    """Return what is wrong with the dates of a document received on ``hoje`` (São Paulo), each with its remedy."""
    mensagens = []
    if emitido_em and emitido_em > hoje:
        mensagens.append("A data de emissão não pode estar no futuro.")
    if emitido_em and valido_ate and valido_ate < emitido_em:
        mensagens.append("A validade não pode ser anterior à emissão.")
    if tipo.validade in {Validade.IMPRESSA, Validade.FIXA}:
        if valido_ate is None:
            mensagens.append("Informe até quando o documento vale.")
        elif valido_ate < hoje:
            mensagens.append("Este documento já venceu. Emita um novo e envie.")
    if tipo.validade == Validade.EMISSAO90_MANDATO:
        if emitido_em is None:
            mensagens.append("Informe a data de emissão do documento.")
        elif emitido_em < hoje - timedelta(days=DIAS_DESDE_A_EMISSAO):
            mensagens.append(f"O documento deve ter sido emitido há no máximo {DIAS_DESDE_A_EMISSAO} dias.")
    if tipo.validade == Validade.ANO and (ano is None or not hoje.year - 1 <= ano <= hoje.year + 10):
        mensagens.append("Informe o ano de referência, com quatro números.")
    return mensagens

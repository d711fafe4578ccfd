"""The representante legal signs everything at once and the request leaves for analysis."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cagec.correio.fila import enfileirar
from cagec.tempo import hoje as hoje_em_minas
from contas.documentos_pessoais import formatar_cpf
from contas.models import Usuario
from convenentes import alteracao, eventos, identidade, itens
from convenentes.inscricao import Impedimento, dados_do_convenente
from convenentes.models import (
    Convenente,
    ItemSolicitacao,
    PapelVinculo,
    Participante,
    Solicitacao,
    Vinculo,
)
from convenentes.participantes import avisar_representante
from convenentes.proposta import abrir_convenente
from convenentes.rascunho import NaoEditavel
from documentos import assinatura, declaracoes
from documentos.models import Arquivo, Declaracao

# They are told, in its transaction, of each request that has just been sent.
ao_enviar: list[Callable[[Solicitacao], None]] = []


class Incompleta(Exception):
    """The request cannot be signed or sent yet."""

    def __init__(self, faltas: list[itens.Falta]) -> None:
        super().__init__("Ainda falta: " + " ".join(falta.texto for falta in faltas))
        self.faltas = faltas


class Mudou(Exception):
    """What the person read is not what would be signed now."""

    def __init__(self) -> None:
        super().__init__("O conteúdo mudou depois que você abriu a página. Leia de novo e assine.")


@dataclass(frozen=True)
class Texto:
    """A declaration as it will be signed."""

    item: ItemSolicitacao
    redacao: declaracoes.Redacao


def encaminhar(solicitacao: Solicitacao, por: Usuario) -> None:
    """Forward to the representante legal for signature. Raises Incompleta. Twice is once."""
    itens.acompanhar_catalogo(solicitacao)
    _encaminhar(solicitacao, por)


@transaction.atomic
def _encaminhar(solicitacao: Solicitacao, por: Usuario) -> None:
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if not travada.editavel:
        return
    faltas = [f for f in itens.o_que_falta(travada) if not cabe_ao_representante(f)]
    if faltas:
        raise Incompleta(faltas)
    if travada.encaminhada_em is not None:
        return
    de = travada.estado
    if de == Solicitacao.Estado.RASCUNHO:
        travada.estado = Solicitacao.Estado.AGUARDANDO_ASSINATURA
    travada.encaminhada_em = timezone.now()
    travada.save(update_fields=["estado", "encaminhada_em"])
    evento = eventos.registrar(travada, "encaminhada_para_assinatura", por, de=de, para=travada.estado)
    representante = travada.participantes.filter(papel=PapelVinculo.REPRESENTANTE).first()
    if representante is not None and representante.usuario_id is None:
        avisar_representante(representante)
        return
    for usuario in quem_assina(travada):
        enfileirar(
            f"assinatura:{evento.pk}:{usuario.uuid}",
            "convenentes.assinatura_pendente",
            usuario.email,
            {"solicitacao": str(travada.uuid)},
            usuario=usuario,
        )


def cabe_ao_representante(falta: itens.Falta) -> bool:
    """The papers about the representante may still be missing when forwarding: who they are about has them."""
    item = falta.item
    return item is not None and item.tipo_documento is not None and item.tipo_documento.pessoal


def quem_assina(solicitacao: Solicitacao) -> list[Usuario]:
    """The acting representante legal: the one named in the request, else the convenente's today."""
    pessoa = identidade.titular(solicitacao)
    return [pessoa] if pessoa else []


def textos_a_assinar(solicitacao: Solicitacao) -> list[Texto]:
    """Write every declaration of the request with the data of the case, without keeping anything."""
    contexto = contexto_das_declaracoes(solicitacao)
    return [
        Texto(item, declaracoes.redigir(item.tipo_documento, contexto, anexos(solicitacao, item)))
        for item in a_assinar(solicitacao)
        if item.tipo_documento is not None
    ]


def a_assinar(solicitacao: Solicitacao) -> list[ItemSolicitacao]:
    """Items to sign now: each declaration that goes with the request and is not yet accepted, and its own."""
    return [
        item
        for item in itens.do_pedido(solicitacao)
        if itens.sera_assinado(item) and item.estado != ItemSolicitacao.Estado.ACEITO
    ]


def anexos(solicitacao: Solicitacao, item: ItemSolicitacao) -> list[dict[str, str]]:
    """Files that the declaration of the request speaks of: name, document and SHA-256. Others have none.

    What is shown of a file may be a cleaned copy, which is then named beside it.
    """
    if item.exigencia is not None:
        return []
    documentos = itens.documentos(solicitacao).filter(declaracao=None).select_related("tipo").order_by("id")
    return [
        {"nome": f"{documento.tipo.nome} – {nome}", "sha256": bytes_.sha256, "arquivo": str(bytes_.uuid)}
        for documento in documentos.prefetch_related("arquivos__copias")
        for arquivo in documento.arquivos.all()
        for nome, bytes_ in _como_veio_e_como_se_mostra(arquivo)
    ]


def _como_veio_e_como_se_mostra(arquivo: Arquivo) -> list[tuple[str, Arquivo]]:
    copias = [(f"{arquivo.nome} (cópia limpa)", copia) for copia in arquivo.copias.all()]
    return [(arquivo.nome, arquivo), *copias]


def contexto_das_declaracoes(solicitacao: Solicitacao) -> dict[str, Any]:
    """Data of the case that the texts of the declarations may use (docs/dominio.md, Signature)."""
    endereco = solicitacao.proposta.get("endereco", {})
    convenente = solicitacao.convenente
    hoje = hoje_em_minas()
    return {
        "convenente": dados_do_convenente(solicitacao),
        "representante": _representante(solicitacao),
        "municipio": endereco.get("municipio_nome") or (str(convenente.municipio) if convenente else ""),
        "hoje": f"{hoje:%d/%m/%Y}",
        "ano": str(hoje.year),
        "dirigentes": [
            {**d, "cpf": formatar_cpf(d["cpf"])} for d in solicitacao.proposta.get("dirigentes", [])
        ],
    }


def _representante(solicitacao: Solicitacao) -> dict[str, str]:
    participante = solicitacao.participantes.filter(papel=PapelVinculo.REPRESENTANTE).first()
    if participante is not None:
        return {
            "nome": participante.usuario.nome if participante.usuario else participante.nome,
            "cpf": formatar_cpf(participante.cpf),
            "cargo": participante.cargo,
        }
    vinculo = (
        Vinculo.objects.vigentes(hoje_em_minas())
        .filter(convenente=solicitacao.convenente, papel=PapelVinculo.REPRESENTANTE)
        .select_related("usuario")
        .first()
    )
    if vinculo is None:
        return {"nome": "", "cpf": "", "cargo": ""}
    return {"nome": vinculo.usuario.nome, "cpf": vinculo.usuario.cpf_formatado, "cargo": vinculo.cargo}


def resumo_dos_textos(textos: list[Texto]) -> str:
    """SHA-256 of the texts and of the data that are sent with them, so that one signs what one read."""
    dados = textos[0].item.solicitacao.proposta if textos else {}
    lido = json.dumps([dados, *(t.redacao.resumo for t in textos)], sort_keys=True)
    return hashlib.sha256(lido.encode()).hexdigest()


def assinar_e_enviar(
    solicitacao: Solicitacao,
    usuario: Usuario,
    senha: str,
    *,
    resumo_lido: str,
    ip: str | None,
    navegador: str,
) -> Solicitacao:
    """Sign every declaration with the password and send the request. A second call returns the first result.

    Only the representante legal calls it (docs/dominio.md, Roles). Raises NaoEditavel, Incompleta, Mudou,
    Impedimento and what ``documentos.assinatura.assinar`` raises.
    """
    itens.acompanhar_catalogo(solicitacao)
    with transaction.atomic():
        return _assinar_e_enviar(solicitacao, usuario, senha, resumo_lido, ip, navegador)


def _assinar_e_enviar(
    solicitacao: Solicitacao, usuario: Usuario, senha: str, resumo_lido: str, ip: str | None, navegador: str
) -> Solicitacao:
    travada = Solicitacao.objects.select_for_update(of=("self",)).get(pk=solicitacao.pk)
    if travada.estado == Solicitacao.Estado.EM_ANALISE:
        return travada
    if not travada.editavel:
        raise NaoEditavel
    faltas = itens.o_que_falta(travada)
    if faltas:
        raise Incompleta(faltas)
    textos = textos_a_assinar(travada)
    if resumo_dos_textos(textos) != resumo_lido:
        raise Mudou
    preparadas = [_preparar(travada, texto, usuario) for texto in textos]
    assinatura.assinar(
        preparadas,
        usuario,
        senha,
        cargo=_representante(travada)["cargo"],
        ip=ip,
        navegador=navegador,
    )
    _enviar(travada, usuario)
    return travada


def _preparar(solicitacao: Solicitacao, texto: Texto, usuario: Usuario) -> Declaracao:
    declaracao = declaracoes.preparar(
        texto.redacao, solicitacao.pasta, dados_do_convenente(solicitacao), usuario
    )
    texto.item.documento = declaracao.documento
    texto.item.estado = ItemSolicitacao.Estado.PREENCHIDO
    texto.item.save(update_fields=["documento", "estado"])
    return declaracao


def _enviar(solicitacao: Solicitacao, usuario: Usuario) -> None:
    de = solicitacao.estado
    agora = timezone.now()
    if solicitacao.altera_representante:
        alteracao.conferir_unica(solicitacao)
    identidade.recolher(solicitacao, usuario)
    if solicitacao.convenente is None:
        solicitacao.convenente = _convenente_da_inscricao(solicitacao)
    if solicitacao.protocolo is None:
        solicitacao.protocolo = _novo_protocolo(timezone.localtime(agora).year)
        solicitacao.enviada_em = agora
    solicitacao.estado = Solicitacao.Estado.EM_ANALISE
    solicitacao.encaminhada_em = solicitacao.encaminhada_em or agora
    solicitacao.pendencia_desde = None
    solicitacao.save()
    tipo = "reenviada" if de == Solicitacao.Estado.COM_PENDENCIA else "enviada"
    evento = eventos.registrar(solicitacao, tipo, usuario, de=de, para=solicitacao.estado)
    for pessoa in quem_acompanha(solicitacao):
        enfileirar(
            f"recebida:{evento.pk}:{pessoa.uuid}",
            "convenentes.recebida",
            pessoa.email,
            {"solicitacao": str(solicitacao.uuid), "evento": evento.pk},
            usuario=pessoa,
        )
    if solicitacao.altera_representante and tipo == "enviada":
        alteracao.avisar_partes(solicitacao, "convenentes.alteracao_pedida", f"alteracao:{solicitacao.uuid}")
    for analisar in ao_enviar:
        analisar(solicitacao)


def _convenente_da_inscricao(solicitacao: Solicitacao) -> Convenente:
    try:
        with transaction.atomic():
            return abrir_convenente(solicitacao)
    except IntegrityError as erro:
        raise Impedimento(
            "Outra inscrição deste CNPJ foi enviada antes da sua.",
            "Peça a quem enviou que convide você, ou fale com a equipe CAGEC em Ajuda.",
        ) from erro


def _novo_protocolo(ano: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('convenentes_protocolo')")
        (numero,) = cursor.fetchone()
    return f"{ano}.{numero:06d}"


def quem_acompanha(solicitacao: Solicitacao) -> list[Usuario]:
    """Everybody who takes part in the request or acts for its convenente today, each once.

    Whom a new representante legal asks to act for is told in another way (``alteracao``).
    """
    pessoas = {
        p.usuario.pk: p.usuario
        for p in Participante.objects.filter(solicitacao=solicitacao).select_related("usuario")
        if p.usuario
    }
    if solicitacao.convenente_id and not solicitacao.altera_representante:
        vinculos = Vinculo.objects.vigentes(hoje_em_minas()).filter(convenente=solicitacao.convenente_id)
        pessoas |= {v.usuario_id: v.usuario for v in vinculos.select_related("usuario")}
    return list(pessoas.values())

"""Requests under review and members of the team, made with as few rows as the desk needs."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.tempo import hoje
from contas import grupos
from contas.fabricas import usuario
from contas.models import Usuario
from convenentes import fabricas
from convenentes.models import Convenente, ItemSolicitacao, Solicitacao
from convenentes.proposta import abrir_convenente
from documentos import guarda
from documentos.fabricas import pdf
from documentos.models import Documento, MotivoRecusa, Verificacao

_protocolos = count(1)


def analista(**campos: Any) -> Usuario:
    """A member of the team, in its group."""
    grupos.sincronizar()
    pessoa = usuario(is_staff=True, **campos)
    grupos.incluir_na_equipe(pessoa)
    return pessoa


def leitora(*permissoes: str) -> Usuario:
    """A member of the team with these permissions alone."""
    pessoa = usuario(is_staff=True)
    pessoa.user_permissions.set(Permission.objects.filter(codename__in=permissoes))
    return pessoa


def entrar(pessoa: Usuario) -> Client:
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


def enviada(slug: str = "uniao", *, dias: int = 0, **campos: Any) -> Solicitacao:
    """An inscription under review, sent ``dias`` days ago. Its files have tests of their own."""
    solicitacao = fabricas.rascunho_de(slug, **campos)
    fabricas.nomear(solicitacao, usuario(), hoje())
    solicitacao.refresh_from_db()
    solicitacao.convenente = abrir_convenente(solicitacao)
    solicitacao.protocolo = f"2026-{next(_protocolos):06}"
    solicitacao.enviada_em = timezone.now() - timedelta(days=dias)
    solicitacao.estado = Solicitacao.Estado.EM_ANALISE
    solicitacao.save()
    solicitacao.itens.update(estado=ItemSolicitacao.Estado.PREENCHIDO)
    return solicitacao


def ativo(slug: str = "uniao", **campos: Any) -> Convenente:
    """An active record with a number."""
    convenente = enviada(slug, **campos).convenente
    assert convenente is not None
    convenente.estado, convenente.numero = Convenente.Estado.ATIVO, 1000 + next(_protocolos)
    convenente.save()
    return convenente


def item_de(solicitacao: Solicitacao, codigo: str) -> ItemSolicitacao:
    return solicitacao.itens.get(exigencia__codigo=codigo)


def anexar(item: ItemSolicitacao, nome: str, paginas: int = 1, conselho: str = "") -> Documento:
    """Put a PDF in the item, as if its checks had just run."""
    assert item.tipo_documento is not None
    documento = Documento.objects.create(
        tipo=item.tipo_documento, pasta=item.solicitacao.pasta, criado_por=item.solicitacao.criada_por
    )
    arquivo = guarda.guardar(
        nome, "application/pdf", pdf(nome, paginas), item.solicitacao.criada_por, estado="pronto"
    )
    documento.arquivos.add(arquivo)
    Verificacao.objects.create(
        arquivo=arquivo, nome="pdf", versao="1", situacao="aprovado", detalhe=f"{paginas} páginas"
    )
    if conselho:
        Verificacao.objects.create(
            arquivo=arquivo, nome="x", versao="1", situacao="atencao", detalhe=conselho
        )
    item.documento = documento
    item.save(update_fields=["documento"])
    return documento


def mesa(solicitacao: Solicitacao, item: ItemSolicitacao | None = None) -> str:
    endereco = reverse("admin:mesa", args=[solicitacao.uuid])
    return f"{endereco}?item={item.uuid}" if item else endereco


def parecer(item: ItemSolicitacao, **campos: Any) -> dict[str, Any]:
    """What the form of the opinion sends."""
    return {"parecer_do_item": item.uuid, "parecer": "aceito", "motivo": "", "texto": "", **campos}


def julgar_tudo(solicitacao: Solicitacao, recusado: ItemSolicitacao | None = None) -> None:
    """Write an opinion on every item: accepted, but for one."""
    solicitacao.itens.exclude(exigencia=None, secao="").update(parecer="aceito")
    if recusado is not None:
        motivo = MotivoRecusa.objects.first()
        solicitacao.itens.filter(pk=recusado.pk).update(parecer="recusado", motivo=motivo, texto="Ilegível.")


def texto(resposta: Any) -> str:
    """The page without the line breaks of its template."""
    return " ".join(resposta.content.decode().split())

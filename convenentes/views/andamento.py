"""Where a request stands, in plain words: its badge, who must act now, and the button that goes on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from convenentes.models import EventoSolicitacao, PapelVinculo, Solicitacao
from convenentes.prazos import DIAS_ATE_EXPIRAR

_CORES = {
    Solicitacao.Estado.RASCUNHO: "neutro",
    Solicitacao.Estado.AGUARDANDO_ASSINATURA: "aviso",
    Solicitacao.Estado.EM_ANALISE: "info",
    Solicitacao.Estado.COM_PENDENCIA: "aviso",
    Solicitacao.Estado.APROVADA: "ok",
    Solicitacao.Estado.APROVADA_PARCIALMENTE: "aviso",
    Solicitacao.Estado.INDEFERIDA: "erro",
    Solicitacao.Estado.CANCELADA: "neutro",
    Solicitacao.Estado.EXPIRADA: "neutro",
}
_EVENTOS = {
    "criada": "Solicitação aberta",
    "cnpj_corrigido": "CNPJ ou natureza jurídica corrigidos",
    "representante_trocado": "Representante legal trocado",
    "usuario_convidado": "Pessoa convidada para preencher",
    "usuario_retirado": "Pessoa retirada da solicitação",
    "instrucoes_reenviadas": "Instruções reenviadas ao representante legal",
    "encaminhada_para_assinatura": "Encaminhada para a assinatura do representante legal",
    "explicada": "Documento com dúvida enviado assim mesmo",
    "enviada": "Assinada e enviada para análise",
    "reenviada": "Correções assinadas e enviadas para análise",
    "assumida": "Análise iniciada pela equipe CAGEC",
    "cancelada": "Cancelada",
    "contestada": "Contestada por quem tem vínculo com a organização",
    "assinatura_com_novo_representante": "A assinatura passou ao novo representante legal",
    "expirada": "Encerrada por falta de resposta à pendência",
}

_DA_EQUIPE = frozenset({"assumida", "decidida"})


@dataclass(frozen=True)
class Andamento:
    """``vez`` says who must act and what for; ``sua`` tells whether it is the reader."""

    cor: str
    estado: str
    vez: str
    sua: bool = False
    botao: str = ""
    url: str = ""


def andamento(solicitacao: Solicitacao, papeis: Collection[str], representante: str) -> Andamento:
    """Describe the request to a person with ``papeis`` in it. ``representante`` is the name of who signs."""
    cor, estado = _CORES[Solicitacao.Estado(solicitacao.estado)], solicitacao.get_estado_display()
    ver = reverse("solicitacao", args=[solicitacao.uuid])
    if solicitacao.estado == Solicitacao.Estado.EM_ANALISE:
        return Andamento(cor, estado, "Equipe CAGEC: está analisando.", botao="Acompanhar", url=ver)
    if not solicitacao.editavel:
        return Andamento(cor, estado, "Ninguém: a solicitação terminou.", botao="Ver resultado", url=ver)
    if solicitacao.encaminhada_em is not None:
        if PapelVinculo.REPRESENTANTE in papeis:
            assinar = reverse("solicitacao_assinar", args=[solicitacao.uuid])
            return Andamento(cor, estado, "Você: leia, assine e envie.", True, "Ler e assinar", assinar)
        nome = f" ({representante})" if representante else ""
        return Andamento(cor, estado, f"Representante legal{nome}: precisa assinar.", botao="Ver", url=ver)
    continuar = reverse("solicitacao_continuar", args=[solicitacao.uuid])
    if solicitacao.estado == Solicitacao.Estado.COM_PENDENCIA:
        prazo = prazo_da_pendencia(solicitacao)
        ate = f" até {prazo:%d/%m/%Y}" if prazo else ""
        vez = f"Você: corrija o que foi recusado{ate}."
        return Andamento(cor, estado, vez, True, "Corrigir", continuar)
    return Andamento(cor, estado, "Você: continue o preenchimento.", True, "Continuar", continuar)


def prazo_da_pendencia(solicitacao: Solicitacao) -> date | None:
    """Return the last day (São Paulo) to answer a return, the eve of its expiry (docs/dominio.md, Flows)."""
    if solicitacao.estado != Solicitacao.Estado.COM_PENDENCIA or solicitacao.pendencia_desde is None:
        return None
    return timezone.localdate(solicitacao.pendencia_desde) + timedelta(days=DIAS_ATE_EXPIRAR - 1)


def em_palavras(evento: EventoSolicitacao) -> str:
    """Return an event of the history in plain words, with the name of the person concerned, if any."""
    if evento.tipo == "decidida":
        return f"Decisão da equipe CAGEC: {Solicitacao.Estado(evento.para).label.lower()}"
    texto = _EVENTOS.get(evento.tipo) or evento.tipo.replace("_", " ").capitalize()
    nome = evento.dados.get("nome")
    return f"{texto}: {nome}" if nome else texto


def autor(evento: EventoSolicitacao) -> str:
    """Return who did it. Without an author it was the system.

    Analysts act in the name of the team, and who contests is not named to who is contested.
    """
    if evento.tipo in _DA_EQUIPE:
        return "Equipe CAGEC"
    if evento.tipo == "contestada":
        return "Pessoa da organização"
    return evento.por.nome if evento.por else "Portal CAGEC"

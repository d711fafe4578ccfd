"""Badges of items, in plain words."""

from cagec.tempo import hoje
from convenentes import itens, piad
from convenentes.models import ItemSolicitacao
from documentos.models import Arquivo

_DOS_ARQUIVOS = {
    Arquivo.Estado.COM_PROBLEMA: ("erro", "Com problema: envie de novo"),
    Arquivo.Estado.RETIDO: ("info", "Em verificação pela equipe"),
    Arquivo.Estado.EM_VERIFICACAO: ("info", "Em verificação"),
    Arquivo.Estado.RECEBIDO: ("info", "Recebido, em verificação"),
}
_DECIDIDOS = {
    ItemSolicitacao.Estado.ACEITO: ("ok", "Aceito"),
    ItemSolicitacao.Estado.NAO_SE_APLICA: ("neutro", "Não se aplica"),
}


def rotulo(item: ItemSolicitacao) -> tuple[str, str]:
    """Return colour and text of an item's badge, as the applicants may read it."""
    estado = ItemSolicitacao.Estado(item.estado)
    if estado in _DECIDIDOS:
        return _DECIDIDOS[estado]
    if estado == ItemSolicitacao.Estado.RECUSADO:
        return "erro", "Recusado: assine de novo" if itens.assinado(item) else "Recusado: corrija"
    if itens.so_da_equipe(item):
        return "neutro", "A equipe confere"
    return _DOS_ARQUIVOS.get(itens.estado_dos_arquivos(item)) or _do_preenchimento(item)


def _do_preenchimento(item: ItemSolicitacao) -> tuple[str, str]:
    estado = ItemSolicitacao.Estado(item.estado)
    if estado == ItemSolicitacao.Estado.PREENCHIDO and itens.conferido_antes(item):
        return "ok", "Já conferido"
    if itens.aberto_a_mudanca(item) and piad.nao_serve(item, hoje()):
        return "aviso", "Confira: parece não servir"
    if estado == ItemSolicitacao.Estado.PREENCHIDO:
        return "ok", "Assinado" if itens.assinado(item) else ("Preenchido" if item.secao else "Anexado")
    return _a_preencher(item)


def _a_preencher(item: ItemSolicitacao) -> tuple[str, str]:
    if itens.assinado(item):
        return ("info", "Será assinado no final") if itens.sera_assinado(item) else ("neutro", "Opcional")
    if itens.sem_resposta(item):
        return "aviso", "Falta responder"
    if item.secao:
        return ("neutro", "Sem alteração") if item.solicitacao.atualiza else ("aviso", "Falta preencher")
    return ("aviso", "Falta enviar") if itens.obrigatorio(item) else ("neutro", "Opcional")

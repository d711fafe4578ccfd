"""Addresses of the pages for people with an account: the panel and the requests."""

from django.urls import path

from convenentes.views import (
    alteracao,
    assinatura,
    atualizacoes,
    avisos,
    comprovante,
    documentos,
    equipe,
    identidade,
    inscricao,
    organizacao,
    painel,
    pessoas,
    revisao,
    secoes,
    solicitacao,
    vencimentos,
)

_PEDIDO = "solicitacoes/<uuid:uuid>"
_ITEM = f"{_PEDIDO}/documentos/<uuid:item>"
_ORGANIZACAO = "organizacoes/<uuid:uuid>"
_EQUIPE = f"{_ORGANIZACAO}/pessoas"

urlpatterns = [
    path("painel/", painel.painel, name="painel"),
    path(f"{_ORGANIZACAO}/", organizacao.organizacao, name="organizacao"),
    path(f"{_ORGANIZACAO}/resolver/<slug:codigo>/", organizacao.resolver, name="resolver"),
    path(
        f"{_ORGANIZACAO}/atualizar-documentos/",
        atualizacoes.atualizar_documentos,
        name="atualizar_documentos",
    ),
    path(f"{_ORGANIZACAO}/atualizar-dados/", atualizacoes.atualizar_dados, name="atualizar_dados"),
    path(f"{_EQUIPE}/", equipe.pessoas, name="equipe"),
    path(f"{_EQUIPE}/<uuid:vinculo>/desvincular/", equipe.desvincular, name="equipe_desvincular"),
    path(f"{_EQUIPE}/<uuid:vinculo>/vincular/", equipe.religar, name="equipe_religar"),
    path(f"{_EQUIPE}/convites/<uuid:convite>/reenviar/", equipe.reenviar, name="equipe_reenviar"),
    path(f"{_EQUIPE}/convites/<uuid:convite>/cancelar/", equipe.cancelar, name="equipe_cancelar"),
    path("convites/<uuid:uuid>/aceitar/", equipe.aceitar, name="convite_aceitar"),
    path("convites/<uuid:uuid>/recusar/", equipe.recusar, name="convite_recusar"),
    path(f"{_ORGANIZACAO}/vencimentos/", vencimentos.pagina, name="vencimentos"),
    path(f"{_ORGANIZACAO}/calendario/", vencimentos.criar_endereco, name="calendario_criar"),
    path(f"{_ORGANIZACAO}/calendario/desligar/", vencimentos.desligar, name="calendario_desligar"),
    path("calendario/<str:segredo>/vencimentos.ics", vencimentos.feed, name="calendario"),
    path("minha-conta/avisos/", avisos.avisos, name="avisos"),
    path("minha-conta/identidade/", identidade.minha_identidade, name="minha_identidade"),
    path("solicitacoes/representante-legal/", alteracao.nova, name="alteracao_nova"),
    path("alteracoes/<uuid:uuid>/", alteracao.ver, name="alteracao"),
    path(f"{_ORGANIZACAO}/renunciar/", alteracao.renunciar, name="renunciar"),
    path("solicitacoes/nova/", inscricao.nova, name="solicitacao_nova"),
    path(f"{_PEDIDO}/", solicitacao.solicitacao, name="solicitacao"),
    path(f"{_PEDIDO}/continuar/", solicitacao.continuar, name="solicitacao_continuar"),
    path(f"{_PEDIDO}/cancelar/", solicitacao.cancelar_solicitacao, name="solicitacao_cancelar"),
    path(f"{_PEDIDO}/cnpj/", inscricao.cnpj, name="solicitacao_cnpj"),
    path(f"{_PEDIDO}/tipo/", inscricao.tipo, name="solicitacao_tipo"),
    path(f"{_PEDIDO}/dados/", secoes.dados, name="solicitacao_dados"),
    path(f"{_PEDIDO}/endereco/", secoes.endereco, name="solicitacao_endereco"),
    path(f"{_PEDIDO}/representante/", pessoas.representante, name="solicitacao_representante"),
    path(
        f"{_PEDIDO}/representante/reenviar/",
        pessoas.representante_reenviar,
        name="solicitacao_representante_reenviar",
    ),
    path(f"{_PEDIDO}/pessoas/", pessoas.pessoas, name="solicitacao_pessoas"),
    path(
        f"{_PEDIDO}/pessoas/<uuid:participante>/retirar/",
        pessoas.pessoa_retirar,
        name="solicitacao_pessoa_retirar",
    ),
    path(f"{_PEDIDO}/dirigentes/", secoes.dirigentes, name="solicitacao_dirigentes"),
    path(f"{_PEDIDO}/dirigentes/retirar/", secoes.dirigente_retirar, name="solicitacao_dirigente_retirar"),
    path(f"{_PEDIDO}/adicionar/", atualizacoes.adicionar, name="solicitacao_adicionar"),
    path(f"{_PEDIDO}/documentos/", documentos.documentos, name="solicitacao_documentos"),
    path(
        f"{_PEDIDO}/documentos/usar-conferidos/",
        documentos.usar_conferidos,
        name="solicitacao_usar_conferidos",
    ),
    path(f"{_ITEM}/", documentos.documento, name="solicitacao_documento"),
    path(f"{_ITEM}/resposta/", documentos.resposta, name="solicitacao_documento_resposta"),
    path(f"{_ITEM}/alternativa/", documentos.alternativa, name="solicitacao_documento_alternativa"),
    path(f"{_ITEM}/retirar/", documentos.documento_retirar, name="solicitacao_documento_retirar"),
    path(f"{_PEDIDO}/revisao/", revisao.revisao, name="solicitacao_revisao"),
    path(f"{_PEDIDO}/encaminhar/", revisao.encaminhar_para_assinatura, name="solicitacao_encaminhar"),
    path(f"{_PEDIDO}/assinar/", assinatura.assinar, name="solicitacao_assinar"),
    path(f"{_PEDIDO}/comprovante/", comprovante.pagina, name="solicitacao_comprovante"),
    path(f"{_PEDIDO}/comprovante/pdf/", comprovante.pdf, name="solicitacao_comprovante_pdf"),
]

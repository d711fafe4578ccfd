"""Who may open what: every address, GET and POST, for every kind of person.

The table below lists every address of the portal; a new one fails the test until it is listed. An outsider gets 404
wherever something belongs to somebody: he never learns that it exists.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from atendimento import enderecos, manual
from atendimento import fabricas as fabricas_de_chamados
from atendimento.models import AvisoDoPortal, DiaSemExpediente
from cagec.tempo import hoje
from contas import grupos, troca_de_email
from contas.fabricas import convite, cpf_ficticio, usuario
from contas.models import EventoDeSeguranca, PedidoDoTitular, Usuario
from convenentes import alteracao, atualizacao, calendario, crc, fabricas, itens
from convenentes.fontes import carga, indisponibilidade
from convenentes.fontes.leitura import Recebido
from convenentes.models import (
    AnaliseAutomatica,
    AprovacaoAutomatica,
    ArquivoLegado,
    CargaFonte,
    CargaLegado,
    Convenente,
    ConviteDeVinculo,
    Decisao,
    Excecao,
    Fonte,
    LinhaLegado,
    PapelVinculo,
    Participante,
    Solicitacao,
    Vinculo,
)
from convenentes.participantes import convidar_usuario
from documentos.models import Assinatura, Norma, Orientacao, PedidoDeIdentidade, TipoDocumento
from tests.convenentes import mandatos, pedidos

PAPEIS = ("anonimo", "estranho", "usuario", "responsavel", "representante", "analista")
GRUPOS = {"analista": grupos.ANALISTAS}
# Who once represented the organisation, and took part in its inscription, is an outsider everywhere; in the portal a
# superuser is one of the team.
COMO = {"ex_representante": "estranho", "administradora": "analista"}

# Columns: anonymous, outsider, usuário, responsável, representante, analyst. R = redirect (302).
R = 302
PUBLICA = (200,) * 6
SO_GET = (405,) * 6
LOGADOS = (R, 200, 200, 200, 200, 200)
MEMBROS = (R, 404, 200, 200, 200, 404)
GERENTES = (R, 404, 403, 200, 200, 404)
ACAO_MEMBROS = (R, 404, R, R, R, 404)
ACAO_GERENTES = (R, 404, 403, R, R, 404)
SO_REPRESENTANTE = (R, 404, 403, 403, 200, 404)
ACAO_DO_REPRESENTANTE = (R, 404, 403, 403, R, 404)
BOTAO = (R,) * 6  # who comes back from signing in arrives with a GET: to the page of the button
CONFIRMA = ((R,) * 6, (R,) * 6)  # the password is asked for first; tests/contas/test_segundo_fator.py goes on
SO_GET_LOGADO = (R, 405, 405, 405, 405, 405)

TABELA: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "inicio": (PUBLICA, SO_GET),
    "saude": (PUBLICA, PUBLICA),
    "contato": (PUBLICA, SO_GET),
    "ajuda": (PUBLICA, PUBLICA),
    "ajuda_enviada": (PUBLICA, SO_GET),
    "ajuda_sugestoes": (PUBLICA, SO_GET),
    "fechar_aviso": (SO_GET, (R,) * 6),
    "minhas_mensagens": (LOGADOS, SO_GET_LOGADO),
    "chamados": (LOGADOS, SO_GET_LOGADO),
    # Of the usuário alone: not even who acts for the same organisation reads it.
    "chamado": ((R, 404, 200, 404, 404, 404), (R, 404, 200, 404, 404, 404)),
    "chamado_por_link": (PUBLICA, PUBLICA),
    "arquivo_do_link": (
        (404,) * 6,
        (404,) * 6,
    ),  # no such file; test_arquivo_do_link.py goes on
    "manual": (PUBLICA, SO_GET),
    "manual_busca": (PUBLICA, SO_GET),
    "manual_perguntas": (PUBLICA, SO_GET),
    "manual_tudo": (PUBLICA, SO_GET),
    "manual_pagina": (PUBLICA, SO_GET),
    "consulta": (PUBLICA, SO_GET),
    "convenente": (PUBLICA, SO_GET),
    "historico": (PUBLICA, SO_GET),
    "documentos_exigidos": (PUBLICA, SO_GET),
    "documentos_exigidos_do_tipo": (PUBLICA, SO_GET),
    "emitir_crc": (SO_GET, (R,) * 6),
    "conferir_crc": (PUBLICA, SO_GET),
    "crc": (PUBLICA, SO_GET),
    "crc_pdf": (PUBLICA, SO_GET),
    "conferir_declaracao": (PUBLICA, SO_GET),
    "declaracao": (PUBLICA, SO_GET),
    "pedido_de_identidade": (PUBLICA, PUBLICA),
    "pedido_de_identidade_enviado": (PUBLICA, SO_GET),
    "account_login": ((200, R, R, R, R, R), (200, R, R, R, R, R)),
    "account_logout": ((R, 200, 200, 200, 200, 200), (R,) * 6),
    "account_inactive": (PUBLICA, SO_GET),
    "account_reauthenticate": (LOGADOS, LOGADOS),
    # Nobody answers at the address of gov.br here: the page says so. Without a state, coming back is refused.
    "govbr_entrar": (SO_GET, (503,) * 6),
    "govbr_volta": ((400,) * 6, SO_GET),
    "meus_dados": (LOGADOS, SO_GET_LOGADO),
    "copia_dos_dados": (LOGADOS, SO_GET_LOGADO),
    "pedido_do_titular": (LOGADOS, LOGADOS),
    "descartar_guardado": (BOTAO, BOTAO),
    "mfa_authenticate": ((R,) * 6, (R,) * 6),  # only between a right password and the second factor
    "mfa_reauthenticate": ((R,) * 6, (R,) * 6),  # everybody here has a password, which confirms
    "seguranca": (LOGADOS, SO_GET_LOGADO),
    "ativar_aplicativo": CONFIRMA,
    "adicionar_chave": CONFIRMA,
    "codigos_de_recuperacao": CONFIRMA,
    "remover_fator": CONFIRMA,
    "encerrar_sessao": (SO_GET_LOGADO, (R,) + (404,) * 5),  # nobody has this session
    "encerrar_outras_sessoes": (SO_GET_LOGADO, (R,) * 6),
    "sessao": (PUBLICA, SO_GET),
    "manter_sessao": (SO_GET, PUBLICA),
    "novo_usuario": (PUBLICA, PUBLICA),
    "novo_usuario_enviado": (PUBLICA, SO_GET),
    "recuperar_acesso": (PUBLICA, PUBLICA),
    "recuperar_acesso_enviado": (PUBLICA, SO_GET),
    "definir_senha": (PUBLICA, PUBLICA),
    "link_aberto": (SO_GET, (204,) * 6),
    "reenviar_link": (SO_GET, (R,) * 6),
    "aceitar_termo": ((R,) * 6, (R,) * 6),  # everybody here accepted the term in force
    "minha_conta": (LOGADOS, (R, R, R, R, R, R)),
    "alterar_senha": (LOGADOS, LOGADOS),
    # Nobody here has just retyped the password.
    "trocar_email": ((R,) * 6, (R,) * 6),
    "cancelar_troca_de_email": ((R,) * 6, (R,) * 6),
    "confirmar_email": (PUBLICA, (R,) * 6),
    "mudar_nome": (LOGADOS, LOGADOS),
    "minha_identidade": (LOGADOS, SO_GET_LOGADO),
    "visualizacoes": (LOGADOS, SO_GET_LOGADO),
    "orientacoes": (PUBLICA, SO_GET),
    "orientacoes_do_tipo": (PUBLICA, SO_GET),
    "orientacoes_fmas": ((301,) * 6, (301,) * 6),
    "orientacao_arquivo": (PUBLICA, SO_GET),
    "painel": (LOGADOS, SO_GET_LOGADO),
    "assinaturas_pendentes": (LOGADOS, SO_GET_LOGADO),
    "assinar_juntas": ((R,) * 6, (R,) * 6),  # nothing chosen: back to the list
    "primeiro_acesso": (LOGADOS, SO_GET_LOGADO),
    "avisos": (LOGADOS, (R,) * 6),
    "vencimentos": (MEMBROS, SO_GET_LOGADO),
    "calendario_criar": (BOTAO, MEMBROS),
    "calendario_desligar": (BOTAO, ACAO_MEMBROS),
    "calendario": (PUBLICA, SO_GET),
    "solicitacao_nova": (LOGADOS, LOGADOS),
    # A file of the request: who takes part reads it. The team reads only what was sent.
    "arquivo": (MEMBROS, SO_GET_LOGADO),
    "ver_arquivo": (MEMBROS, SO_GET_LOGADO),
    "previa": (MEMBROS, SO_GET_LOGADO),
    "miniatura": (MEMBROS, SO_GET_LOGADO),
    "arquivo_original": ((R, 404, 404, 404, 404, 404), SO_GET_LOGADO),
    # Only the module of our pages speaks here (tus); a person who just comes by has not said how.
    "transferencias": (SO_GET, (403, 412, 412, 412, 412, 412)),
    "transferencia": (SO_GET, SO_GET),
    "organizacao": (MEMBROS, SO_GET_LOGADO),
    # A request of somebody else to represent the organisation: who acts for it sees it; who asks has the own page.
    "alteracao_nova": (LOGADOS, LOGADOS),
    "alteracao": ((R, 404, 200, 200, 200, 404), (R, 404, 200, 200, 200, 404)),
    "renunciar": ((R, 404, 403, 403, 200, 404), (R, 404, 403, 403, 200, 404)),
    "equipe": (MEMBROS, SO_REPRESENTANTE),
    # Of the responsável: who ends the own link needs no reason.
    "equipe_desvincular": (GERENTES, (R, 404, 403, R, 200, 404)),
    "equipe_religar": (SO_REPRESENTANTE, SO_REPRESENTANTE),
    "equipe_reenviar": (BOTAO, ACAO_DO_REPRESENTANTE),
    "equipe_cancelar": (BOTAO, ACAO_DO_REPRESENTANTE),
    # Of the usuário, who was invited to be responsável.
    "convite_aceitar": (BOTAO, (R, 404, R, 404, 404, 404)),
    "convite_recusar": (BOTAO, (R, 404, R, 404, 404, 404)),
    "resolver": (BOTAO, ACAO_GERENTES),
    "atualizar_documentos": (BOTAO, ACAO_GERENTES),
    "atualizar_dados": (BOTAO, ACAO_GERENTES),
    "solicitacao": (MEMBROS, SO_GET_LOGADO),
    "solicitacao_continuar": (ACAO_MEMBROS, SO_GET_LOGADO),
    "solicitacao_cnpj": (MEMBROS, MEMBROS),
    "solicitacao_tipo": (MEMBROS, MEMBROS),
    "solicitacao_dados": (MEMBROS, MEMBROS),
    "solicitacao_endereco": (MEMBROS, MEMBROS),
    "solicitacao_representante": (GERENTES, GERENTES),
    "solicitacao_representante_reenviar": (BOTAO, ACAO_GERENTES),
    "solicitacao_pessoas": (GERENTES, GERENTES),
    "solicitacao_pessoa_retirar": (BOTAO, ACAO_GERENTES),
    "solicitacao_dirigentes": (MEMBROS, MEMBROS),
    "solicitacao_dirigente_retirar": (BOTAO, ACAO_MEMBROS),
    "solicitacao_adicionar": (MEMBROS, MEMBROS),
    "solicitacao_documentos": (MEMBROS, SO_GET_LOGADO),
    "solicitacao_usar_conferidos": (BOTAO, (R, 404, 403, 403, R, 404)),
    "solicitacao_documento": (MEMBROS, MEMBROS),
    # This document asks nothing and is not part of an update: there is nothing to answer or take out.
    "solicitacao_documento_resposta": (ACAO_MEMBROS, (R,) + (404,) * 5),
    "solicitacao_documento_alternativa": (ACAO_MEMBROS, MEMBROS),
    "solicitacao_documento_explicacao": (ACAO_MEMBROS, MEMBROS),
    "solicitacao_documento_datas": (BOTAO, ACAO_MEMBROS),
    "solicitacao_documento_retirar": (BOTAO, (R,) + (404,) * 5),
    "solicitacao_revisao": (MEMBROS, SO_GET_LOGADO),
    "solicitacao_encaminhar": (BOTAO, ACAO_GERENTES),
    "solicitacao_assinar": (ACAO_DO_REPRESENTANTE, ACAO_DO_REPRESENTANTE),
    "solicitacao_comprovante": (MEMBROS, SO_GET_LOGADO),
    "solicitacao_comprovante_pdf": (MEMBROS, SO_GET_LOGADO),
    "solicitacao_cancelar": (GERENTES, ACAO_GERENTES),
    "caixa_postal": (PUBLICA, PUBLICA),
}
# The admin: everybody else is sent to the sign-in page, so what the analysts and a superuser get says it all.
SO_LE = {
    "changelist": (200, 200),
    "history": (200, 200),
    "change": (200, 403),
    "add": (403, 403),
    "delete": (403, 403),
}
MUDA = SO_LE | {"change": (200, 200)}
FECHADO = dict.fromkeys(SO_LE, (403, 403))
EDITA = dict.fromkeys(SO_LE, (200, 200))
MODELOS = {
    "contas_usuario": SO_LE,
    "contas_convite": SO_LE,
    "contas_termo": SO_LE,
    "contas_aceitedetermo": SO_LE,
    "contas_pedidodotitular": MUDA,
    "correio_mensagem": SO_LE,
    "atendimento_contato": MUDA,
    "atendimento_chamado": SO_LE | {"change": (R, R)},  # as with requests
    "atendimento_respostapronta": EDITA,
    "atendimento_versaodapagina": SO_LE,
    "atendimento_avisodoportal": EDITA,
    "atendimento_diasemexpediente": EDITA,
    "documentos_documento": SO_LE,
    "documentos_arquivo": SO_LE | {"change": (200, R)},  # nothing is edited: the buttons act
    "documentos_pedidodeidentidade": MUDA,
    "documentos_orientacao": MUDA | {"add": (200, 200)},
    "convenentes_solicitacao": SO_LE | {"change": (R, R)},  # the stock form gives way to the desk
    "convenentes_convenente": MUDA,
    "convenentes_vinculo": SO_LE,
    "convenentes_convitedevinculo": SO_LE,
    "convenentes_certificado": SO_LE,
    "convenentes_municipio": SO_LE,
    "convenentes_fonte": SO_LE,
    "convenentes_resultadofonte": SO_LE,
    "convenentes_cargafonte": SO_LE,
    "convenentes_indisponibilidadefonte": SO_LE,
    "convenentes_excecao": SO_LE | {"add": (200, 200)},
    "convenentes_cargalegado": SO_LE,
    "convenentes_linhalegado": SO_LE,
    "convenentes_arquivolegado": SO_LE,
    "convenentes_analiseautomatica": SO_LE,
    "convenentes_aprovacaoautomatica": MUDA,
    # What the law, the office and the accounts stand on: superusers only.
    "contas_eventodeseguranca": FECHADO,
    "auth_group": FECHADO,
    "documentos_exigencia": FECHADO,
    "documentos_modelodeclaracao": FECHADO,
    "documentos_motivorecusa": FECHADO,
    "documentos_naturezajuridica": FECHADO,
    "documentos_norma": FECHADO,
    "documentos_tipoconvenente": FECHADO,
    "documentos_tipodocumento": FECHADO,
}
# What a superuser may do besides.
DA_CHEFIA = {
    "contas_eventodeseguranca": SO_LE,
    "contas_usuario": SO_LE | {"change": (200, R)},
    "contas_convite": SO_LE | {"add": (200, 200)},
    "contas_termo": SO_LE | {"add": (200, 200)},
    "convenentes_fonte": MUDA,
    "convenentes_analiseautomatica": MUDA | {"add": (200, 200)},
    "auth_group": EDITA,
    "documentos_exigencia": SO_LE | {"add": (200, 200)},
    "documentos_modelodeclaracao": SO_LE | {"add": (200, 200)},
    "documentos_motivorecusa": EDITA,
    "documentos_naturezajuridica": EDITA,
    "documentos_norma": SO_LE | {"add": (200, 200)},
    "documentos_orientacao": EDITA,
    "documentos_tipoconvenente": EDITA,
    "documentos_tipodocumento": EDITA,
}
PAGINAS = {
    "index": (200, 200),
    "mesa": (200, R),  # of a decided request: there is nothing left to act on
    "atender": (200, R),
    "estatisticas_do_atendimento": (200, 200),
    "editar_pagina": (200, 200),
    "consultas": (200, 200),
    "campanha": (200, 200),
    "campanha_sem_contato": (200, 405),
    "convites_do_legado": (200, 405),
    "convites_a_telefonar": (200, 405),
    "diferencas_do_legado": (200, 403),
    "relatorio_do_legado": (200, 405),
    "carregar_fonte": (200, 200),
    "declarar_indisponibilidade": (200, 200),
    "norma_efeito": (403, 403),
    "encerrar_vinculo": (200, 200),
    "prazo_do_mandato": (404, 404),  # the mandate of the scene has an end
    "autocomplete": (403, 405),
    "jsi18n": (200, 405),
    "password_change": (R, R),  # the portal has its own page
    "password_change_done": (200, 405),
    "pagina_retida": (404, 405),  # the file of the scene is not held
    "view_on_site": (404, 404),
    "app_list": (200, 200),
    "login": (R, R),
    "logout": (405, 200),
}
PAGINAS_DA_CHEFIA = {
    "norma_efeito": (200, 403),  # a published norm is not published again
    "diferencas_do_legado": (200, R),
}


@dataclass
class Cena:
    """One organisation with a draft, an update under way, a sent request, and somebody in every role."""

    clientes: dict[str, Client]
    argumentos: dict[str, tuple[object, ...]]


@pytest.fixture(scope="module")
def cena(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cena]:
    """The scene is made once; each request is undone, and in the end the scene too. Nobody reads a log of it."""
    logging.disable(logging.WARNING)
    with django_db_blocker.unblock(), transaction.atomic():
        yield _cena()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def _cliente(pessoa: Usuario | AnonymousUser) -> Client:
    cliente = Client()
    if isinstance(pessoa, Usuario):
        cliente.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    return cliente


def _cena() -> Cena:
    analista = usuario(is_staff=True)
    EventoDeSeguranca.objects.create(tipo=EventoDeSeguranca.Tipo.ENTROU, usuario=analista)
    grupos.sincronizar()
    grupos.incluir_na_equipe(analista)
    pessoas = {
        p: usuario() for p in ("estranho", "usuario", "responsavel", "representante", "ex_representante")
    }
    convenente = fabricas.convenente_ativo(
        "uniao", hoje(), analista, responsavel=pessoas["responsavel"], representante=pessoas["representante"]
    )
    Vinculo.objects.create(
        usuario=pessoas["usuario"], convenente=convenente, papel=PapelVinculo.USUARIO, periodo=(hoje(), None)
    )
    enviada = Solicitacao.objects.get(convenente=convenente, tipo=Solicitacao.Tipo.INSCRICAO)
    sucessora = usuario()
    (alterada,) = alteracao.pedir([convenente.cnpj], sucessora, uuid4(), mandatos.mandato(sucessora))
    pedidos.enviar(alterada)
    _ex_representante(pessoas["ex_representante"], enviada)
    convite_da_usuaria = ConviteDeVinculo.objects.create(
        convenente=convenente,
        papel=PapelVinculo.RESPONSAVEL,
        cpf=pessoas["usuario"].cpf,
        email=pessoas["usuario"].email,
        nome="x",
        criado_por=pessoas["representante"],
    )
    da_equipe = (convenente.uuid, convenente.vinculos.get(papel=PapelVinculo.RESPONSAVEL).uuid)
    atualizada = atualizacao.iniciar_documentos(convenente, pessoas["responsavel"], uuid4())
    rascunho = _rascunho(pessoas)
    item = next(i for i in itens.do_pedido(rascunho) if itens.anexado(i))
    fabricas.anexar(item, pessoas["responsavel"], hoje())
    item.refresh_from_db()
    assert item.documento is not None
    arquivo = item.documento.arquivos.get()
    ajudante = (
        rascunho.participantes.filter(papel=PapelVinculo.USUARIO).exclude(cpf=pessoas["usuario"].cpf).get()
    )
    certificado = crc.emitir(convenente, hoje(), uuid4())
    _cadastros_externos(convenente, analista)
    do_legado = _carga_do_legado()
    AnaliseAutomatica.objects.create(tipo_documento=TipoDocumento.objects.get(codigo="cnd_federal"))
    AprovacaoAutomatica.objects.create(
        decisao=Decisao.objects.filter(item__isnull=False).earliest("pk"),
        motivos=["x"],
        versao="1",
        sorteada=True,
    )
    Excecao.objects.create(
        convenente=convenente,
        codigo="cafimp",
        lei="Lei 1",
        motivo="x",
        periodo=(hoje(), None),
        registrada_por=analista,
    )
    convite()
    PedidoDoTitular.objects.create(usuario=pessoas["estranho"], tipo=PedidoDoTitular.Tipo.CORRECAO)
    PedidoDeIdentidade.objects.create(
        cpf=cpf_ficticio(999_999),
        nome="Ana",
        email="a@example.org",
        telefone="",
        documento=certificado.pdf,
        selfie=certificado.pdf,
    )
    orientacao = Orientacao.objects.create(titulo="Modelo", arquivo=certificado.pdf)
    chamado = fabricas_de_chamados.chamado(pessoas["usuario"], convenente=convenente)
    link = enderecos.caminho(fabricas_de_chamados.chamado()).rstrip("/").rsplit("/", 1)[1]
    manual.publicar("consulta/glossario", analista, 0, "x", "x", "x")
    AvisoDoPortal.objects.create(texto="x", ate=timezone.now() + timedelta(days=1))
    DiaSemExpediente.objects.create(dia=hoje(), motivo="x")
    chefe = usuario(is_staff=True, is_superuser=True)
    clientes = {"anonimo": _cliente(AnonymousUser()), "analista": _cliente(analista)}
    clientes["administradora"] = _cliente(chefe)
    clientes |= {papel: _cliente(pessoa) for papel, pessoa in pessoas.items()}
    pedido, do_item = (rascunho.uuid,), (rascunho.uuid, item.uuid)
    argumentos: dict[str, tuple[object, ...]] = {
        "convenente": (convenente.cnpj,),
        "historico": (convenente.cnpj,),
        "documentos_exigidos_do_tipo": ("osc",),
        "orientacoes_do_tipo": ("osc",),
        "orientacao_arquivo": (orientacao.uuid,),
        "manual_pagina": ("consulta/glossario",),
        "admin:editar_pagina": ("consulta/glossario",),
        "fechar_aviso": (uuid4(),),
        "emitir_crc": (convenente.cnpj,),
        "crc": (certificado.codigo,),
        "crc_pdf": (certificado.codigo,),
        "declaracao": (Assinatura.objects.earliest("id").codigo,),
        "arquivo": (arquivo.uuid,),
        "ver_arquivo": (arquivo.uuid,),
        "previa": (arquivo.uuid, 1),
        "miniatura": (arquivo.uuid,),
        "arquivo_original": (arquivo.uuid,),
        "transferencia": (uuid4(),),
        "vencimentos": (convenente.uuid,),
        "calendario_criar": (convenente.uuid,),
        "calendario_desligar": (convenente.uuid,),
        "calendario": (calendario.criar_endereco(pessoas["usuario"], convenente, timezone.now()),),
        "organizacao": (convenente.uuid,),
        "alteracao": (alterada.uuid,),
        "renunciar": (convenente.uuid,),
        "equipe": (convenente.uuid,),
        "equipe_desvincular": da_equipe,
        "equipe_religar": da_equipe,
        "equipe_reenviar": (convenente.uuid, convite_da_usuaria.uuid),
        "equipe_cancelar": (convenente.uuid, convite_da_usuaria.uuid),
        "convite_aceitar": (convite_da_usuaria.uuid,),
        "convite_recusar": (convite_da_usuaria.uuid,),
        "admin:encerrar_vinculo": (da_equipe[1],),
        "resolver": (convenente.uuid, "cnd_federal"),
        "atualizar_documentos": (convenente.uuid,),
        "atualizar_dados": (convenente.uuid,),
        "solicitacao_pessoa_retirar": (rascunho.uuid, ajudante.uuid),
        "solicitacao_adicionar": (atualizada.uuid,),
        "solicitacao_comprovante": (enviada.uuid,),
        "solicitacao_comprovante_pdf": (enviada.uuid,),
        "admin:mesa": (enviada.uuid,),
        "admin:pagina_retida": (arquivo.uuid, 1),
        "admin:app_list": ("convenentes",),
        "admin:view_on_site": (0, 0),
        "admin:diferencas_do_legado": (do_legado.uuid,),
        "admin:relatorio_do_legado": (do_legado.uuid, "linhas.csv"),
        "admin:consultas": (convenente.uuid,),
        "admin:prazo_do_mandato": (convenente.uuid,),
        "admin:norma_efeito": (Norma.objects.get().pk,),
        "confirmar_email": (_segredo_da_troca(pessoas["usuario"]),),
        "definir_senha": (_segredo(),),
        "encerrar_sessao": (uuid4(),),
        "remover_fator": ("aplicativo",),
        "link_aberto": (_segredo(),),
        "chamado": (chamado.uuid,),
        "chamado_por_link": (link,),
        "arquivo_do_link": (link, uuid4()),
        "admin:atender": (chamado.uuid,),
        "reenviar_link": (_segredo(),),
    }
    for nome in TABELA:
        if nome.startswith("solicitacao_documento") and nome != "solicitacao_documentos":
            argumentos[nome] = do_item
        elif nome.startswith("solicitacao") and nome != "solicitacao_nova":
            argumentos.setdefault(nome, pedido)
    return Cena(clientes, argumentos)


def _ex_representante(pessoa: Usuario, inscricao: Solicitacao) -> None:
    """Somebody who represented the organisation until today, and has taken part in the inscription."""
    assert inscricao.convenente is not None
    Vinculo.objects.create(
        usuario=pessoa,
        convenente=inscricao.convenente,
        papel=PapelVinculo.REPRESENTANTE,
        periodo=(hoje().replace(year=2020), hoje().replace(year=2021)),
    )
    Participante.objects.create(
        solicitacao=inscricao,
        papel=PapelVinculo.USUARIO,
        cpf=pessoa.cpf,
        nome="x",
        email=pessoa.email,
        usuario=pessoa,
        criado_por=pessoa,
    )


def _cadastros_externos(convenente: Convenente, analista: Usuario) -> None:
    """A file that was loaded and a register that is out."""
    linhas = f"cnpj;situacao;data\n{convenente.cnpj};Normal;{hoje():%d/%m/%Y}\n"
    carga.carregar("siafi_mg", Recebido("siafi.csv", linhas.encode()), hoje(), CargaFonte.Origem.COMANDO)
    siafi = Fonte.objects.filter(codigo="siafi_mg")
    indisponibilidade.declarar(siafi, hoje(), hoje(), "Aviso do órgão", analista, hoje())


def _carga_do_legado() -> CargaLegado:
    """A load with a row that was left out and a file that is not there."""
    feita = CargaLegado.objects.create(origem="x", sha256="x", quem="x", concluida_em=timezone.now())
    LinhaLegado.objects.create(carga=feita, arquivo="pessoas", linha=2, resultado="rejeitada", motivo="x")
    ArquivoLegado.objects.create(carga=feita, nome="x.pdf", estado=ArquivoLegado.Estado.AUSENTE)
    return feita


def _rascunho(pessoas: dict[str, Usuario]) -> Solicitacao:
    rascunho = fabricas.rascunho_de("osc", responsavel=pessoas["responsavel"])
    fabricas.nomear(rascunho, pessoas["representante"], hoje())
    for pessoa in (pessoas["usuario"], usuario()):
        convidar_usuario(
            rascunho,
            pessoas["responsavel"],
            cpf=pessoa.cpf,
            nome=pessoa.nome,
            email=pessoa.email,
            chave_envio=uuid4(),
        )
    rascunho.refresh_from_db()
    return rascunho


def _segredo() -> str:
    from contas.convites import novo_link

    return novo_link(convite()).rstrip("/").rsplit("/", 1)[1]


def _segredo_da_troca(pessoa: Usuario) -> str:
    troca = troca_de_email.pedir(pessoa, "outro@example.org", uuid4())
    return troca_de_email.novo_link(troca).rstrip("/").rsplit("/", 1)[1]


def _nomes(padroes: list[URLPattern | URLResolver], prefixo: str = "") -> set[str]:
    nomes: set[str] = set()
    for padrao in padroes:
        if isinstance(padrao, URLResolver):
            espaco = f"{prefixo}{padrao.namespace}:" if padrao.namespace else prefixo
            nomes |= _nomes(padrao.url_patterns, espaco)
        else:
            nomes.add(prefixo + str(padrao.name))
    return nomes


def test_every_address_is_in_the_table() -> None:
    proprias = {nome for nome in _nomes(get_resolver().url_patterns) if not nome.startswith("admin:")}
    # Without the embedded mailbox its pages do not exist; its second page needs a mail to open.
    assert proprias - {"caixa_postal", "caixa_postal_mensagem"} == set(TABELA) - {"caixa_postal"}


def test_every_group_of_the_team_has_a_person_in_the_scene(cena: Cena) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(GRUPOS.values())
    assert set(cena.clientes) == {*PAPEIS, *COMO}


def test_every_address_answers_each_person_as_the_table_says(cena: Cena) -> None:
    erros = []
    existentes = _nomes(get_resolver().url_patterns)
    for nome in TABELA.keys() & existentes:
        endereco = reverse(nome, args=cena.argumentos.get(nome, ()))
        for metodo, por_papel in zip(("get", "post"), TABELA[nome], strict=True):
            esperados = dict(zip(PAPEIS, por_papel, strict=True))
            esperados |= {papel: esperados[igual] for papel, igual in COMO.items()}
            for papel, esperado in esperados.items():
                obtido = _pedir(cena.clientes[papel], metodo, endereco)
                if obtido != esperado:
                    erros.append(f"{metodo} {nome} as {papel}: {obtido}, expected {esperado}")
    assert not erros, "\n".join(erros)


def test_every_address_of_the_admin_is_in_the_tables() -> None:
    do_admin = {
        n.removeprefix("admin:") for n in _nomes(get_resolver().url_patterns) if n.startswith("admin:")
    }
    dos_modelos = {f"{modelo}_{pagina}" for modelo, paginas in MODELOS.items() for pagina in paginas}
    # "None": stock redirects of old addresses, and the page that says that nothing is there.
    assert do_admin - {"None"} == dos_modelos | set(PAGINAS)


def test_the_admin_opens_to_the_team_only_and_as_far_as_the_tables_say(cena: Cena) -> None:
    erros = []
    for nome, args, da_equipe, da_chefia in _paginas_do_admin(cena):
        endereco = reverse(f"admin:{nome}", args=args)
        for papel, cliente in cena.clientes.items():
            fora = (403, 403) if nome == "login" and papel != "anonimo" else (R, R)  # no password is the way
            esperados = {"administradora": da_chefia, **dict.fromkeys(GRUPOS, da_equipe)}.get(papel, fora)
            obtidos = tuple(_pedir(cliente, metodo, endereco) for metodo in ("get", "post"))
            if obtidos != esperados:
                erros.append(f"{nome} as {papel}: {obtidos}, expected {esperados}")
    assert not erros, "\n".join(erros)


Codigos = tuple[int, int]


def _paginas_do_admin(cena: Cena) -> Iterator[tuple[str, tuple[object, ...], Codigos, Codigos]]:
    """Every page of the admin, its arguments, and what GET and POST give to the analysts and to a superuser."""
    for nome, codigos in PAGINAS.items():
        yield nome, cena.argumentos.get(f"admin:{nome}", ()), codigos, PAGINAS_DA_CHEFIA.get(nome, codigos)
    for modelo, paginas in MODELOS.items():
        pk = _linha_de(modelo).pk
        for pagina, codigos in paginas.items():
            argumentos = () if pagina in {"changelist", "add"} else (pk,)
            yield f"{modelo}_{pagina}", argumentos, codigos, DA_CHEFIA.get(modelo, paginas)[pagina]


# What not even a superuser edits: the history, and what was published or accepted.
HISTORIA = (
    "contas_convite",
    "contas_termo",
    "contas_aceitedetermo",
    "contas_eventodeseguranca",
    "correio_mensagem",
    "documentos_documento",
    "documentos_modelodeclaracao",
    "convenentes_vinculo",
    "convenentes_convitedevinculo",
    "convenentes_certificado",
    "convenentes_municipio",
    "convenentes_resultadofonte",
    "convenentes_cargafonte",
    "convenentes_indisponibilidadefonte",
    "convenentes_excecao",
    "convenentes_cargalegado",
    "convenentes_linhalegado",
    "convenentes_arquivolegado",
    "documentos_norma",
    "documentos_exigencia",
)


@pytest.mark.parametrize("modelo", HISTORIA)
def test_not_even_a_superuser_edits_or_deletes_history(cena: Cena, modelo: str) -> None:
    chefe, linha = _cliente(usuario(is_staff=True, is_superuser=True)), _linha_de(modelo)
    antes = type(linha).objects.filter(pk=linha.pk).values().get()  # type: ignore[attr-defined]
    assert _pedir(chefe, "get", reverse(f"admin:{modelo}_change", args=[linha.pk])) == 200
    for pagina in ("change", "delete"):
        endereco = reverse(f"admin:{modelo}_{pagina}", args=[linha.pk])
        assert chefe.post(endereco, {"post": "yes", "texto": "Outro"}).status_code == 403
    envio = {"action": "delete_selected", "_selected_action": [linha.pk], "post": "yes"}
    chefe.post(reverse(f"admin:{modelo}_changelist"), envio)
    assert type(linha).objects.filter(pk=linha.pk).values().get() == antes  # type: ignore[attr-defined]


def test_decisions_and_events_are_in_no_form_of_the_admin() -> None:
    registrados = {modelo._meta.label for modelo in admin.site._registry}
    assert not registrados & {
        "convenentes.Decisao",
        "convenentes.EventoSolicitacao",
        "convenentes.Comprovacao",
    }


def test_a_person_whose_link_ended_is_an_outsider_at_once(cena: Cena) -> None:
    painel = cena.clientes["usuario"]
    endereco = reverse("solicitacao_adicionar", args=cena.argumentos["solicitacao_adicionar"])
    assert _pedir(painel, "get", endereco) == 200
    with transaction.atomic():
        Vinculo.objects.filter(papel=PapelVinculo.USUARIO).update(periodo=(hoje().replace(year=2020), hoje()))
        assert _pedir(painel, "get", endereco) == 404
        transaction.set_rollback(True)


def _linha_de(modelo: str) -> Model:
    """A real row of a registered model; of what is edited in a request, the first."""
    (classe,) = (m for m in admin.site._registry if m._meta.label_lower.replace(".", "_") == modelo)
    linhas = classe._default_manager.order_by("pk")
    if modelo == "convenentes_solicitacao":
        linhas = linhas.exclude(enviada_em=None)
    linha: Model | None = linhas.first()
    assert linha is not None, modelo
    return linha


def _pedir(cliente: Client, metodo: str, endereco: str) -> int:
    """Ask for a page and undo whatever it did: rows, session, counted attempts. A GET does nothing."""
    biscoitos = dict(cliente.cookies.items())
    if metodo == "get":
        codigo = _codigo(cliente.get(endereco))
    else:
        cache.clear()
        with transaction.atomic():
            codigo = _codigo(cliente.post(endereco))
            transaction.set_rollback(True)
    cliente.cookies.clear()
    cliente.cookies.update(biscoitos)
    return codigo


def _codigo(resposta: Any) -> int:
    if hasattr(resposta, "streaming_content"):
        list(resposta.streaming_content)
    codigo: int = resposta.status_code
    return codigo

"""Who reads a file: every folder and every state of its request, for every kind of person.

The bytes are not there: whoever passes the door finds that out, and the others find no door.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from cagec.tempo import hoje
from contas import grupos
from contas.fabricas import cpf_ficticio, usuario
from contas.models import Usuario
from convenentes import atualizacao
from convenentes.models import (
    CargaFonte,
    Convenente,
    Fonte,
    ItemSolicitacao,
    PapelVinculo,
    ResultadoFonte,
    Solicitacao,
    Vinculo,
)
from documentos.models import (
    Arquivo,
    Documento,
    PastaDigital,
    PastaPessoal,
    PedidoDeIdentidade,
)
from tests.convenentes.telas import apoio
from tests.documentos import apoio as apoio_de_documentos

Estado = Solicitacao.Estado
EQUIPE = {"analista", "administradora"}
EDITAM = {"usuario", "responsavel", "representante"}
# Of those who act for the organisation, by kind of document.
LEEM = {"comum": EDITAM, "sigiloso": {"responsavel", "representante"}, "pessoal": {"representante"}}

# Who reads a file of an inscription, by state: who takes part, until the approval leaves it to the links.
DA_INSCRICAO = {
    Estado.RASCUNHO: EDITAM,
    Estado.AGUARDANDO_ASSINATURA: EDITAM,
    Estado.EM_ANALISE: EDITAM | EQUIPE,
    Estado.COM_PENDENCIA: EDITAM | EQUIPE,
    Estado.APROVADA: EQUIPE,
    Estado.APROVADA_PARCIALMENTE: EQUIPE,
    Estado.INDEFERIDA: EDITAM | EQUIPE,
    Estado.CANCELADA: EDITAM,
    Estado.EXPIRADA: EDITAM | EQUIPE,
}
NAO_ENVIADOS = {Estado.RASCUNHO, Estado.AGUARDANDO_ASSINATURA, Estado.CANCELADA}


@dataclass
class Cena:
    """An organisation and the draft of another, with the same people, and somebody who represented both once."""

    pessoas: dict[str, Usuario]
    clientes: dict[str, Client]
    convenente: Convenente
    rascunho: Solicitacao
    atualizacao: Solicitacao


@pytest.fixture(scope="module")
def cena(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cena]:
    logging.disable(logging.ERROR)
    with django_db_blocker.unblock(), transaction.atomic():
        yield _cena()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _desfazer(cena: Cena, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _cena() -> Cena:
    pessoas = {p: usuario() for p in ("estranho", "ex_representante", *sorted(EDITAM))}
    pessoas["analista"] = usuario(is_staff=True)
    pessoas["administradora"] = usuario(is_staff=True, is_superuser=True)
    grupos.sincronizar()
    grupos.incluir_na_equipe(pessoas["analista"])
    convenente = apoio.organizacao(pessoas["representante"])
    rascunho = apoio.nova_inscricao(pessoas["responsavel"])
    for papel in (PapelVinculo.RESPONSAVEL, PapelVinculo.USUARIO):
        apoio.vincular(convenente, pessoas[papel], papel)
    for papel in (PapelVinculo.REPRESENTANTE, PapelVinculo.USUARIO):
        apoio.participar(rascunho, pessoas[papel], papel)
    Vinculo.objects.create(
        usuario=pessoas["ex_representante"],
        convenente=convenente,
        papel=PapelVinculo.REPRESENTANTE,
        periodo=(hoje().replace(year=2010), hoje().replace(year=2011)),
    )
    clientes = {papel: apoio.entrar(pessoa) for papel, pessoa in pessoas.items()}
    clientes["anonimo"] = apoio.entrar(None)
    pedido = atualizacao.iniciar_documentos(convenente, pessoas["responsavel"], uuid4())
    return Cena(pessoas, clientes, convenente, rascunho, pedido)


def _arquivo(pasta: PastaDigital | None = None, tipo: str = "comum", por: Usuario | None = None) -> Arquivo:
    arquivo = Arquivo.objects.create(
        nome="x.pdf",
        chave=uuid4().hex,
        tipo_midia="application/pdf",
        tamanho=1,
        sha256="0" * 64,
        estado=Arquivo.Estado.PRONTO,
        enviado_por=por,
    )
    if pasta is not None:
        do_tipo = apoio_de_documentos.tipo(sigiloso=tipo != "comum", pessoal=tipo == "pessoal")
        Documento.objects.create(tipo=do_tipo, pasta=pasta).arquivos.add(arquivo)
    return arquivo


def _item(pedido: Solicitacao, arquivo: Arquivo) -> None:
    """Make the file the answer to an item of the request."""
    documento = arquivo.documentos.get()
    ItemSolicitacao.objects.create(solicitacao=pedido, tipo_documento=documento.tipo, documento=documento)


def _leem(cena: Cena, arquivo: Arquivo) -> set[str]:
    """Who gets past the door, by every address. The others get 404, or are asked to sign in; no POST works."""
    enderecos = [
        reverse("arquivo", args=[arquivo.uuid]),
        reverse("ver_arquivo", args=[arquivo.uuid]),
        reverse("previa", args=[arquivo.uuid, 1]),
    ]
    leem = set()
    for papel, cliente in cena.clientes.items():
        for endereco in enderecos:
            assert cliente.post(endereco).status_code == (302 if papel == "anonimo" else 405)
        abertos = [
            _abre(cliente, endereco, fora=302 if papel == "anonimo" else 404) for endereco in enderecos
        ]
        assert len(set(abertos)) == 1
        leem |= {papel} if abertos[0] else set()
    return leem


def _abre(cliente: Client, endereco: str, fora: int) -> bool:
    """Tell whether the address gives what it has; else it answers ``fora``."""
    try:
        codigo = cliente.get(endereco).status_code
    except FileNotFoundError:
        return True
    assert codigo in {200, fora}
    return codigo == 200


def _no_estado(pedido: Solicitacao, estado: str, convenente: Convenente | None = None) -> None:
    campos: dict[str, object] = {"estado": estado}
    if estado not in NAO_ENVIADOS:
        campos |= {"protocolo": "2026.999999", "enviada_em": timezone.now(), "convenente": convenente}
    Solicitacao.objects.filter(pk=pedido.pk).update(**campos)


@pytest.mark.parametrize("estado", Estado)
@pytest.mark.parametrize("tipo", LEEM)
def test_a_file_of_an_inscription(cena: Cena, estado: Solicitacao.Estado, tipo: str) -> None:
    outra = apoio.organizacao(usuario(), 99888777)
    _no_estado(cena.rascunho, estado, outra)
    arquivo = _arquivo(cena.rascunho.pasta, tipo)
    _item(cena.rascunho, arquivo)
    assert _leem(cena, arquivo) == DA_INSCRICAO[estado] & (LEEM[tipo] | EQUIPE)


def test_a_file_that_was_replaced_before_it_was_sent_is_not_the_teams(cena: Cena) -> None:
    arquivo = _arquivo(cena.rascunho.pasta)
    _no_estado(cena.rascunho, Estado.EM_ANALISE, apoio.organizacao(usuario(), 99888777))
    assert _leem(cena, arquivo) == EDITAM


@pytest.mark.parametrize("estado", Estado)
@pytest.mark.parametrize("tipo", LEEM)
def test_a_file_of_an_update(cena: Cena, estado: Solicitacao.Estado, tipo: str) -> None:
    """Who acts for the organisation reads it in every state; the team, once the update was sent."""
    _no_estado(cena.atualizacao, estado, cena.convenente)
    arquivo = _arquivo(cena.convenente.pasta, tipo)
    _item(cena.atualizacao, arquivo)
    equipe = set() if estado in NAO_ENVIADOS else EQUIPE
    assert _leem(cena, arquivo) == LEEM[tipo] | equipe


def test_a_file_of_an_update_not_sent_is_not_the_teams_though_another_one_was(cena: Cena) -> None:
    outro = atualizacao.iniciar_dados(cena.convenente, cena.pessoas["responsavel"], uuid4())
    _no_estado(outro, Estado.APROVADA, cena.convenente)
    arquivo = _arquivo(cena.convenente.pasta)
    _item(cena.atualizacao, arquivo)
    assert _leem(cena, arquivo) == EDITAM


@pytest.mark.parametrize("papel", sorted(EDITAM))
def test_who_sent_a_file_and_acts_no_more_does_not_read_it(cena: Cena, papel: str) -> None:
    arquivo = _arquivo(cena.convenente.pasta, por=cena.pessoas[papel])
    Vinculo.objects.filter(usuario=cena.pessoas[papel]).delete()
    assert papel not in _leem(cena, arquivo)


def test_a_usuario_reads_the_sensitive_file_that_he_sent_himself(cena: Cena) -> None:
    for tipo, leem in LEEM.items():
        arquivo = _arquivo(cena.convenente.pasta, tipo, por=cena.pessoas["usuario"])
        assert _leem(cena, arquivo) == leem | {"usuario"}


def test_a_file_in_no_folder_is_read_by_who_sent_it(cena: Cena) -> None:
    assert _leem(cena, _arquivo(por=cena.pessoas["estranho"])) == {"estranho"}


def test_a_file_at_rest_in_a_personal_folder_is_read_by_its_person_and_the_team(cena: Cena) -> None:
    pasta = PastaDigital.objects.create()
    PastaPessoal.objects.create(usuario=cena.pessoas["responsavel"], pasta=pasta)
    assert _leem(cena, _arquivo(pasta, "pessoal", por=cena.pessoas["estranho"])) == {"responsavel"} | EQUIPE


def test_an_identity_request_is_read_by_the_team(cena: Cena) -> None:
    arquivo = _arquivo()
    PedidoDeIdentidade.objects.create(
        cpf=cpf_ficticio(999_998),
        nome="Ana",
        email="a@example.org",
        telefone="",
        documento=arquivo,
        selfie=arquivo,
    )
    assert _leem(cena, arquivo) == EQUIPE


def test_what_a_register_said_is_read_by_the_team(cena: Cena) -> None:
    carga, consulta = _arquivo(), _arquivo()
    fonte = Fonte.objects.get(codigo="cadin_mg")
    ResultadoFonte.objects.create(
        convenente=cena.convenente,
        fonte=fonte,
        resultado="sem_restricao",
        consultado_em=hoje(),
        evidencia=consulta,
        registrado_por=cena.pessoas["analista"],
    )
    CargaFonte.objects.create(
        cadastro="cadin_mg", referencia=hoje(), sha256="0" * 64, evidencia=carga, linhas=1, origem="comando"
    )
    assert _leem(cena, carga) == _leem(cena, consulta) == EQUIPE

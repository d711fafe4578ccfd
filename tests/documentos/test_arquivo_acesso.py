"""Who may read a file: who sent it, who acts for the organisation today, and the team once it was sent."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cagec.tempo import hoje
from contas import fabricas as contas
from contas.grupos import incluir_na_equipe
from contas.models import Usuario
from convenentes.models import ItemSolicitacao, PapelVinculo, Solicitacao, Vinculo
from documentos.models import Arquivo, Documento, PastaDigital, PastaPessoal
from tests.convenentes.telas import apoio as telas
from tests.documentos import apoio

pytestmark = pytest.mark.django_db


def _analista() -> Usuario:
    analista = contas.usuario(is_staff=True)
    incluir_na_equipe(analista)
    return analista


def _arquivo(pasta: PastaDigital | None = None, *, sigiloso: bool = False) -> Arquivo:
    """A row without bytes: who may read it is all that matters here."""
    arquivo = Arquivo.objects.create(
        nome="x.pdf",
        chave=uuid4().hex,
        tipo_midia="application/pdf",
        tamanho=1,
        sha256="0" * 64,
        enviado_por=contas.usuario(),
        estado=Arquivo.Estado.PRONTO,
    )
    if pasta:
        documento = Documento.objects.create(tipo=apoio.tipo(sigiloso=sigiloso), pasta=pasta)
        documento.arquivos.add(arquivo)
    return arquivo


def _le(quem: Usuario | Client, arquivo: Arquivo) -> bool:
    """Whether the door opens. Behind it there are no bytes: their absence is past the door."""
    cliente = quem if isinstance(quem, Client) else apoio.entrar(quem)
    endereco = reverse("arquivo", args=[arquivo.uuid])
    try:
        return cliente.get(endereco).status_code != 404
    except FileNotFoundError:
        return True


def test_who_sent_it_reads_it_and_nobody_else() -> None:
    arquivo = _arquivo()
    assert arquivo.enviado_por is not None
    assert _le(arquivo.enviado_por, arquivo)
    assert not _le(contas.usuario(), arquivo)
    assert not _le(_analista(), arquivo)


def test_the_owner_of_a_personal_folder_reads_what_is_in_it() -> None:
    dona, pasta = contas.usuario(), PastaDigital.objects.create()
    PastaPessoal.objects.create(usuario=dona, pasta=pasta)
    arquivo = _arquivo(pasta, sigiloso=True)
    assert _le(dona, arquivo)
    assert not _le(contas.usuario(), arquivo)


@pytest.mark.parametrize("papel", PapelVinculo)
def test_who_acts_for_the_organisation_today_reads_its_files(papel: str) -> None:
    convenente, pessoa = telas.organizacao(contas.usuario()), contas.usuario()
    arquivo = _arquivo(convenente.pasta)
    cliente = apoio.entrar(pessoa)
    assert not _le(cliente, arquivo)
    if papel == PapelVinculo.REPRESENTANTE:
        Vinculo.objects.filter(convenente=convenente).delete()
    telas.vincular(convenente, pessoa, papel)
    assert _le(cliente, arquivo)


@pytest.mark.parametrize("periodo", ["acabou ontem", "começa amanhã"])
def test_a_link_that_does_not_hold_today_closes_the_door_at_the_next_request(periodo: str) -> None:
    convenente, pessoa = telas.organizacao(contas.usuario()), contas.usuario()
    vinculo = telas.vincular(convenente, pessoa, PapelVinculo.RESPONSAVEL)
    arquivo, cliente = _arquivo(convenente.pasta), apoio.entrar(pessoa)
    assert _le(cliente, arquivo)
    amanha = hoje() + timedelta(days=1)
    vinculo.periodo = (date(2020, 1, 1), hoje()) if periodo == "acabou ontem" else (amanha, None)
    vinculo.save()
    assert not _le(cliente, arquivo)


def test_an_invited_usuario_does_not_read_identity_and_selfie() -> None:
    convenente = telas.organizacao(contas.usuario())
    convidado, responsavel = contas.usuario(), contas.usuario()
    telas.vincular(convenente, convidado, PapelVinculo.USUARIO)
    telas.vincular(convenente, responsavel, PapelVinculo.RESPONSAVEL)
    arquivo = _arquivo(convenente.pasta, sigiloso=True)
    assert not _le(convidado, arquivo)
    assert _le(responsavel, arquivo)


def test_who_takes_part_in_a_request_reads_its_files_until_taken_out() -> None:
    elenco = telas.elenco()
    arquivo, cliente = _arquivo(elenco.solicitacao.pasta), apoio.entrar(elenco.usuario)
    assert _le(cliente, arquivo)
    elenco.solicitacao.participantes.filter(usuario=elenco.usuario).delete()
    assert not _le(cliente, arquivo)
    assert not _le(elenco.estranho, arquivo)


def test_the_team_reads_only_what_was_sent() -> None:
    elenco, analista = telas.elenco(), apoio.entrar(_analista())
    arquivo = _arquivo(elenco.solicitacao.pasta)
    ItemSolicitacao.objects.create(
        solicitacao=elenco.solicitacao, tipo_documento=apoio.tipo(), documento=arquivo.documentos.get()
    )
    assert not _le(analista, arquivo)
    Solicitacao.objects.filter(pk=elenco.solicitacao.pk).update(
        estado=Solicitacao.Estado.EM_ANALISE,
        protocolo="2026.999999",
        enviada_em=timezone.now(),
        convenente=telas.organizacao(elenco.representante),
    )
    assert _le(analista, arquivo)


def test_staff_without_the_permission_reads_nothing() -> None:
    elenco = telas.elenco()
    arquivo = _arquivo(elenco.solicitacao.pasta)
    Solicitacao.objects.filter(pk=elenco.solicitacao.pk).update(enviada_em=timezone.now())
    assert not _le(contas.usuario(is_staff=True), arquivo)

"""What the upper floors add to the copy of a person's data and to the erasure."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cagec.tempo import hoje
from contas import fabricas as contas
from contas import titular
from contas.anonimizacao import anonimizar
from contas.meus_dados import categorias
from contas.models import Usuario
from contas.titular import NaoPodeDecidir
from convenentes import fabricas
from convenentes.models import PapelVinculo, Participante, Solicitacao, Vinculo
from documentos import guarda
from documentos.models import Assinatura, AssinaturaDigital, PedidoDeIdentidade

pytestmark = pytest.mark.django_db


def registros(pessoa: Usuario, nome: str) -> list[dict[str, object]]:
    (categoria,) = [c for c in categorias if c.nome == nome]
    return list(categoria.colher(pessoa))


def test_the_copy_tells_links_participations_files_and_signatures() -> None:
    responsavel, representante = contas.usuario(), contas.usuario()
    convenente = fabricas.convenente_ativo(
        "uniao", hoje(), contas.usuario(is_staff=True), responsavel=responsavel, representante=representante
    )
    (vinculo,) = registros(representante, "Vínculos com organizações")
    assert vinculo["Organização"] == str(convenente)
    assert vinculo["Papel"] == "Representante legal"
    assert (
        len(registros(representante, "Assinaturas"))
        == Assinatura.objects.filter(usuario=representante).count()
        > 0
    )
    assert registros(responsavel, "Arquivos que você enviou")
    assert registros(representante, "Participação em solicitações")
    assert registros(contas.usuario(), "Vínculos com organizações") == []


@pytest.mark.parametrize("inicio", [0, 30])
def test_who_acts_for_an_organisation_now_or_later_is_not_erased(inicio: int, dono: None) -> None:
    pessoa = contas.usuario()
    convenente = fabricas.convenente_ativo("uniao", hoje(), contas.usuario(is_staff=True))
    vinculo = Vinculo.objects.create(
        usuario=pessoa,
        convenente=convenente,
        papel=PapelVinculo.USUARIO,
        periodo=(hoje() + timedelta(days=inicio), None),
    )
    with pytest.raises(NaoPodeDecidir, match="tem vínculo"):
        anonimizar(pessoa)
    Vinculo.objects.filter(pk=vinculo.pk).update(periodo=(hoje() - timedelta(days=30), hoje()))
    anonimizar(pessoa)


def test_a_draft_under_way_holds_the_erasure_back_and_one_that_was_cancelled_is_emptied(dono: None) -> None:
    pessoa = contas.usuario(nome_civil="Zulmira Única")
    rascunho = fabricas.rascunho_de("uniao")
    fabricas.nomear(rascunho, pessoa, hoje())
    pedido = titular.pedir(pessoa, "eliminacao", "", uuid4())
    with pytest.raises(NaoPodeDecidir, match="solicitação aberta"):
        titular.decidir(pedido, contas.usuario(is_staff=True), atendido=True, resposta="Sim.")
    Solicitacao.objects.filter(pk=rascunho.pk).update(estado=Solicitacao.Estado.CANCELADA)
    anonimizar(pessoa)
    dela = str(list(Participante.objects.filter(usuario=pessoa).values()))
    assert "Zulmira" not in dela
    assert pessoa.cpf not in dela


def test_the_photos_of_an_identity_request_leave_the_storage(dono: None) -> None:
    pessoa = contas.usuario()
    documento, selfie = (guarda.guardar(f"{n}.jpg", "image/jpeg", n.encode(), None) for n in ("rg", "rosto"))
    pedido = PedidoDeIdentidade.objects.create(
        cpf=pessoa.cpf,
        nome=pessoa.nome,
        email=pessoa.email,
        telefone="1",
        explicacao="Perdi o e-mail.",
        documento=documento,
        selfie=selfie,
    )
    anonimizar(pessoa)
    pedido.refresh_from_db()
    assert not guarda.integro(documento)
    assert not guarda.integro(selfie)
    assert pedido.cpf != pessoa.cpf
    assert (pedido.explicacao, pedido.documento.nome) == ("", "removido")


def test_who_signed_a_file_is_told_to_the_signer_and_forgotten_with_the_account(dono: None) -> None:
    pessoa, outra = contas.usuario(), contas.usuario()
    arquivo = guarda.guardar("ata.pdf", "application/pdf", b"%PDF-", outra)
    assinaturas = [
        AssinaturaDigital.objects.create(
            arquivo=arquivo, nome=nome, cpf=cpf, integra=True, alterada_depois=False, confiavel=True
        )
        for nome, cpf in (("Zulmira Única", pessoa.cpf), ("Outra Pessoa", outra.cpf))
    ]
    (registro,) = registros(pessoa, "Assinaturas digitais em arquivos")
    assert registro["Nome no certificado"] == "Zulmira Única"
    anonimizar(pessoa)
    for assinatura in assinaturas:
        assinatura.refresh_from_db()
    assert [(a.nome, a.cpf) for a in assinaturas] == [("Pessoa anonimizada", ""), ("Outra Pessoa", outra.cpf)]
    assert guarda.integro(arquivo)

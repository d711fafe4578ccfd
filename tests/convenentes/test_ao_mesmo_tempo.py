"""Two people act on one request or record at the same moment: one thing happens, and the other is told."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from cagec.correio.models import Mensagem
from contas.fabricas import SENHA, usuario
from contas.models import Convite
from convenentes import (
    analise,
    assinaturas,
    atualizacao,
    avisos,
    cancelamento,
    crc,
    fabricas,
    prazos,
    rascunho,
)
from convenentes.analise import ForaDeAnalise
from convenentes.cancelamento import NaoCancelavel
from convenentes.inscricao import Impedimento
from convenentes.models import (
    Certificado,
    Convenente,
    Decisao,
    ItemSolicitacao,
    Municipio,
    PapelVinculo,
    Participante,
    Secao,
    Solicitacao,
    Vinculo,
)
from convenentes.participantes import convidar_usuario
from documentos.models import Assinatura
from tests.convenentes import a_vencer, pedidos
from tests.convenentes.mundo import HOJE, dias
from tests.convenentes.simultaneo import ao_mesmo_tempo

pytestmark = pytest.mark.django_db(transaction=True)


def assinar(solicitacao: Solicitacao, representante: object) -> partial[Solicitacao]:
    """What the button Assinar e enviar does, with the page already read."""
    textos = assinaturas.textos_a_assinar(solicitacao)
    return partial(
        assinaturas.assinar_e_enviar,
        solicitacao,
        representante,  # type: ignore[arg-type]
        SENHA,
        resumo_lido=assinaturas.resumo_dos_textos(textos),
        ip=None,
        navegador="",
    )


def test_two_analysts_decide_and_one_is_told_that_it_is_over() -> None:
    uma, outra = usuario(is_staff=True), usuario(is_staff=True)
    pedido = pedidos.em_analise()
    pedidos.julgar(pedido, uma)
    resultados = ao_mesmo_tempo(
        pedido,
        lambda: analise.aprovar(pedido, uma),
        lambda: analise.indeferir(pedido, outra, pedidos.motivo(), "Não."),
    )
    assert sorted(type(r).__name__ for r in resultados) == ["ForaDeAnalise", "Solicitacao"]
    assert Decisao.objects.filter(item=None).count() == 1
    pedido.refresh_from_db()
    assert pedido.convenente is not None
    aprovada = pedido.estado == Solicitacao.Estado.APROVADA
    assert (pedido.convenente.estado == Convenente.Estado.ATIVO) == aprovada
    assert Vinculo.objects.exists() == aprovada


def test_the_citizen_cancels_while_the_analyst_takes_the_request() -> None:
    analista = usuario(is_staff=True)
    pedido = pedidos.em_analise()
    resultados = ao_mesmo_tempo(
        pedido,
        lambda: analise.assumir(pedido, analista),
        lambda: cancelamento.cancelar(pedido, pedido.criada_por),
    )
    pedido.refresh_from_db()
    if pedido.estado == Solicitacao.Estado.CANCELADA:
        assert isinstance(resultados[0], ForaDeAnalise)
    else:
        assert isinstance(resultados[1], NaoCancelavel)
        assert pedido.analista == analista


def test_a_double_click_on_sign_gives_one_protocol() -> None:
    pessoa = usuario()
    pedido = pedidos.pronta(representante=pessoa)
    clicar = assinar(pedido, pessoa)
    uma, outra = ao_mesmo_tempo(pedido, clicar, clicar)
    assert uma.protocolo == outra.protocolo
    assert uma.protocolo
    assert Convenente.objects.filter(cnpj=pedido.cnpj).count() == 1
    assert pedido.eventos.filter(tipo="enviada").count() == 1
    assert Assinatura.objects.count() == len(assinaturas.a_assinar(pedido))


def test_two_inscriptions_of_a_freed_cnpj_do_not_share_its_record() -> None:
    recusada = pedidos.em_analise()
    cancelamento.cancelar(recusada, recusada.criada_por)
    pessoas = [usuario(), usuario()]
    dois = [pedidos.pronta(cnpj=recusada.cnpj, representante=p) for p in pessoas]
    assert recusada.convenente is not None
    resultados = ao_mesmo_tempo(
        recusada.convenente, *(assinar(p, quem) for p, quem in zip(dois, pessoas, strict=True))
    )
    assert sorted(type(r).__name__ for r in resultados) == ["Impedimento", "Solicitacao"]
    assert Solicitacao.objects.filter(estado="em_analise", convenente=recusada.convenente).count() == 1


def test_two_inscriptions_of_a_new_cnpj_open_one_record_and_have_protocols_of_their_own() -> None:
    municipio = Municipio.objects.get(codigo_ibge="3146107")
    pessoas = [usuario() for _ in range(3)]
    primeiro = pedidos.pronta(representante=pessoas[0])
    mesmo_cnpj = pedidos.pronta(cnpj=primeiro.cnpj, representante=pessoas[1])
    outro = pedidos.pronta(representante=pessoas[2])
    resultados = ao_mesmo_tempo(
        municipio,
        *(assinar(p, q) for p, q in zip((primeiro, mesmo_cnpj, outro), pessoas, strict=True)),
    )
    impedidos = [r for r in resultados if isinstance(r, Impedimento)]
    assert [str(i).split(".")[0] for i in impedidos] == [
        "Outra inscrição deste CNPJ foi enviada antes da sua"
    ]
    enviadas = [r for r in resultados if isinstance(r, Solicitacao)]
    assert len({s.protocolo for s in enviadas}) == 2
    assert outro.cnpj in {s.cnpj for s in enviadas}


def test_two_updates_approved_at_once_lose_nothing_of_each_other() -> None:
    uma, outra = usuario(is_staff=True), usuario(is_staff=True)
    registro = pedidos.ativo()
    de_dados = atualizacao.iniciar_dados(registro, pedidos.representante_de(registro), uuid4())
    dados = {**de_dados.proposta[Secao.DADOS], "razao_social": "Nome Novo"}
    rascunho.salvar_secao(de_dados, Secao.DADOS, dados)
    de_documentos = pedidos.atualizacao_de(registro, "cndt")
    for pedido, quem in ((de_dados, uma), (de_documentos, outra)):
        pedidos.enviar(pedido)
        pedidos.julgar(pedido, quem)
    resultados = ao_mesmo_tempo(
        registro, lambda: analise.aprovar(de_dados, uma), lambda: analise.aprovar(de_documentos, outra)
    )
    assert [r.estado for r in resultados] == ["aprovada", "aprovada"]
    registro.refresh_from_db()
    assert registro.razao_social == "Nome Novo"
    assert registro.comprovacoes.count() == 1


def test_a_record_blocked_while_an_update_is_approved_stays_blocked() -> None:
    analista = usuario(is_staff=True)
    registro = pedidos.ativo()
    pedido = pedidos.enviar(pedidos.atualizacao_de(registro, "cndt"))
    pedidos.julgar(pedido, analista)
    bloquear = Convenente.objects.filter(pk=registro.pk).update
    ao_mesmo_tempo(registro, lambda: bloquear(estado="bloqueado"), lambda: analise.aprovar(pedido, analista))
    registro.refresh_from_db()
    assert registro.estado == Convenente.Estado.BLOQUEADO


def test_a_double_click_on_update_opens_one_request() -> None:
    registro = pedidos.ativo()
    pessoa = pedidos.representante_de(registro)
    uma, outra = ao_mesmo_tempo(
        registro,
        lambda: atualizacao.iniciar_documentos(registro, pessoa, uuid4()),
        lambda: atualizacao.iniciar_documentos(registro, pessoa, uuid4()),
    )
    assert uma == outra


def test_a_double_click_on_emit_gives_one_certificate() -> None:
    registro, chave = pedidos.ativo(), uuid4()
    hoje = timezone.localdate()
    uma, outra = ao_mesmo_tempo(
        registro, lambda: crc.emitir(registro, hoje, chave), lambda: crc.emitir(registro, hoje, chave)
    )
    assert uma == outra
    assert Certificado.objects.count() == 1


def test_a_double_click_on_invite_invites_once() -> None:
    pedido = pedidos.pronta()
    cpf = fabricas.usuario_cpf()
    chave = uuid4()
    convidar = partial(
        convidar_usuario,
        pedido,
        pedido.criada_por,
        cpf=cpf,
        nome="Convidada",
        email="convidada@example.org",
        chave_envio=chave,
    )
    uma, outra = ao_mesmo_tempo(pedido.criada_por, convidar, convidar)
    assert uma == outra
    assert Participante.objects.filter(papel=PapelVinculo.USUARIO).count() == 1
    assert Convite.objects.filter(cpf=cpf).count() == 1
    assert Mensagem.objects.filter(para="convidada@example.org").count() == 1


def test_a_pendencia_is_answered_while_it_expires() -> None:
    analista, pessoa = usuario(is_staff=True), usuario()
    pedido = pedidos.em_analise(representante=pessoa)
    pedidos.julgar(pedido, analista, "cnpj")
    analise.devolver(pedido, analista)
    pedido.refresh_from_db()
    pedido.itens.filter(exigencia__codigo="cnpj").update(estado=ItemSolicitacao.Estado.PREENCHIDO)
    hoje = timezone.localdate()
    resultados = ao_mesmo_tempo(
        pedido,
        assinar(pedido, pessoa),
        lambda: prazos.cobrar_pendencia(pedido.pk, hoje + timedelta(days=30)),
    )
    pedido.refresh_from_db()
    assert pedido.convenente is not None
    if pedido.estado == Solicitacao.Estado.EXPIRADA:
        assert isinstance(resultados[0], rascunho.NaoEditavel)
        assert pedido.convenente.estado == Convenente.Estado.CANCELADO
    else:
        assert pedido.estado == Solicitacao.Estado.EM_ANALISE
        assert pedido.convenente.estado == Convenente.Estado.EM_INSCRICAO


def test_two_runs_of_the_warnings_mail_once() -> None:
    convenente = a_vencer.registro(a_vencer.certidao(dias(5)))
    pessoa = a_vencer.ligar(convenente)
    resultados = ao_mesmo_tempo(convenente, lambda: avisos.avisar(HOJE), lambda: avisos.avisar(HOJE))
    assert sorted(resultados) == [0, 1]
    assert Mensagem.objects.filter(para=pessoa.email).count() == 1

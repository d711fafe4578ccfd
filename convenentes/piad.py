"""Automatic analysis of documents (PIAD; docs/dominio.md, decision 0028).

What fits in everything is accepted when the signed request arrives, if the team lets it; what plainly does not is told
to the person at once, who may send it all the same; a person decides the rest. No machine refuses for good.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cagec.correio.fila import enfileirar
from cagec.tempo import hoje as hoje_em_minas
from contas.models import Usuario
from convenentes import analise, eventos, historico
from convenentes.assinaturas import quem_acompanha
from convenentes.cnpj import formatar_cnpj
from convenentes.models import AnaliseAutomatica, AprovacaoAutomatica, ItemSolicitacao, Solicitacao
from documentos.models import Arquivo, Verificacao
from documentos.previa import paginas
from documentos.verificacoes import antivirus
from documentos.verificacoes.certidao import CONHECIDAS, Diferenca, Esperado

VERSAO = "1"
FUNDOS = frozenset(
    {"1309", "1333"}
)  # they may have no certificates but the município's (docs/dominio.md, 10)
_DO_MUNICIPIO = frozenset({"tce_pessoal", "tce_divida"})


class Conclusao(StrEnum):
    """What the machine says of an item."""

    APROVADO = "aprovado automaticamente"
    PESSOA = "precisa de pessoa"
    DEVOLVIDO = "devolvido na hora"


@dataclass(frozen=True)
class Avaliacao:
    """The conclusion and its reasons, as the person and the analyst read them."""

    conclusao: Conclusao
    motivos: list[str]


@dataclass(frozen=True)
class ArquivoLido:
    """A file of an item, and what does not fit in what was read in it."""

    arquivo: Arquivo
    diferencas: list[Diferenca] = field(default_factory=list)

    @property
    def graves(self) -> list[Diferenca]:
        """What the document would be given back for."""
        return [d for d in self.diferencas if d.grave]

    @property
    def cnpjs(self) -> list[str]:
        """The CNPJs that the certificate names, as people write them."""
        return [formatar_cnpj(cnpj) for cnpj in self.arquivo.leitura.cnpjs]

    @property
    def paginas(self) -> range:
        """The numbers of the pages that can be shown."""
        return paginas(self.arquivo)


def duvidoso(lidos: list[ArquivoLido]) -> bool:
    """Tell whether checks found something that only a person can judge in files that are shown."""
    return any(
        lido.diferencas
        or any(
            v.situacao == Verificacao.Situacao.ATENCAO and v.nome != antivirus.NOME
            for v in lido.arquivo.verificacoes.all()
        )
        for lido in lidos
        if lido.arquivo.pronto
    )


class JaAuditada(Exception):
    """Somebody audited this approval before."""

    def __init__(self) -> None:
        super().__init__("Esta aprovação já foi auditada. Atualize a página.")


def esperado(item: ItemSolicitacao) -> Esperado:
    """Return what a certificate in this item has to say."""
    assert item.tipo_documento is not None
    codigo, cnpjs = item.tipo_documento.codigo, [item.solicitacao.cnpj]
    convenente, documento = item.solicitacao.convenente, item.documento
    ente = convenente.ente_controlador if convenente else None
    if convenente and ente and (codigo in _DO_MUNICIPIO or convenente.natureza.codigo in FUNDOS):
        cnpjs.append(ente.cnpj)
    return Esperado(
        codigo,
        tuple(cnpjs),
        documento.emitido_em if documento else None,
        documento.valido_ate if documento else None,
    )


def espera_certidao(item: ItemSolicitacao) -> bool:
    """Tell whether the item asks for a certificate of a kind that the portal reads."""
    return item.tipo_documento is not None and item.tipo_documento.codigo in CONHECIDAS


def arquivos_lidos(item: ItemSolicitacao, hoje: date) -> list[ArquivoLido]:
    """Return the files of an item with what was read in each, in a constant number of queries."""
    if item.documento is None or item.tipo_documento is None:
        return []
    arquivos = item.documento.arquivos.select_related("leitura").prefetch_related(
        "verificacoes", "assinaturas_digitais"
    )
    return [ArquivoLido(arquivo, _diferencas(item, arquivo, hoje)) for arquivo in arquivos]


def _diferencas(item: ItemSolicitacao, arquivo: Arquivo, hoje: date) -> list[Diferenca]:
    if not espera_certidao(item) or not hasattr(arquivo, "leitura"):
        return []
    return arquivo.leitura.diferencas(esperado(item), hoje)


def nao_serve(item: ItemSolicitacao, hoje: date) -> bool:
    """Tell whether a certificate of the item plainly does not prove its line on ``hoje`` (São Paulo).

    An item of ``itens.do_pedido`` brings all that this asks for.
    """
    arquivos = item.documento.arquivos.all() if item.documento else []
    return any(d.grave for arquivo in arquivos for d in _diferencas(item, arquivo, hoje))


def avaliar(item: ItemSolicitacao, hoje: date) -> Avaliacao:
    """Say what the machine makes of an item on ``hoje`` (São Paulo). Reads only."""
    lidos = arquivos_lidos(item, hoje)
    graves = [d.aviso for lido in lidos for d in lido.graves]
    if graves:
        return Avaliacao(Conclusao.DEVOLVIDO, graves)
    regra = AnaliseAutomatica.objects.filter(tipo_documento=item.tipo_documento_id, ligada=True).first()
    if regra is None:
        return Avaliacao(Conclusao.PESSOA, ["A equipe confere este tipo de documento."])
    duvidas = _duvidas(item, lidos, exige_assinatura=regra.exige_assinatura)
    if duvidas:
        return Avaliacao(Conclusao.PESSOA, duvidas)
    leitura = lidos[0].arquivo.leitura
    return Avaliacao(
        Conclusao.APROVADO,
        [
            f"Reconhecida: {leitura.get_especie_display()}.",
            f"Resultado: {leitura.get_resultado_display()}.",
            f"Emitida em {leitura.emitida_em:%d/%m/%Y}, válida até {leitura.valida_ate:%d/%m/%Y}, como informado.",
            f"CNPJ confere. Código {leitura.codigo}.",
            *(f"Assinatura íntegra e reconhecida: {a}." for a in lidos[0].arquivo.assinaturas_digitais.all()),
        ],
    )


def _duvidas(item: ItemSolicitacao, lidos: list[ArquivoLido], *, exige_assinatura: bool) -> list[str]:
    """Return all that keeps a machine from being sure."""
    if len(lidos) != 1:
        return ["O item não é um arquivo só."]
    arquivo, documento = lidos[0].arquivo, item.documento
    leitura, assinaturas = getattr(arquivo, "leitura", None), list(arquivo.assinaturas_digitais.all())
    if leitura is None or not leitura.tem_texto:
        return ["O arquivo não tem texto que o portal leia."]
    duvidas = [d.aviso for d in lidos[0].diferencas]
    if not leitura.especie:
        duvidas.append("O portal não reconheceu a certidão.")
    if not leitura.a_vista:
        duvidas.append("O texto lido pode não ser o que se vê na página.")
    if not leitura.codigo or leitura.emitida_em is None:
        duvidas.append("Não foram lidos o código de autenticidade e a emissão.")
    if documento is None or documento.valido_ate != leitura.valida_ate:
        duvidas.append("A validade informada não é a impressa.")
    if not arquivo.pronto or any(
        v.situacao != Verificacao.Situacao.APROVADO for v in arquivo.verificacoes.all()
    ):
        duvidas.append("Nem todas as verificações do arquivo passaram.")
    if any(not a.confiavel for a in assinaturas) or (exige_assinatura and not assinaturas):
        duvidas.append("Falta assinatura digital íntegra e de cadeia reconhecida.")
    return duvidas


def analisar(solicitacao: Solicitacao) -> None:
    """Give an opinion on what was just sent, and approve an update in which a machine is sure of every item.

    Where a person has to look at something, the machine's opinions wait with the others, and may be changed. Called in
    the transaction that sends the request.
    """
    hoje, a_julgar = hoje_em_minas(), analise.itens_em_analise(solicitacao)
    avaliados = [(item, avaliar(item, hoje)) for item in a_julgar if item.documento_id]
    certos = [(item, dito) for item, dito in avaliados if dito.conclusao == Conclusao.APROVADO]
    ItemSolicitacao.objects.filter(pk__in=[item.pk for item, _ in certos], parecer="").update(
        parecer=ItemSolicitacao.Parecer.ACEITO
    )
    sem_ninguem = (
        solicitacao.tipo == Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS and solicitacao.analista_id is None
    )
    if not certos or len(certos) < len(a_julgar) or not sem_ninguem:
        return
    analise.aprovar(solicitacao, None)
    for item, dito in certos:
        _anotar(item, dito)
    solicitacao.refresh_from_db()


def _anotar(item: ItemSolicitacao, dito: Avaliacao) -> None:
    regra = AnaliseAutomatica.objects.get(tipo_documento=item.tipo_documento_id)
    AprovacaoAutomatica.objects.create(
        decisao=item.decisoes.latest("id"),
        motivos=dito.motivos,
        versao=VERSAO,
        sorteada=sorteado(item, regra.auditoria),
    )


def sorteado(item: ItemSolicitacao, por_cento: int) -> bool:
    """Draw by lot, the same each time, and so that nobody outside can tell beforehand."""
    return int(salted_hmac("piad.auditoria", str(item.uuid)).hexdigest(), 16) % 100 < por_cento


@transaction.atomic
def confirmar(aprovacao: AprovacaoAutomatica, auditor: Usuario) -> None:
    """The auditor agrees with the machine. Raises JaAuditada and analise.ParteInteressada."""
    _auditar(aprovacao, auditor, AprovacaoAutomatica.Auditoria.CONFIRMADA)


@transaction.atomic
def reverter(aprovacao: AprovacaoAutomatica, auditor: Usuario, texto: str) -> None:
    """The auditor does not: the proof ends now, the situation is written again, the people are told why.

    Raises JaAuditada and analise.ParteInteressada.
    """
    travada = _auditar(aprovacao, auditor, AprovacaoAutomatica.Auditoria.REVERTIDA, texto)
    solicitacao = travada.decisao.solicitacao
    assert solicitacao.convenente_id is not None
    historico.curar(hoje_em_minas(), [solicitacao.convenente_id])
    travada.decisao.comprovacoes.filter(encerrada_em=None).update(encerrada_em=timezone.now())
    historico.atualizar(hoje_em_minas(), [solicitacao.convenente_id])
    eventos.registrar(solicitacao, "aprovacao_revertida", auditor, decisao=travada.decisao_id)
    for pessoa in quem_acompanha(solicitacao):
        enfileirar(
            f"revertida:{travada.pk}:{pessoa.uuid}",
            "convenentes.aprovacao_revertida",
            pessoa.email,
            {"aprovacao": travada.pk},
            usuario=pessoa,
        )


def _auditar(
    aprovacao: AprovacaoAutomatica, auditor: Usuario, resultado: str, texto: str = ""
) -> AprovacaoAutomatica:
    travada = AprovacaoAutomatica.objects.select_for_update(no_key=True).get(pk=aprovacao.pk)
    if travada.auditoria:
        raise JaAuditada
    if analise.tem_interesse(travada.decisao.solicitacao, auditor):
        raise analise.ParteInteressada
    travada.auditoria, travada.texto = resultado, texto
    travada.auditada_por, travada.auditada_em = auditor, timezone.now()
    travada.save()
    return travada

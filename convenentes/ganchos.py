"""What the registry answers to the floors below: whose file is this, and what waits for a new account."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from cagec.correio.devolucoes import ao_devolver
from cagec.tempo import hoje
from contas.ganchos import ao_ativar
from contas.models import Usuario
from convenentes import assinaturas, piad
from convenentes.acesso import GERENTES
from convenentes.identidade import mandatos
from convenentes.legado import convites
from convenentes.models import (
    CargaFonte,
    Comprovacao,
    Decisao,
    ItemSolicitacao,
    PapelVinculo,
    Participante,
    ResultadoFonte,
    Solicitacao,
    Vinculo,
)
from convenentes.participantes import ligar_participacoes
from convenentes.vinculacao import ao_ativar as aceitar_convite
from documentos.acesso import permissoes
from documentos.models import Arquivo, Documento
from documentos.pessoal import aceitos
from documentos.retencao import dispensados, necessarios
from documentos.visualizacoes import sobre_a_pessoa


def pode_ver_arquivo(usuario: Usuario, arquivo: Arquivo, hoje: date) -> bool:
    """Tell whether the person may read the file on ``hoje`` (LGPD, docs/dominio.md).

    The team reads what was sent. Who acts for the organisation, or takes part in the request, reads its files; an
    invited usuário does not read the sensitive ones, and of the papers about a person (identity, selfie) the others
    read none but those they sent: they are the representante legal's until sent, and then rest in the personal folder.
    """
    recolhido = arquivo.documentos.exclude(pasta__pessoal=None).exists()
    if usuario.is_staff and usuario.has_perm("convenentes.view_solicitacao"):
        return recolhido or _chegou_a_equipe(arquivo)
    if recolhido:
        return False
    pastas = list(arquivo.documentos.values_list("pasta", flat=True))
    proprio = arquivo.enviado_por_id == usuario.pk
    papeis = frozenset(PapelVinculo) if proprio else _papeis_que_leem(arquivo)
    # The folder of an inscription is its own; an update works in the folder of the whole organisation.
    do_pedido = Q(solicitacao__tipo=Solicitacao.Tipo.INSCRICAO, solicitacao__pasta__in=pastas) | Q(
        solicitacao__itens__documento__arquivos=arquivo
    )
    vigentes = Vinculo.objects.vigentes(hoje).filter(usuario=usuario, papel__in=papeis)
    alteracoes = Solicitacao.objects.filter(tipo=Solicitacao.Tipo.REPRESENTANTE_LEGAL, pasta__in=pastas)
    if arquivo.documentos.filter(tipo__sigiloso=True).exists() and alteracoes.exists():
        # Papers of a person who asks to represent the organisation: not for those who are there today.
        vigentes = vigentes.none()
    return (
        Participante.objects.atuantes(hoje).filter(do_pedido, usuario=usuario, papel__in=papeis).exists()
        or vigentes.filter(convenente__pasta__in=pastas).exists()
        or vigentes.filter(convenente__comprovacoes__documento__arquivos=arquivo).exists()
    )


def _papeis_que_leem(arquivo: Arquivo) -> frozenset[str]:
    if arquivo.documentos.filter(tipo__pessoal=True).exists():
        return frozenset({PapelVinculo.REPRESENTANTE})
    sigiloso = arquivo.documentos.filter(tipo__sigiloso=True).exists()
    return GERENTES if sigiloso else frozenset(PapelVinculo)


def _chegou_a_equipe(arquivo: Arquivo) -> bool:
    """Tell whether the file was sent, decided on, accepted, or received from a register.

    Each file by itself: an update that was not sent yet works in the folder of what was.
    """
    do_pedido = Q(itens__documento__arquivos=arquivo) | Q(decisoes__documento__arquivos=arquivo)
    return (
        Solicitacao.objects.filter(do_pedido).exclude(enviada_em=None).exists()
        or Comprovacao.objects.filter(documento__arquivos=arquivo).exists()
        or ResultadoFonte.objects.filter(evidencia=arquivo).exists()
        or CargaFonte.objects.filter(evidencia=arquivo).exists()
    )


def arquivos_do_representante(usuario: Usuario) -> QuerySet[Arquivo]:
    """Return the sensitive files not yet in a personal folder that are about the person, as representante legal."""
    representa = Q(
        documentos__itens__solicitacao__participantes__usuario=usuario,
        documentos__itens__solicitacao__participantes__papel=PapelVinculo.REPRESENTANTE,
    )
    atualiza = Q(
        documentos__itens__solicitacao__tipo__in=[
            Solicitacao.Tipo.ATUALIZACAO_DADOS,
            Solicitacao.Tipo.ATUALIZACAO_DOCUMENTOS,
        ],
        documentos__itens__solicitacao__convenente__in=mandatos(usuario, hoje()).values("convenente"),
    )
    return Arquivo.objects.filter(
        representa | atualiza, documentos__tipo__sigiloso=True, documentos__pasta__pessoal=None
    )


def papeis_aceitos(usuario: Usuario) -> QuerySet[Documento]:
    """Return the newest paper of each kind about the person that the team accepted, with what shows it."""
    provados = Documento.objects.filter(pasta__pessoal__usuario=usuario, comprovacoes__isnull=False)
    ultimos = provados.order_by("tipo_id", "-pk").distinct("tipo_id")
    return ultimos.select_related("tipo").prefetch_related("arquivos__verificacoes")


def arquivos_que_provam() -> QuerySet[Arquivo]:
    """Return the files that must stay: of what proves something, was decided on, signed, or said by a register."""
    return Arquivo.objects.filter(
        Q(documentos__comprovacoes__isnull=False)
        | Q(documentos__in=Decisao.objects.exclude(documento=None).values("documento"))
        | Q(documentos__itens__solicitacao__protocolo__isnull=False)
        | Q(pk__in=ResultadoFonte.objects.exclude(evidencia=None).values("evidencia"))
        | Q(pk__in=CargaFonte.objects.values("evidencia"))
    )


def arquivos_de_rascunhos_encerrados(ate: datetime) -> QuerySet[Arquivo]:
    """Return the files of requests that were never sent and ended before ``ate``, unless another request has them."""
    encerradas = Solicitacao.objects.filter(
        estado__in=[Solicitacao.Estado.CANCELADA, Solicitacao.Estado.EXPIRADA],
        protocolo=None,
        eventos__para=F("estado"),
        eventos__em__lt=ate,
    )
    de_outras = ItemSolicitacao.objects.exclude(solicitacao__in=encerradas)
    return Arquivo.objects.filter(documentos__itens__solicitacao__in=encerradas).exclude(
        documentos__itens__in=de_outras
    )


ao_ativar.extend([ligar_participacoes, aceitar_convite, convites.ao_ativar])
ao_devolver.append(convites.ao_devolver)
assinaturas.ao_enviar.append(piad.analisar)
permissoes.append(pode_ver_arquivo)
sobre_a_pessoa.append(arquivos_do_representante)
aceitos.append(papeis_aceitos)
necessarios.append(arquivos_que_provam)
dispensados["De solicitações que terminaram há mais de um ano sem ser enviadas"] = (
    arquivos_de_rascunhos_encerrados
)

"""What the registry answers to the floors below: whose file is this, and what waits for a new account."""

from datetime import date

from django.db.models import Q, QuerySet

from contas.ganchos import ao_ativar
from contas.models import Usuario
from convenentes.acesso import GERENTES
from convenentes.models import CargaFonte, PapelVinculo, Participante, ResultadoFonte, Solicitacao, Vinculo
from convenentes.participantes import ligar_participacoes
from documentos.acesso import permissoes
from documentos.models import Arquivo
from documentos.visualizacoes import sobre_a_pessoa


def pode_ver_arquivo(usuario: Usuario, arquivo: Arquivo, hoje: date) -> bool:
    """Tell whether the person may read the file on ``hoje`` (LGPD, docs/dominio.md).

    The team reads what was sent. Who acts for the organisation, or takes part in the request, reads its files; an
    invited usuário does not read the sensitive ones (identity, selfie).
    """
    pastas = list(arquivo.documentos.values_list("pasta", flat=True))
    if usuario.is_staff and usuario.has_perm("convenentes.view_solicitacao"):
        enviada = Solicitacao.objects.filter(pasta__in=pastas).exclude(enviada_em=None)
        return (
            enviada.exists()
            or ResultadoFonte.objects.filter(evidencia=arquivo).exists()
            or CargaFonte.objects.filter(evidencia=arquivo).exists()
        )
    sigiloso = arquivo.documentos.filter(tipo__sigiloso=True).exists()
    papeis = GERENTES if sigiloso else frozenset(PapelVinculo)
    # The folder of an inscription is its own; an update works in the folder of the whole organisation.
    do_pedido = Q(solicitacao__tipo=Solicitacao.Tipo.INSCRICAO, solicitacao__pasta__in=pastas) | Q(
        solicitacao__itens__documento__arquivos=arquivo
    )
    vigentes = Vinculo.objects.vigentes(hoje).filter(usuario=usuario, papel__in=papeis)
    return (
        Participante.objects.atuantes().filter(do_pedido, usuario=usuario, papel__in=papeis).exists()
        or vigentes.filter(convenente__pasta__in=pastas).exists()
        or vigentes.filter(convenente__comprovacoes__documento__arquivos=arquivo).exists()
    )


def arquivos_do_representante(usuario: Usuario) -> QuerySet[Arquivo]:
    """Return the sensitive files of the requests and mandates in which the person is the representante legal."""
    representa = Q(
        documentos__itens__solicitacao__participantes__usuario=usuario,
        documentos__itens__solicitacao__participantes__papel=PapelVinculo.REPRESENTANTE,
    )
    atualiza = Q(
        documentos__itens__solicitacao__convenente__vinculos__usuario=usuario,
        documentos__itens__solicitacao__convenente__vinculos__papel=PapelVinculo.REPRESENTANTE,
    )
    return Arquivo.objects.filter(representa | atualiza, documentos__tipo__sigiloso=True)


ao_ativar.append(ligar_participacoes)
permissoes.append(pode_ver_arquivo)
sobre_a_pessoa.append(arquivos_do_representante)

"""The registry: organisations, who acts for them, requests, proofs, registers and certificates."""

from convenentes.models.avisos import AvisoEmitido, EnderecoDeCalendario, OndaDeCampanha, PreferenciaDeAviso
from convenentes.models.comprovacoes import Certificado, Comprovacao
from convenentes.models.convenente import AreaAtuacao, Convenente, Dirigente, Municipio
from convenentes.models.convites import ConviteLegado, OndaDeConvites
from convenentes.models.excecoes import Excecao
from convenentes.models.fontes import CargaFonte, Fonte, IndisponibilidadeFonte, ResultadoFonte
from convenentes.models.historico import Situacao
from convenentes.models.legado import ArquivoLegado, CargaLegado, LinhaLegado, PessoaApagada
from convenentes.models.piad import AnaliseAutomatica, AprovacaoAutomatica
from convenentes.models.solicitacoes import (
    Decisao,
    EventoSolicitacao,
    ItemSolicitacao,
    MotivoDaAlteracao,
    Participante,
    Secao,
    Solicitacao,
)
from convenentes.models.vinculos import ConviteDeVinculo, EventoVinculo, PapelVinculo, Vinculo

__all__ = [
    "AnaliseAutomatica",
    "AprovacaoAutomatica",
    "AreaAtuacao",
    "ArquivoLegado",
    "AvisoEmitido",
    "CargaFonte",
    "CargaLegado",
    "Certificado",
    "Comprovacao",
    "Convenente",
    "ConviteDeVinculo",
    "ConviteLegado",
    "Decisao",
    "Dirigente",
    "EnderecoDeCalendario",
    "EventoSolicitacao",
    "EventoVinculo",
    "Excecao",
    "Fonte",
    "IndisponibilidadeFonte",
    "ItemSolicitacao",
    "LinhaLegado",
    "MotivoDaAlteracao",
    "Municipio",
    "OndaDeCampanha",
    "OndaDeConvites",
    "PapelVinculo",
    "Participante",
    "PessoaApagada",
    "PreferenciaDeAviso",
    "ResultadoFonte",
    "Secao",
    "Situacao",
    "Solicitacao",
    "Vinculo",
]

"""The demonstration: about 300 fictional organisations in every situation, each made by the journeys.

Interrupted, it goes on where it stopped: each organisation has its own number, and with it its CNPJ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from contas import codigos_da_demonstracao
from contas import fabricas as pessoas_ficticias
from contas.grupos import incluir_na_equipe
from contas.models import Usuario
from convenentes import alteracao, analise, assinaturas, fabricas
from convenentes.models import Convenente, MotivoDaAlteracao, Municipio, PapelVinculo, Solicitacao
from convenentes.participantes import convidar_usuario
from documentos.models import MotivoRecusa

QUANTOS = 300
_TIPOS = (
    "osc", "municipio", "osc", "fms", "osc", "osc", "municipio", "fmas", "osc", "ent_pub_municipal",
    "osc", "municipio", "osc", "consorcio_dir_publico", "osc", "osc", "municipio", "fms", "osc", "cooperativa",
    "osc", "municipio", "org_religiosa", "fmas", "osc", "consorcio_dir_privado", "ssa", "estatal_art20", "osc",
    "ent_pub_estadual", "osc", "ent_pub_federal", "municipio", "osc", "estado_df", "osc", "uniao",
)  # fmt: skip
_NOMES_DE_OSC = (
    "Associação Fictícia dos Moradores de {}",
    "Instituto Exemplo de Cultura de {}",
    "Casa de Acolhida Modelo de {}",
    "Clube Esportivo Imaginário de {}",
    "Centro Demonstrativo de Educação de {}",
    "Associação Hipotética de Saúde de {}",
)
_NOMES = {
    "municipio": "Município de {}",
    "fms": "Fundo Municipal de Saúde de {}",
    "fmas": "Fundo Municipal de Assistência Social de {}",
    "ent_pub_municipal": "Autarquia Municipal Modelo de {}",
    "consorcio_dir_publico": "Consórcio Público Exemplo da Região de {}",
    "consorcio_dir_privado": "Consórcio Intermunicipal Fictício de {}",
    "cooperativa": "Cooperativa Social Modelo de {}",
    "org_religiosa": "Comunidade Religiosa Exemplo de {}",
    "ssa": "Serviço Social Autônomo Fictício de {}",
    "estatal_art20": "Companhia Pública Exemplo de {}",
    "ent_pub_estadual": "Fundação Estadual Modelo de {}",
    "ent_pub_federal": "Conselho Profissional Fictício de {}",
    "estado_df": "Estado Fictício de {}",
    "uniao": "União – Unidade Fictícia de {}",
}
_CARGOS = {"municipio": "Prefeita", "fms": "Gestora", "fmas": "Gestor"}
_EQUIPE = {
    "Administradora (equipe CAGEC)": (900_001, "Helena Duarte Fictícia"),
    "Analista (equipe CAGEC)": (900_002, "Caio Menezes Fictício"),
    "Representante legal": (900_003, "Marta Siqueira Fictícia"),
    "Responsável pelas informações": (900_004, "Davi Rocha Fictício"),
    "Usuário": (900_005, "Lia Prado Fictícia"),
}


@dataclass(frozen=True)
class Caso:
    """One organisation of the demonstration."""

    numero: int
    slug: str
    municipio: Municipio
    hoje: date
    equipe: dict[str, Usuario]

    @property
    def cnpj(self) -> str:
        return fabricas.cnpj_ficticio(900_000 + self.numero, letras=self.numero % 7 == 0)

    @property
    def chave(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"cagec:demonstracao:{self.numero}")

    @property
    def razao_social(self) -> str:
        modelo = _NOMES.get(self.slug) or _NOMES_DE_OSC[self.numero % len(_NOMES_DE_OSC)]
        return modelo.format(self.municipio.nome)

    @property
    def analista(self) -> Usuario:
        return self.equipe["Analista (equipe CAGEC)"]

    @property
    def da_casa(self) -> bool:
        """The first organisation of each situation belongs to the persons whose logins are printed."""
        return self.numero < len(_SITUACOES)


def pessoas() -> dict[str, Usuario]:
    """Return the persons that sign in, creating them the first time."""
    return {papel: _pessoa(papel, numero, nome) for papel, (numero, nome) in _EQUIPE.items()}


def _pessoa(papel: str, numero: int, nome: str) -> Usuario:
    cpf = pessoas_ficticias.cpf_ficticio(numero)
    existente = Usuario.objects.filter(cpf=cpf).first()
    if existente is not None:
        return existente
    da_equipe = "equipe" in papel
    email = nome.split(maxsplit=1)[0].lower() + codigos_da_demonstracao.DOMINIO
    with transaction.atomic():
        pessoa = pessoas_ficticias.usuario(
            cpf=cpf,
            nome_civil=nome,
            email=email,
            is_staff=da_equipe,
            is_superuser=papel.startswith("Administradora"),
        )
        if da_equipe:
            incluir_na_equipe(pessoa)
    return pessoa


def criar(quantos: int, hoje: date) -> int:
    """Make organisations 0 to ``quantos`` that are not there yet; return how many were made."""
    equipe = pessoas()
    municipios = list(Municipio.objects.filter(uf="MG").order_by("codigo_ibge"))
    criados = 0
    for numero in range(quantos):
        caso = Caso(
            numero, _TIPOS[numero % len(_TIPOS)], municipios[numero * 37 % len(municipios)], hoje, equipe
        )
        if Solicitacao.objects.filter(cnpj=caso.cnpj).exists():
            continue
        with transaction.atomic():
            _SITUACOES[numero % len(_SITUACOES)](caso)
        criados += 1
    return criados


def _rascunho(caso: Caso) -> tuple[Solicitacao, Usuario]:
    responsavel = caso.equipe["Responsável pelas informações"] if caso.da_casa else _ficticia(caso, "r")
    representante = caso.equipe["Representante legal"] if caso.da_casa else _ficticia(caso, "l")
    solicitacao = fabricas.rascunho_de(
        caso.slug,
        responsavel=responsavel,
        cnpj=caso.cnpj,
        chave_envio=caso.chave,
        razao_social=caso.razao_social,
        municipio=caso.municipio,
        areas=["assistencia_social"] if caso.slug == "osc" and caso.numero % 4 == 0 else [],
    )
    if caso.da_casa:
        usuaria = caso.equipe["Usuário"]
        convidar_usuario(
            solicitacao,
            responsavel,
            cpf=usuaria.cpf,
            nome=usuaria.nome,
            email=usuaria.email,
            chave_envio=caso.chave,
        )
    return solicitacao, representante


def _ficticia(caso: Caso, papel: str) -> Usuario:
    numero = caso.numero * 3 + "rln".index(papel) + 700_000
    cpf = pessoas_ficticias.cpf_ficticio(numero)
    return Usuario.objects.filter(cpf=cpf).first() or pessoas_ficticias.usuario(cpf=cpf)


def _enviada(caso: Caso, dias_de_validade: int | None = None) -> Solicitacao:
    solicitacao, representante = _rascunho(caso)
    fabricas.nomear(
        solicitacao,
        representante,
        caso.hoje,
        cargo=_CARGOS.get(caso.slug, "Presidente"),
        mandato_ate=caso.hoje + timedelta(days=400 + caso.numero),
    )
    validades = (
        {"crf_fgts": caso.hoje + timedelta(days=dias_de_validade)} if dias_de_validade is not None else {}
    )
    fabricas.preencher(solicitacao, caso.hoje, datas=validades)
    return fabricas.assinar(solicitacao, representante)


def _aprovada(
    caso: Caso,
    dias_de_validade: int | None = None,
    recusar: tuple[str, ...] = (),
) -> Convenente:
    solicitacao = _enviada(caso, dias_de_validade)
    fabricas.julgar(solicitacao, caso.analista, recusar, "O prazo impresso já passou. Emita outra certidão.")
    aprovada = analise.aprovar(solicitacao, caso.analista)
    assert aprovada.convenente is not None
    return aprovada.convenente


def _regular(caso: Caso) -> None:
    fabricas.consultar_fontes(_aprovada(caso), caso.analista, caso.hoje)


def _vence_em_breve(caso: Caso) -> None:
    fabricas.consultar_fontes(_aprovada(caso, dias_de_validade=caso.numero % 9), caso.analista, caso.hoje)


def _nao_verificada(caso: Caso) -> None:
    _aprovada(caso)


def _com_restricao(caso: Caso) -> None:
    fabricas.consultar_fontes(_aprovada(caso), caso.analista, caso.hoje, com_restricao=["cadin_mg"])


def _mandato_encerrado(caso: Caso) -> None:
    convenente, fim = _aprovada(caso), caso.hoje - timedelta(days=1 + caso.numero % 60)
    vinculo = convenente.vinculos.get(papel=PapelVinculo.REPRESENTANTE)
    vinculo.mandato_ate, vinculo.periodo = fim, (vinculo.periodo.lower, fim + timedelta(days=1))
    vinculo.save(update_fields=["mandato_ate", "periodo"])
    fabricas.consultar_fontes(convenente, caso.analista, caso.hoje)


def _pedir_alteracao(caso: Caso, motivo: MotivoDaAlteracao, dias: int) -> Solicitacao:
    """A regular record, and somebody new who asks to represent it from today on, for so many days."""
    convenente = _aprovada(caso)
    fabricas.consultar_fontes(convenente, caso.analista, caso.hoje)
    nova = _ficticia(caso, "n")
    (pedido,) = alteracao.pedir(
        [convenente.cnpj],
        nova,
        caso.chave,
        {
            "cpf": nova.cpf,
            "nome": nova.nome,
            "email": nova.email,
            "cargo": _CARGOS.get(caso.slug, "Presidente"),
            "mandato_de": caso.hoje,
            "mandato_ate": caso.hoje + timedelta(days=dias),
            "motivo": motivo,
        },
    )
    fabricas.preencher(pedido, caso.hoje)
    return fabricas.assinar(pedido, nova)


def _alteracao_em_analise(caso: Caso) -> None:
    _pedir_alteracao(caso, MotivoDaAlteracao.ELEICAO, 1400)


def _em_substituicao(caso: Caso) -> None:
    pedido = _pedir_alteracao(caso, MotivoDaAlteracao.SUBSTITUICAO, 45)
    fabricas.julgar(pedido, caso.analista)
    analise.aprovar(pedido, caso.analista)


def _em_parte(caso: Caso) -> None:
    recusada = "crf_fgts" if caso.slug != "uniao" else "nenhuma"
    fabricas.consultar_fontes(_aprovada(caso, recusar=(recusada,)), caso.analista, caso.hoje)


def _bloqueada(caso: Caso) -> None:
    convenente = _aprovada(caso)
    convenente.estado = Convenente.Estado.BLOQUEADO
    convenente.save(update_fields=["estado"])


def _em_analise(caso: Caso) -> None:
    _enviada(caso)


def _com_pendencia(caso: Caso) -> None:
    solicitacao = _enviada(caso)
    fabricas.julgar(solicitacao, caso.analista, ("rl_endereco",), "A conta está em nome de outra pessoa.")
    analise.devolver(solicitacao, caso.analista, "Falta pouco: corrija só o comprovante de endereço.")


def _indeferida(caso: Caso) -> None:
    solicitacao = _enviada(caso)
    fabricas.julgar(solicitacao, caso.analista, ("dados",), "A razão social não corresponde ao CNPJ.")
    motivo = MotivoRecusa.objects.first()
    assert motivo is not None
    analise.indeferir(
        solicitacao, caso.analista, motivo, "Os documentos são de outra organização. Comece outra inscrição."
    )


def _aguardando_assinatura(caso: Caso) -> None:
    solicitacao, representante = _rascunho(caso)
    fabricas.nomear(solicitacao, representante, caso.hoje, cargo=_CARGOS.get(caso.slug, "Presidente"))
    fabricas.preencher(solicitacao, caso.hoje, sem=("rl_selfie",))
    assinaturas.encaminhar(solicitacao, solicitacao.criada_por)


def _em_rascunho(caso: Caso) -> None:
    _rascunho(caso)


_SITUACOES: tuple[Callable[[Caso], None], ...] = (
    _regular,
    _em_analise,
    _vence_em_breve,
    _regular,
    _nao_verificada,
    _com_pendencia,
    _regular,
    _mandato_encerrado,
    _em_parte,
    _regular,
    _aguardando_assinatura,
    _com_restricao,
    _em_rascunho,
    _aguardando_assinatura,
    _indeferida,
    _bloqueada,
    _regular,
    _em_analise,
    _alteracao_em_analise,
    _em_substituicao,
)

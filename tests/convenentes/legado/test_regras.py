"""A migrated organisation is judged as one that a person registered, and mandates decide who acts."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from cagec.tempo import hoje
from contas.fabricas import cpf_ficticio, usuario
from convenentes import situacao
from convenentes.fabricas import cnpj_ficticio, convenente_ativo
from convenentes.legado import relatorio
from convenentes.models import Comprovacao, Convenente, LinhaLegado, ResultadoFonte, Vinculo

pytestmark = pytest.mark.django_db
NOVO_CNPJ, NOVO_CPF = cnpj_ficticio(900_000), cpf_ficticio(900_000)


def _csv(colunas: str, linhas: Iterable[Iterable[object]]) -> str:
    return "\n".join([colunas, *(";".join("" if c is None else str(c) for c in linha) for linha in linhas)])


def _exportar_como(escrever, modelo: Convenente):
    """The record, its representante, its proofs and its look-ups as the registry before would export them."""
    mandato = Vinculo.objects.get(convenente=modelo, papel="representante")
    provas = Comprovacao.objects.filter(convenente=modelo)
    return escrever(
        convenentes=_csv(
            "cnpj;numero;razao_social;natureza;tipo;municipio;situacao;data_abertura;areas",
            [
                (
                    NOVO_CNPJ, 9000, "Outra", modelo.natureza.codigo, modelo.tipo.slug, modelo.municipio.codigo_ibge,
                    "regular", modelo.data_abertura, "|".join(modelo.areas),
                )
            ],
        ),
        pessoas=_csv("cpf;nome;email", [(NOVO_CPF, "Outra Pessoa", "outra@example.org")]),
        vinculos=_csv(
            "cnpj;cpf;papel;inicio;mandato_ate",
            [(NOVO_CNPJ, NOVO_CPF, "representante", mandato.periodo.lower, mandato.mandato_ate)],
        ),
        documentos=_csv(
            "codigo;cnpj;exigencia;tipo_documento;aceito_em;emitido_em;valido_ate;ano_referencia",
            (
                (
                    p.pk, NOVO_CNPJ, p.exigencia.codigo, p.documento.tipo.codigo, hoje(), p.documento.emitido_em,
                    p.documento.valido_ate, p.documento.ano_referencia,
                )
                if p.documento
                else (p.pk, NOVO_CNPJ, p.exigencia.codigo, p.exigencia.codigo, hoje(), "", "", "")
                for p in provas
            ),
        ),
        restricoes=_csv(
            "cnpj;fonte;resultado;consultado_em",
            (
                (NOVO_CNPJ, r.fonte.codigo, r.resultado, r.consultado_em)
                for r in ResultadoFonte.objects.filter(convenente=modelo)
            ),
        ),
    )  # fmt: skip


def _respostas(convenente: Convenente) -> dict[str, tuple[object, ...]]:
    return {
        linha.codigo: (linha.estado, linha.valido_ate, linha.irregular)
        for linha in situacao.linhas(hoje(), [convenente.pk])
        if linha.estado != "nao_se_aplica"
    }


@pytest.mark.parametrize("slug", ["osc", "municipio", "consorcio_dir_publico"])
def test_the_rule_says_of_a_migrated_record_what_it_says_of_a_registered_one(
    escrever, carregar, slug: str
) -> None:
    registrado = convenente_ativo(slug, hoje(), usuario(is_staff=True))
    carregar(_exportar_como(escrever, registrado))
    migrado = Convenente.objects.get(cnpj=NOVO_CNPJ)
    do_registrado, do_migrado = _respostas(registrado), _respostas(migrado)
    assert {c: do_migrado[c] for c in do_registrado} == do_registrado
    assert not LinhaLegado.objects.exclude(resultado="importada").exists()


def test_who_was_regular_and_is_not_by_the_rule_is_listed_with_what_is_missing(escrever, carregar) -> None:
    carga = carregar(escrever())
    (guardada,) = relatorio.diferencas(carga, hoje())
    assert (guardada.linha, guardada.convenente.razao_social) == (2, "Associação São João")
    assert "Inscrição no CNPJ ativa" in relatorio.o_que_falta(guardada)["Não apresentado"]
    assert LinhaLegado.objects.get(arquivo="convenentes").dados["situacao"] == "regular"


def test_no_cell_of_the_report_is_a_formula(escrever, carregar, tmp_path) -> None:
    carga = carregar(
        escrever(
            convenentes="cnpj;numero;razao_social;natureza;tipo;municipio;situacao\n"
            f"{cnpj_ficticio(1)};77;=1+1;399-9;osc;3106200;REGULAR\n"
        )
    )
    relatorio.escrever(carga, tmp_path / "relato", hoje(), gravada=True)
    assert ";'=1+1;" in (tmp_path / "relato" / "diferencas.csv").read_text()


def test_a_mandate_that_is_over_comes_as_history_and_nobody_acts_by_it(escrever, carregar) -> None:
    ontem = hoje() - timedelta(days=1)
    carregar(
        escrever(
            vinculos="cnpj;cpf;papel;inicio;mandato_ate\n"
            f"{cnpj_ficticio(1)};{cpf_ficticio(1)};representante;01/01/2020;{ontem:%d/%m/%Y}\n"
        )
    )
    assert Vinculo.objects.get().ultimo_dia == ontem
    assert not Vinculo.objects.vigentes(hoje()).exists()


def test_of_two_mandates_at_once_the_newer_stays(escrever, carregar) -> None:
    antes = f"{cnpj_ficticio(1)};{cpf_ficticio(1)};representante"
    pessoas = f"{cpf_ficticio(1)};Ana;a@example.org\n{cpf_ficticio(2)};Bia;b@example.org\n"
    carregar(
        escrever(
            pessoas=f"cpf;nome;email\n{pessoas}",
            vinculos=f"cnpj;cpf;papel;inicio;mandato_ate\n{antes};01/01/2018;\n"
            f"{cnpj_ficticio(1)};{cpf_ficticio(2)};representante;01/01/2025;31/12/2099\n",
        )
    )
    assert Vinculo.objects.get().usuario.cpf == cpf_ficticio(2)
    assert "já há representante legal" in LinhaLegado.objects.get(resultado="rejeitada").motivo


def test_a_document_of_a_mandate_without_a_representante_is_rejected_and_not_valid_for_ever(
    escrever, carregar
) -> None:
    documento = f"A;{cnpj_ficticio(1)};rl_cpf;rl_cpf;{hoje():%d/%m/%Y}\n"
    carregar(
        escrever(
            vinculos="cnpj;cpf;papel;inicio\n",
            documentos=f"codigo;cnpj;exigencia;tipo_documento;aceito_em\n{documento}",
        )
    )
    assert not Comprovacao.objects.exists()
    assert "não há representante legal" in LinhaLegado.objects.get(arquivo="documentos").motivo


def test_a_fund_follows_its_municipio_also_when_it_comes_first(escrever, carregar) -> None:
    fundo, prefeitura = cnpj_ficticio(1), cnpj_ficticio(2)
    carregar(
        escrever(
            convenentes="cnpj;numero;razao_social;natureza;tipo;municipio;situacao;ente_controlador\n"
            f"{fundo};1;Fundo;133-3;fms;3106200;IRREGULAR;{prefeitura}\n"
            f"{prefeitura};2;Município;124-4;municipio;3106200;IRREGULAR;\n"
        )
    )
    assert Convenente.objects.get(cnpj=fundo).ente_controlador == Convenente.objects.get(cnpj=prefeitura)
    assert Convenente.objects.get(cnpj=prefeitura).ente_controlador is None


def test_who_registered_here_meanwhile_stays_as_registered_and_gets_no_links(escrever, carregar) -> None:
    registrado = convenente_ativo("osc", hoje(), usuario(is_staff=True), cnpj=cnpj_ficticio(1))
    nome, vinculos = registrado.razao_social, registrado.vinculos.count()
    carregar(escrever())
    registrado.refresh_from_db()
    assert (registrado.razao_social, registrado.vinculos.count()) == (nome, vinculos)
    organizacao, vinculo = (LinhaLegado.objects.get(arquivo=a) for a in ("convenentes", "vinculos"))
    assert (organizacao.resultado, vinculo.resultado) == ("ja_havia", "rejeitada")

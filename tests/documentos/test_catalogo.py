"""The catalogue: what every type is asked for, and that loading it never undoes the team's work."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.template import Context, Engine

from documentos import catalogo
from documentos.models import (
    Alternativa,
    Condicao,
    Escopo,
    Exigencia,
    Grupo,
    ModeloDeclaracao,
    MotivoRecusa,
    NaturezaJuridica,
    Norma,
    Obtencao,
    TipoConvenente,
    TipoDocumento,
)
from documentos.normas import alterar, publicar

pytestmark = pytest.mark.django_db

BLOCO_DO_REPRESENTANTE = {
    "rl_identidade",
    "rl_cpf",
    "rl_endereco",
    "rl_posse",
    "rl_selfie",
    "rl_termo_concordancia",
    "rl_autorizacao_eletronica",
    "rl_procuracao",
}

# A município has 27 lines on its certificate, and one more when somebody signs by delegation.
LINHAS_POR_TIPO = {
    "municipio": 28,
    "fms": 23,
    "fmas": 24,
    "ent_pub_municipal": 22,
    "estado_df": 28,
    "uniao": 11,
    "ent_pub_estadual": 20,
    "ent_pub_federal": 20,
    "consorcio_dir_publico": 23,
    "consorcio_dir_privado": 23,
    "estatal_art20": 21,
    "osc": 35,
    "cooperativa": 28,
    "org_religiosa": 31,
    "ssa": 23,
}

CASO: dict[str, Any] = {
    "convenente": {"razao_social": "Associação Fictícia Ipê", "cnpj": "11.222.333/0001-81"},
    "representante": {"nome": "Maria Fictícia", "cpf": "529.982.247-25", "cargo": "Presidente"},
    "municipio": "Sabará/MG",
    "hoje": "24/11/2026",
    "ano": "2026",
    "dirigentes": [{"nome": "João Fictício", "cpf": "111.444.777-35", "cargo": "Tesoureiro"}],
}


def _codigos(tipo: str) -> set[str]:
    return set(Exigencia.objects.filter(tipos__slug=tipo).values_list("codigo", flat=True))


def test_each_of_the_fifteen_types_has_its_number_of_lines() -> None:
    assert {t.slug: t.exigencias.count() for t in TipoConvenente.objects.all()} == LINHAS_POR_TIPO


@pytest.mark.parametrize("tipo", LINHAS_POR_TIPO)
def test_every_type_has_the_block_of_the_representante_legal(tipo: str) -> None:
    assert _codigos(tipo) >= BLOCO_DO_REPRESENTANTE


def test_the_uniao_has_only_the_representante_the_cnpj_and_the_two_state_registers() -> None:
    assert _codigos("uniao") - BLOCO_DO_REPRESENTANTE == {"cnpj", "cadin_mg", "siafi_mg"}


def test_every_obligation_can_be_proved_by_some_document() -> None:
    assert not Exigencia.objects.filter(alternativas=None).exists()


def test_every_document_proves_something_except_the_declaration_of_the_request() -> None:
    soltos = TipoDocumento.objects.filter(alternativas=None).values_list("codigo", flat=True)
    assert list(soltos) == ["decl_autenticidade"]


def test_groups_six_and_seven_never_cause_irregularity() -> None:
    finais = Exigencia.objects.filter(grupo__gte=Grupo.SETORIAL)
    assert finais.exists()
    assert not finais.filter(causa_irregularidade=True).exists()


def test_a_register_is_named_by_its_line_and_by_no_other() -> None:
    for exigencia in Exigencia.objects.prefetch_related("alternativas__tipo_documento"):
        da_fonte = {a.tipo_documento.obtencao for a in exigencia.alternativas.all()} == {Obtencao.FONTE}
        assert bool(exigencia.fonte) == da_fonte == (exigencia.escopo == Escopo.FONTE), exigencia.codigo


def test_a_line_that_depends_on_a_yes_or_no_has_its_question() -> None:
    perguntadas = Exigencia.objects.filter(condicao__in=[Condicao.SE_HOUVER, Condicao.SE_DELEGADO])
    assert perguntadas.exists()
    assert not perguntadas.filter(pergunta="").exists()


def test_the_limits_of_a_municipal_entity_and_the_certificates_of_a_fund_follow_the_municipio() -> None:
    seguem = set(Exigencia.objects.filter(escopo=Escopo.ENTE_CONTROLADOR).values_list("codigo", flat=True))
    assert seguem & _codigos("ent_pub_municipal") == {"tce_divida_ente", "tce_pessoal_ente"}
    certidoes = {"cnd_federal_fundo", "crf_fgts_fundo", "cndt_fundo", "cdt_mg_fundo"}
    assert seguem & _codigos("fms") == seguem & _codigos("fmas") == certidoes


@pytest.mark.parametrize("exigencia", ["tce_divida", "tce_pessoal"])
def test_the_mayors_declaration_replaces_the_certificate_of_the_court_of_accounts(exigencia: str) -> None:
    codigos = Alternativa.objects.filter(exigencia__codigo=exigencia).values_list(
        "tipo_documento__codigo", flat=True
    )
    assert list(codigos) == [exigencia, "alt_limites"]


@pytest.mark.parametrize("codigo", ["cnd_federal", "crf_fgts", "cndt", "cdt_mg", "tce_divida", "tce_pessoal"])
def test_a_certificate_says_where_it_is_issued_and_where_it_is_checked(codigo: str) -> None:
    documento = TipoDocumento.objects.get(codigo=codigo)
    assert documento.onde_emitir.startswith("https://")
    assert documento.onde_conferir.startswith("https://")


def test_every_document_tells_the_person_what_to_do() -> None:
    assert not TipoDocumento.objects.filter(orientacao="").exists()


def test_the_private_papers_of_the_representante_are_confidential() -> None:
    sigilosos = set(TipoDocumento.objects.filter(sigiloso=True).values_list("codigo", flat=True))
    assert sigilosos >= {"rl_identidade", "rl_cpf", "rl_endereco", "rl_selfie", "rl_procuracao"}


def test_every_signed_document_has_a_text_that_fits_the_case() -> None:
    motor = Engine(autoescape=False, string_if_invalid="<<%s>>")
    assinados = TipoDocumento.objects.filter(obtencao__in=Obtencao.assinadas())
    assert assinados.count() == 9
    for tipo in assinados:
        modelo = ModeloDeclaracao.objects.get(tipo_documento=tipo, versao=1)
        texto = motor.from_string(modelo.texto).render(Context(CASO, autoescape=False))
        assert "<<" not in texto, tipo.codigo
        assert "Associação Fictícia Ipê" in texto
        assert "Maria Fictícia" in texto


def test_the_list_of_directors_names_each_one_in_a_paragraph() -> None:
    modelo = ModeloDeclaracao.objects.get(tipo_documento__codigo="osc_relacao_dirigentes")
    texto = Engine(autoescape=False).from_string(modelo.texto).render(Context(CASO, autoescape=False))
    assert "1. João Fictício, CPF 111.444.777-35, Tesoureiro." in texto.split("\n\n")


def test_every_nature_leads_to_a_type_or_says_why_not_and_the_way_out() -> None:
    for natureza in NaturezaJuridica.objects.prefetch_related("tipos"):
        aceita = bool(natureza.tipos.all())
        assert natureza.pode_inscrever == aceita, natureza.codigo
        assert aceita or (natureza.motivo and natureza.saida), natureza.codigo


def test_the_natures_are_the_whole_official_table_with_right_check_digits() -> None:
    codigos = list(NaturezaJuridica.objects.values_list("codigo", flat=True))
    for codigo in codigos:
        resto = sum(int(digito) * peso for digito, peso in zip(codigo, (4, 3, 2), strict=False)) % 11
        assert int(codigo[3]) == (11 - resto if resto > 1 else 0), codigo
    # The table of 2021 has 92; fundo público (120-1) is of records made before it.
    assert len(codigos) == 93


def test_every_type_can_be_reached_from_some_nature() -> None:
    assert not TipoConvenente.objects.filter(naturezas=None).exists()


def test_loading_again_adds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert not any(catalogo.carregar().values())
    call_command("carregar_catalogo")
    assert capsys.readouterr().out == ""


def test_loading_puts_back_what_is_missing_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    MotivoRecusa.objects.filter(codigo="ilegivel").delete()
    call_command("carregar_catalogo")
    assert capsys.readouterr().out.splitlines() == ["motivos de recusa: 1 a mais"]


def test_loading_never_overwrites_what_the_team_edited() -> None:
    nova = Norma.objects.create(slug="nova", nome="Norma da equipe", vigente_de=date(2027, 1, 1))
    Exigencia.objects.filter(pk=alterar(nova, Exigencia.objects.get(codigo="crf_fgts")).pk).update(
        nome="FGTS em dia"
    )
    publicar(nova)
    TipoDocumento.objects.filter(codigo="crf_fgts").update(orientacao="Peça na agência.")
    NaturezaJuridica.objects.filter(codigo="3131").update(pode_inscrever=True)
    catalogo.carregar()
    assert Exigencia.objects.get(codigo="crf_fgts", vigente_ate=None).nome == "FGTS em dia"
    assert TipoDocumento.objects.get(codigo="crf_fgts").orientacao == "Peça na agência."
    assert NaturezaJuridica.objects.get(codigo="3131").pode_inscrever

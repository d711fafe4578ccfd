"""The loaded catalogue is the one of the law, line by line: the table of docs/dominio.md, Catalogue.

Columns: code, group, types, validity of each document that proves the line (the usual one first), condition, whether it
causes irregularity, and ``check`` for a default that the team must compare with the norm in force.
Types: T all, V private, ``T-uniao`` all but one, ``*`` the rest of a name.
"""

from fnmatch import fnmatch

import pytest
from django.test import Client
from django.urls import reverse

from contas.fabricas import usuario
from documentos.models import Exigencia, TipoConvenente

pytestmark = pytest.mark.django_db

LINHAS = """
rl_identidade | 2 | T | MANDATO | sempre | S | law
rl_cpf | 2 | T | MANDATO | sempre | S | law
rl_endereco | 2 | T | EMISSAO90_MANDATO | sempre | S | check
rl_posse | 2 | T | MANDATO | sempre | S | law
rl_selfie | 2 | T | MANDATO | sempre | S | law
rl_termo_concordancia | 2 | T | MANDATO | sempre | S | law
rl_autorizacao_eletronica | 2 | T | MANDATO | sempre | S | law
rl_procuracao | 2 | T | FIXA | se_delegado | S | check
cnpj | 1 | T | MANDATO | sempre | S | law
sede_endereco | 1 | T-uniao | EMISSAO90_MANDATO EMISSAO90_MANDATO | sempre | S | law
cons_contrato | 1 | consorcio_* | MANDATO MANDATO | sempre | S | law
cons_publicacao | 1 | consorcio_* | MANDATO MANDATO | sempre | S | law
cons_leis_ratificacao | 1 | consorcio_* | PERM | sempre | S | check
cons_estatuto | 1 | consorcio_* | MANDATO MANDATO | sempre | S | check
cons_ata_eleicao | 1 | consorcio_* | MANDATO | sempre | S | check
cons_contrato_rateio | 4 | consorcio_* | ANO | se_houver | N | check
lei_criacao | 1 | ent_pub_* fms fmas estatal_art20 | PERM | sempre | S | check
estatuto_regimento | 1 | ent_pub_* estatal_art20 | MANDATO | se_houver | S | check
ato_nomeacao | 1 | ent_pub_* estatal_art20 | MANDATO | sempre | S | check
estatal_certidao_junta | 1 | estatal_art20 | FIXA | se_houver | S | check
ssa_lei_autorizativa | 1 | ssa | MANDATO MANDATO | sempre | S | law
ssa_estatuto | 1 | ssa | MANDATO MANDATO | sempre | S | law
ssa_posse_orgaos | 1 | ssa | MANDATO | sempre | S | law
ssa_regulamento_compras | 1 | ssa | PERM FIXA | sempre | S | check
osc_estatuto | 1 | osc org_religiosa | MANDATO FIXA MANDATO | sempre | S | check
coop_estatuto | 1 | cooperativa | MANDATO FIXA MANDATO | sempre | S | check
osc_regimento | 1 | osc cooperativa org_religiosa | MANDATO | opcional | N | law
osc_ata_eleicao | 1 | osc cooperativa org_religiosa | MANDATO | sempre | S | check
osc_relacao_dirigentes | 1 | osc cooperativa org_religiosa | MANDATO | sempre | S | check
relig_decl_finalidade | 1 | org_religiosa | MANDATO | sempre | S | check
cnd_federal | 3 | T-uniao-fms-fmas | IMPRESSA | sempre | S | law
crf_fgts | 3 | T-uniao-fms-fmas | IMPRESSA | sempre | S | law
cndt | 3 | T-uniao-fms-fmas | IMPRESSA | sempre | S | law
cdt_mg | 3 | T-uniao-fms-fmas | IMPRESSA | sempre | S | law
cnd_federal_fundo | 3 | fms fmas | IMPRESSA | sempre | S | check
crf_fgts_fundo | 3 | fms fmas | IMPRESSA | sempre | S | check
cndt_fundo | 3 | fms fmas | IMPRESSA | sempre | S | check
cdt_mg_fundo | 3 | fms fmas | IMPRESSA | sempre | S | check
cnd_municipal | 3 | V | IMPRESSA | opcional | N | check
tce_divida | 4 | municipio | IMPRESSA FIXA | sempre | S | check
tce_pessoal | 4 | municipio | IMPRESSA FIXA | sempre | S | check
tce_divida_estado | 4 | estado_df | IMPRESSA | sempre | S | check
tce_pessoal_estado | 4 | estado_df | IMPRESSA | sempre | S | check
tce_divida_ente | 4 | ent_pub_municipal | IMPRESSA FIXA | sempre | S | check
tce_pessoal_ente | 4 | ent_pub_municipal | IMPRESSA FIXA | sempre | S | check
decl_ampla_divulgacao | 4 | municipio estado_df | ANO | sempre | S | check
cauc_3_1_2 | 4 | municipio estado_df | VIVA | sempre | S | check
cauc_3_2_2 | 4 | municipio estado_df | VIVA | sempre | S | check
cauc_3_3 | 4 | municipio estado_df | VIVA | sempre | S | check
cauc_3_6 | 4 | municipio estado_df | VIVA | sempre | S | check
cauc_4_1 | 4 | municipio estado_df | VIVA | sempre | S | law
cauc_4_2 | 4 | municipio estado_df | VIVA | rpps | S | check
cauc_5_1 | 4 | municipio estado_df | VIVA | sempre | S | check
cauc_5_2 | 4 | municipio estado_df fms | VIVA | sempre | S | check
fms_siops | 4 | fms | VIVA | sempre | S | check
fms_cms_ata | 4 | fms | ANO | sempre | S | check
fms_plano_saude | 4 | fms | FIXA | sempre | S | check
fms_rag | 4 | fms | ANO | sempre | S | check
fmas_atas_cmas | 4 | fmas | ANO | sempre | S | check
fmas_decl_uo_loa | 4 | fmas | ANO | sempre | S | check
fmas_ata_ano_anterior | 4 | fmas | ANO | sempre | S | check
fmas_relatorio_gestao | 4 | fmas | ANO | sempre | S | check
fmas_plano | 4 | fmas | FIXA | sempre | S | check
fmas_rep_cmas | 2 | fmas | FIXA | sempre | S | check
osc_decl_transparencia | 4 | osc cooperativa org_religiosa | ANO | sempre | S | check
cadin_mg | 5 | T | VIVA | sempre | S | law
siafi_mg | 5 | T | VIVA | sempre | S | law
cafimp | 5 | T-uniao | VIVA | sempre | S | check
cepim | 5 | V | VIVA | sempre | N | check
osc_decl_art39 | 5 | osc cooperativa org_religiosa | ANO | sempre | S | check
osc_cebas | 6 | osc org_religiosa | IMPRESSA | opcional | N | check
osc_cmas | 6 | osc org_religiosa | ANO | area_assistencia_social | N | check
osc_cmdca | 6 | osc org_religiosa | IMPRESSA | area_crianca | N | check
osc_cneas | 6 | osc | VIVA | area_assistencia_social | N | check
osc_cnes | 6 | osc | VIVA | area_saude | N | check
osc_utilidade_publica | 6 | osc | PERM | opcional | N | check
coop_registro_ocb | 6 | cooperativa | ANO | opcional | N | check
mrosc_tempo_existencia | 7 | osc cooperativa org_religiosa | VIVA | sempre | N | check
mrosc_clausula_finalidade | 7 | osc | PERM | sempre | N | check
mrosc_clausula_patrimonio | 7 | osc | PERM | sempre | N | check
mrosc_clausula_escrituracao | 7 | osc cooperativa org_religiosa | PERM | sempre | N | law
"""
PRIVADOS = {"osc", "cooperativa", "org_religiosa", "ssa"}


def _tipos(dito: str, todos: set[str]) -> set[str]:
    if dito == "V":
        return PRIVADOS
    if dito.startswith("T"):
        return todos - set(dito.split("-")[1:])
    return {tipo for tipo in todos for nome in dito.split() if fnmatch(tipo, nome)}


def test_every_line_of_the_table_is_loaded_as_it_says_and_no_other() -> None:
    todos = set(TipoConvenente.objects.values_list("slug", flat=True))
    ditas = {}
    for linha in LINHAS.strip().splitlines():
        codigo, grupo, tipos, validades, condicao, causa, marca = linha.split(" | ")
        ditas[codigo] = (
            int(grupo),
            _tipos(tipos, todos),
            validades.split(),
            condicao,
            causa == "S",
            marca == "check",
        )
    carregadas = {
        e.codigo: (
            e.grupo,
            {tipo.slug for tipo in e.tipos.all()},
            [a.tipo_documento.validade for a in e.alternativas.all()],
            e.condicao,
            e.causa_irregularidade,
            e.conferir,
        )
        for e in Exigencia.objects.prefetch_related("tipos", "alternativas__tipo_documento")
    }
    assert carregadas == ditas


def test_the_team_finds_what_must_be_checked_against_the_norm_in_force(client: Client) -> None:
    client.force_login(usuario(is_staff=True, is_superuser=True))
    endereco = reverse("admin:documentos_exigencia_changelist")
    assert "Conferir com a norma vigente" in client.get(endereco).content.decode()
    achadas = client.get(endereco, {"conferir__exact": "1"}).context["cl"].queryset
    marcadas = {linha.split(" | ")[0] for linha in LINHAS.splitlines() if linha.endswith("| check")}
    assert set(achadas.values_list("codigo", flat=True)) == marcadas

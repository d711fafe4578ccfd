"""App configuration of the registry."""

from django.apps import AppConfig


class ConvenentesConfig(AppConfig):
    name = "convenentes"
    verbose_name = "Convenentes"

    def ready(self) -> None:
        from contas.grupos import permitir_a_equipe
        from convenentes import (  # noqa: F401 - they register themselves
            ganchos,
            mensagens,
            mensagens_de_mandato,
            meus_dados,
        )
        from convenentes.legado import mensagens as do_legado  # noqa: F401 - as above

        permitir_a_equipe(
            "convenentes.view_solicitacao",
            "convenentes.change_solicitacao",
            "convenentes.view_convenente",
            "convenentes.change_convenente",
            "convenentes.view_eventovinculo",
            "convenentes.view_vinculo",
            "convenentes.view_convitedevinculo",
            "convenentes.view_dirigente",
            "convenentes.view_certificado",
            "convenentes.view_municipio",
            "convenentes.view_fonte",
            "convenentes.view_resultadofonte",
            "convenentes.add_resultadofonte",
            "convenentes.view_excecao",
            "convenentes.add_excecao",
            "convenentes.view_cargafonte",
            "convenentes.add_cargafonte",
            "convenentes.view_indisponibilidadefonte",
            "convenentes.add_indisponibilidadefonte",
            "convenentes.change_indisponibilidadefonte",
            "convenentes.view_convitelegado",
            "convenentes.view_cargalegado",
            "convenentes.view_linhalegado",
            "convenentes.view_arquivolegado",
            "convenentes.change_arquivolegado",
            "convenentes.view_analiseautomatica",
            "convenentes.view_aprovacaoautomatica",
            "convenentes.change_aprovacaoautomatica",
        )

"""Every row of the database, told apart by what it says: two loads of one export give the same rows."""

from collections import Counter
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models

from convenentes.models import Convenente
from documentos.models import PastaDigital, PastaPessoal

# Of each run alone: keys, times, and what is drawn by lot.
_SORTEADOS = {"documentos.Arquivo.chave", "contas.Usuario.password"}
_DA_VEZ = (models.AutoField, models.DateTimeField)
_APPS = ("contas", "documentos", "convenentes", "correio", "atendimento")


class _Retratista:
    def __init__(self) -> None:
        self.linhas = {
            modelo: {objeto.pk: objeto for objeto in modelo._base_manager.all()}
            for app in _APPS
            for modelo in apps.get_app_config(app).get_models()
        }
        self.prontas: dict[tuple[type, Any], str] = {}
        # A folder says nothing of itself: it is known by its owner.
        donos = {c.pasta_id: c.cnpj for c in self._de(Convenente)}
        donos |= {p.pasta_id: p.usuario.cpf for p in self._de(PastaPessoal)}
        for pasta in self._de(PastaDigital):
            self.prontas[PastaDigital, pasta.pk] = donos[pasta.pk]

    def _de(self, modelo: type[models.Model]) -> Any:
        return self.linhas[modelo].values()

    def assinar(self, modelo: type[models.Model], pk: Any) -> str:
        """Return what tells this row from others, wherever it stands: its values, and those of the rows it names."""
        if (modelo, pk) not in self.prontas:
            objeto = self.linhas[modelo][pk]
            ditos = [(c.attname, self._valor(c, objeto)) for c in modelo._meta.concrete_fields]
            self.prontas[modelo, pk] = sha256(repr(ditos).encode()).hexdigest()
        return self.prontas[modelo, pk]

    def _valor(self, campo: Any, objeto: models.Model) -> Any:
        valor = getattr(objeto, campo.attname)
        if valor is None:
            return None
        if campo.remote_field and campo.related_model in self.linhas:
            return self.assinar(campo.related_model, valor)
        if campo.name == "uuid" or str(campo) in _SORTEADOS or isinstance(campo, _DA_VEZ):
            return ""
        return valor


def retrato() -> dict[str, "Counter[str]"]:
    """Return the rows of every table of ours, without keys, times and what is drawn by lot."""
    retratista = _Retratista()
    return {
        modelo._meta.db_table: Counter(retratista.assinar(modelo, pk) for pk in linhas)
        for modelo, linhas in retratista.linhas.items()
    }

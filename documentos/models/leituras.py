"""What the portal read in a file by itself: a certificate, and digital signatures."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from contas.documentos_pessoais import mascarar_cpf
from documentos.models.arquivos import Arquivo
from documentos.verificacoes.certidao import Diferenca, Esperado, comparar
from documentos.verificacoes.certidoes import NOMES, Certidao
from documentos.verificacoes.certidoes import Resultado as ResultadoLido


class Leitura(models.Model):
    """The text of a PDF as a certificate. Without ``especie`` it was recognised as none."""

    class Resultado(models.TextChoices):
        NEGATIVA = "negativa", "Negativa (regular)"
        COM_EFEITO = "positiva_com_efeito", "Positiva com efeito de negativa (regular)"
        POSITIVA = "positiva", "Positiva (não comprova a regularidade)"
        REGULAR = "regular", "Regular"
        IRREGULAR = "irregular", "Irregular (algum limite descumprido)"

    arquivo = models.OneToOneField(Arquivo, on_delete=models.PROTECT, related_name="leitura")
    tem_texto = models.BooleanField("tem texto")
    a_vista = models.BooleanField("o texto lido é o que se vê")
    especie = models.CharField("espécie", max_length=20, blank=True, choices=NOMES)
    cnpjs = ArrayField(models.CharField(max_length=14), verbose_name="CNPJs", default=list, blank=True)
    emitida_em = models.DateField("emitida em", null=True, blank=True)
    valida_ate = models.DateField("válida até", null=True, blank=True)
    resultado = models.CharField("resultado", max_length=20, blank=True, choices=Resultado)
    codigo = models.CharField("código de autenticidade", max_length=60, blank=True)
    endereco = models.URLField("onde conferir", blank=True)
    versao = models.CharField("versão de quem leu", max_length=20)
    lida_em = models.DateTimeField("lida em", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "leitura"

    def __str__(self) -> str:
        return self.get_especie_display() or "documento não reconhecido"

    @property
    def certidao(self) -> Certidao | None:
        """The certificate as it was read, to be compared."""
        if not self.especie:
            return None
        return Certidao(
            self.especie,
            tuple(self.cnpjs),
            self.emitida_em,
            self.valida_ate,
            ResultadoLido(self.resultado),
            self.codigo,
            self.endereco,
        )

    def diferencas(self, esperado: Esperado, hoje: date) -> list[Diferenca]:
        """Return what does not fit the folder and the typed days. What was not recognised is compared with nothing."""
        return comparar(self.certidao, esperado, hoje) if self.certidao else []


class AssinaturaDigital(models.Model):
    """A digital signature inside a PDF, as it was validated when the file arrived (docs/assinaturas.md)."""

    arquivo = models.ForeignKey(Arquivo, on_delete=models.PROTECT, related_name="assinaturas_digitais")
    nome = models.CharField("nome", max_length=200, blank=True)
    cpf = models.CharField("CPF", max_length=11, blank=True)
    em = models.DateTimeField("em", null=True)
    integra = models.BooleanField("íntegra")
    alterada_depois = models.BooleanField("arquivo alterado depois")
    confiavel = models.BooleanField("cadeia reconhecida")

    class Meta:
        verbose_name = "assinatura digital"
        verbose_name_plural = "assinaturas digitais"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.nome or "assinante não identificado"

    @property
    def cpf_mascarado(self) -> str:
        """Empty when the certificate does not say it."""
        return mascarar_cpf(self.cpf) if self.cpf else ""

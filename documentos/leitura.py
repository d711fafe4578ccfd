"""Keep what the examination read in a PDF. It assists: when it cannot be read, nothing is lost."""

from pathlib import Path

from django.conf import settings

from documentos.models import Arquivo, AssinaturaDigital, Leitura
from documentos.verificacoes import certidoes
from documentos.verificacoes.lido import Lido


def raizes() -> list[bytes]:
    """Return the certificates that the office trusts, in PEM. Empty: nobody is."""
    pasta = settings.RAIZES_DE_CONFIANCA
    return [arquivo.read_bytes() for arquivo in sorted(Path(pasta).glob("*.pem"))] if pasta else []


def guardar(arquivo: Arquivo, visto: Lido) -> None:
    """Keep what was found in the file as it was sent. Called inside the transaction of its examination."""
    certidao = visto.certidao
    campos = (
        {
            "especie": certidao.especie,
            "cnpjs": list(certidao.cnpjs[:20]),
            "emitida_em": certidao.emitida_em,
            "valida_ate": certidao.valida_ate,
            "resultado": certidao.resultado,
            "codigo": certidao.codigo[:60],
            "endereco": certidao.endereco,
        }
        if certidao
        else {}
    )
    Leitura.objects.create(
        arquivo=arquivo,
        tem_texto=visto.tem_texto,
        a_vista=visto.a_vista,
        versao=certidoes.VERSAO,
        **campos,
    )
    AssinaturaDigital.objects.bulk_create(
        AssinaturaDigital(
            arquivo=arquivo,
            nome=a.nome[:200],
            cpf=a.cpf,
            em=a.em,
            integra=a.integra,
            alterada_depois=a.alterada_depois,
            confiavel=a.confiavel,
        )
        for a in visto.assinaturas
    )

"""Load a file of a register: read whole, refused whole, written in one statement (docs/fontes.md)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from contas.models import Usuario
from convenentes import historico
from convenentes.fontes.cauc import Cauc
from convenentes.fontes.leitura import Achado, Alvo, Erro, FonteRecusada, Leitor, Leitura, Recebido
from convenentes.fontes.listas_federais import CEIS, CEPIM, CNEP
from convenentes.fontes.lotes_estaduais import CADIN_MG, CAFIMP, SIAFI_MG
from convenentes.models import CargaFonte, Convenente, ResultadoFonte
from documentos import exame, guarda
from documentos.nomes import nome_limpo

_LEITORES: tuple[Leitor, ...] = (Cauc(), CEPIM, CEIS, CNEP, CADIN_MG, SIAFI_MG, CAFIMP)
LEITORES: dict[str, Leitor] = {leitor.cadastro.value: leitor for leitor in _LEITORES}

_GRAVAR = """
    INSERT INTO convenentes_resultadofonte
        (convenente_id, fonte_id, resultado, detalhe, consultado_em, vale_ate, carga_id, registrado_em)
    SELECT n.convenente_id, f.id, n.resultado, n.detalhe, n.consultado_em, n.vale_ate, %(carga)s, %(agora)s
    FROM unnest(%(convenentes)s::bigint[], %(fontes)s::text[], %(resultados)s::text[], %(detalhes)s::text[],
                %(datas)s::date[], %(validades)s::date[])
         AS n (convenente_id, fonte, resultado, detalhe, consultado_em, vale_ate)
    JOIN convenentes_fonte f ON f.codigo = n.fonte
    WHERE NOT EXISTS (
        SELECT FROM convenentes_resultadofonte r
        WHERE r.convenente_id = n.convenente_id AND r.fonte_id = f.id AND r.consultado_em > n.consultado_em)
    RETURNING resultado
"""


@dataclass(frozen=True)
class Conferencia:
    """What a file would do: its reading, and the answers that it gives to convenentes that we know."""

    leitura: Leitura
    respostas: list[tuple[Alvo, Achado]]

    @property
    def com_restricao(self) -> int:
        """How many of the answers are a restriction."""
        return sum(achado.resultado == ResultadoFonte.Resultado.COM_RESTRICAO for _, achado in self.respostas)


def conferir(cadastro: str, recebido: Recebido, hoje: date, *, aceitar_menor: bool = False) -> Conferencia:
    """Read the file and find what it answers; write nothing. Raises FonteRecusada.

    ``aceitar_menor`` lets a list that lost half of its rows pass: somebody checked that it did shrink.
    """
    leitor = LEITORES[cadastro]
    leitura = leitor.ler(recebido)
    datas = [achado.consultado_em for achados in leitura.achados.values() for achado in achados]
    if max([leitura.referencia, *datas]) > hoje:
        raise FonteRecusada([Erro("O arquivo traz uma data que ainda não chegou.")])
    if leitor.lista_completa:
        _recusar_lista_velha_ou_curta(leitura, aceitar_menor)
    leituras = [leitura, *_leituras_dos_irmaos(leitor)]
    pares = ((alvo, leitor.responder(alvo, leituras)) for alvo in _alvos(leitor))
    return Conferencia(leitura, [(alvo, achado) for alvo, achado in pares if achado])


@transaction.atomic
def carregar(
    cadastro: str,
    recebido: Recebido,
    hoje: date,
    origem: CargaFonte.Origem,
    por: Usuario | None = None,
    *,
    aceitar_menor: bool = False,
) -> tuple[CargaFonte, bool]:
    """Load a file; return the load and whether it is new: the same file twice changes nothing.

    An answer newer than the file stays. Raises FonteRecusada, with nothing written.
    """
    _esperar_a_vez()
    resumo = hashlib.sha256(recebido.conteudo).hexdigest()
    conferencia = conferir(cadastro, recebido, hoje, aceitar_menor=aceitar_menor)
    leitura = conferencia.leitura
    feita = CargaFonte.objects.filter(cadastro=cadastro, sha256=resumo, referencia=leitura.referencia).first()
    if feita is not None:
        return feita, False
    evidencia = guarda.guardar(nome_limpo(recebido.nome), "text/csv", recebido.conteudo, por)
    exame.agendar(evidencia)
    try:
        carga = CargaFonte.objects.create(
            cadastro=cadastro,
            referencia=leitura.referencia,
            sha256=resumo,
            evidencia=evidencia,
            linhas=leitura.linhas,
            ignoradas=leitura.ignoradas,
            origem=origem,
            carregada_por=por,
        )
        gravadas = _gravar(carga, conferencia.respostas)
        carga.respostas = len(gravadas)
        carga.com_restricao = gravadas.count(ResultadoFonte.Resultado.COM_RESTRICAO)
        carga.save(update_fields=["respostas", "com_restricao"])
        historico.atualizar(hoje, sorted({alvo.convenente_id for alvo, _ in conferencia.respostas}))
    except BaseException:
        default_storage.delete(evidencia.chave)
        raise
    return carga, True


def _esperar_a_vez() -> None:
    """One load at a time, until the end of the transaction: a large file may hold the others for some seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '60s'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('convenentes.fontes.carga'))")


def _recusar_lista_velha_ou_curta(leitura: Leitura, aceitar_menor: bool) -> None:
    anterior = ultima_carga(leitura.cadastro)
    if anterior is None:
        return
    if anterior.referencia > leitura.referencia:
        raise FonteRecusada(
            [Erro(f"Já foi carregada uma lista mais nova, de {anterior.referencia:%d/%m/%Y}. Nada mudou.")]
        )
    if leitura.linhas * 2 < anterior.linhas and not aceitar_menor:
        raise FonteRecusada(
            [
                Erro(
                    f"O arquivo tem {leitura.linhas} linhas e o anterior tinha {anterior.linhas}: parece incompleto. "
                    "Baixe-o de novo. Se a lista diminuiu mesmo, confirme isso ao carregar."
                )
            ]
        )


def ultima_carga(cadastro: str) -> CargaFonte | None:
    """Return the load with the newest file of a register."""
    cargas = CargaFonte.objects.filter(cadastro=cadastro).select_related("evidencia")
    return cargas.order_by("-referencia", "-id").first()


def _leituras_dos_irmaos(leitor: Leitor) -> Iterator[Leitura]:
    for irmao in leitor.irmaos:
        carga = ultima_carga(irmao)
        if carga is not None:
            guardado = Recebido(carga.evidencia.nome, guarda.ler(carga.evidencia), carga.referencia)
            yield LEITORES[irmao].ler(guardado)


def _alvos(leitor: Leitor) -> Iterator[Alvo]:
    """Every line of the register of every convenente that we know, also of those under inscription."""
    linhas = (
        Convenente.objects.exclude(estado=Convenente.Estado.CANCELADO)
        .filter(tipo__exigencias__fonte__startswith=leitor.fontes)
        .values_list(
            "pk",
            "cnpj",
            "tipo__genero",
            "municipio__codigo_ibge",
            "municipio__uf",
            "tipo__exigencias__fonte",
        )
        .order_by("pk")
        .distinct()
    )
    return (Alvo(*linha) for linha in linhas)


def _gravar(carga: CargaFonte, respostas: list[tuple[Alvo, Achado]]) -> list[str]:
    """Append the answers that are not older than what we have; return the result of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            _GRAVAR,
            {
                "carga": carga.pk,
                "agora": timezone.now(),
                "convenentes": [alvo.convenente_id for alvo, _ in respostas],
                "fontes": [achado.fonte for _, achado in respostas],
                "resultados": [str(achado.resultado) for _, achado in respostas],
                "detalhes": [achado.detalhe for _, achado in respostas],
                "datas": [achado.consultado_em for _, achado in respostas],
                "validades": [achado.vale_ate for _, achado in respostas],
            },
        )
        return [resultado for (resultado,) in cursor.fetchall()]

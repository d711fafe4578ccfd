"""The warnings of a day for 25,000 records, against the lines of all and one INSERT of the same rows, in one run."""

from django.db import connection

from bench.regra import MUITOS, como_dono, conferir, crescer, dizer, mediana, um_nucleo
from convenentes import situacao
from convenentes.avisos import avisar
from tests.convenentes.mundo import HOJE

# The rows that a day writes, without the key that the database gives.
_ESCRITAS = {
    "convenentes_avisoemitido": "convenente_id, codigo, vence_em, limiar, emitido_em",
    "correio_mensagem": "chave, tipo, para, usuario_id, contexto, estado, tentativas, proxima_tentativa, criada_em, "
    "assunto, corpo, erro",
}


def medir() -> None:
    """Print how long computing and queuing takes on the day that tells the most: the first."""
    crescer(MUITOS)
    um_nucleo()
    mensagens = avisar(HOJE)
    with connection.cursor() as cursor:
        for tabela, campos in _ESCRITAS.items():
            cursor.execute(f"CREATE TEMPORARY TABLE do_dia_{tabela} AS SELECT {campos} FROM {tabela}")  # noqa: S608
            como_dono(f"TRUNCATE {tabela} CASCADE")
        cursor.execute("SELECT count(*) FROM do_dia_convenentes_avisoemitido")
        (avisos,) = cursor.fetchone()
    referencia = mediana(_ler_e_escrever)
    print(
        f"avisos: {referencia * 1000:.0f} ms for the lines and one INSERT of {avisos} warnings, {mensagens} mails"
    )
    dizer("avisos", mediana(_avisar) / referencia, 1.5)


def _avisar() -> None:
    avisar(HOJE)
    conferir()


def _ler_e_escrever() -> None:
    """Ask for the lines as the portal does, without making anything of them, and write the rows of the day."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(situacao.regra(), situacao.parametros(HOJE, None))
        for tabela, campos in _ESCRITAS.items():
            cursor.execute(f"INSERT INTO {tabela} ({campos}) SELECT * FROM do_dia_{tabela}")  # noqa: S608
    conferir()

"""Inviting 18,657 persons of the legacy registry, against one INSERT of the same rows; and mailing some of them.

So many records were irregular on the night of the migration of 2020 (docs/dominio.md). Both deliveries build the same
mails and go to the same server, on one connection each.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.template.loader import render_to_string

from bench import registro
from bench.regra import como_dono, conferir, dizer, mediana
from cagec.correio import entrega
from cagec.correio.models import Mensagem
from cagec.correio.tipos import Corpo, redigir
from cagec.embutido import processos
from cagec.embutido.postgres import porta_livre
from cagec.tempo import hoje
from convenentes.legado import convites
from convenentes.legado.convites import Selecao
from tests.servicos import esperar_porta

PESSOAS, VEZES = 18_657, 3
_ESCRITAS = ("contas_convite", "convenentes_ondadeconvites", "convenentes_convitelegado", "correio_mensagem")


def medir() -> None:
    """Print how long queuing takes, in INSERTs of the same rows, and delivering, in loops that send the same mails."""
    _povoar()
    _convidar()
    with connection.cursor() as cursor:
        for tabela in _ESCRITAS:
            cursor.execute(f"CREATE TEMPORARY TABLE da_onda_{tabela} AS SELECT * FROM {tabela}")  # noqa: S608
    como_dono(f"TRUNCATE {', '.join(_ESCRITAS)} CASCADE")
    referencia = mediana(_inserir)
    print(
        f"legado-convidar: {referencia * 1000:.0f} ms for one INSERT of {PESSOAS} invitations and their mails"
    )
    dizer("legado-convidar-fila", mediana(_convidar) / referencia, 3)
    _convidar()
    _entregar()


def _povoar() -> None:
    """Persons without password, each the responsável of the same record."""
    convenente = registro.criar()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO contas_usuario (uuid, cpf, nome_civil, nome_social, email, telefone, password, is_active,
                                        is_staff, is_superuser, criado_em)
            SELECT gen_random_uuid(), lpad(n::text, 11, '0'), 'Pessoa ' || n, '', 'p' || n || '@example.org', '', '!',
                   true, false, false, now()
            FROM generate_series(1, %s) n
            """,
            [PESSOAS],
        )
        cursor.execute(
            """
            INSERT INTO convenentes_vinculo (uuid, usuario_id, convenente_id, papel, cargo, periodo, criado_em)
            SELECT gen_random_uuid(), id, %s, 'responsavel', '', daterange('2020-01-01', NULL), now()
            FROM contas_usuario WHERE password = '!' AND last_login IS NULL
            """,
            [convenente],
        )
    como_dono("VACUUM ANALYZE")


def _convidar() -> None:
    with transaction.atomic():
        convites.convidar(Selecao(), hoje(), por_hora=3_600_000, limite=5)
        conferir()


def _inserir() -> None:
    with connection.cursor() as cursor:
        for tabela in _ESCRITAS:
            cursor.execute(f"INSERT INTO {tabela} SELECT * FROM da_onda_{tabela}")  # noqa: S608
    conferir()


def _entregar() -> None:
    with tempfile.TemporaryDirectory() as pasta:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = porta_livre()
        comando = [sys.executable, "-m", "cagec.embutido.caixa", f"{pasta}/caixa", str(settings.EMAIL_PORT)]
        servidor = processos.iniciar(comando, Path(pasta) / "caixa.log")
        try:
            esperar_porta(settings.EMAIL_PORT)
            _comparar()
        finally:
            processos.parar(servidor)


def _comparar() -> None:
    """Each round delivers the next mails of the outbox, and then sends as many copies of one of them."""
    razoes = []
    for _ in range(VEZES):
        inicio = time.perf_counter()
        entregues = entrega.varrer(segundos=3)
        meio = time.perf_counter()
        _enviar(
            redigir(convites.TIPO, Mensagem.objects.filter(estado="enviada").latest("pk").contexto), entregues
        )
        razoes.append((meio - inicio) / (time.perf_counter() - meio))
    print(f"legado-convidar: {entregues / (meio - inicio):.0f} mails a second")
    dizer("legado-convidar-entrega", statistics.median(razoes), 1 / 0.6)


def _enviar(corpo: Corpo, quantas: int) -> None:
    conexao = get_connection()
    conexao.open()
    for n in range(quantas):
        texto = render_to_string("email/base.txt", {"corpo": corpo})
        para = [f"p{n}@example.org"]
        email = EmailMultiAlternatives(
            corpo.assunto, texto, settings.DEFAULT_FROM_EMAIL, para, connection=conexao
        )
        email.attach_alternative(render_to_string("email/base.html", {"corpo": corpo}), "text/html")
        email.send()
    conexao.close()

"""Steps ``convidar`` and ``acompanhar`` of ``manage.py legado``: each takes the options and says what happened."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from cagec.tempo import hoje
from convenentes.legado import acompanhamento, convites
from convenentes.legado.acompanhamento import Estado
from convenentes.legado.convites import Selecao
from convenentes.models import Municipio, OndaDeConvites
from convenentes.texto import normalizar
from documentos.models import TipoConvenente

POR_HORA, LIMITE = 2_000, 5


def registrar(subparsers: Any) -> None:
    """Add the steps to the command."""
    convidar: ArgumentParser = subparsers.add_parser(
        "convidar", help="convida as pessoas que vieram do cadastro anterior; sem --gravar, só conta"
    )
    convidar.add_argument(
        "--municipio", default="", help="só de organizações do município: nome em MG ou código IBGE"
    )
    convidar.add_argument("--tipo", default="", help="só de organizações deste tipo")
    convidar.add_argument("--quantos", type=int, help="no máximo tantas pessoas")
    convidar.add_argument("--por-hora", type=int, default=POR_HORA, help="mensagens por hora, no máximo")
    convidar.add_argument(
        "--limite", type=int, default=LIMITE, help="porcentagem de devoluções que suspende a onda"
    )
    convidar.add_argument(
        "--retomar",
        type=int,
        metavar="ONDA",
        help="continua uma onda suspensa; dê um --limite maior que o das devoluções que já houve",
    )
    convidar.add_argument(
        "--gravar", action="store_true", help="grava os convites e põe as mensagens na fila"
    )
    convidar.set_defaults(executar=_convidar)
    acompanhar: ArgumentParser = subparsers.add_parser(
        "acompanhar", help="mostra quantas pessoas já entraram"
    )
    acompanhar.set_defaults(executar=_acompanhar)


def _convidar(options: dict[str, Any]) -> str:
    ritmo = {"por_hora": options["por_hora"], "limite": options["limite"]}
    quantos = options["quantos"]
    if ritmo["por_hora"] < 1 or not 0 <= ritmo["limite"] <= 100 or (quantos is not None and quantos < 1):
        raise CommandError("Informe ao menos 1 em --por-hora e --quantos, e de 0 a 100 em --limite.")
    if options["retomar"] is not None:
        return _retomar(options["retomar"], ritmo, gravar=options["gravar"])
    selecao = Selecao(_municipio(options["municipio"]), _tipo(options["tipo"]))
    if not options["gravar"]:
        quantas = convites.a_convidar(selecao, hoje())[:quantos].count()
        return f"Pessoas a convidar: {quantas}. Nada foi gravado; repita com --gravar para enviar."
    onda = convites.convidar(selecao, hoje(), quantos=quantos, **ritmo)
    if onda is None:
        return "Ninguém a convidar: todas as pessoas desta seleção já foram convidadas, já entraram ou não têm e-mail."
    return f"{onda}. Pessoas convidadas: {onda.quantos}, até {onda.por_hora} mensagens por hora."


def _retomar(numero: int, ritmo: dict[str, int], *, gravar: bool) -> str:
    onda = OndaDeConvites.objects.filter(pk=numero).exclude(suspensa_em=None).first()
    if onda is None:
        raise CommandError(
            f"A onda {numero} não está suspensa. Veja as ondas com: manage.py legado acompanhar"
        )
    if not gravar:
        return f"{onda} está suspensa. Nada foi gravado; repita com --gravar para continuar."
    return f"{onda}. De volta à fila: {convites.retomar(onda, **ritmo)} mensagens."


def _acompanhar(options: dict[str, Any]) -> str:
    contadas = acompanhamento.contar(hoje())
    linhas = [f"{Estado(estado).label:<28}{quantas:>8}" for estado, quantas in contadas.items()]
    linhas.append(f"{'Total':<28}{sum(contadas.values()):>8}")
    linhas.append(f"Mensagens que podem ter chegado duas vezes: {acompanhamento.talvez_repetidas()}")
    for onda in acompanhamento.ondas():
        suspensa = ", suspensa por devoluções" if onda.suspensa_em else ""
        linhas.append(f"{onda}: {onda.quantos} pessoas, {onda.por_hora} por hora{suspensa}")
    return "\n".join(linhas)


def _municipio(texto: str) -> Municipio | None:
    if not texto:
        return None
    por_nome = Municipio.objects.filter(nome_busca=normalizar(texto), uf="MG")
    municipio = Municipio.objects.filter(codigo_ibge=texto).first() or por_nome.first()
    if municipio is None:
        raise CommandError(f"Município não encontrado: {texto}. Use o nome, em MG, ou o código IBGE.")
    return municipio


def _tipo(slug: str) -> TipoConvenente | None:
    if not slug:
        return None
    tipo = TipoConvenente.objects.filter(slug=slug).first()
    if tipo is None:
        tipos = ", ".join(TipoConvenente.objects.values_list("slug", flat=True))
        raise CommandError(f"Tipo desconhecido: {slug}. Use um destes: {tipos}.")
    return tipo

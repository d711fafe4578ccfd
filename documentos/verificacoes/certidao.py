"""Compare what a certificate says with whose folder it is in, and with what the person typed. Pure: asks nothing."""

from dataclasses import dataclass
from datetime import date

from documentos.verificacoes.certidoes import NOMES, Certidao, Resultado, serve_a

CONHECIDAS = frozenset().union(*(serve_a(especie) for especie in NOMES))
# Issued for the whole entity, head office and branches: the first eight characters of the CNPJ are what counts.
_DA_RAIZ = frozenset({"cnd_federal", "cndt"})


@dataclass(frozen=True)
class Diferenca:
    """Something that does not fit. ``grave``: the document would not prove the line, so it is given back at once (the
    person may insist). ``aviso`` speaks to the person and to the analyst."""

    aviso: str
    grave: bool = True


@dataclass(frozen=True)
class Esperado:
    """What the document must be: its kind, whose (``cnpjs``: the convenente's, or the município's of a fund), and the
    days that the person typed."""

    tipo: str
    cnpjs: tuple[str, ...]
    emitido_em: date | None = None
    valido_ate: date | None = None


def comparar(lida: Certidao, esperado: Esperado, hoje: date) -> list[Diferenca]:
    """Return what does not fit on ``hoje`` (São Paulo), the worst first."""
    if esperado.tipo not in serve_a(lida.especie):
        return [Diferenca(f"Isto parece ser {NOMES[lida.especie]}, e não o documento pedido.")]
    achadas = [_dono(lida, esperado.cnpjs), _resultado(lida), _vencida(lida, hoje), *_datas(lida, esperado)]
    return sorted((d for d in achadas if d is not None), key=lambda d: not d.grave)


def _dono(lida: Certidao, cnpjs: tuple[str, ...]) -> Diferenca | None:
    if not lida.cnpjs:
        return Diferenca("Não encontramos o CNPJ no texto da certidão: a equipe confere.", grave=False)
    tamanho = 8 if lida.especie in _DA_RAIZ else 14
    raizes = {cnpj[:tamanho] for cnpj in cnpjs}
    if not any(cnpj[:tamanho] in raizes for cnpj in lida.cnpjs):
        return Diferenca("O CNPJ da certidão não é o desta organização.")
    if len({cnpj[:tamanho] for cnpj in lida.cnpjs}) > 1:
        return Diferenca("A certidão menciona mais de um CNPJ.", grave=False)
    return None


def _resultado(lida: Certidao) -> Diferenca | None:
    if lida.resultado == Resultado.POSITIVA:
        return Diferenca("A certidão é positiva: ela aponta débitos e não comprova a regularidade.")
    if lida.resultado == Resultado.IRREGULAR:
        return Diferenca("A certidão diz que algum limite foi descumprido e não comprova a regularidade.")
    if lida.resultado == Resultado.NAO_LIDO:
        return Diferenca("Não conseguimos ler o resultado da certidão: a equipe confere.", grave=False)
    return None


def _vencida(lida: Certidao, hoje: date) -> Diferenca | None:
    if lida.valida_ate is None:
        return Diferenca("Não encontramos a validade no texto da certidão: a equipe confere.", grave=False)
    if lida.valida_ate < hoje:
        return Diferenca(f"A certidão venceu em {lida.valida_ate:%d/%m/%Y}. Emita uma nova.")
    return None


def _datas(lida: Certidao, esperado: Esperado) -> list[Diferenca]:
    diferencas = []
    if lida.emitida_em and lida.valida_ate and lida.valida_ate < lida.emitida_em:
        diferencas.append(
            Diferenca("As datas da certidão não combinam: a validade é anterior à emissão.", grave=False)
        )
    for nome, lido, digitado in (
        ("a data de emissão", lida.emitida_em, esperado.emitido_em),
        ("a validade", lida.valida_ate, esperado.valido_ate),
    ):
        if lido and digitado and lido != digitado:
            diferencas.append(
                Diferenca(
                    f"Você informou {digitado:%d/%m/%Y}, mas {nome} impressa na certidão é {lido:%d/%m/%Y}.",
                    grave=False,
                )
            )
    return diferencas

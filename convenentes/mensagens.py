"""E-mails of the registry: one function per kind."""

from textwrap import shorten
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cagec.correio.tipos import Corpo, tipo
from contas.convites import VALIDADE, novo_link
from contas.mensagens import convite_do_contexto
from convenentes import prazos
from convenentes.analise import itens_da_decisao
from convenentes.equipe import SO_VOCE, autor
from convenentes.models import (
    AprovacaoAutomatica,
    Convenente,
    ConviteDeVinculo,
    Decisao,
    EventoVinculo,
    PapelVinculo,
    Participante,
    Solicitacao,
    Vinculo,
)

_DO_LINK = (
    f"Ele vale por {VALIDADE.days} dias; depois, a própria página oferece outro. Se você já tem conta no portal com "
    "outro e-mail, peça que o convite seja refeito com ele."
)


def endereco(nome: str, *args: object) -> str:
    """Return the whole address of a page."""
    return settings.ENDERECO + reverse(nome, args=args)


def _assunto(texto: str, solicitacao: Solicitacao) -> str:
    return assunto_com(texto, solicitacao.nome_do_convenente)


def assunto_com(texto: str, nome: str) -> str:
    """A subject that fits the outbox and a single line, however long the name is."""
    return f"CAGEC: {texto} {shorten(nome, 100, placeholder='…')}"


def do_contexto(contexto: dict[str, Any]) -> Solicitacao:
    """Return the request that the mail speaks of. Raises LookupError."""
    solicitacao = Solicitacao.objects.filter(uuid=contexto["solicitacao"]).first()
    if solicitacao is None:
        raise LookupError("solicitacao")
    return solicitacao


def _participante(contexto: dict[str, Any]) -> Participante:
    participante = (
        Participante.objects.filter(uuid=contexto["participante"])
        .select_related("solicitacao", "usuario", "criado_por")
        .first()
    )
    if participante is None:
        raise LookupError("participante")
    return participante


def _entrada(contexto: dict[str, Any], rotulo: str, pagina: str) -> tuple[tuple[str, str], str]:
    """The button: the set-up link for who has no account, else the page itself. And the secret, if any."""
    if "convite" in contexto:
        link = novo_link(convite_do_contexto(contexto))
        return ("Criar minha senha", link), link
    return (rotulo, pagina), ""


@tipo("convenentes.instrucoes")
def instrucoes(contexto: dict[str, Any]) -> Corpo:
    """What the representante legal must do, what to bring, by when, where to ask."""
    participante = _participante(contexto)
    solicitacao = participante.solicitacao
    botao, segredo = _entrada(contexto, "Abrir a solicitação", endereco("solicitacao", solicitacao.uuid))
    nome = participante.usuario.nome if participante.usuario else participante.nome
    oque = "alteração de representante legal" if solicitacao.altera_representante else "inscrição"
    primeiro_passo = (
        f"- Crie sua senha pelo link abaixo. {_DO_LINK}"
        if segredo
        else "- Entre no portal com seu CPF e sua senha."
    )
    return Corpo(
        _assunto("você foi indicado(a) representante legal de", solicitacao),
        [
            f"Olá, {nome}.",
            f"{participante.criado_por.nome} está preparando a {oque} de {solicitacao.nome_do_convenente} "
            f"(CNPJ {solicitacao.cnpj_formatado}) no CAGEC e indicou você como representante legal. "
            "Só você pode assinar. Não é preciso ir ao cartório.",
            "Passo a passo:",
            primeiro_passo,
            "- Confira os dados e os documentos que já foram preenchidos.",
            "- Tire a selfie segurando seu documento de identidade.",
            "- Leia as declarações, digite sua senha de novo e clique em Assinar e enviar.",
            "Tenha em mãos:",
            "- seu documento de identidade com foto (frente e verso);",
            "- o ato que lhe dá poderes: ata de eleição, termo de posse, diploma ou nomeação;",
            "- um comprovante do seu endereço, emitido há no máximo 90 dias;",
            "- um celular ou computador com câmera, para a selfie.",
            "A análise só começa depois da sua assinatura. "
            "Enquanto ela não vier, lembraremos você depois de 3, 7 e 14 dias.",
            f"Dúvidas: {endereco('contato')}",
            "Se você não representa essa organização, não assine e avise a equipe CAGEC.",
        ],
        botao,
        segredo=segredo,
    )


@tipo("convenentes.convite_para_preencher")
def convite_para_preencher(contexto: dict[str, Any]) -> Corpo:
    """An invited usuário may fill in and attach, nothing else."""
    participante = _participante(contexto)
    solicitacao = participante.solicitacao
    botao, segredo = _entrada(contexto, "Abrir a solicitação", endereco("solicitacao", solicitacao.uuid))
    return Corpo(
        _assunto("convite para preencher dados de", solicitacao),
        [
            f"Olá, {participante.usuario.nome if participante.usuario else participante.nome}.",
            f"{participante.criado_por.nome} convidou você para preencher dados e anexar documentos de "
            f"{solicitacao.nome_do_convenente} (CNPJ {solicitacao.cnpj_formatado}) no CAGEC.",
            "Você poderá preencher e anexar. Enviar e assinar cabe a outras pessoas da organização.",
            *([f"Crie sua senha pelo link abaixo. {_DO_LINK}"] if segredo else []),
        ],
        botao,
        segredo=segredo,
    )


@tipo("convenentes.convite_de_vinculo")
def convite_de_vinculo(contexto: dict[str, Any]) -> Corpo:
    """A person is asked to act for a convenente, as responsável or usuário."""
    convites = ConviteDeVinculo.objects.select_related("convenente", "criado_por")
    convite = convites.filter(uuid=contexto["convite_de_vinculo"]).first()
    if convite is None:
        raise LookupError("convite_de_vinculo")
    organizacao = convite.convenente
    botao, segredo = _entrada(contexto, "Entrar e responder", endereco("painel"))
    como = (
        f"Para aceitar, crie sua senha pelo link abaixo. {_DO_LINK}"
        if segredo
        else "Para aceitar ou recusar, entre no portal com seu CPF e sua senha: o convite está no seu painel."
    )
    return Corpo(
        assunto_com("convite para atuar por", organizacao.razao_social),
        [
            f"Olá, {convite.nome}.",
            f"{convite.criado_por.nome} convidou você para atuar por {organizacao.razao_social} "
            f"(CNPJ {organizacao.cnpj_formatado}) no CAGEC, como {convite.get_papel_display().lower()}.",
            "Você poderá abrir, preencher e encaminhar solicitações. Assinar cabe ao representante legal."
            if convite.papel == PapelVinculo.RESPONSAVEL
            else "Você poderá preencher e anexar documentos. Enviar e assinar cabe a outras pessoas da organização.",
            como,
            "Se você não conhece essa organização, ignore este e-mail: nada muda sem a sua resposta.",
        ],
        botao,
        segredo=segredo,
    )


def _evento_de_vinculo(contexto: dict[str, Any]) -> EventoVinculo:
    eventos = EventoVinculo.objects.select_related("vinculo__usuario", "vinculo__convenente", "por")
    evento = eventos.filter(pk=contexto["evento"]).first()
    if evento is None:
        raise LookupError("evento")
    return evento


def _feito(evento: EventoVinculo) -> str:
    motivo = f" Motivo: {evento.motivo}" if evento.motivo else ""
    return f"Registrado em {timezone.localtime(evento.em):%d/%m/%Y às %H:%M} por {autor(evento)}.{motivo}"


@tipo("convenentes.vinculo_novo")
def vinculo_novo(contexto: dict[str, Any]) -> Corpo:
    """Somebody acts for the convenente from now on: to that person, and to everybody who acts for it already."""
    evento = _evento_de_vinculo(contexto)
    vinculo, organizacao = evento.vinculo, evento.vinculo.convenente
    quem = "Você" if contexto["propria"] else vinculo.usuario.nome
    return Corpo(
        assunto_com("nova pessoa no cadastro de", organizacao.razao_social),
        [
            f"{quem} agora atua por {organizacao.razao_social} (CNPJ {organizacao.cnpj_formatado}) no CAGEC, como "
            f"{vinculo.get_papel_display().lower()}.",
            _feito(evento),
            "Se isso está errado, fale logo com o representante legal da organização ou com a equipe CAGEC: "
            f"{endereco('contato')}",
        ],
        ("Ver as pessoas do cadastro", endereco("equipe", organizacao.uuid)),
    )


@tipo("convenentes.vinculo_encerrado")
def vinculo_encerrado(contexto: dict[str, Any]) -> Corpo:
    """Somebody does not act for the convenente any more: to that person, and to everybody who goes on."""
    evento = _evento_de_vinculo(contexto)
    vinculo, organizacao = evento.vinculo, evento.vinculo.convenente
    quem = "Você" if contexto["propria"] else vinculo.usuario.nome
    return Corpo(
        assunto_com("mudança nas pessoas do cadastro de", organizacao.razao_social),
        [
            f"{quem} não atua mais por {organizacao.razao_social} (CNPJ {organizacao.cnpj_formatado}) no CAGEC como "
            f"{vinculo.get_papel_display().lower()}.",
            _feito(evento),
            *([SO_VOCE] if contexto["so_uma"] else []),
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Ir para o painel", endereco("painel"))
        if contexto["propria"]
        else ("Ver as pessoas do cadastro", endereco("equipe", organizacao.uuid)),
    )


@tipo("convenentes.assinatura_pendente")
def assinatura_pendente(contexto: dict[str, Any]) -> Corpo:
    """Something waits for the signature of the representante legal."""
    solicitacao = do_contexto(contexto)
    return Corpo(
        _assunto("falta sua assinatura –", solicitacao),
        [
            f"A {solicitacao.get_tipo_display().lower()} de {solicitacao.nome_do_convenente} está pronta "
            "e espera a sua assinatura. Só o representante legal pode assinar.",
            "Entre com seu CPF e sua senha, confira, leia as declarações e clique em Assinar e enviar. "
            "A análise só começa depois disso.",
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Ler e assinar", endereco("solicitacao", solicitacao.uuid)),
    )


@tipo("convenentes.recebida")
def recebida(contexto: dict[str, Any]) -> Corpo:
    """The receipt: the request arrived, with its protocol number."""
    solicitacao = do_contexto(contexto)
    return Corpo(
        f"CAGEC: recebemos sua solicitação – protocolo {solicitacao.protocolo}",
        [
            f"Recebemos a {solicitacao.get_tipo_display().lower()} de {solicitacao.nome_do_convenente} "
            f"(CNPJ {solicitacao.cnpj_formatado}), assinada pelo representante legal.",
            f"Número de protocolo: {solicitacao.protocolo}.",
            "Agora é a vez da equipe CAGEC. Você receberá um e-mail com o resultado da análise e pode acompanhar "
            "a situação a qualquer momento no portal.",
        ],
        ("Ver o comprovante", endereco("solicitacao_comprovante", solicitacao.uuid)),
    )


_ASSUNTOS = {
    Decisao.Resultado.APROVADA: "solicitação aprovada",
    Decisao.Resultado.APROVADA_PARCIALMENTE: "solicitação aprovada em parte",
    Decisao.Resultado.DEVOLVIDA: "há pendências para corrigir",
    Decisao.Resultado.INDEFERIDA: "solicitação indeferida",
}


@tipo("convenentes.decisao")
def decisao(contexto: dict[str, Any]) -> Corpo:
    """One mail for the whole decision, with the reason of each refused item."""
    decisao = Decisao.objects.filter(pk=contexto["decisao"]).select_related("solicitacao", "motivo").first()
    if decisao is None:
        raise LookupError("decisao")
    solicitacao = decisao.solicitacao
    resultado = Decisao.Resultado(decisao.resultado)
    botao = ("Abrir a solicitação", endereco("solicitacao", solicitacao.uuid))
    if resultado == Decisao.Resultado.DEVOLVIDA:
        botao = ("Corrigir pendências", botao[1])
    elif solicitacao.altera_representante:
        # Who prepared it does not open it any more.
        botao = ("Ir para o painel", endereco("painel"))
    return Corpo(
        _assunto(f"{_ASSUNTOS[resultado]} –", solicitacao),
        [
            f"{_quem(decisao)} analisou a {solicitacao.get_tipo_display().lower()} de "
            f"{solicitacao.nome_do_convenente}, protocolo {solicitacao.protocolo}.",
            *_resultado(decisao, resultado),
            *_recusados(decisao),
            f"Dúvidas: {endereco('contato')}",
        ],
        botao,
    )


def _quem(decisao: Decisao) -> str:
    return "A equipe CAGEC" if decisao.analista_id else "A análise automática do portal"


@tipo("convenentes.aprovacao_revertida")
def aprovacao_revertida(contexto: dict[str, Any]) -> Corpo:
    """An auditor of the team did not agree with the machine: what ended, why, and what to send."""
    aprovacao = (
        AprovacaoAutomatica.objects.filter(pk=contexto["aprovacao"])
        .select_related("decisao__solicitacao__convenente", "decisao__item__exigencia")
        .first()
    )
    convenente = aprovacao.decisao.solicitacao.convenente if aprovacao else None
    if aprovacao is None or convenente is None:
        raise LookupError("aprovacao")
    solicitacao = aprovacao.decisao.solicitacao
    return Corpo(
        _assunto("documento precisa ser enviado de novo –", solicitacao),
        [
            f"A equipe CAGEC conferiu a aprovação automática de “{aprovacao.decisao.item}”, protocolo "
            f"{solicitacao.protocolo}, e não a manteve. O documento deixou de valer hoje.",
            f"Motivo: {aprovacao.texto}",
            "Envie outro por uma atualização de documentos.",
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Ver o que falta", endereco("organizacao", convenente.uuid)),
    )


def _resultado(decisao: Decisao, resultado: Decisao.Resultado) -> list[str]:
    convenente = decisao.solicitacao.convenente
    inscrita = (
        f" O número do cadastro é {convenente.numero}. Veja a situação e emita o certificado (CRC) em "
        f"{endereco('convenente', convenente.cnpj)}"
        if convenente and decisao.solicitacao.tipo == Solicitacao.Tipo.INSCRICAO
        else ""
    )
    vinculo = Vinculo.objects.filter(origem=decisao.solicitacao, retoma=None).first()
    if vinculo is not None and decisao.solicitacao.altera_representante and not vinculo.periodo.isempty:
        inscrita = f" A representação começa em {vinculo.periodo.lower:%d/%m/%Y}."
    frases = {
        Decisao.Resultado.APROVADA: f"Resultado: aprovada.{inscrita}",
        Decisao.Resultado.APROVADA_PARCIALMENTE: "Resultado: aprovada em parte. Os itens abaixo não foram "
        f"aceitos: envie-os de novo por uma atualização.{inscrita}",
        Decisao.Resultado.DEVOLVIDA: "Resultado: devolvida com pendências. Corrija só os itens abaixo e envie de "
        f"novo em até {prazos.DIAS_ATE_EXPIRAR} dias. O que já foi aceito continua aceito.",
        Decisao.Resultado.INDEFERIDA: "Resultado: indeferida.",
    }
    motivo = [f"Motivo: {decisao.motivo}"] if decisao.motivo else []
    return [frases[resultado], *motivo, *([decisao.texto] if decisao.texto else [])]


def _recusados(decisao: Decisao) -> list[str]:
    recusas = [d for d in itens_da_decisao(decisao) if d.resultado == Decisao.Resultado.RECUSADO]
    return [f"- {d.item}: {d.motivo} {d.texto}".strip() for d in recusas]


@tipo("convenentes.pendencia_lembrete")
def pendencia_lembrete(contexto: dict[str, Any]) -> Corpo:
    """The pendência has not been answered yet."""
    solicitacao = do_contexto(contexto)
    return Corpo(
        _assunto("pendência sem resposta –", solicitacao),
        [
            f"A {solicitacao.get_tipo_display().lower()} de {solicitacao.nome_do_convenente}, protocolo "
            f"{solicitacao.protocolo}, foi devolvida com pendências e ainda não voltou.",
            f"Sem resposta em {prazos.DIAS_ATE_EXPIRAR} dias, contados da devolução, ela expira e será preciso "
            "começar outra.",
        ],
        ("Corrigir pendências", endereco("solicitacao", solicitacao.uuid)),
    )


@tipo("convenentes.expirada")
def expirada(contexto: dict[str, Any]) -> Corpo:
    """The request came to an end without an answer."""
    solicitacao = do_contexto(contexto)
    return Corpo(
        _assunto("solicitação expirada –", solicitacao),
        [
            f"A {solicitacao.get_tipo_display().lower()} de {solicitacao.nome_do_convenente}, protocolo "
            f"{solicitacao.protocolo}, ficou {prazos.DIAS_ATE_EXPIRAR} dias sem resposta às pendências e expirou.",
            "Você pode começar outra quando quiser.",
        ],
        ("Ir para o painel", endereco("painel")),
    )


@tipo("convenentes.vencimentos")
def vencimentos(contexto: dict[str, Any]) -> Corpo:
    """What is about to expire, or has just expired, in one record. The lines are those of the day of the warning."""
    convenente = Convenente.objects.filter(uuid=contexto["convenente"]).first()
    if convenente is None:
        raise LookupError("convenente")
    return Corpo(
        assunto_com("há vencimentos próximos –", convenente.razao_social),
        [
            f"Confira os prazos de {convenente.razao_social} (CNPJ {convenente.cnpj_formatado}) no CAGEC, "
            "do mais urgente ao menos urgente:",
            *(f"- {linha}" for linha in contexto["linhas"]),
            "Para continuar regular, envie o que for renovado antes do vencimento: a equipe CAGEC ainda precisa "
            "analisar.",
            f"Escolha com que antecedência quer ser avisado(a) em {endereco('avisos')}",
            f"Dúvidas: {endereco('contato')}",
        ],
        ("Ver vencimentos e renovar", endereco("vencimentos", convenente.uuid)),
    )

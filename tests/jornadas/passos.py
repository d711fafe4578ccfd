"""What people do in the portal, in the order of the founding document: inscription, signature, decision, update."""

import re
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from contas.fabricas import cpf_ficticio
from documentos.fabricas import foto, pdf
from tests.jornadas.conftest import Pessoas, Portal
from tests.jornadas.navegante import SENHA, Navegante

DIAS_DO_FGTS = 3


def hoje() -> date:
    """Return today in São Paulo, as the portal sees it."""
    return datetime.now(ZoneInfo("America/Sao_Paulo")).date()


@dataclass(frozen=True)
class Caso:
    """One organisation of a journey. ``numero`` keeps its people and its CNPJ apart from all others."""

    numero: int
    cnpj: str
    natureza: str
    tipo: str
    razao_social: str
    cargo: str
    areas: tuple[str, ...] = ()
    rpps: str = ""
    com_dirigentes: bool = False


@dataclass(frozen=True)
class Elenco:
    """Who acts in a journey, each in a browser of their own."""

    responsavel: Navegante
    representante: Navegante
    analista: Navegante
    publico: Navegante


def elenco(pessoas: Pessoas, caso: Caso, *, largura: int = 1280, javascript: bool = True) -> Elenco:
    """Give each person a browser of the same kind."""

    def navegante(papel: int, nome: str) -> Navegante:
        numero = 300_000 + caso.numero * 10 + papel
        return nova_pessoa(pessoas, numero, nome, largura=largura, javascript=javascript)

    return Elenco(
        navegante(1, "Rita Responsável Fictícia"),
        navegante(2, "Raul Representante Fictício"),
        navegante(3, "Alda Analista Fictícia"),
        navegante(4, "Qualquer Pessoa"),
    )


def nova_pessoa(
    pessoas: Pessoas, numero: int, nome: str, *, largura: int = 1280, javascript: bool = True
) -> Navegante:
    """Somebody with a browser of their own; ``numero`` gives the CPF and the e-mail."""
    contexto = pessoas.nova(largura=largura, javascript=javascript)
    return Navegante(contexto, nome, cpf_ficticio(numero), f"p{numero}@jornada.example", javascript)


def criar_conta(pessoa: Navegante) -> None:
    """From the front page to a signed-in panel."""
    pessoa.abrir("/")
    pessoa.abrir("/novo-usuario/")
    pessoa.preencher(cpf=pessoa.cpf, nome_civil=pessoa.nome, email=pessoa.email)
    pessoa.retratar("novo-usuario")
    pessoa.clicar("Enviar")
    pessoa.criar_senha("crie sua senha")
    assert "/painel/" in pessoa.pagina.url


def entrar(pessoa: Navegante, senha: str) -> None:
    """Sign in to an account that exists."""
    pessoa.abrir("/entrar/")
    pessoa.preencher(login=pessoa.cpf, password=senha)
    pessoa.clicar("Entrar")


def preparar_analista(analista: Navegante, portal: Portal) -> None:
    """The first administrator gets a link by mail, like everybody."""
    portal.gerenciar(
        "criar_administrador", "--cpf", analista.cpf, "--nome", analista.nome, "--email", analista.email
    )
    analista.criar_senha("crie sua senha")
    ativar_segundo_fator(analista)


def ativar_segundo_fator(pessoa: Navegante) -> tuple[str, list[str]]:
    """Set the application up from the key that the page shows; return the key and the recovery codes."""
    segredo = "".join(pessoa.pagina.locator(".chave-escrita").inner_text().split())
    pessoa.preencher(codigo=codigo_do_aplicativo(segredo))
    pessoa.clicar("Ativar")
    codigos = pessoa.pagina.locator(".codigos code").all_inner_texts()
    assert len(codigos) == 10
    pessoa.clicar("Já guardei, continuar")
    return segredo, codigos


def codigo_do_aplicativo(segredo: str) -> str:
    """Return what a telephone with this key shows now."""
    codigo: str = format_hotp_value(hotp_value(segredo, int(time.time()) // 30))
    return codigo


def inscrever(pessoa: Navegante, caso: Caso, representante: Navegante, arquivos: Path, hoje: date) -> str:
    """Fill in the whole inscription and forward it for signature; return the address of the request."""
    pessoa.abrir("/painel/")
    pessoa.clicar("Inscrever uma organização")
    pessoa.preencher(cnpj=caso.cnpj, natureza=caso.natureza)
    pessoa.retratar("inscricao-cnpj")
    pessoa.clicar("Começar a inscrição")
    endereco = endereco_do_pedido(pessoa)
    pessoa.preencher(tipo=caso.tipo)
    pessoa.clicar("Salvar e continuar")
    dados = {"razao_social": caso.razao_social, "data_abertura": "2011-03-14"}
    if caso.areas:
        pessoa.preencher(areas=list(caso.areas))
    if caso.rpps:
        pessoa.preencher(rpps=caso.rpps)
    pessoa.preencher(**dados)
    pessoa.retratar("inscricao-dados")
    pessoa.clicar("Salvar e continuar")
    pessoa.preencher(cep="35400-000", logradouro="Rua Direita", numero_endereco="10", bairro="Centro")
    pessoa.preencher(municipio="3146107", email="contato@jornada.example", telefone="(31) 3333-4444")
    pessoa.clicar("Salvar e continuar")
    pessoa.preencher(
        cpf=representante.cpf, nome=representante.nome, email=representante.email, cargo=caso.cargo
    )
    pessoa.preencher(mandato_de=f"{hoje - timedelta(days=90)}", mandato_ate=f"{hoje + timedelta(days=900)}")
    pessoa.retratar("inscricao-representante")
    pessoa.clicar("Salvar e continuar")
    if caso.com_dirigentes:
        pessoa.preencher(nome=representante.nome, cpf=representante.cpf, cargo=caso.cargo)
        pessoa.clicar("Incluir dirigente")
        pessoa.clicar("Continuar")
    pessoa.clicar("Continuar")
    enviar_documentos(pessoa, endereco, arquivos, hoje, sem="Autorretrato")
    esperar_verificacao(pessoa, endereco)
    pessoa.retratar("revisao")
    pessoa.clicar("Encaminhar para assinatura do representante")
    assert pessoa.le("precisa assinar")
    return endereco


def endereco_do_pedido(pessoa: Navegante) -> str:
    """Return the address of the request whose page is open."""
    achado = re.search(r"/solicitacoes/[0-9a-f-]{36}/", pessoa.pagina.url)
    assert achado, pessoa.pagina.url
    return achado[0]


def enviar_documentos(
    pessoa: Navegante, endereco: str, arquivos: Path, hoje: date, *, sem: str = "-"
) -> None:
    """Answer every question with no and attach every document that the list says is missing."""
    pessoa.abrir(f"{endereco}documentos/")
    pessoa.retratar("documentos")
    for falta in ("Falta responder", "Falta enviar", "Recusado: corrija"):
        while (
            linha := pessoa.pagina.locator("main .linhas > li", has_text=falta).filter(has_not_text=sem)
        ).count():
            pessoa.seguir(linha.first.get_by_role("link"))
            if falta == "Falta responder":
                pessoa.preencher(resposta="nao")
                pessoa.clicar("Salvar resposta")
            else:
                anexar(pessoa, arquivos, hoje)
            if not pessoa.pagina.url.endswith("/documentos/"):
                pessoa.abrir(f"{endereco}documentos/")


def anexar(pessoa: Navegante, arquivos: Path, hoje: date) -> None:
    """Attach a real file on the page of a document, with the date that it asks for."""
    titulo = pessoa.pagina.locator("h1").inner_text()
    pagina = pessoa.pagina
    if pagina.locator("main [name=valido_ate]").count():
        dias = DIAS_DO_FGTS if "FGTS" in titulo else 120
        pessoa.preencher(valido_ate=f"{hoje + timedelta(days=dias)}")
    if pagina.locator("main [name=emitido_em]").count():
        pessoa.preencher(emitido_em=f"{hoje - timedelta(days=8)}")
    if "Autorretrato" in titulo:
        arquivo = arquivos / "selfie.jpg"
        arquivo.write_bytes(foto())
    else:
        arquivo = arquivos / "documento.pdf"
        arquivo.write_bytes(pdf(titulo))
    pessoa.preencher(arquivos=str(arquivo))
    pessoa.retratar("documento")
    pessoa.clicar("Enviar documento")
    assert not pagina.locator("[aria-invalid=true]").count(), pessoa.texto()


def esperar_verificacao(pessoa: Navegante, endereco: str) -> None:
    """Open the review and wait until every file was examined: the page then loads itself again.

    Without JavaScript the person presses its link.
    """
    pessoa.abrir(f"{endereco}revisao/")
    aviso, fim = pessoa.pagina.locator("[data-em-verificacao]"), time.monotonic() + 30
    while not pessoa.javascript and aviso.count() and time.monotonic() < fim:
        time.sleep(1)
        pessoa.clicar("Atualizar a página")
    aviso.wait_for(state="detached", timeout=30_000 if pessoa.javascript else 1_000)


def assinar(representante: Navegante, endereco: str, senha: str) -> str:
    """Read, sign and send; return the protocol number that the receipt shows."""
    esperar_verificacao(representante, endereco)
    representante.abrir(f"{endereco}assinar/")
    assert representante.le("Ler e assinar")
    representante.preencher(senha=senha)
    representante.retratar("assinar")
    representante.clicar("Assinar e enviar")
    achado = re.search(r"\d{4}\.\d{6}", representante.texto())
    assert achado, representante.texto()
    return achado[0]


def abrir_mesa(analista: Navegante, protocolo: str) -> None:
    """Find the request in the queue and open it."""
    analista.abrir("/admin/convenentes/solicitacao/")
    analista.seguir(analista.pagina.get_by_role("link", name=protocolo))
    analista.retratar("mesa-de-analise")


def dar_pareceres(analista: Navegante, recusar: str = "", explicacao: str = "") -> None:
    """Accept item after item; refuse those whose name has ``recusar``."""
    botao = analista.pagina.get_by_role("button", name="Guardar parecer e ir ao próximo")
    while analista.pagina.get_by_text("Faltam").count() or analista.pagina.get_by_text("Falta 1").count():
        item = analista.pagina.locator(".mesa-documento h2").first.inner_text()
        recusado = bool(recusar) and recusar in item
        analista.pagina.locator(f"[name=parecer][value={'recusado' if recusado else 'aceito'}]").check()
        if recusado:
            analista.pagina.locator("select[name=motivo]").select_option(index=1)
            analista.pagina.locator("textarea[name=texto]").fill(explicacao)
        analista.seguir(botao)


def decidir(analista: Navegante, decisao: str, texto: str = "") -> None:
    """Decide the whole request."""
    analista.pagina.locator(f"[name=decisao][value={decisao}]").check()
    if decisao == "indeferir":
        analista.pagina.locator("select[name=motivo_geral]").select_option(index=1)
    analista.pagina.locator("textarea[name=texto_geral]").fill(texto)
    analista.seguir(analista.pagina.get_by_role("button", name="Confirmar a decisão"))
    assert analista.le("avisada por e-mail"), analista.texto()


def registrar_consultas(analista: Navegante, caso: Caso) -> None:
    """Record that every register was looked up today and says nothing bad."""
    analista.abrir(f"/admin/convenentes/convenente/?q={caso.cnpj}")
    analista.seguir(analista.pagina.locator("#result_list tbody th a").first)
    analista.seguir(analista.pagina.get_by_role("link", name="registrar consultas"))
    for campo in analista.pagina.locator("select[name$=-resultado]").all():
        campo.select_option("sem_restricao")
    analista.retratar("cadastros-externos")
    analista.seguir(analista.pagina.get_by_role("button", name="Registrar consultas"))
    assert analista.le("Consultas registradas. "), analista.texto()


def situacao(publico: Navegante, caso: Caso) -> str:
    """Look the organisation up by its CNPJ, as anyone may; return what the answer box says."""
    publico.abrir(f"/consulta/?q={caso.cnpj}")
    publico.retratar("consulta-publica")
    return publico.pagina.locator(".situacao").inner_text()


def atualizar_documento(pessoa: Navegante, caso: Caso, nome: str, arquivos: Path, hoje: date) -> str:
    """Open an atualização de documentos for one obligation, attach the new paper and forward it."""
    pessoa.abrir("/painel/")
    pessoa.seguir(pessoa.pagina.get_by_role("link", name=f"Ver o que falta em {caso.razao_social}"))
    pessoa.clicar("Atualizar documentos")
    endereco = endereco_do_pedido(pessoa)
    if "/adicionar/" not in pessoa.pagina.url:
        pessoa.abrir(f"{endereco}adicionar/")
    pessoa.pagina.get_by_label(nome).check()
    pessoa.seguir(pessoa.pagina.locator("main form button[type=submit]").first)
    enviar_documentos(pessoa, endereco, arquivos, hoje)
    esperar_verificacao(pessoa, endereco)
    pessoa.clicar("Encaminhar para assinatura do representante")
    return endereco


def digitar_a_senha(pessoa: Navegante, login: str = "", senha: str = SENHA) -> None:
    """Type the password on the page of sign-in that is open."""
    pessoa.preencher(login=login or pessoa.cpf, password=senha)
    pessoa.clicar("Entrar")


def sair(pessoa: Navegante) -> None:
    """Leave, and stand before the page of sign-in."""
    pessoa.abrir("/sair/")
    pessoa.clicar("Sair")
    pessoa.abrir("/entrar/")


def passar_minutos(portal: Portal, pessoa: Navegante, minutos: int) -> None:
    """Let time pass for the sessions of a person, in which nothing is asked of the portal."""
    portal.gerenciar(
        "shell", "-c", f"from tests.sessao_parada import parar_de; parar_de('{pessoa.cpf}', {minutos})"
    )


def pedir_identidade(pessoa: Navegante, arquivos: Path, explicacao: str) -> None:
    """Ask for the own account without signing in, with document and selfie."""
    documento, selfie = arquivos / "identidade.pdf", arquivos / "selfie.jpg"
    documento.write_bytes(pdf("Documento de identidade"))
    selfie.write_bytes(foto())
    pessoa.abrir("/pedido-de-identidade/")
    pessoa.preencher(cpf=pessoa.cpf, nome=pessoa.nome, email=pessoa.email, telefone="(31) 99999-0000")
    pessoa.preencher(explicacao=explicacao, documento=documento, selfie=selfie)
    pessoa.clicar("Enviar pedido")


def aceitar_identidade(analista: Navegante, cpf: str) -> None:
    """Look at the proofs, marked, and accept."""
    analista.abrir(f"/admin/documentos/pedidodeidentidade/?q={cpf}")
    analista.seguir(analista.pagina.locator("#result_list tbody th a").first)
    for imagem in analista.pagina.locator(".provas img").all():
        imagem.scroll_into_view_if_needed()
        assert imagem.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    assert analista.le("A equipe ainda não aceitou documentos desta pessoa.")
    analista.pagina.locator("[name=decisao][value=aceitar]").check()
    analista.seguir(analista.pagina.locator("[name=_save]"))
    assert analista.le("com sucesso")

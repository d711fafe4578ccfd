"""What the help desk and the guidance of the demonstration show. Made by the journeys, once."""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from atendimento import fabricas, mesa
from atendimento.chamados import Escrito
from atendimento.models import Categoria, RespostaPronta
from contas.models import Usuario
from documentos.models import Orientacao, TipoConvenente, TipoDocumento

_CHAMADOS = (
    (
        Categoria.DOCUMENTOS,
        "A certidão do FGTS não sobe",
        "O arquivo foi devolvido como protegido. O que faço?",
    ),
    (
        Categoria.ASSINATURA,
        "Quem assina quando o prefeito viaja?",
        "O vice assume por quinze dias em janeiro.",
    ),
    (Categoria.SUGESTAO, "Aviso de vencimento", "Gostaria de receber o aviso com 45 dias de antecedência."),
)
_ORIENTACOES = (
    (
        "Como digitalizar bem",
        "Use 300 dpi, em preto e branco, e junte todas as páginas do documento em um arquivo.\n\n"
        "Se fotografar com o telefone, apoie a folha em lugar claro e confira se dá para ler tudo.",
        (),
        ("rl_identidade", "sede_endereco", "osc_estatuto"),
    ),
    (
        "Atas do Conselho Municipal de Assistência Social",
        "Envie três atas de reuniões ordinárias dos últimos seis meses, datadas e assinadas.",
        ("fmas",),
        ("fmas_atas_cmas", "fmas_ata_ano_anterior"),
    ),
)


@transaction.atomic
def criar(equipe: dict[str, Usuario]) -> None:
    """Make requests for help, one of them answered, a canned answer and guidance, unless they are there."""
    pessoa, analista = equipe["Responsável pelas informações"], equipe["Analista (equipe CAGEC)"]
    pronta, nova = RespostaPronta.objects.get_or_create(
        titulo="PDF protegido",
        defaults={"texto": "Abra o PDF, escolha Imprimir → Salvar como PDF e envie a nova cópia."},
    )
    if not nova:
        return
    for categoria, assunto, texto in _CHAMADOS:
        chave = uuid5(NAMESPACE_URL, f"cagec:demonstracao:{assunto}")
        escrito = Escrito(texto, chave)
        chamado = fabricas.chamado(pessoa, categoria=categoria, assunto=assunto, escrito=escrito)
        if categoria == Categoria.DOCUMENTOS:
            mesa.responder(chamado, analista, pronta.texto, chave_envio=uuid5(chave, "resposta"))
    for titulo, texto, tipos, documentos in _ORIENTACOES:
        orientacao = Orientacao.objects.create(titulo=titulo, texto=texto)
        orientacao.tipos.set(TipoConvenente.objects.filter(slug__in=tipos))
        orientacao.documentos.set(TipoDocumento.objects.filter(codigo__in=documentos))

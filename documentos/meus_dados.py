"""What this app holds about a person: the contribution to "Meus dados" and to the erasure."""

from collections.abc import Iterable

from contas.anonimizacao import EMAIL, NOME, cpf_anonimo
from contas.ganchos import ao_anonimizar
from contas.meus_dados import DEZ_ANOS, ENQUANTO_A_CONTA, Categoria, Registro, categorias
from contas.models import Usuario
from documentos import guarda
from documentos.models import Arquivo, Assinatura, AssinaturaDigital, PedidoDeIdentidade
from documentos.visualizacoes import dos_arquivos_de


def _arquivos(usuario: Usuario) -> Iterable[Registro]:
    for arquivo in Arquivo.objects.filter(enviado_por=usuario).iterator():
        yield {"Arquivo": arquivo.nome, "Enviado em": arquivo.criado_em, "SHA-256": arquivo.sha256}


def _assinaturas(usuario: Usuario) -> Iterable[Registro]:
    for assinatura in Assinatura.objects.filter(usuario=usuario).select_related("declaracao"):
        yield {
            "Declaração": assinatura.declaracao.titulo,
            "Assinada em": assinatura.assinada_em,
            "Cargo": assinatura.cargo,
            "Endereço IP": assinatura.ip,
            "Navegador": assinatura.navegador,
            "Código": assinatura.codigo,
        }


def _assinaturas_digitais(usuario: Usuario) -> Iterable[Registro]:
    for assinatura in AssinaturaDigital.objects.filter(cpf=usuario.cpf).select_related("arquivo"):
        yield {
            "Nome no certificado": assinatura.nome,
            "Assinada em": assinatura.em,
            "Arquivo recebido em": assinatura.arquivo.criado_em,
            "SHA-256 do arquivo": assinatura.arquivo.sha256,
            "Íntegra": "sim" if assinatura.integra else "não",
        }


def _pedidos_de_identidade(usuario: Usuario) -> Iterable[Registro]:
    for pedido in PedidoDeIdentidade.objects.filter(cpf=usuario.cpf, estado=PedidoDeIdentidade.Estado.ACEITO):
        yield {
            "Nome": pedido.nome,
            "E-mail": pedido.email,
            "Telefone": pedido.telefone,
            "Em": pedido.criado_em,
        }


def _quem_viu(usuario: Usuario) -> Iterable[Registro]:
    for leitura in dos_arquivos_de(usuario):
        yield {"Quando": leitura.em, "Quem": leitura.usuario.nome, "Arquivo": leitura.arquivo.nome}


def _anonimizar(usuario: Usuario, cpf: str) -> None:
    """Empty the identity requests of the CPF, and what was read of who signed files, which stay as they were sent.

    The photos go first: a run that dies is completed by the next.
    """
    AssinaturaDigital.objects.filter(cpf=cpf).update(nome=NOME, cpf="")
    pedidos = PedidoDeIdentidade.objects.filter(cpf=cpf)
    provas = [(p.documento, p.selfie) for p in pedidos.select_related("documento", "selfie")]
    arquivos = [arquivo for par in provas for arquivo in par if arquivo is not None]
    pedidos.update(cpf=cpf_anonimo(usuario), nome=NOME, email=EMAIL, telefone="", explicacao="", resposta="")
    for arquivo in arquivos:
        guarda.apagar_bytes(arquivo)
        Arquivo.objects.filter(pk=arquivo.pk).update(nome="removido")


categorias += [
    Categoria(
        "Arquivos que você enviou",
        "Nome, data e resumo de cada arquivo, identidade e selfie entre eles",
        "Você",
        "Provar a regularidade da organização e quem a representa",
        DEZ_ANOS,
        _arquivos,
    ),
    Categoria(
        "Assinaturas",
        "O que você assinou, quando, de que endereço e com que navegador",
        "O portal, quando você assina",
        "Provar a assinatura (Lei 14.063/2020)",
        DEZ_ANOS,
        _assinaturas,
    ),
    Categoria(
        "Assinaturas digitais em arquivos",
        "Nome e CPF do certificado com que um PDF foi assinado, quando, e se está íntegro",
        "O arquivo que alguém enviou",
        "Conferir se o documento é autêntico",
        DEZ_ANOS,
        _assinaturas_digitais,
    ),
    Categoria(
        "Pedidos de identidade",
        "Nome, contatos, foto do documento e selfie",
        "Você",
        "Devolver a conta a quem é dono do CPF",
        ENQUANTO_A_CONTA,
        _pedidos_de_identidade,
    ),
    Categoria(
        "Quem viu seus documentos pessoais",
        "Quem abriu, qual arquivo e quando",
        "O portal, a cada leitura",
        "Prestar contas do acesso (LGPD, art. 6º, X)",
        "Permanente",
        _quem_viu,
    ),
]
ao_anonimizar.append(_anonimizar)

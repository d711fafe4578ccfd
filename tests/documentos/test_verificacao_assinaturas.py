"""Who signed a PDF, whether it is intact, and whether we trust who says so."""

from datetime import UTC, datetime, timedelta

from documentos import fabricas
from documentos.verificacoes import assinaturas
from documentos.verificacoes.assinaturas import Assinada
from tests.documentos import assinantes

PDF = fabricas.pdf("Ata da assembleia")


def _ver(pdf: bytes, *raizes: assinantes.Par) -> list[Assinada]:
    return assinaturas.verificar(pdf, [assinantes.raiz(r) for r in raizes or (assinantes.autoridade(),)])


def _fatos(assinada: Assinada) -> tuple[bool, bool, bool]:
    return assinada.integra, assinada.alterada_depois, assinada.confiavel


INTACTA, ALTERADA, QUEBRADA = (True, False, True), (True, True, False), (False, False, False)


def test_a_file_without_signature_has_none() -> None:
    assert not assinaturas.parece_assinado(PDF)
    assert _ver(PDF) == []


def test_who_signed_and_when_are_told() -> None:
    assinado = assinantes.assinar(PDF, assinantes.pessoa())
    assert assinaturas.parece_assinado(assinado)
    (assinada,) = _ver(assinado)
    assert (assinada.nome, assinada.cpf) == ("MARIA FICTICIA", "")
    assert assinada.em is not None
    assert datetime.now(UTC) - assinada.em < timedelta(minutes=5)
    assert _fatos(assinada) == INTACTA


def test_a_byte_changed_inside_breaks_it() -> None:
    assinado = assinantes.assinar(PDF, assinantes.pessoa())
    (assinada,) = _ver(assinado.replace(b" 842 ]", b" 843 ]"))
    assert not assinada.integra
    assert not assinada.confiavel


def test_a_later_edit_is_told() -> None:
    editado = assinantes.acrescentar(assinantes.assinar(PDF, assinantes.pessoa()))
    (assinada,) = _ver(editado)
    assert _fatos(assinada) == ALTERADA


def test_a_second_signature_does_not_spoil_the_first() -> None:
    primeira = assinantes.assinar(PDF, assinantes.pessoa())
    segunda = assinantes.assinar(primeira, assinantes.pessoa("JOSE FICTICIO"), campo="Assinatura2")
    vistas = _ver(segunda)
    assert [a.nome for a in vistas] == ["MARIA FICTICIA", "JOSE FICTICIO"]
    assert [_fatos(a) for a in vistas] == [INTACTA, INTACTA]


def test_an_expired_certificate_is_not_trusted() -> None:
    (assinada,) = _ver(assinantes.assinar(PDF, assinantes.pessoa(dias=-30)))
    assert _fatos(assinada) == (True, False, False)


def test_an_unknown_root_is_not_trusted() -> None:
    outra = assinantes.autoridade("Outra AC")
    (assinada,) = _ver(assinantes.assinar(PDF, assinantes.pessoa()), outra)
    assert _fatos(assinada) == (True, False, False)


def test_without_any_root_nobody_is_trusted() -> None:
    (assinada,) = assinaturas.verificar(assinantes.assinar(PDF, assinantes.pessoa()), [])
    assert _fatos(assinada) == (True, False, False)


def test_a_chain_of_authorities_ends_in_the_root() -> None:
    raiz = assinantes.autoridade("AC Raiz do Governo de Teste")
    final = assinantes.autoridade("AC Final de Teste", assinantes.autoridade("AC do Meio de Teste", raiz))
    meio = assinantes.autoridade("AC do Meio de Teste", raiz)
    (assinada,) = _ver(assinantes.assinar(PDF, assinantes.pessoa(emissora=final), final, meio), raiz)
    assert _fatos(assinada) == INTACTA


def test_the_cpf_is_read_where_icp_brasil_writes_it() -> None:
    (assinada,) = _ver(assinantes.assinar(PDF, assinantes.pessoa(cpf="52998224725")))
    assert assinada.cpf == "52998224725"


def test_the_cpf_is_read_after_the_name_too() -> None:
    (assinada,) = _ver(assinantes.assinar(PDF, assinantes.pessoa("MARIA FICTICIA:52998224725")))
    assert (assinada.nome, assinada.cpf) == ("MARIA FICTICIA", "52998224725")


def test_a_signature_that_makes_no_sense_is_not_intact() -> None:
    sem_sentido = PDF.replace(b"%%EOF", b"/ByteRange\n%%EOF").replace(b"startxref", b"startxrex")
    assert all(not a.integra for a in _ver(sem_sentido))

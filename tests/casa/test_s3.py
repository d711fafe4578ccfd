"""The file storage of production, on a real S3 server."""

from django.core.files.base import ContentFile

from documentos.armazenamento import ArmazenamentoS3


def _armazem(s3: dict[str, str]) -> ArmazenamentoS3:
    return ArmazenamentoS3(
        bucket_name=s3["S3_BUCKET"],
        endpoint_url=s3["S3_ENDPOINT"],
        access_key=s3["S3_KEY"],
        secret_key=s3["S3_SECRET"],
    )


def test_bytes_come_back_as_they_went(s3: dict[str, str]) -> None:
    armazem = _armazem(s3)
    nome = armazem.save("aa/documento", ContentFile(b"%PDF-1.7\n" + b"x" * 100_000))
    assert armazem.exists(nome)
    with armazem.open(nome) as arquivo:
        assert arquivo.read(9) == b"%PDF-1.7\n"
    armazem.delete(nome)
    assert not armazem.exists(nome)


def test_many_files_are_received_by_the_same_two_steps_as_in_a_folder(s3: dict[str, str]) -> None:
    armazem = _armazem(s3)
    armazem.escrever("bb/um", b"um")
    armazem.sincronizar(["bb/um"])
    with armazem.open("bb/um") as arquivo:
        assert arquivo.read() == b"um"

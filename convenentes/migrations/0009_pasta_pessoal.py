from django.db import migrations


def recolher(apps, schema_editor):
    """Papers that were accepted before personal folders were in use go to the folder of whose mandate they proved."""
    pasta_digital = apps.get_model("documentos", "PastaDigital")
    pasta_pessoal = apps.get_model("documentos", "PastaPessoal")
    documento = apps.get_model("documentos", "Documento")
    comprovacoes = apps.get_model("convenentes", "Comprovacao").objects.filter(documento__tipo__pessoal=True)
    pares = comprovacoes.exclude(mandato=None).values_list("mandato__usuario", "documento")
    for usuario, pk in pares.order_by("mandato__usuario", "documento").distinct().iterator():
        pessoal = pasta_pessoal.objects.filter(usuario=usuario).first()
        if pessoal is None:
            pessoal = pasta_pessoal.objects.create(usuario_id=usuario, pasta=pasta_digital.objects.create())
        documento.objects.filter(pk=pk).update(pasta=pessoal.pasta_id)


class Migration(migrations.Migration):

    dependencies = [
        ("convenentes", "0008_vinculos"),
        ("documentos", "0004_pasta_pessoal"),
    ]

    operations = [migrations.RunPython(recolher, migrations.RunPython.noop)]

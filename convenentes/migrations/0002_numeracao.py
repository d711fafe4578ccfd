"""Sequences for the number of the record and of the protocol."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("convenentes", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE convenentes_numero_do_cadastro", "DROP SEQUENCE convenentes_numero_do_cadastro"
        ),
        migrations.RunSQL("CREATE SEQUENCE convenentes_protocolo", "DROP SEQUENCE convenentes_protocolo"),
    ]

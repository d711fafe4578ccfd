"""The words of the manual are found with or without accents."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("atendimento", "0002_chamados")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION manual (COPY = pg_catalog.portuguese);
            ALTER TEXT SEARCH CONFIGURATION manual
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, portuguese_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION manual",
        ),
    ]

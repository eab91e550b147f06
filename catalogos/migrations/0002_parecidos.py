"""Names of colonias that resemble what was typed: pg_trgm (trusted: the owner may create it)."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogos", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="asentamiento",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("nombre_normalizado", name="gin_trgm_ops"),
                name="asentamiento_like_nombre",
            ),
        ),
    ]

"""Who asked about a document (never who they are), and the uploads that wait for their answer."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import comun.fields

CANALES = [("pagina", "Página"), ("api", "API")]
MEDIOS = [("codigo", "Código"), ("credencial", "Código QR"), ("pdf", "PDF")]
DICTAMENES = [
    ("vigente", "Auténtico y vigente"),
    ("sustituida", "Sustituido por otro más nuevo"),
    ("revocada", "Revocado"),
    ("alterada", "Alterado"),
    ("desconocida", "Desconocido"),
    ("clave_desconocida", "Firmado con una llave que no es de confianza"),
    ("ilegible", "Ilegible"),
]


class Migration(migrations.Migration):
    dependencies = [("constancias", "0003_vida")]

    operations = [
        migrations.CreateModel(
            name="Consulta",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("canal", models.CharField(choices=CANALES, max_length=6)),
                ("contenido", models.BinaryField(null=True)),
                ("resultado", comun.fields.SealedJsonField(editable=False, null=True)),
                ("creada_en", models.DateTimeField(db_index=True, verbose_name="creada")),
            ],
            options={
                "verbose_name": "consulta",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("contenido", None), ("resultado", None), _connector="XOR"),
                        name="consulta_holds_the_pdf_or_the_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verificacion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("medio", models.CharField(choices=MEDIOS, max_length=10)),
                ("canal", models.CharField(choices=CANALES, max_length=6)),
                ("dictamen", models.CharField(choices=DICTAMENES, max_length=17)),
                ("fecha", models.DateTimeField()),
                (
                    "constancia",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verificaciones",
                        to="constancias.constancia",
                    ),
                ),
            ],
            options={
                "verbose_name": "verificación",
                "verbose_name_plural": "verificaciones",
                "ordering": ("-fecha",),
            },
        ),
    ]

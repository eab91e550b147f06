"""The life of a document: its code, its place in the status list, why it ended, what replaced it."""

import django.db.models.deletion
from django.db import migrations, models

import comun.fields

# Documents that are there already get a place too. A default fills them without an UPDATE,
# which the guard of the table would refuse; then it goes: each new row brings its own.
INDICE = """
CREATE SEQUENCE constancias_indice AS bigint MINVALUE 0 START 0;
ALTER TABLE constancias_constancia ADD COLUMN indice bigint NOT NULL
  DEFAULT nextval('constancias_indice') UNIQUE;
ALTER TABLE constancias_constancia ALTER COLUMN indice DROP DEFAULT;
"""
GUARDA = """
CREATE OR REPLACE FUNCTION constancia_solo_cambia_estado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{{{columns}}}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{{{columns}}}'::text[]
     OR {never} THEN
    RAISE EXCEPTION 'de una constancia solo cambia el estado, una vez'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
# A document in force ends once; one that ended stays as it ended.
AHORA = GUARDA.format(
    columns="estado,motivo,cambio_en",
    never="OLD.estado <> 'vigente' AND NEW IS DISTINCT FROM OLD",
)
ANTES = GUARDA.format(
    columns="estado", never="OLD.estado <> 'vigente' AND NEW.estado = 'vigente'"
)
TIPOS = [
    ("constancia", "Número de Seguridad Social"),
    ("tarjeta", "Tarjeta de Número de Seguridad Social"),
    ("comprobante", "Comprobante de trámite"),
    ("enmascarada", "Constancia con NSS enmascarado"),
]
MOTIVOS = [
    ("reemplazo", "Se pidió otro documento en su lugar"),
    ("correccion", "Se corrigieron los datos de la persona"),
    ("error", "Se expidió por error"),
    ("otra_persona", "El número corresponde a otra persona"),
    ("fraude", "Se obtuvo con datos o documentos falsos"),
    ("llave", "La llave que lo selló dejó de ser segura"),
]


class Migration(migrations.Migration):
    dependencies = [("constancias", "0002_guardas")]

    operations = [
        migrations.CreateModel(
            name="ListaEstados",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("contenido", models.TextField()),
                ("serie", models.CharField(max_length=49, verbose_name="número de serie")),
                ("emitida_en", models.DateTimeField(verbose_name="emitida")),
            ],
            options={
                "verbose_name": "lista de estados",
                "verbose_name_plural": "lista de estados",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(id=1), name="lista_estados_only_one")
                ],
            },
        ),
        migrations.AlterField(
            "constancia",
            "tipo",
            models.CharField(choices=TIPOS, max_length=12, verbose_name="documento"),
        ),
        migrations.AddField(
            "constancia", "motivo", models.CharField(blank=True, choices=MOTIVOS, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "constancia",
            "cambio_en",
            models.DateTimeField(blank=True, null=True, verbose_name="dejó de estar vigente"),
        ),
        migrations.AddField(
            "constancia",
            "codigo_idx",
            comun.fields.BlindIndexField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            "constancia",
            "reemplaza",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sucesora",
                to="constancias.constancia",
            ),
        ),
        migrations.RunSQL(
            INDICE,
            "ALTER TABLE constancias_constancia DROP COLUMN indice; DROP SEQUENCE constancias_indice",
            state_operations=[
                migrations.AddField(
                    "constancia", "indice", models.BigIntegerField(unique=True, verbose_name="índice")
                )
            ],
        ),
        migrations.AddIndex(
            "constancia",
            models.Index(
                condition=models.Q(("estado", "vigente"), _negated=True),
                fields=["indice"],
                name="constancia_ended",
            ),
        ),
        migrations.AddConstraint(
            "constancia",
            models.CheckConstraint(
                condition=models.Q(estado="vigente", motivo="", cambio_en=None)
                | ~models.Q(estado="vigente") & ~models.Q(motivo="") & models.Q(cambio_en__isnull=False),
                name="constancia_motivo_matches_estado",
            ),
        ),
        migrations.AddConstraint(
            "constancia",
            models.CheckConstraint(
                condition=models.Q(("indice__gte", 0)), name="constancia_indice_is_not_negative"
            ),
        ),
        migrations.RunSQL(AHORA, ANTES),
    ]

"""Bitacora and Evento are written once: the database itself refuses to change a row."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION solo_se_agrega() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'la tabla % solo admite filas nuevas', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_solo_se_agrega BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION solo_se_agrega();
"""


class Migration(migrations.Migration):
    dependencies = [("comun", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION solo_se_agrega()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table),
                f"DROP TRIGGER {table}_solo_se_agrega ON {table}",
            )
            for table in ("comun_bitacora", "comun_evento")
        ),
    ]

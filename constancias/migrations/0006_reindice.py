"""The index of the printed code may be covered with another key too, by the owner who says so."""

from django.db import migrations

GUARDA = """
CREATE OR REPLACE FUNCTION constancia_solo_cambia_estado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('portal.resello', true) = 'si'
     AND to_jsonb(NEW) - '{{{columns}}}'::text[] IS NOT DISTINCT FROM to_jsonb(OLD) - '{{{columns}}}'::text[]
     AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - '{{estado,motivo,cambio_en}}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{{estado,motivo,cambio_en}}'::text[]
     OR OLD.estado <> 'vigente' AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'de una constancia solo cambia el estado, una vez'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("constancias", "0005_resello")]

    operations = [
        migrations.RunSQL(
            GUARDA.format(columns="snapshot,codigo_idx"), GUARDA.format(columns="snapshot")
        ),
    ]

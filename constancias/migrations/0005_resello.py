"""What was printed may be sealed again with another key: only by the owner, who says so."""

from django.db import migrations

GUARDA = """
CREATE OR REPLACE FUNCTION constancia_solo_cambia_estado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {resello}IF to_jsonb(NEW) - '{{estado,motivo,cambio_en}}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{{estado,motivo,cambio_en}}'::text[]
     OR OLD.estado <> 'vigente' AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'de una constancia solo cambia el estado, una vez'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
# The role that serves has no right to write `snapshot` at all: this is for the change of keys.
RESELLO = """IF current_setting('portal.resello', true) = 'si'
     AND to_jsonb(NEW) - 'snapshot' IS NOT DISTINCT FROM to_jsonb(OLD) - 'snapshot'
     AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN
    RETURN NEW;
  END IF;
  """


class Migration(migrations.Migration):
    dependencies = [("constancias", "0004_verificacion")]

    operations = [
        migrations.RunSQL(GUARDA.format(resello=RESELLO), GUARDA.format(resello="")),
    ]

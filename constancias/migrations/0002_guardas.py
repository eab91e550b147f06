"""What was issued stays as it was: the database lets only the state of a row change."""

from django.db import migrations

# Words of a state never run backwards: neither a document nor a key comes to life again.
CONSTANCIA = """
CREATE FUNCTION constancia_solo_cambia_estado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'estado' IS DISTINCT FROM to_jsonb(OLD) - 'estado'
     OR OLD.estado <> 'vigente' AND NEW.estado = 'vigente' THEN
    RAISE EXCEPTION 'de una constancia solo cambia el estado, y nunca de vuelta a vigente'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER constancias_constancia_estado BEFORE UPDATE ON constancias_constancia
FOR EACH ROW EXECUTE FUNCTION constancia_solo_cambia_estado();
CREATE TRIGGER constancias_constancia_no_se_borra BEFORE DELETE ON constancias_constancia
FOR EACH ROW EXECUTE FUNCTION solo_se_agrega();
"""
LLAVE = """
CREATE FUNCTION llave_solo_se_retira() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{estado,retirada_en}'::text[]
     IS DISTINCT FROM to_jsonb(OLD) - '{estado,retirada_en}'::text[]
     OR OLD.estado <> 'activa' AND NEW.estado = 'activa' THEN
    RAISE EXCEPTION 'una llave del sello solo se retira o se revoca'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER constancias_llavesello_estado BEFORE UPDATE ON constancias_llavesello
FOR EACH ROW EXECUTE FUNCTION llave_solo_se_retira();
CREATE TRIGGER constancias_llavesello_no_se_borra BEFORE DELETE ON constancias_llavesello
FOR EACH ROW EXECUTE FUNCTION solo_se_agrega();
"""


class Migration(migrations.Migration):
    dependencies = [("constancias", "0001_initial"), ("comun", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            CONSTANCIA,
            "DROP TRIGGER constancias_constancia_estado ON constancias_constancia;"
            "DROP TRIGGER constancias_constancia_no_se_borra ON constancias_constancia;"
            "DROP FUNCTION constancia_solo_cambia_estado();",
        ),
        migrations.RunSQL(
            LLAVE,
            "DROP TRIGGER constancias_llavesello_estado ON constancias_llavesello;"
            "DROP TRIGGER constancias_llavesello_no_se_borra ON constancias_llavesello;"
            "DROP FUNCTION llave_solo_se_retira();",
        ),
    ]

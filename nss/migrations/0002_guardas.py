"""The registry's own arithmetic and its refusals, in the database itself.

Standard SQL bodies (RETURN …) are bound when created, so that a restored dump
finds every function whatever its search path.
"""

from django.db import migrations

# Luhn: places 2, 4, … 10 count double; the table gives the digit sum of the double.
_SUM = " + ".join(
    f"substr('0246813579', substr(cuerpo, {place}, 1)::int + 1, 1)::int"
    if place % 2 == 0
    else f"substr(cuerpo, {place}, 1)::int"
    for place in range(1, 11)
)
DIGIT = f"""
CREATE FUNCTION nss_digito(cuerpo text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ((10 - ({_SUM}) % 10) % 10)::text;
"""
COMPOSE = """
CREATE FUNCTION nss_compone(prefijo text, alta int, nacimiento int, consecutivo int) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT cuerpo || nss_digito(cuerpo)
          FROM (SELECT prefijo || lpad(alta::text, 2, '0') || lpad(nacimiento::text, 2, '0')
                       || lpad(consecutivo::text, 4, '0')) AS partes(cuerpo));
"""
CHECKS = """
ALTER TABLE nss_numero
  ADD CONSTRAINT numero_nss_passes_luhn CHECK (
    CASE WHEN nss ~ '^[0-9]{11}$' THEN right(nss, 1) = nss_digito(left(nss, 10)) ELSE false END),
  ADD CONSTRAINT numero_consecutivo_is_printed_in_nss CHECK (
    consecutivo IS NULL OR substr(nss, 7, 4) = lpad(consecutivo::text, 4, '0'));
"""
NO_CHECKS = """
ALTER TABLE nss_numero
  DROP CONSTRAINT numero_nss_passes_luhn,
  DROP CONSTRAINT numero_consecutivo_is_printed_in_nss;
"""
REFUSAL = """
CREATE FUNCTION nss_para_siempre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: un número se da una vez y es para siempre', TG_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER numero_never_deleted BEFORE DELETE ON nss_numero
  FOR EACH ROW EXECUTE FUNCTION nss_para_siempre();
CREATE TRIGGER numero_never_renumbered BEFORE UPDATE ON nss_numero
  FOR EACH ROW
  WHEN ((OLD.nss, OLD.serie_id, OLD.consecutivo)
        IS DISTINCT FROM (NEW.nss, NEW.serie_id, NEW.consecutivo))
  EXECUTE FUNCTION nss_para_siempre();
CREATE TRIGGER serie_never_goes_back BEFORE UPDATE ON nss_serie
  FOR EACH ROW WHEN (NEW.siguiente < OLD.siguiente)
  EXECUTE FUNCTION nss_para_siempre();
"""
NO_TRIGGERS = """
DROP TRIGGER numero_never_deleted ON nss_numero;
DROP TRIGGER numero_never_renumbered ON nss_numero;
DROP TRIGGER serie_never_goes_back ON nss_serie;
"""


class Migration(migrations.Migration):
    dependencies = [("nss", "0001_initial")]

    operations = [
        migrations.RunSQL(DIGIT, "DROP FUNCTION nss_digito(text)"),
        migrations.RunSQL(COMPOSE, "DROP FUNCTION nss_compone(text, int, int, int)"),
        migrations.RunSQL(CHECKS, NO_CHECKS),
        migrations.RunSQL(REFUSAL, "DROP FUNCTION nss_para_siempre()"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]

"""Who is asked for an address may say "no soy yo": the Solicitud stops with its reason.

The pairs are written out whole: a migration must not change when the code does. A test
compares them with tramites.enums.MOVES.
"""

from importlib import import_module

from django.db import migrations

before = import_module("tramites.migrations.0002_guards")
PAIRS = {**before.PAIRS, "requiere_domicilio": "cancelada inconclusa por_asignar vencida"}


def guard(pairs: dict[str, str]) -> str:
    """Return the SQL that makes these moves, and no others, legal."""
    legal = ", ".join(
        f"('{origin}', '{to}')" for origin, nexts in pairs.items() for to in nexts.split()
    )
    return f"""
CREATE OR REPLACE FUNCTION tramites_movimiento_legal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.estado IS DISTINCT FROM OLD.estado
     AND (OLD.estado, NEW.estado) NOT IN (VALUES {legal}) THEN
    RAISE EXCEPTION 'movimiento no permitido: % a %', OLD.estado, NEW.estado
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("tramites", "0002_guards")]

    operations = [migrations.RunSQL(guard(PAIRS), guard(before.PAIRS))]

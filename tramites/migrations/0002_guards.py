"""The database itself refuses a move the procedure does not have, and a change of history.

The pairs are written out: a migration must not change when the code does. A test
compares them with tramites.enums.MOVES.
"""

from django.db import migrations

PAIRS = {
    "por_confirmar": "cancelada confirmada vencida",
    "confirmada": "cancelada en_espera_identidad fallo_tecnico inconclusa localizada requiere_domicilio retenida",
    "en_espera_identidad": "confirmada fallo_tecnico inconclusa",
    "retenida": "cancelada confirmada",
    "inconclusa": "confirmada vencida",
    "requiere_domicilio": "cancelada por_asignar vencida",
    "por_asignar": "asignada cancelada en_espera_serie fallo_tecnico inconclusa localizada",
    "en_espera_serie": "cancelada por_asignar",
    "localizada": "cancelada documentada fallo_tecnico",
    "asignada": "cancelada documentada fallo_tecnico",
    "documentada": "cancelada concluida",
    "vencida": "por_confirmar",
    "fallo_tecnico": "asignada confirmada localizada por_asignar",
}


def _values() -> str:
    return ", ".join(
        f"('{origin}', '{to}')" for origin, nexts in PAIRS.items() for to in nexts.split()
    )


GUARD = f"""
CREATE FUNCTION tramites_movimiento_legal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.estado IS DISTINCT FROM OLD.estado
     AND (OLD.estado, NEW.estado) NOT IN (VALUES {_values()}) THEN
    RAISE EXCEPTION 'movimiento no permitido: % a %', OLD.estado, NEW.estado
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tramites_solicitud_movimiento_legal BEFORE UPDATE OF estado ON tramites_solicitud
FOR EACH ROW EXECUTE FUNCTION tramites_movimiento_legal();
CREATE TRIGGER tramites_movimiento_solo_se_agrega BEFORE UPDATE OR DELETE ON tramites_movimiento
FOR EACH ROW EXECUTE FUNCTION solo_se_agrega();
"""
UNDO = """
DROP TRIGGER tramites_movimiento_solo_se_agrega ON tramites_movimiento;
DROP TRIGGER tramites_solicitud_movimiento_legal ON tramites_solicitud;
DROP FUNCTION tramites_movimiento_legal();
"""


class Migration(migrations.Migration):
    dependencies = [("tramites", "0001_initial"), ("comun", "0002_append_only")]

    operations = [migrations.RunSQL(GUARD, UNDO)]

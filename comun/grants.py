"""What the role that serves may do: work with rows, and never rewrite history."""

from typing import Any

from django.conf import settings
from django.db import connections

# Tables whose rows are written once. A trigger refuses changes too; the grant says it first.
APPEND_ONLY = ("comun_bitacora", "comun_evento", "tramites_movimiento", "personal_revelacion")
# Tables whose rows change in these columns alone.
CHANGES_ONLY = {
    "constancias_constancia": "estado, motivo, cambio_en",
    "constancias_llavesello": "estado, retirada_en",
}


def grant_runtime_role(using: str = "default", **_: Any) -> None:
    """After each migrate, give the runtime role its rights; do nothing if it owns the tables."""
    connection = connections[using]
    role = settings.ROL_SERVICIO
    if role == connection.settings_dict["USER"]:
        return
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        present = set(connection.introspection.table_names(cursor))
        for table in present.intersection({*APPEND_ONLY, *CHANGES_ONLY}):
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}")
            if columns := CHANGES_ONLY.get(table):
                cursor.execute(f"GRANT UPDATE ({columns}) ON {table} TO {quoted}")

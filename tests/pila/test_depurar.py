"""Retention as the role that serves: it may delete and empty what the plazos say, and no more."""

import psycopg2
import pytest

from imss_portal.demo.recorrido import next_person

pytestmark = [pytest.mark.pila, pytest.mark.timeout(300)]


def test_the_role_that_serves_can_do_all_of_it(pila, estudiante):
    curp = next_person("asignado", entorno=pila.entorno, folder=pila.folder)
    student = estudiante(curp, "olvidada@example.org")
    student.capturar()
    student.leer_liga()
    folio = student.folio or student.pagina.marca("folio")
    connection = psycopg2.connect(pila.env["DATABASE_OWNER_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tramites_solicitud SET estado = 'vencida', movida_en = now() - interval '46 days'"
            " WHERE id = (SELECT id FROM tramites_solicitud WHERE estado = 'por_confirmar'"
            " ORDER BY creada_en DESC LIMIT 1) RETURNING folio, curp_idx"
        )
        told, before = cursor.fetchone()
        cursor.execute(
            "INSERT INTO constancias_verificacion (medio, canal, dictamen, fecha)"
            " VALUES ('codigo', 'pagina', 'vigente', now() - interval '366 days')"
        )
    assert folio in (None, told)
    counted = pila.manage("depurar")
    done = pila.manage("depurar", "--aplicar")
    for line in ("tramites.Solicitud: 1 vaciadas", "constancias.Verificacion: 1 borradas"):
        assert line in counted
        assert line in done
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT curp_idx = %s, vaciada_en IS NOT NULL, (SELECT count(*) FROM tramites_correo c"
            " WHERE c.solicitud_id = s.id) FROM tramites_solicitud s WHERE folio = %s",
            [before, told],
        )
        assert cursor.fetchone() == (False, True, 0)
    connection.close()

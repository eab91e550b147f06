"""Loading the postal codes: COPY into a temporary table, then the difference in SQL."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from catalogos.enums import Catalogo, FuenteAsentamientos
from catalogos.errors import CatalogoInvalido
from catalogos.lectura.sepomex import Lectura, Lugar
from catalogos.models import Asentamiento
from catalogos.rules import normalise
from catalogos.services.carga import SAMPLE, Diferencia, hold_catalogues, keep_version
from catalogos.services.municipios import Municipios, Nombrado

COLUMNS = (
    "cp, nombre, nombre_normalizado, tipo, n, municipio_id, ciudad, zona, clave_sepomex, fuente"
)
ENTRADA = f"""
DROP TABLE IF EXISTS pg_temp.entrada;
CREATE TEMP TABLE entrada ON COMMIT DROP AS
SELECT {COLUMNS} FROM catalogos_asentamiento WITH NO DATA
"""  # noqa: S608 - names of ours
COPY = f"COPY entrada ({COLUMNS}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (ciudad, zona))"
SAME = "(a.cp, a.nombre, a.tipo, a.n, a.fuente) = (e.cp, e.nombre, e.tipo, e.n, e.fuente)"
DIFFERS = """
(a.municipio_id, a.ciudad, a.zona, a.clave_sepomex, a.nombre_normalizado)
IS DISTINCT FROM (e.municipio_id, e.ciudad, e.zona, e.clave_sepomex, e.nombre_normalizado)
"""
SCOPE = "SELECT id FROM catalogos_municipio WHERE entidad_id = ANY(%s)"
COUNT = f"""
SELECT count(*) FILTER (WHERE a.id IS NULL), count(*) FILTER (WHERE NOT a.vigente AND e.n > 0),
       count(*) FILTER (WHERE a.vigente AND e.n > 0 AND {DIFFERS}),
       count(*) FILTER (WHERE a.vigente AND e.n IS NULL AND a.municipio_id IN ({SCOPE}))
FROM entrada e FULL JOIN catalogos_asentamiento a ON {SAME}
"""  # noqa: S608
INSERT = f"""
INSERT INTO catalogos_asentamiento ({COLUMNS}, vigente)
SELECT {COLUMNS}, true FROM entrada e
WHERE NOT EXISTS (SELECT FROM catalogos_asentamiento a WHERE {SAME})
"""  # noqa: S608
UPDATE = f"""
UPDATE catalogos_asentamiento a
SET municipio_id = e.municipio_id, ciudad = e.ciudad, zona = e.zona, vigente = true,
    clave_sepomex = e.clave_sepomex, nombre_normalizado = e.nombre_normalizado
FROM entrada e WHERE {SAME} AND (NOT a.vigente OR {DIFFERS})
"""  # noqa: S608
GONE = f"""
a.vigente AND NOT EXISTS (SELECT FROM entrada e WHERE {SAME})
AND a.municipio_id IN ({SCOPE})
"""
RETIRE = f"UPDATE catalogos_asentamiento a SET vigente = false WHERE {GONE}"  # noqa: S608
EXAMPLES = {
    "nuevos": f"""SELECT e.cp, e.nombre, e.tipo FROM entrada e
        LEFT JOIN catalogos_asentamiento a ON {SAME}
        WHERE a.id IS NULL OR NOT a.vigente LIMIT {SAMPLE}""",  # noqa: S608
    "cambian": f"""SELECT a.cp, a.nombre, a.tipo FROM entrada e
        JOIN catalogos_asentamiento a ON {SAME}
        WHERE a.vigente AND {DIFFERS} LIMIT {SAMPLE}""",  # noqa: S608
    "retiran": f"""SELECT a.cp, a.nombre, a.tipo FROM catalogos_asentamiento a
        WHERE {GONE} LIMIT {SAMPLE}""",  # noqa: S608
}


@transaction.atomic
def load_asentamientos(lectura: Lectura, *, now: datetime) -> Diferencia:
    """Make the vigentes of the entidades in the file be those of the file.

    Nothing is deleted; what another source held there is retired. Doing it twice
    changes nothing the second time.

    Raises
        CatalogoInvalido: the package of 2018 would retire the official file.
    """
    hold_catalogues()
    if lectura.fuente == FuenteAsentamientos.PAQUETE:
        _refuse_older()
    named = {lugar: _municipio_of(lugar) for lugar in {fila.lugar for fila in lectura.filas}}
    ids = Municipios().ensure_all(set(named.values()))
    municipios = {lugar: ids[name] for lugar, name in named.items()}
    entidades = sorted({lugar.entidad for lugar in named})
    with connection.cursor() as cursor:
        cursor.execute(ENTRADA)
        cursor.copy_expert(COPY, _as_csv(lectura, municipios))
        diferencia = _apply(cursor, entidades, total=len(lectura.filas))
    keep_version(Catalogo.ASENTAMIENTOS, lectura.procedencia, diferencia, now=now)
    return diferencia


def _apply(cursor: CursorWrapper, entidades: list[str], *, total: int) -> Diferencia:
    """Retire, change and add."""
    cursor.execute("SET LOCAL enable_nestloop = off")  # without statistics it would be chosen
    cursor.execute(COUNT, [entidades])
    unknown, back, changed, gone = cursor.fetchone()
    new = unknown + back
    ejemplos = {
        kind: _examples(cursor, kind, entidades)
        for kind, some in (("nuevos", new), ("cambian", changed), ("retiran", gone))
        if some
    }
    if gone:
        cursor.execute(RETIRE, [entidades])
    if back or changed:
        cursor.execute(UPDATE)
    if unknown:
        cursor.execute(INSERT)
    cursor.execute("SET LOCAL enable_nestloop = on")
    return Diferencia(
        nuevos=new,
        cambian=changed,
        retiran=gone,
        iguales=total - new - changed,
        ejemplos=ejemplos,
    )


def _examples(cursor: CursorWrapper, kind: str, entidades: list[str]) -> list[str]:
    cursor.execute(EXAMPLES[kind], [entidades] if kind == "retiran" else None)
    return [f"{cp} {nombre} ({tipo})" for cp, nombre, tipo in cursor.fetchall()]


def _municipio_of(lugar: Lugar) -> Nombrado:
    return Nombrado(lugar.entidad, lugar.municipio, lugar.clave_municipio)


def _as_csv(lectura: Lectura, municipios: dict[Lugar, int]) -> io.StringIO:
    """Return the rows as COPY reads them, the repeated ones numbered from 1."""
    out = io.StringIO()
    csv.writer(out).writerows(_records(lectura, municipios))
    out.seek(0)
    return out


def _records(lectura: Lectura, municipios: dict[Lugar, int]) -> Iterator[tuple[str | int, ...]]:
    plain = {nombre: normalise(nombre) for nombre in {fila.nombre for fila in lectura.filas}}
    shared = {lugar: (pk, lugar.ciudad, lugar.zona) for lugar, pk in municipios.items()}
    fuente = lectura.fuente.value
    before: tuple[str, ...] = ()
    n = 1
    for cp, nombre, tipo, clave, lugar in lectura.filas:
        this = (cp, nombre, tipo)
        n = n + 1 if this == before else 1
        before = this
        yield (cp, nombre, plain[nombre], tipo, n, *shared[lugar], clave, fuente)


def _refuse_older() -> None:
    official = Asentamiento.objects.vigentes().filter(fuente=FuenteAsentamientos.SEPOMEX)
    if official.exists():
        raise CatalogoInvalido(
            "Ya está cargado el archivo oficial de SEPOMEX: los datos de 2018 lo harían retroceder"
        )

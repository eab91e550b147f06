"""A canary's walk through the portal, and the errors that are forced on it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2

from imss_portal.demo.estudiante import CODE, LINK, Direccion, Estudiante
from imss_portal.demo.pila import Pila
from tests.canarios.cebos import Cebo, as_csv
from tests.canarios.escondites import Direcciones

AT_ONCE = 4
WITHIN = 120  # s


def enrol(pila: Pila, cebos: list[Cebo], folder: Path) -> None:
    """Make the identity source know them."""
    pila.manage("cargar_padron", str(as_csv(cebos, folder / "cebos.csv")), "--aplicar")


def student(pila: Pila, cebo: Cebo, direcciones: Path) -> Estudiante:
    assert pila.entorno
    made = Estudiante(pila.entorno, curp=cebo.quien.curp, correo=cebo.correo)
    made.web.opener.add_handler(Direcciones(direcciones))
    return made


def begin(cebo: Cebo, one: Estudiante) -> None:
    one.capturar()
    link = one._read(LINK)
    cebo.tokens.append(link.rstrip("/").rpartition("/")[2])
    cebo.codigos.append(one._read(CODE))
    one.confirmar_por_liga()


def walk(pila: Pila, cebo: Cebo, direcciones: Path) -> Estudiante:
    """From the CURP to the number, with an address, both PDFs downloaded."""
    one = student(pila, cebo, direcciones)
    begin(cebo, one)
    one.esperar("requiere_domicilio", seconds=WITHIN)
    one.dar_domicilio(Direccion(calle=cebo.calle))
    one.elegir_unidad()
    one.concluir()
    one.esperar("concluida", seconds=WITHIN)
    cebo.nss = "".join(filter(str.isdigit, one.pagina.marca("nss") or ""))
    assert len(cebo.nss) == 11
    one.descargar("constancia", direcciones.parent / "bajados" / cebo.quien.curp)
    return one


def walk_all(pila: Pila, cebos: Iterable[Cebo], direcciones: Path) -> list[Estudiante]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda cebo: walk(pila, cebo, direcciones), cebos))


def sql(pila: Pila, statement: str, *params: object) -> list[tuple]:
    """Run it as the owner of the tables, and commit."""
    link = psycopg2.connect(pila.env["DATABASE_OWNER_URL"])
    try:
        with link, link.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []
    finally:
        link.close()

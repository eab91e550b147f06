"""Files in the official format, made by the tests, and the commands as an operator runs them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

DATOS = Path(__file__).parent / "datos"
MINIMO = Path(__file__).parent.parent / "datos" / "sepomex" / "minimo.txt"
NATIONAL = (
    "d_codigo|d_asenta|d_tipo_asenta|D_mnpio|d_estado|d_ciudad|d_CP|c_estado|c_oficina|c_CP"
    "|c_tipo_asenta|c_mnpio|id_asenta_cpcons|d_zona|c_cve_ciudad"
)


def run(command: str, *args: object) -> str:
    """Run a command and return what it says."""
    out = StringIO()
    call_command(command, *args, stdout=out, no_color=True)
    return out.getvalue()


@pytest.fixture
def minimo(db) -> None:
    """The smallest list of postal codes, and the portal's own catalogues."""
    run("cargar_sepomex", MINIMO, "--aplicar")
    run("cargar_catalogos", "--aplicar")


@pytest.fixture
def sepomex(tmp_path):
    """Write a file in the official format: rows are dicts over a valid one."""

    def write(*rows: dict[str, str], name="CPdescarga.txt", encoding="latin-1", header=NATIONAL):
        columns = header.split("|")
        lines = ["Aviso legal de prueba", header]
        for n, row in enumerate(rows, start=1):
            full = {**valid_row(n), **row}
            lines.append("|".join(full[column.lower()] for column in columns))
        path = tmp_path / name
        path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
        return path

    return write


def valid_row(n: int) -> dict[str, str]:
    return {
        "d_codigo": "40200",
        "d_asenta": f"Colonia {n}",
        "d_tipo_asenta": "Colonia",
        "d_mnpio": "Taxco de Alarcón",
        "d_estado": "Guerrero",
        "d_ciudad": "Taxco de Alarcón",
        "d_cp": "40201",
        "c_estado": "12",
        "c_oficina": "40201",
        "c_cp": "",
        "c_tipo_asenta": "09",
        "c_mnpio": "055",
        "id_asenta_cpcons": f"{n:04}",
        "d_zona": "Urbano",
        "c_cve_ciudad": "05",
    }

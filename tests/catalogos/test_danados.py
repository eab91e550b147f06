"""Files damaged on their way: each is read, or refused with words for the operator."""

import random
import zipfile

import pytest
from openpyxl import Workbook

from catalogos.errors import CatalogoInvalido
from catalogos.lectura.archivos import read_text
from catalogos.lectura.tablas import Columna, read_table

COLUMNAS = {"clave": Columna(("clave",)), "nombre": Columna(("nombre",))}
CHANCES = random.Random(7)


def zipped(folder):
    path = folder / "lista.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("lista.txt", "".join(f"{n:05}|Colonia {n}\n" for n in range(400)))
    return path, read_text


def workbook(folder):
    book = Workbook()
    for row in [("clave", "nombre"), *((f"{n:05}", f"Unidad {n}") for n in range(200))]:
        book.active.append(row)
    path = folder / "libro.xlsx"
    book.save(path)
    return path, lambda at: list(read_table(at, COLUMNAS).filas)


def damages(whole: bytes, times: int):
    """Yield copies of `whole` with a bit turned, a run overwritten, or an end cut off."""
    for _ in range(times):
        bit, start = CHANCES.randrange(len(whole) * 8), CHANCES.randrange(len(whole))
        turned = bytearray(whole)
        turned[bit // 8] ^= 1 << bit % 8
        yield bytes(turned)
        yield whole[:start] + CHANCES.randbytes(min(12, len(whole) - start)) + whole[start + 12 :]
        yield whole[:start]


@pytest.mark.parametrize("made", [zipped, workbook])
def test_a_damaged_file_never_ends_in_a_traceback(tmp_path, made):
    path, read = made(tmp_path)
    whole, refused = path.read_bytes(), []
    assert read(path)
    for damaged in damages(whole, times=200):
        path.write_bytes(damaged)
        try:
            read(path)
        except CatalogoInvalido as exc:
            refused.append(str(exc))
    assert len(refused) > 200
    assert not [text for text in refused if not text.strip()]

"""Tables by the names of their headers: csv of any delimiter, xlsx under its limits."""

import zipfile

import pytest
from openpyxl import Workbook

from catalogos.errors import CatalogoInvalido
from catalogos.lectura import tablas
from catalogos.lectura.tablas import Columna, read_table

COLUMNAS = {
    "clave": Columna(("clave", "cve_delegacion")),
    "nombre": Columna(("nombre", "descripción")),
    "nota": Columna(("nota",), required=False),
}


def values(path):
    tabla = read_table(path, COLUMNAS)
    return [(fila.linea, fila["clave"], fila["nombre"], fila["nota"]) for fila in tabla.filas]


def text(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "tabla.csv"
    path.write_bytes(content.encode(encoding))
    return path


def book(tmp_path, *sheets):
    made = Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"hoja{number}")
        for row in rows:
            sheet.append(row)
    path = tmp_path / "libro.xlsx"
    made.save(path)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_csv_of_any_delimiter_and_encoding(tmp_path, delimiter, encoding):
    lines = [["NOMBRE", "otra", "Clave"], ["Peñón", "x", "01"]]
    content = "\r\n".join(delimiter.join(line) for line in lines)
    assert values(text(tmp_path, content, encoding)) == [(2, "01", "Peñón", "")]


def test_headers_have_aliases_and_titles_may_stand_above(tmp_path):
    content = "Diccionario de datos\n\nCVE_DELEGACION,Descripcion\n01,Una\n\n02,Dos\n"
    assert values(text(tmp_path, content)) == [(4, "01", "Una", ""), (6, "02", "Dos", "")]


def test_quoted_fields_keep_their_commas(tmp_path):
    assert values(text(tmp_path, 'clave,nombre\n01,"Uno, dos"\n'))[0][2] == "Uno, dos"


def test_missing_column_is_named(tmp_path):
    with pytest.raises(CatalogoInvalido, match=r"tabla\.csv: faltan las columnas nombre"):
        values(text(tmp_path, "clave,otra\n01,x\n"))


def test_xlsx_finds_the_sheet_with_the_headers(tmp_path):
    path = book(tmp_path, [["léeme"]], [["título"], ["clave", "descripción"], ["03", "Tres"]])
    assert values(path) == [(3, "03", "Tres", "")]


def test_xlsx_cells_become_text(tmp_path):
    path = book(tmp_path, [["clave", "nombre", "nota"], [3, " con  espacios ", None]])
    assert values(path) == [(2, "3", "con espacios", "")]


def test_xlsx_that_is_none_is_refused(tmp_path):
    path = tmp_path / "libro.xlsx"
    path.write_bytes(b"PK\x03\x04 no es un libro")
    with pytest.raises(CatalogoInvalido, match="dañado"):
        values(path)


def test_zip_named_xlsx_is_refused(tmp_path):
    path = tmp_path / "libro.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(CatalogoInvalido, match="no es un libro de Excel"):
        values(path)


def test_xlsx_bomb_is_refused(tmp_path):
    path = tmp_path / "libro.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(CatalogoInvalido, match="bomba de compresión"):
        values(path)


def test_entities_of_a_workbook_are_not_expanded(tmp_path):
    path = book(tmp_path, [["clave", "nombre"], ["01", "Uno"]])
    evil = tmp_path / "malo.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(evil, "w") as packed:
        for name in good.namelist():
            content = good.read(name)
            if name.endswith("sheet1.xml"):
                doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
                content = doctype + content.replace(b"Uno", b"&e;")
            packed.writestr(name, content)
    with pytest.raises(CatalogoInvalido):
        values(evil)


def test_table_that_never_ends_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(tablas, "MAX_ROWS", 2)
    with pytest.raises(CatalogoInvalido, match="pasa de 2 renglones"):
        values(text(tmp_path, "clave,nombre\n1,a\n2,b\n3,c\n"))

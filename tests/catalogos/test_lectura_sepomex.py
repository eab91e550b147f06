"""Reading CPdescarga: any order of columns, any encoding, and every bad line by its number."""

import zipfile

import pytest

from catalogos.errors import CatalogoInvalido
from catalogos.lectura import archivos
from catalogos.lectura.sepomex import read_official, read_package
from tests.catalogos.conftest import MINIMO, NATIONAL

STATE = NATIONAL.replace("|c_CP", "") + "|c_CP"  # the download of one entidad: c_CP is last
ENYE = {"d_asenta": "Peñón Güero", "d_mnpio": "Taxco de Alarcón"}


def read(path):
    return [fila.nombre for fila in read_official(path).filas]


def test_minimal_fixture_is_in_the_official_form():
    raw = MINIMO.read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert raw.split(b"\r\n")[1].decode("latin-1") == NATIONAL
    lectura = read_official(MINIMO)
    assert (len(lectura.filas), lectura.codificacion) == (24, "latin-1")


@pytest.mark.parametrize(
    "header",
    [NATIONAL, STATE, NATIONAL.replace("|c_CP", ""), NATIONAL.upper(), NATIONAL.lower()],
    ids=["national", "state", "without c_CP", "upper", "lower"],
)
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
def test_columns_are_found_by_name(sepomex, header, encoding):
    (fila,) = read_official(sepomex(ENYE, header=header, encoding=encoding)).filas
    assert fila[:4] == ("40200", "Peñón Güero", "Colonia", "0001")
    assert fila.lugar == ("GR", "Taxco de Alarcón", "055", "Taxco de Alarcón", "Urbano")


def test_windows_quotes_are_read_as_such(sepomex):
    assert read(sepomex({"d_asenta": "El “Ñandú”"}, encoding="cp1252")) == ["El “Ñandú”"]


def test_cleaned_copy_without_keys_is_read(sepomex):
    header = "d_codigo|d_asenta|d_tipo_asenta|D_mnpio|d_estado"
    (fila,) = read_official(sepomex(ENYE, header=header)).filas
    assert (fila.clave, fila.lugar.clave_municipio, fila.lugar.entidad) == ("", "", "GR")


def test_zip_and_text_are_the_same_list(sepomex, tmp_path):
    plain = sepomex(ENYE)
    packed = tmp_path / "CPdescarga.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(plain, "CPdescarga.txt")
    assert read(packed) == read(plain)
    assert read_official(packed).procedencia.hash == read_official(plain).procedencia.hash


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"d_codigo": "4020"}, "línea 4: el código postal «4020» no tiene cinco dígitos"),
        ({"d_codigo": "4O200"}, "línea 4: el código postal «4O200» no tiene cinco dígitos"),
        ({"d_codigo": "٤٠٢٠٠"}, "línea 4: el código postal"),
        ({"d_estado": "Atlántida"}, "línea 4: la entidad o el municipio"),
        ({"d_estado": "Nayarit"}, "línea 4: la entidad o el municipio"),
        ({"c_mnpio": "5555"}, "línea 4: la entidad o el municipio"),
        ({"d_asenta": ""}, "línea 4: el nombre o el tipo falta"),
        ({"d_asenta": "x" * 121}, "línea 4: el nombre o el tipo falta o es demasiado largo"),
        ({"d_asenta": "a|b"}, "línea 4: tiene 16 campos y el encabezado 15"),
        ({"d_asenta": "a\x07b"}, "línea 4: hay un carácter de control"),
    ],
)
def test_bad_line_is_named(sepomex, bad, told):
    path = sepomex({}, bad, encoding="utf-8")
    with pytest.raises(CatalogoInvalido) as caught:
        read_official(path)
    assert told in caught.value.message


def test_all_bad_lines_are_told_at_once_up_to_a_limit(sepomex):
    with pytest.raises(CatalogoInvalido) as caught:
        read_official(sepomex(*({"d_codigo": "x"} for _ in range(30))))
    assert caught.value.message.count("línea") == 20
    assert caught.value.message.endswith("… y 10 más")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no parece el archivo CPdescarga"),
        (b"cp,colonia\n40200,Centro\n", "no parece el archivo CPdescarga"),
        (
            b"aviso\nd_codigo|d_asenta\n40200|Centro\n",
            "faltan las columnas d_tipo_asenta, d_estado",
        ),
        (f"aviso\n{NATIONAL}\n".encode(), "no trae ningún asentamiento"),
    ],
)
def test_file_of_something_else_is_refused(tmp_path, content, told):
    path = tmp_path / "otro.txt"
    path.write_bytes(content)
    with pytest.raises(CatalogoInvalido, match=told):
        read_official(path)


def pack(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("_", "."), content)
    return path


def test_bomb_is_refused_before_it_unfolds(tmp_path):
    path = pack(tmp_path / "bomba.zip", a_txt=b"0" * 20_000_000)
    with pytest.raises(CatalogoInvalido, match="bomba de compresión"):
        read_official(path)


def test_zip_that_unfolds_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archivos, "MAX_TOTAL", 1000)
    path = pack(tmp_path / "grande.zip", a_txt=bytes(range(32, 127)) * 20)
    with pytest.raises(CatalogoInvalido, match="el límite es"):
        read_official(path)


def test_zip_whose_header_lies_is_cut_and_refused(tmp_path):
    path = pack(tmp_path / "miente.zip", a_txt=b"0123456789" * 100)
    raw = path.read_bytes()
    size = (1000).to_bytes(4, "little")
    assert raw.count(size) == 2  # the local header and the directory
    path.write_bytes(raw.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(CatalogoInvalido, match="dañado"):
        read_official(path)


@pytest.mark.parametrize(
    ("members", "told"), [({}, "trae 0"), ({"a_txt": "1", "b_txt": "2"}, "trae 2")]
)
def test_zip_must_hold_one_text(tmp_path, members, told):
    with pytest.raises(CatalogoInvalido, match=told):
        read_official(pack(tmp_path / "varios.zip", **members))


def test_missing_file_is_told(tmp_path):
    with pytest.raises(CatalogoInvalido, match="No existe el archivo"):
        read_official(tmp_path / "nada.txt")


def test_package_gives_the_country_of_2018():
    lectura = read_package()
    assert len(lectura.filas) == 145_468
    assert len({fila.lugar.entidad for fila in lectura.filas}) == 32
    assert str(lectura.procedencia.fecha_corte) == "2018-03-23"
    assert [fila.nombre for fila in lectura.filas if fila.cp == "40200"] == [
        "Taxco de Alarcón Centro"
    ]
    assert sum(1 for fila in lectura.filas if fila.cp == "85203") >= 300

"""The operator's file: dry by default, all or nothing, errors by line and without personal data."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nss.identidad import fuente
from nss.models import Asegurado, Numero, PersonaPadron
from nss.services import locate
from nss.values import Curp
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
HEADER = "curp,nombres,primer_apellido,segundo_apellido"


def line(n: int, *more: str) -> str:
    who = identidad(n)
    return ",".join((who.curp, who.nombres, who.primer_apellido, who.segundo_apellido, *more))


@pytest.fixture
def load(tmp_path):
    def run(*lines: str, aplicar: bool = True, encoding: str = "utf-8") -> tuple[str, str]:
        path = tmp_path / "padron.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        out, err = StringIO(), StringIO()
        try:
            call_command("cargar_padron", str(path), aplicar=aplicar, stdout=out, stderr=err)
        except CommandError as exc:
            return str(exc), err.getvalue()
        return out.getvalue(), err.getvalue()

    return run


def test_dry_run_counts_and_keeps_nothing(load):
    out, _ = load(HEADER, line(1), line(2), aplicar=False)
    assert "2 nuevas, 0 cambiadas, 0 iguales" in out
    assert "En seco" in out
    assert not PersonaPadron.objects.exists()


def test_loaded_person_is_known(load):
    out, _ = load(HEADER, line(1))
    assert "En seco" not in out
    assert fuente().look_up(identidad(1).curp) == identidad(1)
    assert PersonaPadron.objects.get().origen == PersonaPadron.Origen.ARCHIVO


def test_second_load_tells_changed_from_equal(load):
    load(HEADER, line(1), line(2))
    who = identidad(2)
    out, _ = load(HEADER, line(1), f"{who.curp},{who.nombres},OTRO,{who.segundo_apellido}", line(3))
    assert "1 nuevas, 1 cambiadas, 1 iguales" in out
    assert "1 CURP no se derivan del nombre" in out
    assert fuente().look_up(who.curp).primer_apellido == "OTRO"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_header_decides_order_delimiter_and_case(load, delimiter):
    who = identidad(1)
    names = [
        "Primer_Apellido",
        "CURP",
        "ESTATUS",
        "nombres",
        "segundo_apellido",
        "fecha_nacimiento",
    ]
    cells = [who.primer_apellido, who.curp, "bd", who.nombres, who.segundo_apellido, "09/03/2004"]
    load("\ufeff" + delimiter.join(names), delimiter.join(cells))
    assert fuente().look_up(who.curp).estatus == "BD"


def test_every_column_is_read(load):
    names = "sexo,fecha_nacimiento,entidad,estatus,acta_anio,acta_numero,curps_anteriores"
    old = identidad(2).curp
    load(f"{HEADER},{names}", line(1, "m", "2004-03-09", "oc", "RCC", "2005", "a-17", old))
    known = fuente().look_up(identidad(1).curp)
    assert (known.acta_anio, known.acta_numero) == (2005, "A-17")
    assert known.curps_anteriores == (Curp(old),)


def test_numbers_are_registered_once(load):
    rows = (f"{HEADER},nss,nss_por_aclarar,fecha_alta", line(1, "92919084431", "", "2020-05-01"))
    out, _ = load(*rows, line(2, "", "", ""), line(3, "72250700019", "72250799995", ""))
    assert "3 nuevos, 0 ya registrados" in out
    assert locate(identidad=identidad(1)).numero.nss == "92919084431"
    assert locate(identidad=identidad(3)).kind == "varios_nss"
    out, _ = load(*rows)
    assert "0 nuevos, 1 ya registrados" in out
    assert Asegurado.objects.count() == 2


def test_number_of_somebody_else_is_an_error_of_its_line(load):
    header = f"{HEADER},nss"
    out, err = load(header, line(1, "92919084431"), line(2, "92919084431"))
    assert out == "1 líneas con errores: no se guardó nada."
    assert "línea 3: nss: El número ya está registrado" in err
    assert not Numero.objects.exists()
    assert not PersonaPadron.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"curp": "PUBB040309MOCRBBA9"}, "curp: "),
        ({"curp": ""}, "curp: Escribe tu CURP"),
        ({"nombres": ""}, "nombres: está vacío"),
        ({"nombres": "BA\u202eBIA"}, "nombres: tiene un carácter invisible (U+202E)"),
        ({"nombres": "BA\u200bBIA"}, "nombres: tiene un carácter invisible (U+200B)"),
        ({"nombres": "BA\u0007BIA"}, "nombres: tiene un carácter invisible (U+0007)"),
        ({"acta_numero": "1\ufffe"}, "acta_numero: tiene un carácter invisible (U+FFFE)"),
        ({"nombres": "=SUMA"}, "nombres: tiene «=»"),
        ({"nombres": "B" * 61}, "nombres: tiene 61 caracteres"),
        ({"segundo_apellido": "<i>"}, "segundo_apellido: tiene «<»"),
        ({"sexo": "H"}, "sexo: no es lo que dice la CURP"),
        ({"entidad": "GR"}, "entidad: no es lo que dice la CURP"),
        ({"fecha_nacimiento": "2004-03-10"}, "fecha_nacimiento: no es lo que dice la CURP"),
        ({"fecha_nacimiento": "ayer"}, "fecha_nacimiento: «ayer» no es un valor admitido"),
        ({"fecha_nacimiento": "1/2"}, "fecha_nacimiento: «1/2» no es un valor admitido"),
        ({"estatus": "ZZ"}, "estatus: «ZZ» no es un valor admitido"),
        ({"acta_anio": "1800"}, "acta_anio: debe ser un año entre"),
        ({"acta_anio": "dos"}, "acta_anio: debe ser un año entre"),
        ({"acta_numero": "1;2"}, "acta_numero: solo letras"),
        ({"acta_numero": "1" * 21}, "acta_numero: solo letras"),
        ({"curps_anteriores": "LORA"}, "curps_anteriores: La CURP lleva 18"),
        ({"nss": "123"}, "nss: El NSS lleva 11"),
        ({"nss_por_aclarar": "92919084432"}, "nss_por_aclarar: El último dígito"),
        ({"fecha_alta": "2999-01-01"}, "fecha_alta: todavía no llega"),
    ],
)
def test_wrong_cell_is_named_with_its_line(load, change, words):
    who = identidad(1)
    cells = {
        "curp": who.curp,
        "nombres": who.nombres,
        "primer_apellido": who.primer_apellido,
        "segundo_apellido": who.segundo_apellido,
    } | change
    out, err = load(f"{HEADER}", line(2))
    out, err = load(",".join(cells), "", ",".join(cells.values()))
    assert out == "1 líneas con errores: no se guardó nada."
    assert f"línea 3: {words}" in err
    assert who.curp not in err
    assert PersonaPadron.objects.count() == 1  # what was there before


def test_wrong_number_of_cells_and_repeated_key_are_named(load):
    _, err = load(HEADER, line(1), f"{line(2)},x", line(1))
    assert "línea 3: tiene 5 columnas y el encabezado 4" in err
    assert "línea 4: la CURP ya está en la línea 2" in err


def test_only_the_first_errors_are_shown(load):
    out, err = load(HEADER, *(f"X{n},A,B,C" for n in range(60)))
    assert out == "60 líneas con errores (se muestran 50): no se guardó nada."
    assert err.count("línea ") == 50


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "Faltan columnas en el encabezado: curp, nombres, primer_apellido."),
        ("curp,nombres", "Faltan columnas en el encabezado: primer_apellido."),
        (f"{HEADER},nombre", "Columnas desconocidas: nombre."),
        (f"{HEADER},curp", "El encabezado repite una columna."),
    ],
)
def test_wrong_header_is_explained(load, header, words):
    out, _ = load(header, line(1))
    assert words in out


def test_other_encodings_are_explained(load):
    out, _ = load(HEADER, f"{identidad(1).curp},ÍÑIGO,PRUEBA,", encoding="latin-1")
    assert "no está en UTF-8" in out


def test_broken_csv_is_explained(load):
    out, _ = load(HEADER, '"' + "x" * 200_000)
    assert "no se puede leer como CSV" in out


def test_missing_file_is_explained(tmp_path):
    with pytest.raises(CommandError, match="No existe"):
        call_command("cargar_padron", str(tmp_path / "nada.csv"))

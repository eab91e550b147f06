"""Folio and cadenas: golden texts, and one text for one list of fields."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancias import rules
from constancias.documentos import Hoja
from constancias.enums import Tipo, Verbo
from constancias.errors import FolioMalformed
from tests.constancias import hojas


def test_cadena_original_is_the_known_one():
    assert hojas.hoja(verbo=Verbo.ASIGNACION).cadena == (
        "||Invocante:portalnssdemo|Tipo de trámite:Asignación de NSS"
        "|Fecha:18 de febrero 2025, 21:48:27|Folio:17399369076551325965562||"
    )


def test_cadena_datos_of_constancia_is_the_known_one():
    assert hojas.hoja().cadena_datos == (
        "||Documento:Número de Seguridad Social|Homoclave del trámite:IMSS-02-008"
        "|Homoclave del formato:FF-IMSS-013|Folio:17399369076551325965562"
        "|Fecha de solicitud:18/02/2025|Emisor:Portal NSS (demostración)"
        "|Hace constar que:se recuperó|Número de Seguridad Social:92919084431"
        "|CURP:LORA070514MGRPVNA4|Nombre(s):Ana Sofía|Primer apellido:López"
        "|Segundo apellido:Rivera|Sexo:Mujer|Fecha de nacimiento:14/05/2007"
        "|Lugar de nacimiento:Guerrero|Contacto:Mesa de ayuda de tu escuela: Servicios Escolares"
        "|Validez:DEMOSTRACIÓN · SIN VALIDEZ OFICIAL|Plantilla:2/2025-03-21"
        "|Código de verificación:7Q2MX4K9T0WR|Se verifica en:http://127.0.0.1:8000/verificar/"
        "|Secuencia notarial:9c15735c-fd2f-4192-bbb0-24f029f8eb69"
        "|Número de serie:01234567890123456789||"
    )


def test_cadena_datos_of_design_1_is_composed_as_it_was_signed():
    """Documents of before the QR are in the registry: their sello is over this text."""
    old = hojas.hoja(
        own={"codigo": "", "credencial": "", "verificar": "", "plantilla": "1/2025-03-21"}
    )
    whole = old.as_json()
    for added in ("codigo", "credencial", "verificar", "sustituye", "copias"):
        del whole[added]
    assert Hoja.from_json(whole).cadena_datos.endswith(
        "|Validez:DEMOSTRACIÓN · SIN VALIDEZ OFICIAL|Plantilla:1/2025-03-21"
        "|Secuencia notarial:9c15735c-fd2f-4192-bbb0-24f029f8eb69"
        "|Número de serie:01234567890123456789||"
    )


def test_cadena_datos_of_tarjeta_names_only_what_it_prints():
    cadena = hojas.hoja(Tipo.TARJETA).cadena_datos
    assert "|Número de Seguridad Social:92919084431|CURP:LORA070514MGRPVNA4|" in cadena
    assert not {"Sexo", "nacimiento", "FF-IMSS-013"} & set(cadena.replace("|", " ").split())


def test_folio_tells_its_instant():
    now = datetime(2026, 1, 1, 5, 59, 59, 999_999, tzinfo=UTC)
    folio = rules.mint_folio(now)
    assert len(folio) == 23
    assert rules.folio_instant(folio) == now.replace(microsecond=999_000)
    assert rules.short_date(now) == "31/12/2025"  # Mexico's day


def test_two_folios_of_one_instant_differ():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert len({rules.mint_folio(now) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "text", ["", "1" * 22, "1" * 24, "1" * 22 + "x", "١" * 23, "1" * 23 + "\n"]
)
def test_folio_of_another_shape_is_refused(text):
    with pytest.raises(FolioMalformed):
        rules.folio_instant(text)


def read_cadena(cadena: str) -> list[str]:
    """An independent reader: split at bare pipes, then take the escapes off."""
    fields, current, escaped = [], "", False
    for char in cadena[2:-2]:
        if escaped or char not in "\\|":
            current, escaped = current + char, False
        elif char == "\\":
            escaped = True
        else:
            fields, current = [*fields, current], ""
    return [*fields, current]


@given(st.lists(st.text(alphabet="ab|\\:ñ ", max_size=6), min_size=1, max_size=5))
def test_cadena_reads_back_as_the_fields_it_was_made_of(values):
    pairs = [(f"C{n}", value) for n, value in enumerate(values)]
    assert read_cadena(rules.compose_cadena(pairs)) == [f"{name}:{value}" for name, value in pairs]


def test_serie_is_printed_as_20_digits_or_whole():
    assert rules.print_serie("1") == "0" * 19 + "1"
    assert rules.print_serie("9" * 49) == "9" * 49


@pytest.mark.parametrize(
    ("month", "name"), [(1, "enero"), (8, "agosto"), (9, "septiembre"), (12, "diciembre")]
)
def test_long_date_names_the_month(month, name):
    noon = datetime(2026, month, 5, 18, tzinfo=UTC)
    assert rules.long_date(noon) == f"05 de {name} 2026, 12:00:00"


def test_veil_leaves_the_last_and_nothing_of_a_short_one():
    assert rules.veil("92919084431", clear=4) == "*******4431"
    assert rules.veil("123", clear=4) == "123"
    assert rules.veil("", clear=4) == ""


@pytest.mark.parametrize(
    ("tipo", "nss", "curp"),
    [
        (Tipo.CONSTANCIA, "92919084431", "LORA070514MGRPVNA4"),
        (Tipo.TARJETA, "92919084431", "LORA070514MGRPVNA4"),
        (Tipo.COMPROBANTE, "*******4431", "LORA070514MGRPVNA4"),
        (Tipo.ENMASCARADA, "*******4431", "**************VNA4"),
    ],
)
def test_each_sheet_is_told_no_more_than_it_shows(tipo, nss, curp):
    hoja = hojas.hoja(tipo)
    assert (hoja.facts.nss, hoja.facts.curp) == (nss, curp)
    assert f"|Número de Seguridad Social:{nss}|CURP:{curp}|" in hoja.cadena_datos

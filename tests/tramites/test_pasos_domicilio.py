"""The address, the clinic and the last look: two goes without scripts, nothing typed is lost."""

import json
from uuid import uuid4

import pytest

from catalogos.models import Asentamiento, Municipio
from tests.tramites import escena
from tests.tramites.escena import (
    ADDRESS,
    CHECK,
    CLINIC,
    DOS_UNIDADES,
    MINE,
    SIN_UNIDAD,
    TAXCO,
    UNA_COLONIA,
    YES,
)
from tramites.models import Solicitud

TYPED = {"calle": "Calle de la Amargura", "numero_exterior": "S/N", "numero_interior": ""}
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(at_address):
    return at_address


def colonia(cp, n=0):
    return Asentamiento.objects.at(cp)[n]


def address(cp=TAXCO, **changes):
    return {**TYPED, "cp": cp, "asentamiento": colonia(cp).pk, **changes}


def look_up(visita, **typed):
    """Press Aceptar without scripts and go where it leads."""
    return visita.follow(visita.post(ADDRESS, {**typed, "accion": "buscar"}))


def only():
    return Solicitud.objects.get()


def test_says_that_a_number_will_be_assigned_and_to_whom(visita):
    page = visita.get(YES)
    persona = only().identidad
    assert "No se encontró un número asociado a tu CURP, se te asignará uno." in page.text
    assert persona.curp in page.text
    for part in (persona.nombres, persona.primer_apellido, persona.segundo_apellido):
        assert part in page.text
    assert page.mark("estado") == "requiere_domicilio"
    assert "Paso 3" in page.text


def test_postal_code_brings_state_municipio_and_colonias(visita):
    page = look_up(visita, **TYPED, cp=TAXCO)
    assert page.status == 200
    assert "Error" not in page.title
    for words in ("Guerrero", "Taxco de Alarcón", "Ñandú (Colonia)", "Pedro Martín (Barrio)"):
        assert words in page.text
    assert "3 colonias con este código postal" in page.text
    assert page.form("form-domicilio")["calle"] == TYPED["calle"]


def test_only_colonia_is_chosen_already(visita):
    page = look_up(visita, cp=UNA_COLONIA)
    assert page.form("form-domicilio")["asentamiento"] == str(colonia(UNA_COLONIA).pk)
    assert "única colonia" in page.text
    # And it stays chosen for who sends everything in one go.
    assert visita.post(ADDRESS, address(UNA_COLONIA, asentamiento="")).url == CLINIC


def test_fragment_is_the_part_of_the_page(visita):
    data = {"cp": TAXCO, "accion": "buscar"}
    page, fragment = look_up(visita, cp=TAXCO), visita.post(ADDRESS, data, htmx=True)
    assert fragment.html.startswith('<div id="lugar">') or '<div id="lugar">' in fragment.html
    assert fragment.html.strip() in page.html


def test_typed_and_not_sent_is_there_at_the_next_look_and_sealed(visita):
    look_up(visita, **TYPED, cp=TAXCO)
    assert visita.get(ADDRESS).form("form-domicilio")["calle"] == TYPED["calle"]
    assert "Amargura" not in json.dumps(dict(visita.session.items()))
    # Once sent, what was sent is what is shown.
    visita.post(ADDRESS, address(calle="Otra calle"))
    assert visita.get(ADDRESS).form("form-domicilio")["calle"] == "Otra calle"


def test_typed_for_one_solicitud_is_not_shown_in_another(visita):
    look_up(visita, **TYPED, cp=TAXCO)
    session = visita.session
    session["borrador"] = {**session["borrador"], "de": str(uuid4())}
    session.save()
    assert visita.get(ADDRESS).form("form-domicilio")["calle"] == ""


def test_three_hundred_colonias_are_all_offered(visita, django_assert_max_num_queries):
    place = Municipio.objects.get(nombre="Cuetzala")
    for n in range(300):
        escena.asentamiento(place, "85203", f"Campo {n:03}", "Ejido")
    with django_assert_max_num_queries(11):  # two requests, each asks whose mailbox speaks
        page = look_up(visita, cp="85203")
    assert "300 colonias" in page.text
    assert sum(tag == "option" for tag, _ in page.doc.elements) == 302


@pytest.mark.parametrize(
    ("cp", "words"),
    [
        ("", "Escribe tu código postal."),
        ("4020", "El código postal son cinco números"),
        ("402000", "El código postal son cinco números"),
        ("4020a", "El código postal son cinco números"),
        ("４０２０", "Si empieza con cero, escríbelo también"),
        ("99999", "No encontramos el código postal 99999"),
    ],
)
@pytest.mark.parametrize("accion", ["buscar", "continuar"])
def test_wrong_postal_code_says_what_is_wrong(visita, cp, words, accion):
    page = visita.follow(visita.post(ADDRESS, {**TYPED, "cp": cp, "accion": accion}))
    assert page.title.startswith("Error: ")
    assert words in page.text
    assert page.form("form-domicilio")["calle"] == TYPED["calle"]
    assert page.form("form-domicilio")["cp"] == cp
    assert words in visita.post(ADDRESS, {"cp": cp, "accion": "buscar"}, htmx=True).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asentamiento": ""}, "Elige tu colonia de la lista."),
        ({"asentamiento": "0"}, "Esa colonia no es de este código postal"),
        ({"asentamiento": "x"}, "Esa colonia no es de este código postal"),
        ({"calle": " "}, "Escribe tu calle."),
        ({"calle": "---"}, "Escribe al menos una letra"),
        ({"calle": "a" * 101}, "100"),
        ({"calle": "Juá\u202erez"}, "caracteres invisibles"),
        ({"calle": "Juárez\x07"}, "caracteres invisibles"),
        ({"numero_exterior": ""}, "si no tiene, S/N"),
        ({"numero_exterior": "<b>"}, "Usa letras, números"),
        ({"numero_interior": "{{7}}"}, "Usa letras, números"),
    ],
)
def test_wrong_field_says_what_is_wrong_and_keeps_the_rest(visita, changes, words):
    page = visita.post(ADDRESS, address(**changes))
    assert page.status == 200
    assert words in page.text
    assert page.form("form-domicilio")["cp"] == TAXCO
    assert only().domicilio is None


@pytest.mark.parametrize("number", ["S/N", "km 5.5", "Mz 3 Lt 4", "12-B", "#7", "123 Bis", "1º"])
def test_numbers_as_people_write_them(visita, number):
    assert visita.post(ADDRESS, address(numero_exterior=number)).url == CLINIC
    assert only().domicilio.numero_exterior == number


def test_address_is_kept_clean_and_shown_again(visita):
    visita.post(ADDRESS, address(calle="  Plaza   Borda "))
    kept = only().domicilio
    assert (kept.calle, kept.colonia, kept.municipio) == (
        "Plaza Borda",
        colonia(TAXCO).nombre,
        "Taxco de Alarcón",
    )
    form = visita.get(ADDRESS).form("form-domicilio")
    assert (form["cp"], form["calle"]) == (TAXCO, "Plaza Borda")
    assert form["asentamiento"] == str(colonia(TAXCO).pk)


def test_markup_in_an_address_is_only_text(visita):
    visita.post(ADDRESS, address(calle="<script>alert(1)</script> & {{ 7 }}"))
    page = visita.follow(visita.post(CLINIC))
    assert "<script>alert(1)</script> & {{ 7 }}" in page.text


# --- the clinic ---------------------------------------------------------------------


def test_clinic_of_seed_004(visita):
    page = visita.follow(visita.post(ADDRESS, address()))
    for words in (
        "Unidades médicas localizadas a partir del domicilio",
        "12 Guerrero",
        "3 Iguala",
        "5 UMF 005",
        "AV. DE LOS PLATEROS NO. 330 COL. CENTRO C.P. 40200 TAXCO",
        "Te corresponde por tu código postal 40200.",
        "REGRESAR",
        "CONTINUAR",
    ):
        assert words in page.text
    assert visita.post(CLINIC).url == CHECK
    assert (
        only().unidad_id
        == Asentamiento.objects.get(pk=only().domicilio.asentamiento_id).municipio.unidades.get().pk
    )


def test_several_clinics_are_offered_and_may_wait(visita):
    visita.post(ADDRESS, address(DOS_UNIDADES))
    page = visita.get(CLINIC)
    radios = [a for tag, a in page.doc.elements if a.get("type") == "radio"]
    assert len(radios) == 3
    assert "UMF por confirmar" in page.text
    assert visita.post(CLINIC, {"unidad": radios[0]["value"]}).url == CHECK
    assert only().unidad_id == int(radios[0]["value"])
    assert visita.post(CLINIC, {"unidad": ""}).url == CHECK
    assert only().unidad_id is None
    assert "UMF por confirmar" in visita.get(CHECK).text


def test_clinic_of_another_place_is_refused(visita):
    visita.post(ADDRESS, address(DOS_UNIDADES))
    page = visita.post(CLINIC, {"unidad": "0"})
    assert "Elige una de las unidades de la lista." in page.text
    assert page.title.startswith("Error: ")


def test_place_without_clinic_goes_on(visita):
    page = visita.follow(visita.post(ADDRESS, address(SIN_UNIDAD)))
    assert "UMF por confirmar" in page.text
    assert visita.follow(visita.post(CLINIC)).mark("estado") == "requiere_domicilio"


# --- the last look --------------------------------------------------------------------


def test_check_page_shows_all_answers_each_with_its_change(visita):
    visita.post(ADDRESS, address())
    visita.post(CLINIC)
    page = visita.get(CHECK)
    persona = only().identidad
    for words in (
        persona.curp,
        persona.nombre_completo,
        TAXCO,
        "Guerrero",
        "Calle de la Amargura",
        "S/N",
        "UMF 5",
        "CONCLUIR",
    ):
        assert words in page.text
    assert page.links().count(ADDRESS) == 5
    assert page.links().count(CLINIC) == 2


def test_check_page_comes_after_the_clinic(visita):
    assert visita.get(CLINIC).url == MINE
    assert visita.get(CHECK).url == MINE
    visita.post(ADDRESS, address())
    assert visita.get(CHECK).url == CLINIC
    assert visita.post(CHECK).url == CLINIC
    assert only().estado == "requiere_domicilio"


def test_another_colonia_asks_for_the_clinic_again(visita):
    visita.post(ADDRESS, address(DOS_UNIDADES))
    visita.post(CLINIC, {"unidad": ""})
    visita.post(ADDRESS, address(TAXCO))
    assert visita.get(CHECK).url == CLINIC


def test_conclude_asks_for_a_number_once(visita):
    visita.post(ADDRESS, address())
    visita.post(CLINIC)
    assert visita.post(CHECK).url == MINE
    assert visita.post(CHECK).url == MINE
    assert only().movimientos.filter(destino="por_asignar").count() == 1
    assert (page := visita.get(MINE)).mark("estado") == "por_asignar"
    assert "Asignamos tu Número de Seguridad Social" in page.text
    assert visita.get(ADDRESS).url == MINE
    assert visita.post(ADDRESS, address()).url == MINE


def test_draft_goes_on_in_another_browser(visita, attend_all):
    visita.post(ADDRESS, address())
    other = escena.proved(only().identidad, attend_all)
    form = other.follow(other.get(MINE)).form("form-domicilio")
    assert form["calle"] == TYPED["calle"]


def test_looking_changes_nothing(visita):
    visita.post(ADDRESS, address())
    before = only().datos
    for path in (ADDRESS, CLINIC, CHECK, MINE):
        visita.get(path)
        visita.head(path)
    assert only().datos == before

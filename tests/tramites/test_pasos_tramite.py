"""The status page: one address that tells every state, and never leaks what it may not say."""

import pytest

from comun import reloj
from nss.enums import Estatus
from tests.nss.personas import identidad
from tests.tramites.escena import MINE, PASO1, SLIP, bind, in_padron, proved, with_number
from tests.tramites.visita import Visita
from tramites.enums import Estado, Razon
from tramites.models import Solicitud
from tramites.pasos.tramite import VISTAS
from tramites.razones import EXPLICACIONES

pytestmark = pytest.mark.django_db


def only():
    return Solicitud.objects.get()


@pytest.fixture
def visita(persona, attend_all):
    return proved(persona, attend_all)


def test_every_state_has_its_view_and_template(visita):
    assert set(VISTAS) | {Estado.REQUIERE_DOMICILIO} == set(Estado)


def test_processing_page_asks_again_with_and_without_scripts(visita):
    page = visita.get(MINE)
    assert page.mark("estado") == "confirmada"
    assert page.mark("folio") == only().folio
    assert "se está procesando" in page.text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.html
    assert any(a.get("aria-live") == "polite" for _, a in page.doc.elements)
    assert any("every 2s" in a.get("hx-trigger", "") for _, a in page.doc.elements)


def test_fragment_is_the_part_of_the_page(visita):
    page = visita.get(MINE)
    # Another state of the same kind was on screen: the fragment takes its place.
    fragment = visita.get(MINE, {"desde": "asignada"}, htmx=True)
    assert fragment.html.strip() in page.html
    assert "HX-Request" in fragment.response["Vary"]
    assert "HX-Request" in page.response["Vary"]


def test_nothing_new_is_not_swapped(visita):
    assert visita.get(MINE, {"desde": "confirmada"}, htmx=True).status == 204


@pytest.mark.parametrize("shown", ["inconclusa", "", "otra cosa"])
def test_another_kind_of_state_loads_the_page_again(visita, shown):
    page = visita.get(MINE, {"desde": shown}, htmx=True)
    assert page.response["HX-Refresh"] == "true"


def test_looking_changes_nothing(visita):
    before = only().movida_en
    for _ in range(5):
        visita.get(MINE)
        visita.head(MINE)
        visita.get(MINE, {"desde": "confirmada"}, htmx=True)
    assert (only().estado, only().movida_en) == ("confirmada", before)


def test_without_a_number_the_address_is_asked_for(visita, attend_all):
    attend_all()
    assert visita.get(MINE).url == MINE + "eres-tu/"
    visita.post(MINE + "eres-tu/")
    page = visita.get(MINE)
    assert (page.status, page.url) == (303, MINE + "domicilio/")
    assert visita.get(MINE, {"desde": "confirmada"}, htmx=True).response["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("estado", "words"),
    [
        (Estado.EN_ESPERA_IDENTIDAD, "El registro de población no responde"),
        (Estado.RETENIDA, "en revisión hasta 72 horas"),
        (Estado.CANCELADA, "Esta solicitud ya no sigue"),
        (Estado.FALLO_TECNICO, "No perdiste nada"),
    ],
)
def test_side_states_tell_what_to_do(visita, estado, words):
    only().advance(estado, now=reloj.now())
    page = visita.get(MINE)
    assert page.status == 200
    assert page.mark("estado") == estado
    assert words in page.text
    assert page.mark("nss") is None
    if estado != Estado.EN_ESPERA_IDENTIDAD:
        assert "hx-trigger" not in page.html
        assert "http-equiv" not in page.html


def test_waiting_for_a_series_says_the_place_is_kept(visita, attend_all):
    attend_all()
    for estado in (Estado.POR_ASIGNAR, Estado.EN_ESPERA_SERIE):
        only().advance(estado, now=reloj.now())
    assert "no hay números disponibles" in visita.get(MINE).text
    assert "every 15s" in visita.get(MINE).html


def test_expired_address_is_resumed_by_the_same_capture(visita, attend_all):
    attend_all()
    only().advance(Estado.VENCIDA, now=reloj.now())
    page = visita.get(MINE)
    assert "sigues con el mismo folio" in page.text
    assert PASO1 in page.links()


def test_held_page_is_the_same_with_and_without_a_number(attend_all):
    texts = []
    for n, has_number in ((11, True), (12, False)):
        persona = in_padron(identidad(n))
        if has_number:
            with_number(persona)
        proved(persona, attend_all, f"dueno{n}@example.org")
        attend_all()
        stranger = proved(persona, attend_all, f"otro{n}@example.org")
        attend_all()
        page = stranger.get(MINE)
        assert page.mark("estado") == "retenida"
        for personal in (persona.nombres, persona.primer_apellido, f"dueno{n}"):
            assert personal not in page.html
        solicitud = Solicitud.objects.get(pk=stranger.session["solicitud"])
        texts.append(page.text.replace(solicitud.folio, "F"))
    assert texts[0].split("después del")[0] == texts[1].split("después del")[0]


@pytest.mark.parametrize("razon", list(Razon))
def test_inconclusa_tells_reason_papers_place_and_slip(visita, razon):
    only().advance(Estado.INCONCLUSA, now=reloj.now(), razon=razon)
    bind(only())
    page = visita.get(MINE)
    told = EXPLICACIONES[razon]
    assert page.mark("razon") == razon
    assert told.titulo in page.text
    assert told.haz in page.text
    assert SLIP in page.links()
    assert page.mark("comprobante") is None  # a mark without value
    slip = visita.get(SLIP)
    assert slip.mark("folio") == only().folio
    assert slip.mark("razon") == razon
    assert told.titulo in slip.text
    if told.papeles:
        for words in ("Acta de nacimiento", "Cédula Profesional", "Servicios Escolares"):
            assert words.lower() in slip.text.lower()


@pytest.mark.parametrize(
    ("estatus", "razon"), [(Estatus.BD, "curp_baja"), (Estatus.BAP, "curp_baja")]
)
def test_status_of_the_key_decides_the_reason(attend_all, estatus, razon):
    visita = proved(in_padron(identidad(5, estatus=estatus)), attend_all)
    attend_all()
    page = visita.get(MINE)
    assert page.mark("razon") == razon
    for blunt in ("fallec", "defunci", "muert"):
        assert blunt not in page.text.lower()


def test_unknown_curp_stops_with_its_reason(attend_all):
    visita = proved(identidad(9), attend_all)
    attend_all()
    assert visita.get(MINE).mark("razon") == "curp_no_encontrada"


def test_slip_of_another_state_goes_to_the_status_page(visita):
    assert visita.get(SLIP).url == MINE


DEEP = [MINE, SLIP, MINE + "domicilio/", MINE + "unidad/", MINE + "revision/"]


@pytest.mark.parametrize("path", DEEP)
def test_deep_link_without_session_says_how_to_go_on(path):
    page = Visita().get(path)
    assert page.status == 403
    assert "conservas" in page.text or "con el mismo folio" in page.text
    assert Visita().get(path, htmx=True).response["HX-Refresh"] == "true"


@pytest.mark.parametrize("path", DEEP[1:])
def test_deep_link_in_the_wrong_order_goes_to_the_status_page(visita, path):
    assert visita.get(path).url == MINE
    if path != SLIP:
        assert visita.post(path, {"cp": "40200"}).url == MINE


def test_lost_session_loses_nothing(visita, persona, attend_all):
    folio = only().folio
    visita.client.cookies.clear()
    again = proved(persona, attend_all)
    page = again.follow(again.get(MINE))
    assert page.mark("folio") == folio


def test_session_of_a_vanished_solicitud_is_a_page(visita):
    session = visita.session
    session["solicitud"] = "00000000-0000-4000-8000-000000000000"
    session.save()
    assert visita.get(MINE).status == 403


def test_salir_forgets_the_solicitud_here_only(visita):
    assert "Tienes un trámite abierto" in visita.get(PASO1).text
    page = visita.follow(visita.post("/asignacion-nss/salir/"))
    assert "Tu solicitud sigue guardada" in page.text
    assert visita.get(MINE).status == 403
    assert only().estado == "confirmada"


def test_status_page_asks_the_database_little(visita, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        visita.get(MINE)

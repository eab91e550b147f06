"""The result: the number, two PDFs for nobody else, another mail, and leaving."""

import pytest

from tests.nss.personas import identidad
from tests.paginas import cabeceras
from tests.tramites import escena
from tests.tramites.escena import ADDRESS, CHECK, CLINIC, MINE, TAXCO, YES
from tests.tramites.visita import Visita
from tramites.models import Correo, Solicitud

PAPERS = MINE + "documentos/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visita(located):
    return located


def only():
    return Solicitud.objects.get()


def test_located_number_with_person_and_documents(visita, persona):
    page = visita.get(MINE)
    nss = only().numero.nss
    assert page.mark("estado") == "concluida"
    assert page.mark("nss") == nss
    for words in (
        "Tu NSS es:",
        nss.pretty,
        persona.curp,
        persona.nombre_completo,
        "ha sido enviado a tu correo electrónico",
        only().folio,
        "Tarjeta de Número de Seguridad Social",
        "Reenviar",
        "Ver",
        "Descargar",
        "Finalizar trámite",
    ):
        assert words in page.text
    papers = [a["data-documento"] for _, a in page.doc.elements if "data-documento" in a]
    assert papers == ["constancia", "tarjeta", "comprobante"]
    assert "Paso 3" not in page.text


def test_number_is_read_digit_by_digit(visita):
    assert " ".join(only().numero.nss) in visita.get(MINE).text


def test_assigned_number_says_so(persona, attend_all):
    escena.catalogue()
    escena.series()
    browser = escena.proved(persona, attend_all)
    attend_all()
    browser.post(YES)
    page = browser.follow(browser.post(ADDRESS, {"cp": TAXCO, "accion": "buscar"}))
    form, options = page.form("form-domicilio"), page.doc.elements
    colonia = next(a["value"] for tag, a in options if tag == "option" and a["value"])
    browser.post(
        ADDRESS, form | {"asentamiento": colonia, "calle": "Plaza", "numero_exterior": "1"}
    )
    browser.post(CLINIC)
    browser.post(CHECK)
    attend_all()
    page = browser.get(MINE)
    assert "Asignación de NSS exitosa" in page.text
    assert page.mark("nss") == only().numero.nss
    assert "Paso 3" in page.text


@pytest.mark.parametrize("tipo", ["constancia", "tarjeta"])
@pytest.mark.parametrize(("how", "action"), [("inline", ""), ("attachment", "descargar/")])
def test_pdf_is_private_and_has_a_name_that_says_nothing(visita, tipo, how, action):
    response = visita.client.get(f"{PAPERS}{tipo}/{action}")
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'{how}; filename="{tipo}-nss.pdf"'
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert cabeceras.faults(response.request["PATH_INFO"], 200, dict(response.items())) == []


@pytest.mark.parametrize(
    "path", ["constancia/", "constancia/descargar/", "tarjeta/", "otro/", "../", "constancia.pdf/"]
)
def test_not_yours_and_not_there_are_one_answer(visita, attend_all, path):
    stranger = escena.proved(escena.in_padron(identidad(2)), attend_all, "luis@example.org")
    shown = [browser.get(PAPERS + path) for browser in (Visita(), stranger)]
    assert {page.status for page in shown} == {404}
    assert {page.title for page in shown} == {"Error: No encontramos esa página · Portal NSS"}


def test_unknown_document_is_not_found_for_its_owner_too(visita):
    assert visita.get(PAPERS + "otro/").status == 404
    assert visita.post(PAPERS + "otro/reenviar/").status == 404
    assert Visita().post(PAPERS + "constancia/reenviar/").status == 404


def test_resend_mails_that_document_once_a_minute(visita, age, attend_all):
    assert "Espera" in visita.follow(visita.post(PAPERS + "tarjeta/reenviar/")).text
    age(only(), seconds=61)
    page = visita.follow(visita.post(PAPERS + "tarjeta/reenviar/"))
    assert "Enviamos otra vez a tu correo: Tarjeta" in page.text
    attend_all()
    assert Correo.objects.filter(clase="documentos").count() == 2


def test_resend_by_get_is_refused(visita):
    assert visita.client.get(PAPERS + "tarjeta/reenviar/").status_code == 405


@pytest.mark.parametrize(
    ("estado", "words"),
    [
        ("pendiente", "Estamos enviando"),
        ("enviado", "ha sido enviado"),
        ("rechazado", "Tu correo no aceptó nuestro mensaje"),
    ],
)
def test_how_the_mail_went_is_told_and_asked_again_while_it_is_under_way(visita, estado, words):
    Correo.objects.filter(clase="documentos").update(estado=estado)
    page, part = visita.get(MINE), visita.get(MINE, {"parte": "envio"}, htmx=True)
    assert words in page.text
    assert part.html.strip() in page.html
    assert ("every 2s" in part.html) == (estado == "pendiente")


def test_finish_ends_the_session_and_tells_the_next_step(visita):
    page = visita.follow(visita.post(MINE + "finalizar/"))
    assert "El trámite ha sido concluido" in page.text
    assert "Servicios Escolares" in page.text
    assert visita.get(MINE).status == 403
    assert visita.get(PAPERS + "constancia/").status == 404
    assert visita.post(MINE + "finalizar/").status == 403


def test_finish_before_the_end_goes_to_the_status_page(persona, attend_all):
    browser = escena.proved(persona, attend_all)
    assert browser.post(MINE + "finalizar/").url == MINE
    assert browser.get(MINE).mark("estado") == "confirmada"


def test_number_is_on_no_other_page(visita):
    nss = only().numero.nss
    for path in ("/", "/asignacion-nss/", "/asignacion-nss/fin/"):
        assert nss not in visita.get(path).html

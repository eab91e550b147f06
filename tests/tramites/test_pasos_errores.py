"""Every error a browser can meet is a page that says what to do; no link leads nowhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, RequestFactory

from comun import views
from comun.middleware import DomainErrors
from tests.tramites.visita import Documento, Pagina, Visita
from tramites.errors import MoveNotAllowed


def page_of(response):
    return Pagina(response)


def test_server_error_needs_no_database_and_no_session(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        page = page_of(views.server_error(RequestFactory().get("/")))
    assert page.status == 500
    assert re.search(r"esta referencia: [0-9A-F]{8}", page.text)
    assert "no perdiste nada" in page.text
    assert settings.EMISOR_CONTACTO in page.text


@pytest.mark.django_db
def test_crash_of_a_view_is_the_same_page():
    client = Client(raise_request_exception=False)
    client.get("/asignacion-nss/")
    session = client.session
    session["solicitud"] = "no es un uuid"
    session.save()
    page = page_of(client.get("/asignacion-nss/mi-tramite/"))
    assert page.status == 500
    assert "Algo falló de nuestro lado" in page.text
    assert "Traceback" not in page.html


def request_of_nobody():
    request = RequestFactory().get("/")
    request.session = Client().session
    return request


@pytest.mark.django_db
def test_broken_rule_is_a_page_with_its_sentence_and_advice():
    doors = DomainErrors(lambda request: None)
    page = page_of(doors.process_exception(request_of_nobody(), MoveNotAllowed(solicitud="x")))
    assert page.status == 409
    assert MoveNotAllowed.message in page.text
    assert MoveNotAllowed.advice in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.bad_request, 400, "incompletos o son demasiados"),
        (views.forbidden, 403, "No puedes ver esta página"),
        (views.not_found, 404, "No encontramos esa página"),
    ],
)
def test_plain_errors_say_what_to_do(view, status, words):
    page = page_of(view(request_of_nobody(), Exception()))
    assert page.status == status
    assert words in page.text
    assert page.title.startswith("Error: ")


@pytest.mark.django_db
def test_too_much_data_is_a_page():
    page = Visita().post("/asignacion-nss/", {"curp": "A" * 80_000})
    assert page.status == 400
    assert "demasiados" in page.text


@pytest.mark.django_db
def test_no_link_leads_nowhere():
    call_command("cargar_fichas", "--aplicar", verbosity=0)
    alone = {"/verificar/sin-conexion/"}  # one file to keep: its CSS and script are inside it
    visita, seen, waiting = Visita(), set(), {"/", "/no-existe/", "/asignacion-nss/fin/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = visita.get(path)
        assert page.status in ({404} if path == "/no-existe/" else {200, 403}), path
        waiting |= {link for link in page.links() if link.startswith("/")} - seen - alone
    assert {"/", "/asignacion-nss/", "/asignacion-nss/mi-tramite/"} <= seen


def test_style_sheet_is_small_and_known():
    css = Path(settings.BASE_DIR, "static/css/portal.css").read_text()
    assert len(css.encode()) <= 30_000
    used = set(re.findall(r"\.([a-z][\w-]+)", re.sub(r"url\([^)]*\)|\d\.\w+", "", css)))
    pages = "".join(p.read_text() for p in Path(settings.BASE_DIR, "templates").rglob("*.html"))
    assert {name for name in used if name not in pages} == set()


@pytest.mark.parametrize("name", ["base.html", "errores/500.html"])
def test_no_page_asks_another_site_for_anything(name):
    text = Path(settings.BASE_DIR, "templates", name).read_text()
    assert "http://" not in text
    assert "https://" not in text


def test_reader_of_pages_sees_bad_html():
    bad = '<div id="a"><p style="x">1</div><label for="b">2</label><img src="x"><a href="#z">3</a>'
    faults = Documento(bad).faults
    assert len(faults) >= 5

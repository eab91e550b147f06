"""After a machine read the mail first and pressed everything in it, its owner goes on all the same."""

from urllib.parse import urlsplit

import pytest

from imss_portal.demo.estudiante import TRAMITE
from imss_portal.demo.navegador import Navegador
from tests.nss.personas import identidad
from tests.recorridos.escaner import Escaner, is_link, links_of

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
PEOPLE, IN_BROWSER = 10, 2


def goes_on_after(student, scanner: Escaner, browser, n: int) -> bool:
    """Capture, let the scanner at the mail, then go on by one of three ways; say if that opened it."""
    student.capturar()
    links = links_of(_letter(student))
    scanner.by_http(links)
    if browser is not None:
        scanner.by_browser(browser, next(filter(is_link, links)))
    if n % 3 == 0:
        student.confirmar_por_codigo()
    else:
        if n % 3 == 1:  # another device: it is asked for the end of the CURP
            student.web = Navegador(student.entorno.url)
        student.confirmar_por_liga()
    return (
        urlsplit(student.pagina.url).path == TRAMITE and student.pagina.marca("folio") is not None
    )


def _letter(student):
    student.leer_liga()  # waits for it
    return student.correos()[0]


def scan_and_go_on(estudiante, base, navegador, *, people: int, in_browser: int, start: int):
    scanner = Escaner(base)
    went = [
        goes_on_after(
            estudiante(identidad(start + n).curp, f"escaneada{start + n}@example.org"),
            scanner,
            navegador if n < in_browser else None,
            n,
        )
        for n in range(people)
    ]
    return went, scanner


def test_ten_people_go_on_after_a_machine_pressed_everything(estudiante, pila, navegador):
    went, scanner = scan_and_go_on(
        estudiante,
        pila.env["URL_PORTAL"],
        navegador,
        people=PEOPLE,
        in_browser=IN_BROWSER,
        start=700,
    )
    assert went == [True] * PEOPLE
    assert scanner.abiertas >= 4 * PEOPLE
    assert scanner.enviadas >= 10 * PEOPLE
    assert scanner.presionadas >= 2 * IN_BROWSER

"""The mailbox's pages in Chromium: no script needed, no fault in the console, no sideways scroll."""

import smtplib
from email.message import EmailMessage

import pytest

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
WIDTHS = (360, 1280)


@pytest.fixture
def mail(pila):
    message = EmailMessage()
    message["Subject"] = "Servicio Digital: Solicitud de Asignación o Localización de NSS"
    message["To"] = "una-direccion-bastante-larga-de-correo@departamento.example.org"
    message["From"] = "Portal NSS <no-responder@portal.invalid>"
    message.set_content(f"Hola\n\n{pila.env['URL_PORTAL']}/c/{'x' * 43}\n\nCódigo: 123456\n")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    with smtplib.SMTP("127.0.0.1", int(pila.env["EMAIL_URL"].rpartition(":")[2])) as server:
        server.send_message(message)
    return message


def overflow(page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_mail_is_found_and_read(pagina, mail, width):
    faults: list[str] = []
    pagina.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    pagina.on("pageerror", lambda error: faults.append(str(error)))
    pagina.set_viewport_size({"width": width, "height": 900})

    pagina.goto("/buzon/")
    list_overflow = overflow(pagina)
    pagina.get_by_role("link", name=mail["Subject"]).first.click()

    assert pagina.get_by_role("heading", level=1).inner_text() == mail["Subject"]
    assert pagina.get_by_role("link", name="a.pdf").count() == 1
    assert (list_overflow, overflow(pagina)) == (0, 0)
    assert faults == []


def test_mail_is_read_without_javascript(pagina_sin_js, mail):
    pagina_sin_js.goto("/buzon/")
    pagina_sin_js.get_by_role("link", name=mail["Subject"]).first.click()
    link = pagina_sin_js.get_by_role("link", name="/c/")
    assert link.get_attribute("href").endswith("/c/" + "x" * 43)

"""The demo's mailbox: a real SMTP server on one side, pages on the other."""

import smtplib
import time
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from imss_portal.demo.mensajes import Mensaje, newest
from imss_portal.demo.navegador import Navegador

pytestmark = pytest.mark.pila
LINK = "http://127.0.0.1:8000/c/a-b_c"


@pytest.fixture
def smtp_port(pila):
    return int(pila.env["EMAIL_URL"].rpartition(":")[2])


@pytest.fixture
def folder(pila):
    return pila.folder / "buzon"


@pytest.fixture
def sent(smtp_port, folder):
    """A mail with text, HTML and a PDF, sent as the portal sends its own; returns the file."""
    mail = EmailMultiAlternatives(
        subject=f"Número á {time.time_ns()}",
        body=f"Hola\n\n{LINK}\n<b>no es HTML</b>",
        from_email="Portal <no-responder@portal.invalid>",
        to=["ana@example.org"],
        connection=get_connection(
            "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=smtp_port
        ),
    )
    mail.attach_alternative(f'<p>Hola <a href="{LINK}">abre</a></p>', "text/html")
    mail.attach("constancia-nss.pdf", b"%PDF-1.7 falso", "application/pdf")
    assert mail.send() == 1
    (path,) = [found.path for found in newest(folder) if found.asunto == mail.subject]
    return path


def test_accepted_mail_is_one_whole_file(sent, folder):
    message = Mensaje.read(sent)
    assert message.partes["Delivered-To"] == "ana@example.org"
    assert message.texto.splitlines()[2] == LINK
    assert message.adjuntos[0].contenido == b"%PDF-1.7 falso"
    assert list(folder.glob(".*")) == []


@pytest.mark.parametrize(("mailbox", "code"), [("rebota", 550), ("espera", 451)])
def test_receiver_refuses_as_a_server_would(smtp_port, folder, mailbox, code):
    message = EmailMessage()
    message["To"] = f"{mailbox}@example.org"
    before = len(newest(folder))
    with (
        smtplib.SMTP("127.0.0.1", smtp_port) as server,
        pytest.raises(smtplib.SMTPRecipientsRefused) as refused,
    ):
        server.send_message(message, from_addr="a@example.org")
    assert refused.value.recipients[f"{mailbox}@example.org"][0] == code
    assert len(newest(folder)) == before


def test_list_shows_the_newest_first_and_leads_to_it(pila, sent):
    web = Navegador(pila.env["URL_PORTAL"])
    page = web.abrir("/buzon/")
    links = [attrs["href"] for tag, attrs in page.elementos if tag == "a" and "time" not in attrs]
    mails = [href for href in links if href.startswith("/buzon/") and href != "/buzon/"]
    assert mails[0] == f"/buzon/{sent.stem}/"


def test_message_shows_its_text_with_links_and_runs_nothing(pila, sent):
    web = Navegador(pila.env["URL_PORTAL"])
    page = web.abrir(f"/buzon/{sent.stem}/")
    links = [attrs.get("href") for tag, attrs in page.elementos if tag == "a"]
    assert LINK in links
    assert "<b>no es HTML</b>" in page.texto
    assert "abre" in page.texto


def test_attachment_and_original_are_downloads(pila, sent):
    web = Navegador(pila.env["URL_PORTAL"])
    paper = web.descargar(f"/buzon/{sent.stem}/adjuntos/1/")
    original = web.descargar(f"/buzon/{sent.stem}/original/")
    assert (paper.tipo, paper.contenido) == ("application/pdf", b"%PDF-1.7 falso")
    assert original.contenido == sent.read_bytes()


@pytest.mark.parametrize(
    "path", ["1-2-3/", "..%2F..%2Fentorno/", "1-2-3/adjuntos/1/", "1-2-3/original/", "%2e%2e/"]
)
def test_what_is_not_a_mail_is_not_found(pila, path):
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{pila.env['URL_PORTAL']}/buzon/{path}")
    assert answer.value.code == 404


def test_without_a_mailbox_there_are_no_pages(client, settings, db):
    settings.BUZON_DIR = ""
    assert client.get("/buzon/").status_code == 404

"""Mail over a real SMTP conversation: accepted, refused for good, or later; never lost, never silent."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.db import transaction

from comun import outbox, reloj
from comun.models import Pendiente
from nss.values import Curp
from tramites import tasks  # noqa: F401 - registers the steps
from tramites.models import Correo
from tramites.services import captura, correos

CURP = Curp("LORA070514MGRPVNA4")
pytestmark = pytest.mark.django_db


class Receiver:
    """An SMTP server that answers as the test says and keeps what it accepted."""

    def __init__(self):
        self.sender, self.rcpt, self.data, self.letters = "250 OK", "250 OK", "250 OK", []

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender.startswith("250"):
            envelope.mail_from = address
        return self.sender

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("250") or self.data == "cut":
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.data == "cut":
            server.transport.abort()
        return self.data if self.data != "cut" else "250 OK"


@pytest.fixture
def smtp(settings):
    receiver = Receiver()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        receiver,
        hostname="127.0.0.1",
        port=port,
        auth_require_tls=False,
        authenticator=lambda *_: AuthResult(success=False, handled=False),
    )
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 3
    yield receiver
    if controller.server is not None:
        controller.stop()


@pytest.fixture
def correo() -> Correo:
    captura.open_solicitud(curp=CURP, correo="ana@example.org", now=reloj.now())
    return Correo.objects.get()


def attend(correo: Correo) -> Pendiente:
    row = Pendiente.objects.get(objeto=correo.pk)
    outbox.attend(row.pk)
    correo.refresh_from_db()
    row.refresh_from_db()
    return row


def test_accepted_mail_is_sent_once_and_forgets_its_words(smtp, correo):
    attend(correo)
    correos.send(correo_id=correo.pk)
    (letter,) = smtp.letters
    assert letter["Message-ID"] == correo.message_id
    assert letter["To"] == "ana@example.org"
    assert letter.get_body(("plain",)) is not None
    assert letter.get_body(("html",)) is not None
    assert (correo.estado, correo.contexto) == (Correo.Estado.ENVIADO, None)


@pytest.mark.parametrize("reply", ["450 Greylisted", "451 Try later", "452 Full"])
def test_later_is_retried_with_the_same_message_id(smtp, correo, reply):
    smtp.rcpt = reply
    row = attend(correo)
    assert (correo.estado, row.estado, row.error) == ("pendiente", "pendiente", "Transient")
    smtp.rcpt = "250 OK"
    attend(correo)
    assert [letter["Message-ID"] for letter in smtp.letters] == [correo.message_id]


@pytest.mark.parametrize(
    "reply",
    [
        "550 No such user",
        "553 Bad mailbox",
        "550 5.1.1 Unknown",
        "552 5.2.2 Full",
        "556 5.1.10 Null",
        "550 5.5.0 Requested action not taken: mailbox unavailable",
        "550 5.4.1 Recipient address rejected: Access denied",
    ],
)
def test_refused_for_good_is_not_tried_again(smtp, correo, reply):
    smtp.rcpt = reply
    row = attend(correo)
    assert (correo.estado, row.estado) == (Correo.Estado.RECHAZADO, Pendiente.Estado.HECHO)


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("sender", "550 Not from here"),
        ("rcpt", "554 5.7.1 Relay access denied"),
        ("rcpt", "553 5.7.1 Sender address rejected: not owned by user"),
        ("rcpt", "550 5.1.8 Sender address rejected: Domain not found"),
        ("rcpt", "530 Authentication required"),
        ("rcpt", "554 Relay access denied"),
        ("rcpt", "550 relay not permitted"),
        ("rcpt", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
        ("data", "550 5.7.26 Unauthenticated"),
    ],
)
def test_a_quarrel_of_the_server_with_us_refuses_nobody(smtp, correo, step, reply):
    """The mail waits, with its words. Postfix tells at RCPT: a hold's notice would count as told."""
    setattr(smtp, step, reply)
    row = attend(correo)
    assert (correo.estado, row.estado, row.error) == ("pendiente", "pendiente", "Transient")
    setattr(smtp, step, "250 OK")
    attend(correo)
    assert correo.estado == Correo.Estado.ENVIADO
    assert len(smtp.letters) == 1


def test_a_password_that_ended_is_ours_to_mend(smtp, settings, correo):
    """535 to AUTH, for good: it is no refusal of anybody's mailbox."""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "vieja"
    row = attend(correo)
    assert (correo.estado, row.error) == ("pendiente", "Transient")
    assert not smtp.letters


def test_refusal_after_the_text_counts_the_same(smtp, correo):
    smtp.data = "554 No"
    attend(correo)
    assert correo.estado == Correo.Estado.RECHAZADO


def test_cut_after_the_text_is_sent_again_under_the_same_name(smtp, correo):
    smtp.data = "cut"
    row = attend(correo)
    assert (correo.estado, row.error) == (Correo.Estado.PENDIENTE, "Transient")
    smtp.data = "250 OK"
    attend(correo)
    assert [letter["Message-ID"] for letter in smtp.letters] == [correo.message_id] * 2


def test_no_server_waits(settings, correo):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    row = attend(correo)
    assert (correo.estado, row.estado) == (Correo.Estado.PENDIENTE, Pendiente.Estado.PENDIENTE)


def test_a_day_without_server_is_a_refusal_the_page_can_tell(settings, correo):
    from datetime import timedelta

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    old = reloj.now() - timedelta(hours=25)
    Pendiente.objects.update(creado_en=old)
    row = attend(correo)
    assert (correo.estado, row.estado) == (Correo.Estado.RECHAZADO, Pendiente.Estado.MUERTO)


def test_a_request_of_many_mails_never_runs_out_of_places(correo):
    Correo.objects.filter(pk=correo.pk).update(orden=2**15 - 1)
    with transaction.atomic():
        one = correos.write(correo.solicitud, correo.clase, now=reloj.now())
    assert one.orden == 2**15


def test_a_mail_erased_while_it_waited_ends_its_step(settings, correo):
    """Its person's data were erased while the server was away."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    row = attend(correo)
    Correo.objects.all().delete()
    outbox.attend(row.pk)
    row.refresh_from_db()
    assert row.estado == Pendiente.Estado.HECHO
    correos.abandon(correo_id=correo.pk)

"""One mail: composed of its two templates, marked in the demo, handed over and judged."""

import re
import smtplib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from comun.errors import Transient

PERMANENT = 500  # SMTP replies from here on are a refusal, below it a "later"
_STATUS = re.compile(rb"\s*5\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463, where the server gives it
# What is wrong with the sender, the session or the relay, said by its status or by its code alone.
_OURS = frozenset((b"3", b"5", b"7"))
_OURS_OF_ADDRESS = frozenset((b"7", b"8"))  # 5.1.7 and 5.1.8: the sender's address
_OUR_CODES = frozenset((502, 503, 530, 534, 535, 538))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carta:
    """What is said, and to whom; `plantilla` names a .txt and a .html of templates/correos/."""

    asunto: str
    plantilla: str
    para: str
    message_id: str
    fecha: datetime
    contexto: dict[str, Any] = field(default_factory=dict)


def message_id(pk: object) -> str:
    """Return the Message-ID of a row's mail: from its id, so that every try bears the same."""
    host = urlsplit(settings.URL_PORTAL).hostname or "localhost"
    return f"<{pk}@{host}>"


def compose(carta: Carta) -> EmailMultiAlternatives:
    """Return the mail as text and HTML, ready to send; what every template needs is given here."""
    when = timezone.localtime(carta.fecha)
    context = {
        "fecha": when,
        "demo": settings.DEMO,
        "emisor": settings.EMISOR_NOMBRE,
        "contacto": settings.EMISOR_CONTACTO,
        **carta.contexto,
    }
    mail = EmailMultiAlternatives(
        subject=("[DEMO] " if settings.DEMO else "") + carta.asunto,
        body=render_to_string(f"correos/{carta.plantilla}.txt", context),
        to=[carta.para],
        headers={
            "Message-ID": carta.message_id,
            "Date": when.strftime("%a, %d %b %Y %H:%M:%S %z"),
            "Auto-Submitted": "auto-generated",
        },
    )
    html = render_to_string(f"correos/{carta.plantilla}.html", context)
    mail.attach_alternative(html, "text/html")
    return mail


def deliver(mail: EmailMessage) -> bool:
    """Hand the mail to the SMTP server; say if it took it, or refused it for good.

    Only what is said of the recipient or of the mail itself is a refusal: an expired password,
    a relay or a sender that is not let through (535, 5.7.1) is ours to mend meanwhile, also
    where the server waits for RCPT to say so.

    Raises
        Transient: the server is away, wants nothing of us, or said "later" (4xx).
    """
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as exc:
        (reply,) = exc.recipients.values()  # `compose` writes to one
        return _refused(*reply, ours=_OUR_CODES | {554})
    except smtplib.SMTPDataError as exc:
        return _refused(exc.smtp_code, exc.smtp_error, ours=_OUR_CODES)
    except (smtplib.SMTPException, OSError) as exc:
        raise Transient(type(exc).__name__) from exc
    return True


def _refused(code: int, said: bytes | str, *, ours: frozenset[int]) -> bool:
    text = said.encode(errors="replace") if isinstance(said, str) else said
    if found := _STATUS.match(text):
        subject, detail = found.groups()
        is_ours = subject in _OURS or (subject == b"1" and detail in _OURS_OF_ADDRESS)
    else:
        is_ours = code in ours
    if code < PERMANENT or is_ours:
        raise Transient(f"SMTP {code}")
    return False

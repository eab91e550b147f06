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
_STATUS = re.compile(rb"(?:\A\s*|#)5\.(\d{1,3}\.\d{1,3})\b")  # RFC 3463, where it is given
# What is wrong with the sender, the session or the relay. By its status: 5.7.x, 5.3.x and 5.5.x
# save «undefined» (x = 0: Outlook's 5.5.0 is an unknown mailbox), 5.1.7 and 5.1.8.
_OUR_STATUS = re.compile(rb"7\.|[35]\.|1\.[78]\b")
# Without one: by the code, and at RCPT by the words of servers that give no status (Exim, qmail).
_OUR_CODES = frozenset((502, 503, 530, 534, 535, 538))
_OUR_WORDS = re.compile(rb"relay|authenticat|sender", re.IGNORECASE)


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
        return _refused(*reply, at_rcpt=True)
    except smtplib.SMTPDataError as exc:
        return _refused(exc.smtp_code, exc.smtp_error, at_rcpt=False)
    except (smtplib.SMTPException, OSError) as exc:
        raise Transient(type(exc).__name__) from exc
    return True


def _refused(code: int, said: bytes | str, *, at_rcpt: bool) -> bool:
    text = said.encode(errors="replace") if isinstance(said, str) else said
    if code < PERMANENT or _is_ours(code, text, at_rcpt=at_rcpt):
        raise Transient(f"SMTP {code}")
    return False


def _is_ours(code: int, said: bytes, *, at_rcpt: bool) -> bool:
    found = _STATUS.search(said)
    if found and found[1] not in (b"3.0", b"5.0"):
        return bool(_OUR_STATUS.match(found[1]))
    words = at_rcpt and (code == 554 or _OUR_WORDS.search(said))
    return code in _OUR_CODES or bool(words)

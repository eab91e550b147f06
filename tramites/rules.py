"""Arithmetic of mailboxes, tokens and codes: answers from the arguments alone."""

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass

CODE_DIGITS, CODE_TRIES, LAST4_TRIES = 6, 6, 6
LAST4_TRIES_A_DAY = 30  # over all the links of a Solicitud: those of the five mails of a day


def mint_token() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def mint_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: its SHA-256 (256 random bits need no salt)."""
    return hashlib.sha256(token.encode()).digest()


# A CURP, a run of eleven digits or a mailbox: a person's datum written where none is asked for.
_PERSONAL = re.compile(r"[a-z]{4}[ -]?\d{6}[ -]?[hmx]|(?:\d[ -]?){11}|\S@\S", re.IGNORECASE)


def names_somebody(text: str) -> bool:
    """Say if a text carries a CURP, an NSS or a mailbox.

    >>> names_somebody("mi curp es LORA 070514 M"), names_somebody("mostró su cartilla 2024")
    (True, False)
    """
    return bool(_PERSONAL.search(text))


_NAMED = re.compile(r"[^<>]*<([^<>]*)>\W*")  # Ana López <ana@example.org>
_AROUND = " \t\r\n\"'`“”‘’«»<>(),;:."


def pasted_correo(text: str) -> str:
    """Return the mailbox inside what was pasted: mailto:, quotes, < >, blanks and a last dot go.

    Invisible characters go from its ends only: inside they are somebody's mistake, or trick.

    >>> pasted_correo(' "Ana" <ana@example.org>, '), pasted_correo("mailto:ana@example.org?subject=x")
    ('ana@example.org', 'ana@example.org')
    >>> pasted_correo("ana＠example.org."), pasted_correo("ana@a.org, luis@a.org")
    ('ana@example.org', 'ana@a.org, luis@a.org')
    """
    unseen = "".join(c for c in set(text) if unicodedata.category(c) == "Cf")
    bare = unicodedata.normalize("NFKC", text.strip(unseen + _AROUND[:4])).strip()
    if named := _NAMED.fullmatch(bare):
        bare = named[1]
    bare = bare.strip(_AROUND)
    if bare.lower().startswith("mailto:"):
        bare = bare[7:].partition("?")[0].strip(_AROUND)
    return bare


def plain_digits(text: str) -> str:
    """Return a code or a postal code without what people put between: blanks, dots, dashes, "C.P.".

    >>> plain_digits("12 34-56"), plain_digits("C.P. ４０２００"), plain_digits("4020a")
    ('123456', '40200', '4020a')
    """
    plain = re.sub(r"[\s.\u2010-\u2015-]+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\A(?:cp|codigopostal|códigopostal):?", "", plain, flags=re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acta:
    """What a birth certificate says of itself: year of registration, number (`normal_acta`)."""

    anio: int
    numero: str

    def as_json(self) -> dict[str, int | str]:
        return {"anio": self.anio, "numero": self.numero}


def normal_acta(numero: str) -> str:
    """Return the number of a certificate as it is compared: no blanks, no zeros in front.

    >>> normal_acta(" 00 123 "), normal_acta("a-0012"), normal_acta("000")
    ('123', 'A-0012', '0')
    """
    plain = re.sub(r"\s+", "", numero).upper()
    return plain.lstrip("0") or plain[-1:]


def normal_correo(correo: str) -> str:
    """Return the form by which a mailbox is found: lower case, no outer blanks.

    >>> normal_correo(" Ana.Lopez@Example.ORG ")
    'ana.lopez@example.org'
    """
    return correo.strip().lower()


def veiled_correo(correo: str) -> str:
    """Return a mailbox its owner recognises and nobody else can write to.

    >>> veiled_correo("ana.lopez@example.org")
    'a•••@e•••.org'
    """
    local, _, domain = correo.partition("@")
    name, _, tld = domain.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••.{tld}"


# Where people here have their mail; what is one or two keys away from one of these is asked about.
COMMON_DOMAINS = (
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "yahoo.com.mx",
    "live.com.mx",
    "live.com",
    "icloud.com",
    "hotmail.es",
    "outlook.es",
    "prodigy.net.mx",
)
# As near to those, and real.
REAL_DOMAINS = frozenset(
    (
        *COMMON_DOMAINS,
        *(
            "mail.com",
            "email.com",
            "ymail.com",
            "gmx.com",
            "gmx.es",
            "aol.com",
            "me.com",
            "msn.com",
        ),
        *(
            "yahoo.es",
            "yahoo.mx",
            "yahoo.ca",
            "hotmail.mx",
            "hotmail.fr",
            "hotmail.it",
            "hotmail.de",
        ),
        *(
            "live.mx",
            "live.es",
            "outlook.mx",
            "outlook.cl",
            "outlook.fr",
            "outlook.de",
            "rocketmail.com",
        ),
    )
)


# Written often, and never right.
MISTAKEN_DOMAINS = {
    "gmail.com.mx": "gmail.com",
    "gmail.mx": "gmail.com",
    "gmail.es": "gmail.com",
    "hotmail.com.mx": "hotmail.com",
    "outlook.com.mx": "outlook.com",
}


def suggested_correo(correo: str) -> str:
    """Return the mailbox that was probably meant, or "" if nothing looks mistyped.

    >>> suggested_correo("ana@gmial.com"), suggested_correo("ana@hotmail.con")
    ('ana@gmail.com', 'ana@hotmail.com')
    >>> suggested_correo("ana@gmail.com"), suggested_correo("ana@itsguerrero.edu.mx")
    ('', '')
    """
    local, _, domain = correo.strip().rpartition("@")
    domain = domain.lower()
    if not local or domain in REAL_DOMAINS:
        return ""
    if domain in MISTAKEN_DOMAINS:
        return f"{local}@{MISTAKEN_DOMAINS[domain]}"
    steps, nearest = min((_typing_steps(domain, known), known) for known in COMMON_DOMAINS)
    near = steps <= (2 if len(nearest) > 9 else 1)  # in a short name two keys make another one
    return f"{local}@{nearest}" if near else ""


def _typing_steps(typed: str, meant: str) -> int:
    """Return how many slips part two texts: a key more, less, other, or two swapped (OSA)."""
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for i, one in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(meant, 1):
            steps = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and (typed[i - 2], one) == (other, meant[j - 2]):
                steps = min(steps, before[j - 2] + 1)
            row.append(steps)
        before, last = last, row
    return last[-1]

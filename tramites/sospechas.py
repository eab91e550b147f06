"""What abuse looks like: how mailboxes are told to be alike, and from how many on it is no chance."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from tramites.rules import REAL_DOMAINS, normal_correo

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)
# Where anybody gets a mailbox for ten minutes.
THROWAWAY = frozenset(
    (
        *("mailinator.com", "yopmail.com", "guerrillamail.com", "sharklasers.com", "grr.la"),
        *("10minutemail.com", "temp-mail.org", "tempmail.com", "trashmail.com", "dispostable.com"),
        *("maildrop.cc", "getnada.com", "throwawaymail.com", "fakeinbox.com", "mohmal.com"),
        *("moakt.com", "tempail.com", "emailondeck.com", "mintemail.com", "yopmail.fr"),
    )
)


@dataclass(frozen=True, slots=True)
class Regla:
    """`least` different `de` under one `por` within `within` are an alert of `clase`."""

    clase: str
    por: str
    de: str
    least: int
    within: timedelta = DAY


REGLAS = (
    Regla("candidatas", "tallo", "curp", 4),
    Regla("buzones", "curp", "correo", 5),
    Regla("alias", "alias", "correo", 3),
    Regla("numerados", "familia", "correo", 6),
    Regla("dominios", "red", "dominio", 8, HOUR),
)
# A network: so many CURPs, and a share proved that no classroom has. Young ones do not count yet.
BARRIDOS = (Regla("barrido", "red", "curp", 40, HOUR), Regla("barrido", "red", "curp", 150))
PROVED_SHARE, YOUNG = 0.3, timedelta(minutes=15)
DESECHABLES = Regla("desechables", "dominio", "correo", 4, HOUR)
# With CAPTCHA=sospecha: captures of one network in QUIET after which everybody there is asked.
FREE, QUIET = 10, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Semejanza:
    """A mailbox without what a farm changes; "" where that says nothing."""

    alias: str
    familia: str
    dominio: str
    desechable: bool


# Under these of a country, whoever buys a name buys the label before: escuela.edu.mx.
SECOND_LEVEL = frozenset(("com", "edu", "gob", "org", "net", "ac", "co"))
# Providers less usual here than those of REAL_DOMAINS: none of their people holds all of it.
PROVIDERS = frozenset(
    (
        *("proton.me", "protonmail.com", "pm.me", "googlemail.com", "zoho.com", "zohomail.com"),
        *("tuta.com", "tuta.io", "tutanota.com", "fastmail.com", "gmx.net", "gmx.de", "mac.com"),
        *("yandex.com", "mail.ru", "telmexmail.com", "infinitummail.com", "att.net.mx"),
    )
)
# Given to accredited schools and offices alone: nobody buys one for a farm.
ACCREDITED = (".edu.mx", ".gob.mx", ".edu")


def mailbox_group(correo: str, *, shared: Collection[str] = ()) -> str:
    """Return what one hand holds cheaply: a whole domain of its own, or one mailbox with its aliases.

    `shared`: more domains where each person has one mailbox, in small letters; what lies under
    them too, as the schools of a university.

    >>> mailbox_group("x1@a.granja.com.mx"), mailbox_group("Ana.Lopez+7@gmail.com")
    ('@granja.com.mx', 'analopez@gmail.com')
    >>> mailbox_group("al01+7@cetis26.edu.mx"), mailbox_group("ana@uni.mx", shared=["uni.mx"])
    ('al01@cetis26.edu.mx', 'ana@uni.mx')
    """
    alike = likeness(correo)
    personal = f".{alike.dominio}".endswith((*ACCREDITED, *(f".{one}" for one in shared)))
    if not alike.dominio or alike.dominio in PROVIDERS or personal:
        return alike.alias
    labels = alike.dominio.split(".")
    wide = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return "@" + ".".join(labels[-3 if wide else -2 :])


def likeness(correo: str) -> Semejanza:
    """Return it.

    >>> likeness("Ana.Lopez+7@gmail.com").alias, likeness("ana.lopez99@gmail.com").familia
    ('analopez@gmail.com', 'analopez@gmail.com')
    >>> likeness("al2023001@escuela.edu.mx").familia, likeness("x@yopmail.com").desechable
    ('', True)
    """
    local, _, domain = normal_correo(correo).rpartition("@")
    bare = local.partition("+")[0].replace(".", "") or local
    public = domain in REAL_DOMAINS
    letters = re.sub(r"[0-9_-]+", "", bare) or bare
    return Semejanza(
        alias=f"{bare}@{domain}",
        familia=f"{letters}@{domain}" if public else "",
        dominio="" if public else domain,
        desechable=domain in THROWAWAY,
    )

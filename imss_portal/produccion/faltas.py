"""How a fault of the configuration is told, and which names belong to nobody."""

import re
from ipaddress import ip_address

from django.core.checks import CheckMessage, Error

# RFC 2606 and RFC 6761: names for examples and tests, and those that mean "this machine".
RESERVED = re.compile(
    r"(^|\.)(example|invalid|test|localhost|localdomain|local|example\.(com|net|org|edu))\.?$", re.I
)
DEMO_WORDS = re.compile(
    r"\b(demo|demostraci[oó]n|ejemplo|pruebas?|portalnssdemo|cambia-?esto)\b", re.I
)


def falta(numero: int, razon: str, remedio: str) -> CheckMessage:
    """Return one refusal: what is wrong, and what the operator has to do."""
    return Error(razon, hint=remedio, id=f"portal.E{numero:03}")


def is_of_demo(text: str) -> bool:
    """Say if a name is empty or reads as the demonstration's or an example's."""
    return not text.strip() or bool(DEMO_WORDS.search(text))


def is_nobodys(host: str) -> bool:
    """Say if a host is an address, this machine, an example, or no domain at all."""
    return is_address(host) or "." not in host or bool(RESERVED.search(host))


def is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    if is_address(host):
        return ip_address(host.strip("[]")).is_loopback
    return host in {"", "localhost"}

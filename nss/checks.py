"""System checks: a source of identity that nobody could believe is refused at the start."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@register(Tags.security)
def identity_source_is_reachable_safely(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Over TLS, with no credential in the address; bare http only to this machine, in the demo."""
    if settings.FUENTE_IDENTIDAD != "http":
        return []
    problems: list[CheckMessage] = []
    url = urlsplit(settings.IDENTIDAD_URL)
    practice = settings.DEMO and url.scheme == "http" and url.hostname in LOOPBACK
    if not url.hostname or (url.scheme != "https" and not practice):
        problems.append(
            Error(
                "FUENTE_IDENTIDAD=http pide IDENTIDAD_URL con https://.",
                hint="http:// solo sirve en MODO=demo y en esta máquina.",
                id="nss.E001",
            )
        )
    if url.username or url.password or url.query or url.fragment:
        problems.append(
            Error(
                "IDENTIDAD_URL no lleva usuario, clave ni parámetros.",
                hint="La clave va en IDENTIDAD_CREDENCIAL.",
                id="nss.E002",
            )
        )
    if bool(settings.IDENTIDAD_LLAVE) and not settings.IDENTIDAD_CERTIFICADO:
        problems.append(Error("IDENTIDAD_LLAVE pide IDENTIDAD_CERTIFICADO.", id="nss.E003"))
    return problems

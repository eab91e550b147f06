"""System checks: a half-configured start is refused, with the reason."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Advice
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from comun import cripto, testigo, voz


@register(Tags.security)
def keys_are_usable(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Every ring must hold 32-byte keys, or nothing can be sealed or found."""
    problems: list[CheckMessage] = []
    for ring in (cripto.data_ring, cripto.index_ring):
        try:
            ring()
        except ImproperlyConfigured as exc:
            problems.append(Error(str(exc), id="comun.E001"))
    return problems


@register(Tags.security)
def proxies_are_few(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """To believe the whole network is to let each client choose its own address."""
    wide = [
        str(network)
        for network in settings.PROXIES_CONFIABLES
        if network.prefixlen < (8 if network.version == 4 else 32)
    ]
    if not wide:
        return []
    text = f"PROXIES_CONFIABLES es demasiado amplio: {', '.join(wide)}."
    hint = "Nombre solo la red de sus proxies: cualquiera podría decir que llama de otra parte."
    return [Error(text, hint=hint, id="comun.E006")]


@register(Tags.security)
def index_key_is_the_one_written_with(
    app_configs: Any, databases: Any = None, **_: Any
) -> list[CheckMessage]:
    """Asked of processes that serve: with another key nobody would be found, and all be new."""
    if not databases or not settings.LLAVES_INDICE:
        return []
    try:
        fits = testigo.fits()
    except (DatabaseError, ImproperlyConfigured):  # another check tells
        return []
    if fits:
        return []
    return [
        Error(
            "La primera llave de LLAVES_INDICE no es la que escribió esta base.",
            hint="Ponga primero la de siempre: con otra nadie se encuentra (docs/llaves.md).",
            id="comun.E007",
        )
    ]


@register()
def voice_is_there(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Without it the captcha has no audio: who does not see is left the proof of work alone."""
    if voz.available():
        return []
    hint = "Instale el paquete espeak-ng del sistema."
    return [Advice(f"Falta {voz.PROGRAM}: el captcha no tendrá audio.", hint=hint, id="comun.W001")]


@register(Tags.security)
def demo_stays_here(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """What production needs is asked by imss_portal.produccion; the demo stays on this machine."""
    if not settings.DEMO:
        return []
    open_hosts = set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]", "testserver"}
    if not open_hosts:
        return []
    text = (
        f"MODO=demo solo atiende a esta máquina: quite {', '.join(sorted(open_hosts))}"
        " de ALLOWED_HOSTS."
    )
    return [Error(text, id="comun.E004")]

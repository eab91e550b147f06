"""System checks: no start without a privacy notice that can be shown and signed by somebody."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from tramites import privacidad


@register(Tags.security)
def notices_are_readable(app_configs: Any, **_: Any) -> list[CheckMessage]:
    try:
        privacidad.avisos()
    except ImproperlyConfigured as exc:
        hint = "Cada archivo se llama AAAA-MM-DD.toml; vea tramites/textos/privacidad."
        return [Error(str(exc), hint=hint, id="tramites.E001")]
    return []


@register(Tags.security)
def somebody_answers(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """The law asks for the controller's address in the notice; only the demo has none."""
    if settings.DEMO or settings.EMISOR_DOMICILIO:
        return []
    text = "Falta EMISOR_DOMICILIO: el aviso de privacidad debe decir el domicilio del responsable."
    return [Error(text, id="tramites.E002")]

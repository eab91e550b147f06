"""System checks: no start with a calendar that cannot be counted in."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from tramites.derechos import calendario
from tramites.derechos.errors import CalendarMalformed


@register()
def calendar_is_readable(app_configs: Any, **_: Any) -> list[CheckMessage]:
    try:
        calendario.in_use()
    except CalendarMalformed as exc:
        text = f"DIAS_INHABILES, línea {exc.line}: {exc.message}"
        return [Error(text, hint=exc.advice, id="derechos.E001")]
    except (OSError, UnicodeDecodeError) as exc:
        text = f"DIAS_INHABILES no se puede leer: {type(exc).__name__}"
        return [Error(text, id="derechos.E002")]
    return []

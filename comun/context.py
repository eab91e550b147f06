"""What every page may say of the portal itself."""

from django.conf import settings
from django.http import HttpRequest

from comun import registro


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        "buzon_abierto": bool(settings.BUZON_DIR),
        "emisor": settings.EMISOR_NOMBRE,
        "contacto": settings.EMISOR_CONTACTO,
        "fuentes": settings.FUENTES,
        "referencia": registro.referencia.get(),
        "quiosco": getattr(request, "quiosco", None),
    }

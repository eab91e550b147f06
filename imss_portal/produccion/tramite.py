"""How the procedure is set: nothing of tests, nothing that leaves a person unguarded."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage

from imss_portal.demo import entorno
from imss_portal.produccion.faltas import falta
from nss.identidad import FUENTES

ENLACE, RETENCION, REENVIO = (1, 24), (72, 720), (30, 3600)  # hours, hours, s
TRABAJO = (12, 20)  # bits: below a robot does not feel it, above a phone does not end


def identity_is_proved() -> Iterator[CheckMessage]:
    if settings.PRUEBA_IDENTIDAD == "ninguna":
        yield falta(
            131,
            "PRUEBA_IDENTIDAD=ninguna entrega el número a quien solo sabe la CURP.",
            "Use PRUEBA_IDENTIDAD=acta.",
        )


def no_chaos() -> Iterator[CheckMessage]:
    if settings.CAOS_DIR:
        yield falta(132, "CAOS_DIR es solo para pruebas: mata procesos.", "Quite CAOS_DIR.")


def source_is_real() -> Iterator[CheckMessage]:
    if settings.FUENTE_IDENTIDAD not in FUENTES:
        yield falta(
            133,
            f"FUENTE_IDENTIDAD no es del portal: {settings.FUENTE_IDENTIDAD}.",
            f"Use {' o '.join(FUENTES)}.",
        )


def work_is_sensible() -> Iterator[CheckMessage]:
    least, most = TRABAJO
    if not least <= settings.TRABAJO_BITS <= most:
        yield falta(
            134,
            f"TRABAJO_BITS={settings.TRABAJO_BITS} no detiene a nadie, o detiene a todos.",
            f"Use de {least} a {most}; 14 es poco más de un segundo en un teléfono.",
        )


def times_are_sensible() -> Iterator[CheckMessage]:
    wanted = {"ENLACE_HORAS": ENLACE, "RETENCION_HORAS": RETENCION, "REENVIO_SEGUNDOS": REENVIO}
    for name, (least, most) in wanted.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            yield falta(
                135, f"{name}={value} deja sin defensa a la persona.", f"Use de {least} a {most}."
            )


def documents_lie_apart() -> Iterator[CheckMessage]:
    """Not where the web server hands out files, and not among the demo's."""
    folder = Path(settings.DOCUMENTOS_DIR)
    public = [Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS), entorno.FOLDER]
    if not folder.is_absolute() or any(folder.is_relative_to(place) for place in public):
        yield falta(
            136,
            f"DOCUMENTOS_DIR está donde se sirven archivos o en la demostración: {folder}.",
            "Use una carpeta absoluta y aparte, que solo lea el portal.",
        )

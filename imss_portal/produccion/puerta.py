"""The door of every process that serves: what is half configured does not start."""

import sys
from typing import Literal

from django.conf import settings
from django.core.checks import CheckMessage, Tags, run_checks
from django.db import connections

from imss_portal.produccion.exigencias import PORTAL
from imss_portal.produccion.faltas import falta

Papel = Literal["web", "trabajador", "agenda"]
# gunicorn's own code for a worker that cannot boot: its master stops instead of trying for ever.
REFUSED = 3
_open: set[str] = set()  # a beat inside a worker is a child of a process that passed


def open_door(papel: Papel) -> None:
    """Return if this process may serve as `papel`; else say why on stderr and end it."""
    if _open:
        return
    asked = run_checks(
        tags=[PORTAL, Tags.security],
        include_deployment_checks=not settings.DEMO,
        databases=["default"],
    )
    if found := [one for one in [*asked, *_of_role(papel)] if one.is_serious()]:
        print(_text(papel, found), file=sys.stderr, flush=True)  # noqa: T201 - before any log
        raise SystemExit(REFUSED)
    _open.add(papel)
    connections.close_all()  # what is forked from here opens its own


def _of_role(papel: Papel) -> list[CheckMessage]:
    """Only the worker seals; whoever takes the web server must not find the key there."""
    if settings.DEMO:
        return []
    if papel == "trabajador" and not settings.LLAVE_SELLO:
        return [falta(151, "Falta LLAVE_SELLO: el trabajador no puede sellar.", "Dé su archivo.")]
    if papel != "trabajador" and settings.LLAVE_SELLO:
        razon = f"LLAVE_SELLO está al alcance de {papel}: solo la necesita el trabajador."
        return [falta(152, razon, "Quite LLAVE_SELLO de este proceso.")]
    return []


def _text(papel: Papel, found: list[CheckMessage]) -> str:
    lines = [f"MODO={settings.MODO}: {papel} no arranca, la configuración está a medias."]
    for one in found:
        lines += [f"  ({one.id}) {one.msg}", *([f"      {one.hint}"] if one.hint else [])]
    return "\n".join(lines)

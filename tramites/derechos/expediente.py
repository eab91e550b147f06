"""All that is kept of one person, in the words of the inventory: what a copy tells."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Field, ForeignKey, ManyToManyField, Model
from django.utils import timezone

from comun.fields import BlindIndexField
from comun.inventario import Clase, Tabla, said, tables
from tramites.derechos.fuentes import FUENTES, Persona, rows_of
from tramites.models import Solicitud
from tramites.privacidad import avisos

# Never told: who holds it can act as the person, or it is a key without meaning outside.
UNTOLD = (Clase.SECRETA,)
# Accounts of the staff: «Quién consultó mis datos» tells their office, here it would be a number.
HANDS = ("registrada_por", "contestada_por", "hecha_por")
# What a mailbox without the voice may read of its own Solicitud: what was written in it.
TYPED = ("curp", "correo", "domicilio", "cp_oficina")
TYPED_COLUMNS = ("folio", "tipo", "datos", "aviso_version", "creada_en", "confirmada_en")
SHORT = "Tu correo no responde por esta CURP, o todavía no. Por eso solo está lo que escribiste desde él."


def compile_expediente(solicitud: Solicitud, *, now: datetime) -> dict[str, Any]:
    """Return the whole copy, ready for JSON: who answers for it, then table by table."""
    persona = Persona.of(solicitud)
    told = [one for tabla in tables() if (one := _table(tabla, persona))]
    return {
        "titulo": "Copia de mis datos",
        "generada": timezone.localtime(now).isoformat(timespec="seconds"),
        "responsable": {
            "nombre": settings.EMISOR_NOMBRE,
            "domicilio": settings.EMISOR_DOMICILIO,
            "contacto": settings.EMISOR_TRANSPARENCIA,
        },
        "demostracion": settings.DEMO,
        "completa": persona.con_voz,
        "nota": "" if persona.con_voz else SHORT,
        "avisos_de_privacidad": [one.version for one in avisos()],
        "tablas": told,
    }


def _table(tabla: Tabla, persona: Persona) -> dict[str, Any] | None:
    if tabla.modelo not in FUENTES:
        return None
    rows = rows_of(persona, tabla.modelo)
    if not rows:
        return None
    whole = persona.con_voz or tabla.modelo != Solicitud._meta.label
    return {
        "tabla": tabla.modelo,
        "que_es": tabla.finalidad,
        "plazo": said(tabla.plazo),
        "filas": [_row(row, list(_columns(row, tabla, whole=whole)), whole=whole) for row in rows],
    }


def _columns(row: Model, tabla: Tabla, *, whole: bool) -> Iterator[tuple["Field[Any, Any]", str]]:
    """Yield each column that is told, with its purpose."""
    for name, campo in tabla.campos.items():
        field = row._meta.get_field(name)
        if campo.clase in UNTOLD or name in HANDS or isinstance(field, ManyToManyField):
            continue
        if isinstance(field, ForeignKey) and campo.clase != Clase.PERSONAL:
            continue  # rows lie beside each other here: how we tie them says nothing of anybody
        assert isinstance(field, Field)
        if not field.primary_key and (whole or name in TYPED_COLUMNS):
            yield field, campo.finalidad


def _row(
    row: Model, columns: Iterable[tuple["Field[Any, Any]", str]], *, whole: bool
) -> dict[str, Any]:
    told = {}
    for field, finalidad in columns:
        value = getattr(row, field.name)
        if isinstance(field, BlindIndexField) or isinstance(value, bytes | memoryview):
            continue  # a blind index or a digest: it means nothing without our key
        if not whole and isinstance(value, dict):
            value = {name: value[name] for name in TYPED if name in value}
        told[field.name] = {"valor": _plain(row, field, value), "para_que": finalidad}
    return told


def _plain(row: Model, field: "Field[Any, Any]", value: Any) -> Any:
    if field.choices and value not in (None, ""):
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    return str(value)


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the leaves of a JSON value as (path in words, text); nothing of what is empty."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flat(inner, f"{path} · {name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from flat(inner, path)
    elif isinstance(value, bool):
        yield path.replace("_", " "), "sí" if value else "no"
    elif value not in (None, ""):
        yield path.replace("_", " "), str(value)

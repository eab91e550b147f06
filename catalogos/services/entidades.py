"""The 32 entidades and NE: facts that come with the program, not with a file of others."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps

from catalogos.lectura.entidades import ENTIDADES


def seed_entidades(apps: Apps = installed, using: str = "default", **_: Any) -> None:
    """Put the entidades in place; after each migrate, and harmless to repeat.

    `apps` is the state the migration reached: going back to nothing, the table
    is not in it.
    """
    try:
        model = apps.get_model("catalogos", "Entidad")
    except LookupError:
        return
    rows = [model(**entidad._asdict()) for entidad in ENTIDADES]
    model.objects.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("clave_curp",),
        update_fields=("clave_inegi", "nombre"),
    )

"""What is kept, why and for how long: each app declares its tables in its own `inventario.py`.

A new field needs one line there, in the words a person understands. A test compares the
declarations with the models; `manage.py inventario` writes docs/inventario.md from them; and
`manage.py depurar` does what the plazos say (comun.depuracion).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module, util

from django.apps import apps
from django.db.models import Model, Q


class Clase(StrEnum):
    """How much harm a leak of the field does; the words are those of the document."""

    PUBLICA = "pública"
    INTERNA = "interna"
    SEUDONIMA = "seudónima"
    PERSONAL = "personal"
    SECRETA = "secreta"


@dataclass(frozen=True, slots=True)
class Plazo:
    """How long something is kept, as the document says it; nobody deletes it by rule."""

    texto: str


@dataclass(frozen=True, slots=True)
class Borrado(Plazo):
    """The row goes `dias` after the instant (or day) in `campo`, if it is one of `donde`.

    `texto` says why that long.
    """

    campo: str
    dias: int
    donde: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Vaciado(Plazo):
    """The row stays and what is personal in it goes: `verbo` is the module that does it
    (comun.depuracion.Vaciador)."""

    verbo: str


@dataclass(frozen=True, slots=True)
class Campo:
    """One column: its class, what for, and its own plazo if the row outlives it."""

    clase: Clase
    finalidad: str
    plazo: Plazo | None = None


@dataclass(frozen=True, slots=True)
class Tabla:
    """One model by its label ("nss.Asegurado"), in the order of its fields."""

    modelo: str
    finalidad: str
    plazo: Plazo
    campos: Mapping[str, Campo]


def publica(finalidad: str) -> Campo:
    """Anyone may know it: catalogues, texts of pages, certificates."""
    return Campo(Clase.PUBLICA, finalidad)


def interna(finalidad: str) -> Campo:
    """It speaks of the work, not of a person: states, counts, instants, random keys."""
    return Campo(Clase.INTERNA, finalidad)


def seudonima(finalidad: str) -> Campo:
    """It leads to a person only for who holds a key or another table."""
    return Campo(Clase.SEUDONIMA, finalidad)


def personal(finalidad: str, plazo: Plazo | None = None) -> Campo:
    """It names a person or says something of one; sealed, but for the NSS and staff accounts."""
    return Campo(Clase.PERSONAL, finalidad, plazo)


def secreta(finalidad: str, plazo: Plazo | None = None) -> Campo:
    """Who has it can act as somebody else: kept only as a digest, or sealed."""
    return Campo(Clase.SECRETA, finalidad, plazo)


ID = {"id": interna("Identifica la fila.")}


def tables() -> Iterator[Tabla]:
    """Yield what every installed app declares, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        name = f"{config.name}.inventario"
        if config.name != "comun" and util.find_spec(name):
            yield from import_module(name).TABLAS
    yield from import_module("comun.tablas").TABLAS


def fields_of(model: type[Model]) -> list[str]:
    """Return the columns and many-to-many relations that the model itself declares."""
    options = model._meta
    return [column.name for column in (*options.local_fields, *options.local_many_to_many)]


def faults() -> list[str]:
    """Return what does not agree between the declarations and the models, one line each."""
    declared = [(tabla.modelo, tabla) for tabla in tables()]
    known, found = dict(declared), []
    labels = [label for label, _ in declared]
    found += [f"{label}: declarada dos veces" for label in known if labels.count(label) > 1]
    models = {model._meta.label: model for model in apps.get_models() if model._meta.managed}
    found += [f"{label}: no hay tal tabla" for label in known if label not in models]
    for label, model in models.items():
        real = fields_of(model)
        told = known[label].campos if label in known else {}
        found += [f"{label}.{name}: falta en el inventario" for name in real if name not in told]
        found += [f"{label}.{name}: ya no existe" for name in told if name not in real]
    return found


def as_markdown() -> str:
    """Return docs/inventario.md."""
    lines = [
        "# Inventario de datos",
        "",
        "Qué se guarda, para qué y hasta cuándo. Lo escribe `manage.py inventario` con lo que cada",
        "aplicación declara en su `inventario.py`: no se edita a mano. `manage.py depurar` cumple los",
        "plazos cada día.",
        "",
        "| clase | qué es |",
        "|---|---|",
    ]
    lines += [f"| {clase} | {_MEANS[clase]} |" for clase in Clase]
    for tabla in tables():
        lines += [
            "",
            f"## {tabla.modelo}",
            "",
            tabla.finalidad,
            "",
            f"**Plazo**: {said(tabla.plazo)}",
        ]
        lines += ["", "| campo | clase | para qué | plazo propio |", "|---|---|---|---|"]
        lines += [
            f"| `{name}` | {campo.clase} | {campo.finalidad} |"
            f" {said(campo.plazo) if campo.plazo else ''} |"
            for name, campo in tabla.campos.items()
        ]
    return "\n".join(lines) + "\n"


def said(plazo: Plazo) -> str:
    """Return a plazo in words."""
    if isinstance(plazo, Borrado):
        return f"se borra {plazo.dias} días después de `{plazo.campo}`. {plazo.texto}"
    return plazo.texto


_MEANS = {
    Clase.PUBLICA: "Cualquiera puede saberlo: catálogos, textos de las páginas, certificados.",
    Clase.INTERNA: "Habla del trabajo y no de una persona: estados, cuentas, fechas, claves al azar.",
    Clase.SEUDONIMA: "Lleva a una persona solo si se tiene además una llave u otra tabla.",
    Clase.PERSONAL: "Nombra a una persona o dice algo de ella. Se guarda sellada, salvo el NSS y las"
    " cuentas del personal.",
    Clase.SECRETA: "Quien la tenga puede actuar por otro: solo se guarda su huella, o sellada.",
}

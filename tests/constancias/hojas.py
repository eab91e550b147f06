"""Sheets to test with: ordinary, hard and hostile people, all fictional."""

from datetime import date
from typing import Any

from constancias import rendering
from constancias.documentos import Emisor, Facts, Hoja
from constancias.enums import Tipo, Verbo
from nss.enums import Estatus
from nss.values import Curp, Identidad

FOLIO = "17399369076551325965562"
CODIGO = "7Q2MX4K9T0WR"  # its check symbol is not looked at when it is printed
CREDENCIAL = "NSS1:" + "6BFOXN TS3DH" * 24  # as long as a real one
VERIFICAR = "http://127.0.0.1:8000/verificar/"
EMISOR = Emisor(
    nombre="Portal NSS (demostración)",
    contacto="Mesa de ayuda de tu escuela: Servicios Escolares",
    invocante="portalnssdemo",
    demo=True,
)
LONG = {
    "nombres": ("MARÍA GUADALUPE ÑAÑEZ " * 3)[:60].strip(),
    "primer_apellido": ("MUÑOZCANOÑEZTORRES" * 4)[:60],
    "segundo_apellido": "WÑ" * 30,
}


def facts(**changes: Any) -> Facts:
    whole: dict[str, Any] = {
        "folio": FOLIO,
        "verbo": Verbo.LOCALIZACION,
        "nss": "92919084431",
        "curp": "LORA070514MGRPVNA4",
        "nombres": "Ana Sofía",
        "primer_apellido": "López",
        "segundo_apellido": "Rivera",
        "sexo": "M",
        "fecha_nacimiento": date(2007, 5, 14),
        "entidad_nacimiento": "GR",
    }
    return Facts(**{**whole, **changes})


def hoja(
    tipo: Tipo = Tipo.CONSTANCIA,
    emisor: Emisor = EMISOR,
    own: dict[str, Any] | None = None,
    **changes: Any,
) -> Hoja:
    """A sheet as `prepare` would fill it; `own` are fields of the Hoja, `changes` of its facts."""
    whole = facts(**changes)
    fields: dict[str, Any] = {
        "plantilla": rendering.current_plantilla(whole.fecha),
        "secuencia": "9c15735c-fd2f-4192-bbb0-24f029f8eb69",
        "serie": "01234567890123456789",
        "codigo": CODIGO,
        "credencial": CREDENCIAL,
        "verificar": VERIFICAR,
        **(own or {}),
    }
    return Hoja(tipo=tipo, facts=whole.for_sheet(tipo), emisor=emisor, **fields)


# The same person, as the source tells them after a correction.
MARRIED = Identidad(
    curp=Curp("LORA070514MGRPVNA4"),
    estatus=Estatus.AN,
    nombres="ANA SOFÍA",
    primer_apellido="LÓPEZ",
    segundo_apellido="RIVERO",
    sexo="M",
    fecha_nacimiento=facts().fecha_nacimiento,
    entidad="GR",
)

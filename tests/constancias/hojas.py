"""Sheets to test with: ordinary, hard and hostile people, all fictional."""

from datetime import date
from typing import Any

from constancias import rendering
from constancias.documentos import Emisor, Facts, Hoja
from constancias.enums import Tipo, Verbo

FOLIO = "17399369076551325965562"
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


def hoja(tipo: Tipo = Tipo.CONSTANCIA, emisor: Emisor = EMISOR, **changes: Any) -> Hoja:
    return Hoja(
        tipo=tipo,
        facts=facts(**changes),
        emisor=emisor,
        plantilla=rendering.current_plantilla(),
        secuencia="9c15735c-fd2f-4192-bbb0-24f029f8eb69",
        serie="01234567890123456789",
    )

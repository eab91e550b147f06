"""What may differ between one stack and another."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

PARTS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL")
SETTINGS = (
    *PARTS,
    *("MODO", "SECRET_KEY", "ALLOWED_HOSTS", "URL_PORTAL", "EMISOR_NOMBRE", "EMISOR_CONTACTO"),
    *("INVOCANTE", "BARRIDO_CADA", "ARRIENDO", "REAVISO", "CORREO_REMITENTE", "BUZON_DIR"),
    *("LLAVES_DATOS", "LLAVES_INDICE", "LLAVE_SELLO", "DOCUMENTOS_DIR", "ENLACE_HORAS"),
    *("RETENCION_HORAS", "REENVIO_SEGUNDOS", "PRUEBA_IDENTIDAD", "FUENTE_IDENTIDAD"),
    "DOMINIOS_COMPARTIDOS",
    *("IDENTIDAD_URL", "IDENTIDAD_CREDENCIAL", "IDENTIDAD_AUTORIDAD", "IDENTIDAD_CERTIFICADO"),
    "IDENTIDAD_LLAVE",
    *("STATIC_ROOT", "FUENTES_DIR", "TSA_URL", "TSA_AUTORIDAD", "TARJETAS_POR_HOJA"),
    *(
        "TRABAJO_BITS",
        "QUIOSCO_ESPERA",
        "QUIOSCO_AVISO",
        "PROXIES_CONFIABLES",
        "LIMITE_MINUTO",
        "LIMITE_HORA",
        "CAPTCHA",
    ),
    "HSTS_SEGUNDOS",
    *("EMISOR_DOMICILIO", "EMISOR_TRANSPARENCIA", "EMISOR_REGIMEN", "AVISOS_DIR"),
    "DIAS_INHABILES",
    "CACHE_URL",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opciones:
    """How this stack differs from the demo's. `ajustes` are variables of the settings."""

    durable: bool = True
    puerto: int | None = None  # None: the first free one from 8000 up
    ajustes: Mapping[str, str] = field(default_factory=dict)
    sepomex: Path | None = None  # None: the country's postal codes of 2018
    estaticos: Path | None = None  # where static files are collected; None: in the stack's folder
    personas: int = 2000  # of the synthetic padrón
    aviso: Callable[[str], None] = lambda text: None

    @classmethod
    def de_demo(cls, aviso: Callable[[str], None]) -> Self:
        """The operator's environment decides: DATABASE_URL, REDIS_URL, EMAIL_URL, PUERTO…"""
        ajustes = {name: os.environ[name] for name in SETTINGS if os.environ.get(name)}
        puerto = os.environ.get("PUERTO")
        return cls(puerto=int(puerto) if puerto else None, ajustes=ajustes, aviso=aviso)

    @classmethod
    def de_pruebas(cls, folder: Path, sepomex: Path, **ajustes: str) -> Self:
        """Few rows, nothing that outlives the run, and nobody waits longer than they must."""
        caos = folder / "caos"
        caos.mkdir(parents=True, exist_ok=True)
        quick = {"BARRIDO_CADA": "1", "ARRIENDO": "5", "REAVISO": "1", "CAOS_DIR": str(caos)}
        one_address = {"LIMITE_MINUTO": "1000000", "LIMITE_HORA": "1000000"}
        ajustes = {**quick, **one_address, **ajustes}
        return cls(durable=False, sepomex=sepomex, personas=200, ajustes=ajustes)

"""Builds the offline verifier: one HTML file with its script, style, keys and status list inside.

Its own Content-Security-Policy names the hash of that script and of that style,
and nothing else may run, load or leave: the file says it of itself, and the
server says it again when it serves the file.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from constancias import claves, rules
from constancias.models import ListaEstados

GUIONES = (
    "vendor/qr-0.7.0/lector-qr.js",
    *("verificar/base45.js", "verificar/cbor.js", "verificar/llaves.js"),
    *("verificar/credencial.js", "verificar/estados.js", "verificar/lector.js"),
    *("verificar/respuestas.js", "verificar/pagina.js"),
)
ESTILOS = ("css/portal.css", "verificar/offline.css")
ARCHIVO = "verificador-nss-{:%Y-%m-%d}.html"
PUBLIC = ("kty", "crv", "x", "y", "n", "e", "alg")  # what WebCrypto needs of a JWK


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagina:
    """The file, the policy to send with it when it is served, and the name to keep it under."""

    html: str
    csp: str
    nombre: str


def build(now: datetime) -> Pagina:
    """Build the page with every key published and the status list as they are now."""
    lista = ListaEstados.objects.first()
    return assemble(claves.published(), lista.contenido if lista else "", now)


def assemble(publicadas: dict[str, Any], estados: str, now: datetime) -> Pagina:
    """Build the page of claves.json as published and of a signed status list, or "" for none."""
    datos = {
        "emisor": publicadas["emisor"],
        "portal": publicadas["portal"],
        "claves": [_pinned(clave) for clave in publicadas["claves"]],
        "estados": estados,
    }
    js = f'"use strict";(() => {{\nconst DATOS = {_literal(datos)};\n{_join(GUIONES)}}})();\n'
    css = _join(ESTILOS)
    local = now.astimezone(rules.MEXICO)
    context = {
        "csp": _policy(js, css),
        "js": mark_safe(js),  # noqa: S308 - ours; what is data went through _literal
        "css": mark_safe(css),  # noqa: S308 - ours
        "icono": _icon(),
        "emisor": publicadas["emisor"],
        "portal": publicadas["portal"],
        "demo": publicadas["demostracion"],
        "claves": datos["claves"],
        "generada": f"{local.day} de {rules.MESES[local.month - 1]} de {local:%Y, %H:%M}",
    }
    html = render_to_string("verificar/offline.html", context)
    csp = f"{context['csp']}; frame-ancestors 'none'"  # which a file cannot say of itself
    return Pagina(html=html, csp=csp, nombre=ARCHIVO.format(local))


def write(folder: Path, now: datetime) -> Path:
    """Write the page as verificar-sin-conexion.html in `folder`; return its path."""
    path = folder / "verificar-sin-conexion.html"
    path.write_text(build(now).html, encoding="utf-8")
    return path


def _pinned(clave: dict[str, Any]) -> dict[str, Any]:
    jwk = {name: clave["jwk"][name] for name in PUBLIC if name in clave["jwk"]}
    return {name: clave[name] for name in ("serie", "serie_impresa", "estado")} | {"jwk": jwk}


def _literal(datos: dict[str, Any]) -> str:
    """Return JSON that is safe inside a script: no character can end the element."""
    return json.dumps(datos).replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(js: str, css: str) -> str:
    parts = (
        "default-src 'none'",
        f"script-src '{_hash(js)}'",
        f"style-src '{_hash(css)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    )
    return "; ".join(parts)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _join(names: Iterable[str]) -> str:
    return "".join(_read(name).decode() for name in names)


@cache
def _icon() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(_read("img/icono.svg")).decode()


def _read(name: str) -> bytes:
    return (settings.BASE_DIR / "static" / name).read_bytes()

"""Every key that ever sealed, as published: claves.json, and the same as files in a folder."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from constancias.jws import jwk
from constancias.models import ListaEstados, LlaveSello
from constancias.rules import print_serie


def published() -> dict[str, Any]:
    """Return the content of claves.json: all keys, the active one first, none of them private."""
    return {
        "emisor": settings.EMISOR_NOMBRE,
        "portal": settings.URL_PORTAL,
        "demostracion": settings.DEMO,
        "claves": [_entry(row) for row in LlaveSello.objects.all()],
    }


def _entry(row: LlaveSello) -> dict[str, Any]:
    public = jwk(row.certificado)
    return {
        "serie": row.serie,
        "serie_impresa": print_serie(row.serie),
        "algoritmo": public["alg"],
        "estado": row.estado,
        "desde": row.desde.isoformat(),
        "hasta": row.hasta.isoformat(),
        "retirada_en": row.retirada_en and row.retirada_en.isoformat(),
        "jwk": public,
        "certificado": row.certificado,
        "autoridad": row.autoridad,
    }


def write_all(folder: Path) -> list[Path]:
    """Write claves.json, certificados/SERIE.pem and estados under `folder`, to serve them elsewhere."""
    certificates = folder / "certificados"
    certificates.mkdir(parents=True, exist_ok=True)
    texts = {folder / "claves.json": json.dumps(published(), ensure_ascii=False, indent=1)}
    for row in LlaveSello.objects.all():
        pem = f"{row.certificado.rstrip()}\n{row.autoridad.rstrip()}\n"
        texts[certificates / f"{print_serie(row.serie)}.pem"] = pem
    if lista := ListaEstados.objects.first():
        texts[folder / "estados"] = lista.contenido
    for path, text in texts.items():
        path.write_text(text)
    return list(texts)

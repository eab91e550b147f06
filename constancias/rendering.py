"""Adapter to WeasyPrint: a Hoja becomes the bytes of a tagged PDF, the same each time.

WeasyPrint is imported at the first document, not at start: it loads Pango, and
web processes never lay anything out. Fonts are static TTF found by name.
"""

import hashlib
import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from constancias import rules
from constancias.codigo import group
from constancias.documentos import HOMOCLAVE_FORMATO, HOMOCLAVE_TRAMITE, Hoja
from constancias.enums import DE_TRAMITE
from constancias.errors import OutsideResource
from constancias.qr import draw

TEXTOS = Path(__file__).parent / "textos"
DISENO = 2  # raise it when a template or the stylesheet changes what is printed


def current_plantilla(moment: datetime) -> str:
    """Return the version that a document of `moment` prints: design, and date of its texts.

    A file of texts with a later date waits for its day; before the first, the first.
    """
    day = f"{moment.astimezone(rules.MEXICO):%Y-%m-%d}"
    dates = sorted(path.stem for path in TEXTOS.glob("*.toml"))
    return f"{DISENO}/{max((date for date in dates if date <= day), default=dates[0])}"


def to_pdf(hoja: Hoja, sello: str) -> bytes:
    """Lay out one sheet as PDF/UA-1; nothing outside the text given is ever fetched."""
    printed = f"{hoja.cadena_datos}\n{sello}".encode()
    return press()(to_html(hoja, sello), hashlib.sha256(printed).digest()[:16])


def to_html(hoja: Hoja, sello: str) -> str:
    facts, emisor = hoja.facts, hoja.emisor
    context = {
        "hoja": hoja,
        "facts": facts,
        "emisor": emisor,
        "sello": sello,
        "textos": texts_of(hoja),
        "homoclave_tramite": HOMOCLAVE_TRAMITE,
        "homoclave_formato": HOMOCLAVE_FORMATO,
        "creado": f"{facts.fecha:%Y-%m-%dT%H:%M:%SZ}",
        "fecha": rules.short_date(facts.fecha).replace("/", " / "),
        "nacimiento": rules.short_date(facts.fecha_nacimiento),
        "sexo": rules.SEXOS[facts.sexo],
        "lugar": rules.LUGARES[facts.entidad_nacimiento],
        "nss_agrupado": rules.group_nss(facts.nss),
        "codigo": group(hoja.codigo),
        "qr": draw(hoja.credencial) if hoja.credencial else None,
        "copias": range(hoja.copias),
        "documentos": [tipo.label for tipo in DE_TRAMITE],
    }
    return render_to_string(f"documentos/{hoja.tipo.value}.html", context)


def texts_of(hoja: Hoja) -> dict[str, Any]:
    """Return the legal texts of the version the sheet names, with its issuer's name in them."""
    words = {"{emisor}": hoja.emisor.nombre, "{contacto}": hoja.emisor.contacto}

    def fill(text: Any) -> Any:
        if isinstance(text, list):
            return [fill(part) for part in text]
        if isinstance(text, str):
            for mark, word in words.items():
                text = text.replace(mark, word)
        return text

    return {name: fill(text) for name, text in _textos(hoja.plantilla.partition("/")[2]).items()}


@cache
def _textos(version: str) -> dict[str, Any]:
    return tomllib.loads((TEXTOS / f"{version}.toml").read_text())


@cache
def press() -> Callable[[str, bytes], bytes]:
    """Return how this process turns HTML and an identifier into a PDF.

    The stylesheet is parsed once, one FontConfiguration serves all, and the
    fetcher refuses everything: a document that asks for a resource raises
    OutsideResource instead of being printed without it.
    """
    import weasyprint  # noqa: PLC0415 - loads Pango
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    class Refusal(URLFetcher):  # type: ignore[misc]
        """Fetches nothing; WeasyPrint takes subclasses only, a function breaks when it raises."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            raise FatalURLFetchingError

    fonts, refusal = FontConfiguration(), Refusal()
    style = (settings.BASE_DIR / "templates" / "documentos" / "documentos.css").read_text()
    sheet = weasyprint.CSS(string=style, font_config=fonts, url_fetcher=refusal)

    def lay_out(html: str, identifier: bytes) -> bytes:
        try:
            pdf: bytes = weasyprint.HTML(string=html, url_fetcher=refusal).write_pdf(
                stylesheets=[sheet],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_identifier=identifier,
                custom_metadata=True,
            )
        except FatalURLFetchingError as exc:  # a BaseException: no `except Exception` stops it
            raise OutsideResource from exc
        return pdf

    return lay_out

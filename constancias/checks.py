"""System checks: documents need Pango and a font, and say how to get them."""

from ctypes.util import find_library
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004

APT = (
    "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"
    " libharfbuzz-subset0 fonts-noto-core"
)
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
NOTO = Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")


@register("documentos")
def documents_can_be_made(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Warn where WeasyPrint would fail at import, or crash for want of any font.

    A warning and no error: only workers lay documents out.
    """
    problems: list[CheckMessage] = []
    if missing := [name for name in LIBRARIES if find_library(name) is None]:
        text = f"Faltan bibliotecas para hacer los PDF: {', '.join(missing)}."
        problems.append(Warning(text, hint=APT, id="constancias.W001"))
    if not NOTO.exists():
        text = "Falta la fuente Noto Sans; los PDF saldrán con otra."
        problems.append(Warning(text, hint=APT, id="constancias.W002"))
    return problems

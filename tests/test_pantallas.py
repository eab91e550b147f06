"""docs/pantallas.md and the journeys of the guides tell the same screens."""

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUIDES = sorted((ROOT / "tests" / "recorridos").glob("test_pantallas_*.py"))
ROW = re.compile(r"^\| (\d{3}\.\S+) \| .+ \| .+ \| `([\w.]+\.png)` \| .*\|$", re.MULTILINE)


def walked() -> dict[str, str]:
    """Return the screens of all journeys, each with its picture."""
    modules = [importlib.import_module(f"tests.recorridos.{path.stem}") for path in GUIDES]
    return {
        value.clave: value.imagen
        for module in modules
        for value in vars(module).values()
        if type(value).__name__ == "Pantalla"
    }


def test_each_screen_has_a_row_and_each_row_a_screen():
    told = ROW.findall((ROOT / "docs" / "pantallas.md").read_text())
    assert len(told) == len(dict(told))
    assert dict(told) == walked()


def test_the_five_guides_are_there():
    assert [path.stem[-3:] for path in GUIDES] == ["000", "001", "002", "003", "004"]
    assert {clave[:3] for clave in walked()} == {"000", "001", "002", "003", "004"}

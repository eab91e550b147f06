"""How a file of reference data can be refused: with the lines at fault, and nothing half loaded."""

from comun.errors import FileRefused

SHOWN = 20


class CatalogoInvalido(FileRefused):
    code = "catalogos.archivo_invalido"


class Errores:
    """Collects what is wrong with each line, so that one run tells it all."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, linea: int, text: str) -> None:
        self._found.append(f"línea {linea}: {text}")

    def raise_if_any(self) -> None:
        if not self._found:
            return
        shown = self._found[:SHOWN]
        if rest := len(self._found) - len(shown):
            shown.append(f"… y {rest} más")
        raise CatalogoInvalido("\n".join(shown))

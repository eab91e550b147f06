"""How a file of reference data can be refused: with the lines at fault, and nothing half loaded."""

from comun.errors import DomainError

SHOWN = 20


class CatalogoInvalido(DomainError):
    """The file cannot be taken; `message` says why, in lines for the operator."""

    code = "catalogos.archivo_invalido"
    advice = "Corrige el archivo y vuelve a cargarlo: no se guardó nada."

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__()

    def __str__(self) -> str:
        return self.message


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

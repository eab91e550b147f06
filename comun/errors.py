"""DomainError, the family of every "no"; Transient, the family of every "not now"."""

from typing import ClassVar


class DomainError(Exception):
    """A rule of the domain was broken, and the citizen may be told which.

    Subclasses set `code` (stable: logs, metrics and tests key on it), `message`
    (Spanish, shown as it is) and `advice` (Spanish: what to do next and where).
    `context` holds identifiers and states only, because it is logged: never a
    name, a CURP, a mailbox or an NSS.
    """

    code: ClassVar[str] = "error"
    message: str = "No fue posible completar la operación."
    advice: str = "Vuelve a la página anterior e inténtalo de nuevo."

    def __init__(self, **context: object) -> None:
        super().__init__(self.message)
        self.context = context

    def __str__(self) -> str:
        return f"{self.code} {self.context}"


class FileRefused(DomainError):
    """A file of reference data cannot be taken; `message` says why, in lines for the operator."""

    code = "comun.archivo_rechazado"
    advice = "Corrige el archivo y vuelve a cargarlo: no se guardó nada."

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__()

    def __str__(self) -> str:
        return self.message


class Transient(Exception):
    """Something outside does not answer now; the step is worth repeating for a day."""


class KeyUnknown(Exception):
    """A sealed value names a key that is not in the ring."""

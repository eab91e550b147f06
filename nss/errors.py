"""How a rule of numbers, keys and names can be broken."""

from comun.errors import DomainError, Transient


class MalformedNss(DomainError):
    """The text is no NSS; `message` says what is wrong with it."""

    code = "nss.malformed_nss"
    advice = "Copia los 11 dígitos de tu tarjeta o de tu constancia."

    def __init__(self, *, reason: str, message: str) -> None:
        self.reason, self.message = reason, message
        super().__init__(reason=reason)


class MalformedCurp(DomainError):
    """The text is no CURP; `message` says which character, why, and what to do.

    `position` counts from 1 over the text without spaces and dashes; 0 when the
    fault is of the whole. `reason`: empty, character, length, letters, word,
    date, future, sex, entidad, consonants or digit.
    """

    code = "nss.malformed_curp"
    advice = "Compárala con tu CURP impresa, carácter por carácter."

    def __init__(self, *, reason: str, position: int, message: str) -> None:
        self.reason, self.position, self.message = reason, position, message
        super().__init__(reason=reason, position=position)


class MalformedNombre(DomainError):
    """A name holds what no name of the registry may hold."""

    code = "nss.malformed_nombre"
    advice = "Escribe el nombre como está en el acta de nacimiento."

    def __init__(self, *, reason: str, message: str) -> None:
        self.reason, self.message = reason, message
        super().__init__(reason=reason)


class SerieAgotada(DomainError):
    """No series of the place has a number left for this year and birth year."""

    code = "nss.serie_agotada"
    message = "Por ahora no hay números disponibles para tu delegación."
    advice = "No tienes que hacer nada: tu solicitud sigue sola cuando se abra otra serie."


class NumeroPorAclarar(DomainError):
    """The person already holds a number that somebody must look into first."""

    code = "nss.numero_por_aclarar"
    message = "Ya tienes un número que el Instituto debe aclarar."
    advice = "Acude a tu subdelegación con tu acta, tu CURP y una identificación."


class NumeroEnUso(DomainError):
    """The number to register belongs to somebody else, or the person has another one in force."""

    code = "nss.numero_en_uso"
    message = "El número ya está registrado, o la persona ya tiene otro vigente."
    advice = "Regístralo como «por aclarar» y pide la unificación."


class FuenteAusente(Transient):
    """The identity source did not answer, or not with an answer; the text is a code for the log."""


class RespuestaDudosa(Transient):
    """It answered something that cannot be believed of anybody; the text names the field."""

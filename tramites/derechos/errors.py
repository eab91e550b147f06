"""How a rule of the rights over data can be broken, each with its sentence for people."""

from comun.errors import DomainError


class CalendarMalformed(DomainError):
    """`line`: its number in the file, from 1; `reason`: fecha or orden."""

    code = "derechos.calendar_malformed"
    message = "El calendario de días inhábiles tiene una línea que no se entiende."
    advice = "Cada línea es AAAA-MM-DD o AAAA-MM-DD/AAAA-MM-DD, y después el motivo."

    def __init__(self, *, line: int, reason: str) -> None:
        super().__init__(line=line, reason=reason)
        self.line, self.reason = line, reason


class PeticionRepeated(DomainError):
    code = "derechos.peticion_repeated"
    message = "Ya tienes una petición igual en trámite."
    advice = "Mira en «Mis datos» cómo va: no hace falta repetirla."


class TooManyPetitions(DomainError):
    code = "derechos.too_many_petitions"
    message = "Ya hiciste varias peticiones hoy."
    advice = "Espera a mañana, o agrega lo que falta ante quien las contesta."


class PeticionUnknown(DomainError):
    code = "derechos.peticion_unknown"
    message = "No encontramos esa petición en este navegador."
    advice = "Entra con la CURP y el correo con que la hiciste."


class MoveNotAllowed(DomainError):
    code = "derechos.move_not_allowed"
    message = "La petición ya no admite esta operación."
    advice = "Abre la petición otra vez para ver en qué va."


class SamePersonErases(DomainError):
    code = "derechos.same_person_erases"
    message = "Quien registró o contestó esta petición no puede borrar los datos."
    advice = "Pide a otra persona de la mesa que la haga efectiva: en persona se hace entre dos."


class CannotExtend(DomainError):
    """`reason`: estado, repetida, vencido or dias."""

    code = "derechos.cannot_extend"
    message = "El plazo de esta petición ya no se puede ampliar."
    advice = "Se amplía una sola vez, hasta 10 días hábiles, y antes de que venza."

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class CannotWarn(DomainError):
    """`reason`: repetida or vencido."""

    code = "derechos.cannot_warn"
    message = "A esta petición ya no se le puede pedir que aclare algo."
    advice = "Se pide una sola vez, en los 5 días hábiles que siguen a su llegada."

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class TooLateToClear(DomainError):
    code = "derechos.too_late_to_clear"
    message = "El plazo para aclarar esta petición ya terminó."
    advice = "Retírala y haz una nueva, con todo lo que te pedimos."


class CopiaUnknown(DomainError):
    code = "derechos.copia_unknown"
    message = "Esa copia de tus datos ya no está aquí."
    advice = "Pide otra en «Mis datos»: tarda unos segundos."


class StillInFlight(DomainError):
    code = "derechos.still_in_flight"
    message = "La persona tiene un trámite que todavía se está atendiendo."
    advice = "Espera a que termine, o reinténtalo si se detuvo, y después anota que se hizo."

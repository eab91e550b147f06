"""Why somebody of the staff does not come in."""

from comun.errors import DomainError


class TooManyTries(DomainError):
    code = "demasiados_intentos"
    message = "Hubo demasiados intentos. Espera 15 minutos y prueba otra vez."
    advice = "Si olvidaste tu contraseña, pide otra a quien administra el portal."


class WrongCode(DomainError):
    code = "codigo_equivocado"
    message = "Ese código no sirve. Escribe el que tu aplicación muestra ahora."
    advice = "Revisa que la hora de tu teléfono sea la automática."

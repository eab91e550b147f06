"""How a rule of the procedure can be broken, each with its sentence for people."""

from comun.errors import DomainError, FileRefused


class MoveNotAllowed(DomainError):
    code = "tramites.move_not_allowed"
    message = "Tu solicitud ya no admite esta operación."
    advice = "Abre «Mi trámite» para ver en qué paso está."


class SolicitudChanged(DomainError):
    code = "tramites.solicitud_changed"
    message = "Tu solicitud cambió mientras la atendíamos."
    advice = "Abre «Mi trámite» para ver en qué paso está; no perdiste nada."


class SolicitudUnknown(DomainError):
    code = "tramites.solicitud_unknown"
    message = "No encontramos esa solicitud en este navegador."
    advice = "Abre la liga de tu correo o empieza otra vez con tu CURP y tu correo."


class LinkInvalid(DomainError):
    """`reason`: vencido, usado, sustituido, agotado, agotado_hoy or desconocido."""

    code = "tramites.link_invalid"
    message = "La liga no es válida o ya venció."
    advice = "Pide una liga nueva: tarda menos de un minuto."

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class UltimosWrong(DomainError):
    code = "tramites.ultimos_wrong"
    message = "Esos no son los últimos cuatro caracteres de la CURP de esta solicitud."
    advice = "Revisa tu CURP y escríbelos de nuevo, por ejemplo «RPN4»."

    def __init__(self, *, restantes: int) -> None:
        super().__init__(restantes=restantes)
        self.restantes = restantes


class CodeWrong(DomainError):
    code = "tramites.code_wrong"
    message = "Ese no es el código del correo."
    advice = "Son seis dígitos. Si pediste otro correo, usa el código del más reciente."

    def __init__(self, *, restantes: int) -> None:
        super().__init__(restantes=restantes)
        self.restantes = restantes


class CodeInvalid(DomainError):
    """`reason`: vencido, usado or agotado."""

    code = "tramites.code_invalid"
    message = "El código ya no sirve."
    advice = "Pide que te enviemos otro correo."

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class TooSoon(DomainError):
    code = "tramites.too_soon"
    message = "Acabamos de enviarte un correo."
    advice = "Espera un momento antes de pedir otro; revisa también el correo no deseado."

    def __init__(self, *, segundos: int) -> None:
        super().__init__(segundos=segundos)
        self.segundos = segundos


class ActaHeld(DomainError):
    code = "tramites.acta_held"
    message = "Por seguridad, con este correo no puedes volver a intentarlo todavía."
    advice = "Espera a la hora que dice «Mi trámite», o acude con tus documentos."


class FamiliaLlena(DomainError):
    code = "tramites.familia_llena"
    message = "Con este correo ya se hicieron trámites de varias CURP en los últimos 30 días."
    advice = (
        "Usa otro correo para esta CURP. Si ayudas a tu familia o a tu grupo, pide en Servicios"
        " Escolares que amplíen el tuyo."
    )


class CasoClosed(DomainError):
    code = "tramites.caso_closed"
    message = "Ese caso ya no espera una decisión."
    advice = "Vuelve a abrir la lista para ver en qué quedó."


class SamePersonDecides(DomainError):
    code = "tramites.same_person_decides"
    message = "Quien solicita un cambio de correo no puede resolverlo."
    advice = "Pide a otra persona con permiso que lo revise."


class NotCompared(DomainError):
    code = "tramites.not_compared"
    message = "Antes de aprobar, compara la CURP, y el correo si lo hay, con el papel firmado."
    advice = "Abre el caso y usa «Revelar un dato»: quien decide tiene que haberlos visto."


class CorreoSpeaksAlready(DomainError):
    code = "tramites.correo_speaks_already"
    message = "Ese correo ya es el de esta CURP."
    advice = "No hace falta el cambio: la persona puede empezar con ese correo."


class CorreoNeeded(DomainError):
    code = "tramites.correo_needed"
    message = "Otro correo espera o quedó detenido para esta CURP."
    advice = (
        "Hace falta el correo nuevo de la persona presente, para que ningún otro se vincule antes."
        " Si ya se solicitó sin él, rechaza esa solicitud y pidan otra con el correo."
    )


class CasoRepeated(DomainError):
    code = "tramites.caso_repeated"
    message = "Ya hay un cambio de correo por aprobar para esta CURP."
    advice = "Resuelve primero ese."


class RazonNamesSomebody(DomainError):
    code = "tramites.razon_names_somebody"
    message = "La razón trae una CURP, un NSS o un correo."
    advice = "Escríbela sin datos de la persona."


class DomicilioIncomplete(DomainError):
    code = "tramites.domicilio_incomplete"
    message = "Falta tu domicilio para poder asignarte un número."
    advice = "Escribe tu código postal, tu colonia y tu calle."


class SolicitudVaciada(DomainError):
    """Its plazo is over: what was personal in it is gone (services.depuracion)."""

    code = "tramites.solicitud_vaciada"
    message = "Los datos de esta solicitud ya se borraron."
    advice = "Si necesitas tu número, empieza el trámite otra vez: es el mismo número."


class DocumentoUnknown(DomainError):
    code = "tramites.documento_unknown"
    message = "Ese documento no existe o no es de esta solicitud."
    advice = "Abre «Mi trámite» y descárgalo desde la tabla de documentos."


class FichasInvalid(FileRefused):
    code = "tramites.fichas_invalid"

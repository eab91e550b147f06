"""How a document can fail to exist, to be sealed or to be believed."""

from comun.errors import DomainError, Transient


class FolioMalformed(DomainError):
    code = "constancias.folio_malformed"
    message = "El folio no tiene la forma esperada: son 23 dígitos."
    advice = "Cópialo completo de tu constancia o del correo que recibiste."


class TextUnprintable(DomainError):
    """A field carries a character that no document may carry; `campo` says which field."""

    code = "constancias.text_unprintable"
    message = "Uno de tus datos trae un carácter invisible o de control y no puede imprimirse."
    advice = "Acude a corregir tu CURP con tu acta de nacimiento y vuelve a intentarlo."


class PlaceUnknown(DomainError):
    code = "constancias.place_unknown"
    message = "No reconocemos el lugar o el sexo que indica tu CURP."
    advice = "Acude a corregir tu CURP con tu acta de nacimiento y vuelve a intentarlo."


class FileDamaged(DomainError):
    code = "constancias.file_damaged"
    message = "El archivo de tu documento no está disponible."
    advice = "Pide ayuda con tu folio; tu número no cambia."


class SelloUnavailable(Transient):
    """No active key, no key file, or the file is not the active certificate's."""


class StorageUnavailable(Transient):
    """The folder or the service of the files does not take what it is given."""


class TimeUnavailable(Transient):
    """The time authority is down, slow, or answered something that is no date of this signature."""


class PdfUnreadable(DomainError):
    code = "constancias.pdf_unreadable"
    message = "No se puede leer como PDF."
    advice = "Revisa que sea el archivo completo que descargaste."


class OutsideResource(DomainError):
    """The layout asked for something outside its text: an escape was missed somewhere."""

    code = "constancias.outside_resource"
    message = "No fue posible imprimir tu documento."
    advice = "Pide ayuda con tu folio; tu número no cambia."


class CodigoMalformado(DomainError):
    """The text is no verification code; `message` says which character or why.

    `reason`: vacio, caracter, longitud or verificador; `position` counts from 1.
    """

    code = "constancias.codigo_malformado"
    advice = "Cópialo de abajo del código QR, con o sin guiones."

    def __init__(self, *, reason: str, message: str, position: int = 0) -> None:
        self.reason, self.message, self.position = reason, message, position
        super().__init__(reason=reason, position=position)


class NothingInForce(DomainError):
    code = "constancias.nothing_in_force"
    message = "Ese folio no tiene documentos vigentes."
    advice = "Revisa el folio: si ya se sustituyó, usa el nuevo."


class MotivoUnfit(DomainError):
    code = "constancias.motivo_unfit"
    message = "Ese motivo no corresponde a lo que pides."
    advice = "Consulta los motivos con --help."


class SamePerson(DomainError):
    """Taking a document or a key away needs two people."""

    code = "constancias.same_person"
    message = "Quien solicita y quien aprueba deben ser dos personas distintas."
    advice = "Pide a otra persona que lo apruebe."


class ListaInvalida(DomainError):
    """A status list that cannot be believed; `motivo`: ilegible, firma, clave_desconocida, vencida."""

    code = "constancias.lista_invalida"
    message = "La lista de estados no se puede usar."
    advice = "Descárgala otra vez del portal que expidió el documento."


class CertificadoUnfit(DomainError):
    """`motivo`: sin_solicitud, no_es_pem, otra_llave, vencido, uso, autoridad."""

    code = "constancias.certificado_unfit"
    message = "Ese certificado no sirve para sellar con la llave que lo pidió."
    advice = "Instala el que te dio la autoridad para la última solicitud que creaste."


class LlaveUnknown(DomainError):
    code = "constancias.llave_unknown"
    message = "No hay una llave con ese número de serie, o ya estaba revocada."
    advice = "Mira las que hay con: manage.py llaves_sello listar"


class TooManyWaiting(DomainError):
    code = "constancias.too_many_waiting"
    message = "Hay muchos documentos esperando a ser leídos."
    advice = "Espera un minuto y vuelve a intentarlo, o usa el código que viene bajo el QR."

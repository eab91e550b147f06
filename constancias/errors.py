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


class PdfUnreadable(DomainError):
    code = "constancias.pdf_unreadable"
    message = "No se puede leer como PDF."
    advice = "Revisa que sea el archivo completo que descargaste."


class OutsideResource(DomainError):
    """The layout asked for something outside its text: an escape was missed somewhere."""

    code = "constancias.outside_resource"
    message = "No fue posible imprimir tu documento."
    advice = "Pide ayuda con tu folio; tu número no cambia."

"""The checks, each one sentence that must hold. None stands for another: remove one and something passes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from comun.cripto import SealBroken
from constancias import sello
from constancias.documentos import Hoja
from constancias.enums import EstadoConstancia, EstadoLlave
from constancias.llaves import public_key
from constancias.models import Constancia, LlaveSello
from constancias.verificacion.campos import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Prueba:
    """What was brought beside what the registry has; None where there is nothing.

    `firmada`: the signature of what was brought holds, whole. `llave` is that
    of the signature. `mismo`: the row names exactly these bytes, or this text.
    `texto` is what can be read on the sheet.
    """

    row: Constancia | None
    hoja: Hoja | None = field(repr=False)
    llave: LlaveSello | None
    firmada: bool = True
    mismo: bool = True
    texto: str = field(default="", repr=False)


Revision = Callable[[Prueba], bool]


def signature(prueba: Prueba) -> bool:
    """It was signed by the key it says, and nothing was changed or added since."""
    return prueba.firmada


def certificate(prueba: Prueba) -> bool:
    """That key is one of ours, never revoked, and the one the registry says."""
    llave, row = prueba.llave, prueba.row
    if llave is None or llave.estado == EstadoLlave.REVOCADA:
        return False
    return row is None or row.llave_id == llave.serie


def registry(prueba: Prueba) -> bool:
    """It was issued, and it is this very one that was issued."""
    return prueba.row is not None and prueba.mismo


def content(prueba: Prueba) -> bool:
    """The sheet says it is the document of that row."""
    if prueba.row is None:
        return False
    read = squeeze(prueba.texto)
    return all(squeeze(text) in read for text in (str(prueba.row.secuencia), prueba.row.folio))


def seal(prueba: Prueba) -> bool:
    """The sello holds over both cadenas, composed again from what the registry keeps."""
    return prueba.row is not None and sello_holds(prueba.row)


def in_force(prueba: Prueba) -> bool:
    return prueba.row is not None and prueba.row.estado == EstadoConstancia.VIGENTE


DE_PDF: dict[str, Revision] = {
    "firma": signature,
    "certificado": certificate,
    "registro": registry,
    "contenido": content,
    "sello": seal,
    "vigencia": in_force,
}
DE_CREDENCIAL: dict[str, Revision] = {
    "firma": signature,
    "certificado": certificate,
    "registro": registry,
    "sello": seal,
    "vigencia": in_force,
}
DE_CODIGO: dict[str, Revision] = {
    "registro": registry,
    "certificado": certificate,
    "sello": seal,
    "vigencia": in_force,
}


def sello_holds(row: Constancia) -> bool:
    """Compose both cadenas again from the sealed snapshot and check the sello over them."""
    hoja = hoja_of(row)
    if hoja is None:
        return False
    text = sello.message(hoja.cadena, hoja.cadena_datos)
    return sello.verify(row.sello, text, public_key(row.llave.certificado))


def hoja_of(row: Constancia) -> Hoja | None:
    """Return what the registry keeps of a sheet, or None if somebody changed it there."""
    try:
        return Hoja.from_json(row.snapshot)
    except SealBroken:
        return None

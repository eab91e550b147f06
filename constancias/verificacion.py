"""Reads a PDF that somebody brings and says, check by check, if it is one of ours."""

import hashlib
from dataclasses import dataclass, field

from comun.cripto import SealBroken
from constancias import firma, sello
from constancias.documentos import Hoja
from constancias.enums import EstadoConstancia, EstadoLlave
from constancias.llaves import public_key
from constancias.models import Constancia, LlaveSello


@dataclass(slots=True, kw_only=True)
class Veredicto:
    """The checks in order, each with its answer; genuine when all hold."""

    revisiones: dict[str, bool] = field(default_factory=dict)
    folio: str = ""
    tipo: str = ""
    estado: str = "desconocida"
    serie: str = ""

    @property
    def genuina(self) -> bool:
        return bool(self.revisiones) and all(self.revisiones.values())

    @property
    def fallas(self) -> list[str]:
        return [name for name, holds in self.revisiones.items() if not holds]


def judge(pdf: bytes) -> Veredicto:
    """Judge the bytes of a PDF; the printed text is not read, its signature and its row are.

    Raises
        PdfUnreadable: the bytes are no PDF.
    """
    llaves = {llave.serie: llave for llave in LlaveSello.objects.all()}
    signature = firma.read(pdf, autoridades=[llave.autoridad for llave in llaves.values()])
    llave = llaves.get(signature.serie) if signature else None
    row = (
        Constancia.objects.select_related("llave")
        .filter(sha256=hashlib.sha256(pdf).hexdigest())
        .first()
    )
    checks = {
        "firma": signature is not None and signature.valida,
        "documento entero": signature is not None and signature.entera,
        "certificado": llave is not None and llave.estado != EstadoLlave.REVOCADA,
        "registro": row is not None,
        "sello": row is not None and sello_holds(row),
        "vigencia": row is not None and row.estado == EstadoConstancia.VIGENTE,
    }
    if row is None:
        return Veredicto(revisiones=checks, serie=llave.serie if llave else "")
    return Veredicto(
        revisiones=checks,
        folio=row.folio,
        tipo=row.tipo,
        estado=row.estado,
        serie=row.llave_id,
    )


def sello_holds(row: Constancia) -> bool:
    """Compose both cadenas again from the sealed snapshot and check the sello over them."""
    try:
        hoja = Hoja.from_json(row.snapshot)
    except SealBroken:
        return False
    text = sello.message(hoja.cadena, hoja.cadena_datos)
    return sello.verify(row.sello, text, public_key(row.llave.certificado))

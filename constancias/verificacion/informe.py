"""What a verdict tells whoever asked: one word, what to do, and the least about the person."""

from datetime import datetime
from typing import Any

from constancias import rules
from constancias.enums import Dictamen, EstadoConstancia, Medio, Motivo, Tipo
from constancias.models import Constancia
from constancias.verificacion.veredicto import Veredicto

ESQUEMA = 1  # raise it when a name of the answer changes or goes away
CLEAR = 4  # last digits of the number that are told
SHOWN = (Dictamen.VIGENTE, Dictamen.SUSTITUIDA, Dictamen.REVOCADA, Dictamen.ALTERADA)
MENSAJES = {
    Dictamen.VIGENTE: "El documento es auténtico y está vigente.",
    Dictamen.SUSTITUIDA: "El documento es auténtico, pero se expidió otro más nuevo en su lugar.",
    Dictamen.REVOCADA: "El documento se expidió aquí y después se revocó: ya no vale.",
    Dictamen.ALTERADA: "Lo que trajiste no es el documento que se expidió: está alterado.",
    Dictamen.DESCONOCIDA: "Este portal no ha expedido ese documento.",
    Dictamen.CLAVE_DESCONOCIDA: "Está firmado con una llave que no es de este portal,"
    " o que dejó de ser segura.",
    Dictamen.ILEGIBLE: "No se puede leer lo que trajiste.",
}
CONSEJOS = {
    Dictamen.VIGENTE: "Compara los datos de abajo con los del documento que tienes a la vista.",
    Dictamen.SUSTITUIDA: "Pide a la persona el documento más reciente.",
    Dictamen.REVOCADA: "No lo aceptes. Si es tuyo, pide ayuda con tu folio.",
    Dictamen.ALTERADA: "No lo aceptes. Pide el PDF original, como se descargó.",
    Dictamen.DESCONOCIDA: "Revisa que el documento sea de este portal y que no falte nada."
    " Si todo está bien, no lo aceptes.",
    Dictamen.CLAVE_DESCONOCIDA: "No lo aceptes. Revisa quién dice haberlo expedido.",
    Dictamen.ILEGIBLE: "Prueba con el archivo original, como se descargó: sin imprimir,"
    " escanear ni volver a guardar.",
}


def inform(veredicto: Veredicto, *, medio: Medio, now: datetime) -> dict[str, Any]:
    """Return the answer as published in esquema.json: JSON, no whole name, CURP nor number."""
    dictamen, row = veredicto.dictamen, veredicto.constancia
    shown = row if dictamen in SHOWN else None
    return {
        "esquema": ESQUEMA,
        "dictamen": dictamen.value,
        "genuina": dictamen == Dictamen.VIGENTE,
        "mensaje": MENSAJES[dictamen],
        "consejo": CONSEJOS[dictamen],
        "medio": medio.value,
        "revisiones": dict(veredicto.revisiones),
        "campos_alterados": list(veredicto.campos),
        "documento": _document(shown, veredicto) if shown else None,
        "baja": _end(shown) if shown else None,
        "verificada_en": now.isoformat(timespec="seconds"),
    }


def _document(row: Constancia, veredicto: Veredicto) -> dict[str, Any]:
    hoja = veredicto.hoja
    facts = hoja.facts if hoja else None
    return {
        "tipo": row.tipo,
        "nombre": Tipo(row.tipo).label,
        "folio": row.folio,
        "expedido": f"{rules.folio_instant(row.folio).astimezone(rules.MEXICO):%Y-%m-%d}",
        "emisor": hoja.emisor.nombre if hoja else "",
        "estado": row.estado,
        "iniciales": initials(facts.nombre_completo) if facts else "",
        "nss_termina": facts.nss[-CLEAR:] if facts else "",
    }


def _end(row: Constancia) -> dict[str, str] | None:
    if row.estado == EstadoConstancia.VIGENTE or row.cambio_en is None:
        return None
    return {
        "motivo": row.motivo,
        "texto": Motivo(row.motivo).label,
        "fecha": f"{row.cambio_en.astimezone(rules.MEXICO):%Y-%m-%d}",
    }


def initials(name: str) -> str:
    """Return the first letter of each word.

    >>> initials("Ana Sofía López de Rivera")
    'A. S. L. d. R.'
    """
    return " ".join(f"{word[0]}." for word in name.split())

"""How an answer is shown to a person: a title, a colour, facts, and what was checked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from constancias import rules
from constancias.enums import Dictamen, EstadoConstancia


@dataclass(frozen=True, slots=True)
class Dato:
    etiqueta: str
    valor: str
    cambiar: str = ""


@dataclass(frozen=True, slots=True)
class Paso:
    """One check as a sentence, and whether it holds."""

    texto: str
    bien: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vista:
    titulo: str
    clase: str  # bien, aviso or mal
    dictamen: str
    mensaje: str
    consejo: str
    datos: list[Dato]
    campos: list[str]
    pasos: list[Paso]
    cuando: str


TITULOS = {
    Dictamen.VIGENTE: ("Auténtico y vigente", "bien"),
    Dictamen.SUSTITUIDA: ("Auténtico, pero ya sustituido", "aviso"),
    Dictamen.REVOCADA: ("Revocado", "mal"),
    Dictamen.ALTERADA: ("Alterado", "mal"),
    Dictamen.DESCONOCIDA: ("No lo expidió este portal", "mal"),
    Dictamen.CLAVE_DESCONOCIDA: ("Firmado con una llave que no es de confianza", "mal"),
    Dictamen.ILEGIBLE: ("No se puede leer", "aviso"),
}
PASOS = {
    "firma": ("La firma es válida y cubre todo", "La firma no es válida o no cubre todo"),
    "certificado": ("La llave es de este portal", "La llave no es de este portal o se revocó"),
    "registro": ("Es justo el que se expidió", "No es el que se expidió"),
    "contenido": ("La hoja dice ser este documento", "La hoja no dice ser este documento"),
    "sello": ("El sello digital corresponde a los datos", "No se pudo comprobar el sello digital"),
    "vigencia": ("Está vigente", "No está vigente"),
}


def view_of(informe: dict[str, Any]) -> Vista:
    titulo, clase = TITULOS[Dictamen(informe["dictamen"])]
    original = "El original está vigente" if informe["dictamen"] == Dictamen.ALTERADA else ""
    pasos = [
        Paso((name == "vigencia" and holds and original) or PASOS[name][not holds], holds)
        for name, holds in informe["revisiones"].items()
    ]
    when = datetime.fromisoformat(informe["verificada_en"]).astimezone(rules.MEXICO)
    return Vista(
        titulo=titulo,
        clase=clase,
        dictamen=informe["dictamen"],
        mensaje=informe["mensaje"],
        consejo=informe["consejo"],
        datos=_facts(informe),
        campos=list(informe["campos_alterados"]),
        pasos=pasos if informe["dictamen"] != Dictamen.DESCONOCIDA else [],
        cuando=f"{rules.short_date(when)}, {when:%H:%M} (hora del centro de México)",
    )


def _facts(informe: dict[str, Any]) -> list[Dato]:
    document, end = informe["documento"], informe["baja"]
    if document is None:
        return []
    facts = [
        Dato("Documento", document["nombre"]),
        Dato("Folio", document["folio"]),
        Dato("Expedido el", rules.short_date(date.fromisoformat(document["expedido"]))),
        Dato("Lo expidió", document["emisor"]),
        Dato("Iniciales de la persona", document["iniciales"]),
        Dato("Su NSS termina en", document["nss_termina"]),
        Dato("Estado", EstadoConstancia(document["estado"]).label),
    ]
    if end:
        facts.append(Dato("Motivo", end["texto"]))
        facts.append(Dato("Desde el", rules.short_date(date.fromisoformat(end["fecha"]))))
    return facts

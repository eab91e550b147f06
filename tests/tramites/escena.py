"""People, places and browsers for the tests of the pages."""

import re

from django.core import mail

from catalogos.models import (
    Asentamiento,
    Cobertura,
    Competencia,
    Delegacion,
    Entidad,
    Municipio,
    Subdelegacion,
    UnidadMedica,
)
from catalogos.rules import normalise
from comun import reloj
from nss.models import Numero, PersonaPadron, PrefijoSerie, curp_index
from nss.services import Lugar, assign_nss
from nss.values import Identidad
from tests.tramites.visita import Visita
from tramites.models import Solicitud, VinculoCorreo

CORREO = "ana@example.org"
PASO1 = "/asignacion-nss/"
WAIT, MINE, LINK = f"{PASO1}confirmacion/", f"{PASO1}mi-tramite/", "/c/"
SLIP, ADDRESS = f"{MINE}comprobante-inconcluso/", f"{MINE}domicilio/"
YES, NO = f"{MINE}eres-tu/", f"{MINE}no-soy-yo/"
SEARCH, OFFICE = f"{ADDRESS}buscar/", f"{MINE}oficina/"
CLINIC, CHECK = f"{MINE}unidad/", f"{MINE}revision/"
TAXCO, UNA_COLONIA, DOS_UNIDADES, SIN_UNIDAD = "40200", "40203", "40000", "40990"


def municipio(nombre: str) -> Municipio:
    guerrero = Entidad.objects.get(clave_curp="GR")
    return Municipio.objects.create(
        entidad=guerrero, nombre=nombre, nombre_normalizado=normalise(nombre)
    )


def asentamiento(donde: Municipio, cp: str, nombre: str, tipo: str = "Colonia") -> Asentamiento:
    return Asentamiento.objects.create(
        cp=cp,
        nombre=nombre,
        nombre_normalizado=normalise(nombre),
        tipo=tipo,
        municipio=donde,
        fuente="sepomex",
    )


def unidad(donde: Municipio, delegacion: Delegacion, numero: str, **extra: str) -> UnidadMedica:
    return UnidadMedica.objects.create(
        delegacion=delegacion,
        numero=numero,
        tipo="UMF",
        nombre=f"UMF {numero:0>3}",
        municipio=donde,
        entidad=donde.entidad,
        fuente="prueba",
        **extra,
    )


def catalogue() -> None:
    """Taxco with seed 004's clinic, a town with two clinics, one with none."""
    delegacion = Delegacion.objects.create(clave="12", nombre="Guerrero")
    delegacion.entidades.add("GR")
    iguala = Subdelegacion.objects.create(delegacion=delegacion, clave="03", nombre="Iguala")
    taxco, dos, sin = municipio("Taxco de Alarcón"), municipio("Iguala"), municipio("Cuetzala")
    for donde in (taxco, dos):
        Competencia.objects.create(municipio=donde, delegacion=delegacion, subdelegacion=iguala)
    cinco = unidad(
        taxco,
        delegacion,
        "5",
        calle_numero="AV. DE LOS PLATEROS NO. 330",
        colonia="CENTRO",
        cp=TAXCO,
    )
    Cobertura.objects.create(cp=TAXCO, municipio=taxco, unidad=cinco, fuente="prueba")
    Cobertura.objects.create(cp=UNA_COLONIA, municipio=taxco, unidad=cinco, fuente="prueba")
    unidad(dos, delegacion, "4")
    unidad(dos, delegacion, "30")
    asentamiento(taxco, TAXCO, "Taxco de Alarcón Centro")
    asentamiento(taxco, TAXCO, "Ñandú")
    asentamiento(taxco, TAXCO, "Pedro Martín", "Barrio")
    asentamiento(taxco, UNA_COLONIA, "La Única", "Ranchería")
    asentamiento(dos, DOS_UNIDADES, "Iguala Centro")
    asentamiento(sin, SIN_UNIDAD, "Cuetzala del Progreso", "Pueblo")


def in_padron(identidad: Identidad) -> Identidad:
    PersonaPadron.objects.create(
        curp_idx=curp_index(identidad.curp),
        datos=identidad.as_json(),
        estatus=identidad.estatus.value,
    )
    return identidad


def series() -> None:
    PrefijoSerie.objects.get_or_create(prefijo="00")


def with_number(identidad: Identidad) -> Numero:
    series()
    return assign_nss(titular=identidad, lugar=Lugar(), now=reloj.now()).numero


def bind(solicitud: Solicitud) -> None:
    """Let its mailbox speak for its CURP, as if the worker had looked at it, or after it did."""
    theirs = {"correo_idx": solicitud.correo_idx, "correo": {"correo": solicitud.correo}}
    bond, _ = VinculoCorreo.objects.get_or_create(
        curp_idx=solicitud.curp_idx,
        estado=VinculoCorreo.Estado.ACTIVO,
        defaults={**theirs, "desde": reloj.now()},
    )
    assert bond.correo_idx == solicitud.correo_idx, "another mailbox speaks for this CURP"


def path_of_link() -> str:
    return re.search(r"https?://[^/]+(/c/[\w-]{43})", mail.outbox[-1].body)[1]


def code(correo: str = CORREO) -> str:
    letter = [m for m in mail.outbox if correo in m.to and "/c/" in m.body][-1]
    return re.search(r"(?<![\w-])(\d{6})(?![\w-])", letter.body)[1]


def proved(persona: Identidad, attend_all, correo: str = CORREO) -> Visita:
    """Return a browser that proved its mailbox; the worker has not looked at it yet."""
    browser = Visita()
    assert browser.capture(curp=persona.curp, correo=correo).status == 303
    attend_all()
    assert browser.post(WAIT, {"codigo": code(correo)}).url == MINE
    return browser

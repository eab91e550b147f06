"""The rights over one's data, the states of a Petición, and the reasons to refuse one."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models


class Derecho(models.TextChoices):
    ACCESO = "acceso", "Acceso: saber qué datos míos hay y cómo se usan"
    RECTIFICACION = "rectificacion", "Rectificación: corregir un dato"
    CANCELACION = "cancelacion", "Cancelación: borrar mis datos"
    OPOSICION = "oposicion", "Oposición: que no se usen para algo, o que una persona revise mi caso"

    @property
    def nombre(self) -> str:
        return self.label.partition(":")[0]


class Via(models.TextChoices):
    SESION = "sesion", "En el portal, con su correo confirmado"
    PERSONAL = "personal", "En persona o por escrito"


class Estado(models.TextChoices):
    RECIBIDA = "recibida", "En trámite"
    PREVENIDA = "prevenida", "Falta que aclares algo"
    PROCEDENTE = "procedente", "Procede; falta hacerla efectiva"
    EFECTIVA = "efectiva", "Hecha efectiva"
    IMPROCEDENTE = "improcedente", "No procede"
    DESISTIDA = "desistida", "Retirada por quien la hizo"
    CADUCADA = "caducada", "Se tuvo por no presentada"


class Causa(models.TextChoices):
    """The only reasons for which a Petición may be refused (LGPDPPSO, art. 49)."""

    NO_ACREDITADO = "no_acreditado", "La identidad o la representación no están acreditadas"
    SIN_DATOS = "sin_datos", "El responsable no tiene los datos"
    IMPEDIMENTO = "impedimento", "Hay un impedimento legal"
    TERCEROS = "terceros", "Se lesionarían los derechos de un tercero"
    ACTUACIONES = "actuaciones", "Se obstaculizarían actuaciones judiciales o administrativas"
    RESOLUCION = "resolucion", "Una autoridad competente lo restringe o no lo permite"
    YA_HECHA = "ya_hecha", "La cancelación u oposición ya se había hecho"
    INCOMPETENTE = "incompetente", "El responsable no es competente"
    INTERESES = "intereses", "Los datos protegen intereses jurídicos de la persona"
    OBLIGACIONES = "obligaciones", "Los datos hacen falta para obligaciones legales de la persona"
    ESTADO = "estado", "Los datos son necesarios para la estabilidad del Estado mexicano"
    FINANCIERAS = "financieras", "Son informes que la ley exige a entidades financieras"


class ClaseAviso(models.TextChoices):
    RECIBIDA = "recibida", "Acuse"
    PREVENCION = "prevencion", "Falta aclarar algo"
    SUBSANADA = "subsanada", "Acuse de lo aclarado"
    CADUCADA = "caducada", "Se tuvo por no presentada"
    PRORROGA = "prorroga", "Ampliación del plazo"
    RESPUESTA = "respuesta", "Respuesta"
    EFECTIVA = "efectiva", "Se hizo efectiva"
    BORRADO = "borrado", "Al correo vinculado: se borró lo que había"


class FormatoCopia(models.TextChoices):
    """How a copy of one's data is read: by a person, or by another system."""

    PDF = "pdf", "PDF"
    JSON = "json", "JSON"


E = Estado
MOVES: Mapping[Estado, frozenset[Estado]] = MappingProxyType(
    {
        E.RECIBIDA: frozenset({E.PREVENIDA, E.PROCEDENTE, E.IMPROCEDENTE, E.DESISTIDA}),
        E.PREVENIDA: frozenset({E.RECIBIDA, E.DESISTIDA, E.CADUCADA}),
        E.PROCEDENTE: frozenset({E.EFECTIVA}),
        E.EFECTIVA: frozenset(),
        E.IMPROCEDENTE: frozenset(),
        E.DESISTIDA: frozenset(),
        E.CADUCADA: frozenset(),
    }
)
OPEN = (E.RECIBIDA, E.PREVENIDA, E.PROCEDENTE)  # a term runs
UNANSWERED = (E.RECIBIDA, E.PREVENIDA)  # one of each right and person at a time
ANSWERED = (E.PROCEDENTE, E.EFECTIVA, E.IMPROCEDENTE)
del E

ENVIAR, COPIAR = "derechos.enviar", "derechos.copiar"

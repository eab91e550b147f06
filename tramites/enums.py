"""States of a Solicitud, the moves between them, and the reasons that stop one."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models


class TipoTramite(models.TextChoices):
    NSS = "nss", "Asignación o localización de NSS (IMSS-02-008)"


class Estado(models.TextChoices):
    POR_CONFIRMAR = "por_confirmar", "Por confirmar"
    CONFIRMADA = "confirmada", "Correo confirmado"
    EN_ESPERA_IDENTIDAD = "en_espera_identidad", "En espera de la fuente de identidad"
    RETENIDA = "retenida", "Retenida por cambio de correo"
    INCONCLUSA = "inconclusa", "Inconclusa"
    LOCALIZADA = "localizada", "NSS localizado"
    REQUIERE_DOMICILIO = "requiere_domicilio", "Requiere domicilio"
    POR_ASIGNAR = "por_asignar", "Por asignar"
    EN_ESPERA_SERIE = "en_espera_serie", "En espera de serie"
    ASIGNADA = "asignada", "NSS asignado"
    DOCUMENTADA = "documentada", "Con documentos"
    CONCLUIDA = "concluida", "Concluida"
    VENCIDA = "vencida", "Vencida"
    CANCELADA = "cancelada", "Cancelada"
    FALLO_TECNICO = "fallo_tecnico", "Fallo técnico"


class Razon(models.TextChoices):
    """Why a Solicitud is `inconclusa`; the sentences for people are in tramites.razones."""

    CURP_NO_ENCONTRADA = "curp_no_encontrada", "CURP no encontrada"
    CURP_SUSTITUIDA = "curp_sustituida", "Hay una CURP más reciente"
    CURP_BAJA = "curp_baja", "CURP no vigente"
    DATOS_NO_COINCIDEN = "datos_no_coinciden", "Los datos no coinciden"
    VARIOS_NSS = "varios_nss", "Más de un NSS"
    HOMONIMIA = "homonimia", "Posible homonimia"
    ACTA = "acta_no_coincide", "Sin comprobar con el acta"
    SIN_RESPUESTA = "sin_respuesta", "La fuente de identidad no respondió en 24 horas"


class ClaseCorreo(models.TextChoices):
    CONFIRMACION = "confirmacion", "Confirmación de correo"
    DOCUMENTOS = "documentos", "Documentos"
    RETENCION = "retencion", "Aviso de cambio de correo"
    RECORDATORIO = "recordatorio", "Recordatorio de cambio de correo"
    CAMBIO = "cambio", "El correo cambió"
    INTENTOS = "intentos", "Aviso de intentos fallidos"
    SEGUIR = "seguir", "La solicitud espera a la persona"
    LIMITE = "limite", "Aviso de tope de correos"


DE_RETENCION = (ClaseCorreo.RETENCION, ClaseCorreo.RECORDATORIO)  # by them the bound one may object


class Publico(models.TextChoices):
    """Who somebody says they are at the entrance; the value is part of an address."""

    DERECHOHABIENTES = "derechohabientes", "Derechohabientes, pensionados y público en general"
    PATRONES = "patrones", "Patrones y empresas"
    ESCUELAS = "escuelas", "Escuelas y Servicios Escolares"


class Etapa(models.TextChoices):
    """The stages of life of the entrance; the value is part of an address."""

    NACIMIENTO = "nacimiento", "Nacimiento e infancia"
    ESTUDIOS = "estudios", "Estudios"
    EMPLEO = "empleo", "Empleo"
    FAMILIA = "familia", "Familia"
    DESEMPLEO = "desempleo", "Desempleo"
    RETIRO = "retiro", "Retiro"


class Categoria(models.TextChoices):
    TRAMITES = "tramites", "Trámites"
    SERVICIOS = "servicios-en-linea", "Servicios en línea"
    SALUD = "salud", "Salud"
    PRESTACIONES = "prestaciones", "Prestaciones y beneficios"


class Comienzo(models.TextChoices):
    """Where a ficha's procedure begins in this portal; none: it is not offered here."""

    ASIGNACION_NSS = "asignacion-nss", "Asignación o localización de NSS"


class Facilidad(models.TextChoices):
    """The answers to "¿Qué tan fácil fue tu trámite?", the best first."""

    MUY_FACIL = "muy_facil", "Muy fácil"
    FACIL = "facil", "Fácil"
    REGULAR = "regular", "Ni fácil ni difícil"
    DIFICIL = "dificil", "Difícil"
    MUY_DIFICIL = "muy_dificil", "Muy difícil"


E = Estado
# At most one Solicitud of a CURP is in one of these; a stranger cannot reach them (model.md).
LIVE = frozenset(
    {
        E.LOCALIZADA,
        E.REQUIERE_DOMICILIO,
        E.POR_ASIGNAR,
        E.EN_ESPERA_SERIE,
        E.ASIGNADA,
        E.DOCUMENTADA,
    }
)
# Those that a new confirmation by the same CURP and mailbox joins instead of starting again.
JOINABLE = LIVE | {E.CONFIRMADA, E.EN_ESPERA_IDENTIDAD, E.RETENIDA, E.INCONCLUSA, E.FALLO_TECNICO}
WITH_NUMERO = frozenset({E.LOCALIZADA, E.ASIGNADA, E.DOCUMENTADA, E.CONCLUIDA})
WITHOUT_NUMERO = frozenset(
    {
        E.POR_CONFIRMAR,
        E.CONFIRMADA,
        E.EN_ESPERA_IDENTIDAD,
        E.RETENIDA,
        E.INCONCLUSA,
        E.REQUIERE_DOMICILIO,
        E.POR_ASIGNAR,
        E.EN_ESPERA_SERIE,
    }
)
UNPROVED = frozenset({E.POR_CONFIRMAR})
# What their pages tell belongs to the mailbox that speaks for the CURP, and to no other.
TELLING = WITH_NUMERO | {E.REQUIERE_DOMICILIO, E.POR_ASIGNAR, E.EN_ESPERA_SERIE}
TELLING_RAZONES = frozenset({Razon.VARIOS_NSS, Razon.HOMONIMIA})

MOVES: Mapping[Estado, frozenset[Estado]] = MappingProxyType(
    {
        E.POR_CONFIRMAR: frozenset({E.CONFIRMADA, E.VENCIDA, E.CANCELADA}),
        E.CONFIRMADA: frozenset(
            {
                E.LOCALIZADA,
                E.REQUIERE_DOMICILIO,
                E.INCONCLUSA,
                E.RETENIDA,
                E.EN_ESPERA_IDENTIDAD,
                E.CANCELADA,
                E.FALLO_TECNICO,
            }
        ),
        E.EN_ESPERA_IDENTIDAD: frozenset({E.CONFIRMADA, E.INCONCLUSA, E.FALLO_TECNICO}),
        E.RETENIDA: frozenset({E.CONFIRMADA, E.CANCELADA}),
        E.INCONCLUSA: frozenset({E.CONFIRMADA, E.VENCIDA}),
        E.REQUIERE_DOMICILIO: frozenset({E.POR_ASIGNAR, E.INCONCLUSA, E.VENCIDA, E.CANCELADA}),
        E.POR_ASIGNAR: frozenset(
            {
                E.ASIGNADA,
                E.EN_ESPERA_SERIE,
                E.LOCALIZADA,
                E.INCONCLUSA,
                E.CANCELADA,
                E.FALLO_TECNICO,
            }
        ),
        E.EN_ESPERA_SERIE: frozenset({E.POR_ASIGNAR, E.CANCELADA}),
        E.LOCALIZADA: frozenset({E.DOCUMENTADA, E.CANCELADA, E.FALLO_TECNICO}),
        E.ASIGNADA: frozenset({E.DOCUMENTADA, E.CANCELADA, E.FALLO_TECNICO}),
        E.DOCUMENTADA: frozenset({E.CONCLUIDA, E.CANCELADA}),
        E.CONCLUIDA: frozenset(),
        E.VENCIDA: frozenset({E.POR_CONFIRMAR}),
        E.CANCELADA: frozenset(),
        E.FALLO_TECNICO: frozenset({E.CONFIRMADA, E.POR_ASIGNAR, E.LOCALIZADA, E.ASIGNADA}),
    }
)
FINAL = frozenset(estado for estado, nexts in MOVES.items() if not nexts)

IDENTIFICAR, ASIGNAR = "tramites.identificar", "tramites.asignar"
DOCUMENTAR, ENVIAR = "tramites.documentar", "tramites.enviar"
AVISAR_INTENTOS = "tramites.avisar_intentos"
# Who moves a Solicitud that rests in one of these; the others wait for a person, a clock or a mail.
NEXT_STEP: Mapping[Estado, str] = MappingProxyType(
    {
        E.CONFIRMADA: IDENTIFICAR,
        E.POR_ASIGNAR: ASIGNAR,
        E.LOCALIZADA: DOCUMENTAR,
        E.ASIGNADA: DOCUMENTAR,
    }
)
del E

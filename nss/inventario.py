"""The tables of the registry, for the inventory (comun.inventario)."""

from comun.inventario import ID, Plazo, Tabla, interna, personal, seudonima

REGISTRO = Plazo(
    "Permanente: el registro dice de quién es cada número, y un número no se da dos veces."
)
OPERADOR = Plazo("Lo que dure en uso: lo administra quien opera el portal.")

TABLAS = (
    Tabla(
        "nss.PrefijoSerie",
        "Con qué dos dígitos numera cada delegación.",
        OPERADOR,
        {
            **ID,
            "prefijo": interna("Los dos primeros dígitos del número."),
            "delegacion": interna("De qué delegación es."),
            "subdelegacion": interna("De qué subdelegación es."),
            "orden": interna("Cuál se usa primero."),
            "activo": interna("Si se usa."),
        },
    ),
    Tabla(
        "nss.Serie",
        "La cuenta de los números dados.",
        REGISTRO,
        {
            **ID,
            "prefijo": interna("Los dos primeros dígitos."),
            "anio_alta": interna("Año de alta."),
            "anio_nacimiento": interna("Año de nacimiento."),
            "siguiente": interna("El siguiente número por dar."),
        },
    ),
    Tabla(
        "nss.Asegurado",
        "Una persona del registro.",
        REGISTRO,
        {
            **ID,
            "curp_idx": seudonima("Encuentra a la persona por su CURP, con llave."),
            "persona_idx": seudonima("Encuentra a quien tiene los mismos datos, con llave."),
            "datos": personal("CURP, nombre, sexo, nacimiento, entidad y acta. Sellados."),
            "umf": personal("La unidad de medicina familiar que le toca."),
            "entidad": personal("Entidad donde se registró."),
            "creado_en": interna("Cuándo entró al registro."),
        },
    ),
    Tabla(
        "nss.Numero",
        "Un número y de quién es.",
        REGISTRO,
        {
            **ID,
            "nss": personal("El Número de Seguridad Social: el único dato personal sin sellar."),
            "asegurado": seudonima("De quién es."),
            "serie": interna("De qué serie salió."),
            "consecutivo": interna("Su lugar en la serie."),
            "estado": interna("Si está vigente o por aclarar."),
            "fecha_alta": personal("Cuándo se dio."),
        },
    ),
    Tabla(
        "nss.CurpAnterior",
        "Las CURP que alguien tuvo antes.",
        REGISTRO,
        {
            **ID,
            "curp_idx": seudonima("Encuentra a la persona por su CURP anterior, con llave."),
            "asegurado": seudonima("De quién era."),
        },
    ),
    Tabla(
        "nss.PersonaPadron",
        "La copia del padrón de identidad, cuando el portal la tiene en casa.",
        OPERADOR,
        {
            **ID,
            "curp_idx": seudonima("Encuentra a la persona por su CURP, con llave."),
            "datos": personal("Lo que el padrón sabe de la persona. Sellado."),
            "estatus": personal("Estado de la CURP según el padrón."),
            "origen": interna("De dónde vino la fila."),
        },
    ),
)

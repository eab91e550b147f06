"""The tables of the shared machinery, for the inventory (comun.inventario)."""

from django.db.models import Q

from comun.inventario import ID, Borrado, Plazo, Tabla, interna, personal, seudonima

BITACORA = Plazo("Permanente: es la prueba de lo que se hizo, y borrar un asiento rompe la cadena.")

TABLAS = (
    Tabla(
        "comun.Pendiente",
        "Pasos que alguien debe dar: la cola del portal.",
        Borrado("Alcanza para investigar una falla.", "creado_en", 90, ~Q(estado="pendiente")),
        {
            **ID,
            "objeto": seudonima("De qué fila es el paso."),
            "tipo": interna("Qué paso es."),
            "estado": interna("Si espera, se dio o se abandonó."),
            "pedidos": interna("Cuántas veces se pidió."),
            "intentos": interna("Cuántas veces se intentó."),
            "proximo": interna("Cuándo toca."),
            "avisado_en": interna("Cuándo se avisó al trabajador."),
            "arrendado_hasta": interna("Hasta cuándo lo tiene un trabajador."),
            "error": interna("Código de la última falla, sin datos de nadie."),
            "creado_en": interna("Cuándo se pidió."),
        },
    ),
    Tabla(
        "comun.Evento",
        "Avisos entre aplicaciones: solo identificadores.",
        Plazo("Permanente: la base no deja cambiarla, y no nombra a nadie."),
        {
            **ID,
            "objeto": seudonima("De qué fila es el aviso."),
            "tipo": interna("Qué pasó."),
            "datos": interna("Identificadores y códigos que lo acompañan."),
            "fecha": interna("Cuándo pasó."),
        },
    ),
    Tabla(
        "comun.Trabajo",
        "Pruebas de trabajo que se pidieron a un navegador.",
        Plazo("El barrido la borra a los 10 minutos, y la primera respuesta antes."),
        {
            "reto": interna("El texto al azar de la prueba."),
            "bits": interna("Cuánto cuesta."),
            "vence": interna("Hasta cuándo sirve."),
        },
    ),
    Tabla(
        "comun.Rotacion",
        "Hasta dónde llegó cada cambio de llave de datos.",
        Plazo("Permanente: dice con qué llave se selló desde cuándo."),
        {
            **ID,
            "llave": interna("El nombre de la llave nueva; la llave no está aquí."),
            "lugar": interna("Qué columna, o los archivos."),
            "hasta": interna("La última fila que se selló."),
            "hechas": interna("Cuántas se sellaron."),
            "terminada_en": interna("Cuándo no quedó ninguna."),
        },
    ),
    Tabla(
        "comun.Testigo",
        "Con qué llave de índices se escribió esta base.",
        Plazo("Permanente: solo hay una fila."),
        {
            **ID,
            "llave": interna("El nombre de la llave; la llave no está aquí."),
            "huella": interna("Huella de una palabra fija, con la llave."),
        },
    ),
    Tabla(
        "comun.Bitacora",
        "Quién hizo qué: la cadena de auditoría.",
        BITACORA,
        {
            "n": interna("Su lugar en la cadena."),
            "secuencia": interna("Identifica el asiento, y el documento que lo imprime."),
            "actor": personal("Quién lo hizo: cuenta del personal, «sistema» o «público»."),
            "accion": interna("Qué hizo."),
            "objeto": seudonima("Sobre qué fila o folio."),
            "razon": interna("Por qué: código o motivo escrito por el personal."),
            "fecha": interna("Cuándo."),
            "llave": interna("Con qué llave se encadenó."),
            "hmac_previo": interna("Huella del asiento anterior."),
            "hmac": interna("Huella de este asiento."),
        },
    ),
)

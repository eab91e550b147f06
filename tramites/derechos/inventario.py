"""The tables of the rights over data, for the inventory (comun.inventario)."""

from comun.inventario import ID, Borrado, Plazo, Tabla, interna, personal, seudonima

DOS_ANIOS = Borrado(
    "Alcanza para un recurso de revisión y lo que se ordene en él.", "concluida_en", 730
)

TABLAS = (
    Tabla(
        "derechos.Peticion",
        "Lo que una persona pide sobre sus datos, y lo que se le contestó.",
        DOS_ANIOS,
        {
            **ID,
            "folio": seudonima("El folio que ve la persona."),
            "derecho": interna("Acceso, rectificación, cancelación u oposición."),
            "via": interna("Si llegó por el portal o en persona."),
            "solicitud": seudonima("Desde cuál solicitud se pidió."),
            "curp_idx": seudonima("Encuentra la petición por la CURP, con llave."),
            "correo_idx": seudonima("Encuentra la petición por el correo, con llave."),
            "datos": personal(
                "CURP, correo, lo que se pide, lo que se aclaró y lo que se contestó. Sellados."
            ),
            "estado": interna("En qué va."),
            "causa": interna("Por qué no procede."),
            "prorroga": interna("Cuántos días hábiles se amplió el plazo."),
            "recibida_en": interna("Cuándo llegó."),
            "prevenida_en": interna("Cuándo se pidió aclararla."),
            "subsanada_en": interna("Cuándo se aclaró."),
            "prorrogada_en": interna("Cuándo se amplió el plazo."),
            "contestada_en": interna("Cuándo se contestó."),
            "concluida_en": interna("Cuándo terminó."),
            "vence": interna("Último día del plazo que corre."),
            "registrada_por": interna("Quién la registró: la persona, o una cuenta de la mesa."),
            "contestada_por": interna("Qué cuenta de la mesa la contestó."),
            "hecha_por": interna("Qué cuenta de la mesa la hizo efectiva."),
        },
    ),
    Tabla(
        "derechos.Copia",
        "La copia de sus datos que una persona pidió, mientras la descarga.",
        Plazo("Se borra una hora después de pedirla."),
        {
            **ID,
            "solicitud": seudonima("Desde cuál solicitud se pidió."),
            "contenido": personal("Todo lo que se guarda de la persona. Sellado."),
            "completa": interna("Si trae lo que solo ve el correo que responde por la CURP."),
            "pedida_en": interna("Cuándo se pidió."),
            "lista_en": interna("Cuándo quedó lista."),
        },
    ),
    Tabla(
        "derechos.AvisoPeticion",
        "Cada correo que se mandó sobre una petición.",
        Borrado("Alcanza para aclarar si llegó.", "creado_en", 180),
        {
            **ID,
            "peticion": seudonima("De cuál petición."),
            "clase": interna("Qué correo es."),
            "dia": interna("El último día del plazo que dice."),
            "destinatario": personal("A quién. Sellado."),
            "estado": interna("Si se mandó."),
            "creado_en": interna("Cuándo se escribió."),
            "enviado_en": interna("Cuándo se mandó."),
        },
    ),
)

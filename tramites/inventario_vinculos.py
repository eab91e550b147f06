"""The tables of who may speak for a CURP, for the inventory (comun.inventario)."""

from django.db.models import Q

from comun.inventario import ID, Borrado, Tabla, interna, personal, secreta, seudonima

VINCULOS = (
    Tabla(
        "tramites.VinculoCorreo",
        "Qué correo responde por cada CURP.",
        Borrado(
            "El activo se conserva. El retirado, lo que tarda en llegar una queja.",
            "desde",
            365,
            Q(estado="retirado"),
        ),
        {
            **ID,
            "curp_idx": seudonima("De qué CURP, con llave."),
            "correo_idx": seudonima("De qué correo, con llave."),
            "correo": personal("El correo, para avisarle. Sellado."),
            "estado": interna("Si está activo, en espera, congelado o retirado."),
            "desde": interna("Desde cuándo."),
        },
    ),
    Tabla(
        "tramites.Objecion",
        "Cada liga «No fui yo» que se mandó.",
        Borrado("Alcanza para explicar por qué una liga ya no sirve.", "creada_en", 45),
        {
            **ID,
            "solicitud": seudonima("A qué solicitud se opone."),
            "token_hash": secreta("Huella de la liga; la liga no se guarda."),
            "creada_en": interna("Cuándo se mandó."),
            "intentos": interna("Cuántas veces se probó mal."),
            "usada_en": interna("Cuándo se usó."),
        },
    ),
    Tabla(
        "tramites.IntentoActa",
        "Cada respuesta equivocada sobre el acta de una CURP.",
        Borrado("Alcanza para ver si alguien insiste con una CURP.", "fecha", 45),
        {
            **ID,
            "curp_idx": seudonima("De qué CURP, con llave."),
            "correo_idx": seudonima("Desde qué correo, con llave."),
            "grupo_idx": seudonima("De qué dominio, o de qué correo sin alias, con llave."),
            "fecha": interna("Cuándo."),
        },
    ),
    Tabla(
        "tramites.CasoVinculo",
        "Cada cambio de correo que decide el personal.",
        Borrado(
            "Lo que puede tardar en reclamarse lo que se decidió.",
            "resuelto_en",
            1825,
            Q(estado__in=("aprobado", "rechazado")),
        ),
        {
            **ID,
            "curp_idx": seudonima("De qué CURP, con llave."),
            "datos": personal("La CURP y el correo nuevo. Sellados."),
            "origen": interna("Si empezó en persona o por un «no fui yo»."),
            "motivo": interna("Por qué se pide."),
            "razon": interna("Qué se mostró y qué pasó, sin nombrar a nadie."),
            "estado": interna("Si se aprobó."),
            "solicitud": seudonima("Qué solicitud quedó detenida."),
            "solicita": interna("Quién del personal lo pidió."),
            "resuelve": interna("Quién del personal lo decidió."),
            "creado_en": interna("Cuándo se pidió."),
            "resuelto_en": interna("Cuándo se decidió."),
        },
    ),
    Tabla(
        "tramites.EquipoConocido",
        "Cada navegador que su dueño marcó como suyo.",
        Borrado("Dura un año, o hasta que cambie el correo de la CURP.", "vence", 0),
        {
            **ID,
            "huella": secreta("Huella del navegador, con llave; su clave no se guarda."),
            "curp_idx": seudonima("Para qué CURP, con llave."),
            "correo_idx": seudonima("Para qué correo, con llave."),
            "creado_en": interna("Cuándo se marcó."),
            "vence": interna("Hasta cuándo sirve."),
        },
    ),
)

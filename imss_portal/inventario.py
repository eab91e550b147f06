"""The tables that came with the framework, for the inventory (comun.inventario)."""

from comun.inventario import ID, Borrado, Plazo, Tabla, interna, personal, publica, secreta

CUENTA = Plazo("Lo que dure la cuenta; al irse la persona se desactiva y ya no entra.")
MARCO = Plazo("Lo que dure en uso: lo escribe el sistema.")

TABLAS = (
    Tabla(
        "auth.User",
        "Las cuentas del personal. Quien hace un trámite no tiene cuenta.",
        CUENTA,
        {
            **ID,
            "password": secreta("Huella de la contraseña."),
            "last_login": personal("Cuándo entró por última vez."),
            "is_superuser": interna("Si puede todo."),
            "username": personal("Con qué nombre entra."),
            "first_name": personal("Nombre."),
            "last_name": personal("Apellidos."),
            "email": personal("Correo, para avisarle."),
            "is_staff": interna("Si entra a la administración."),
            "is_active": interna("Si la cuenta sirve."),
            "date_joined": interna("Cuándo se creó."),
            "groups": interna("Sus grupos."),
            "user_permissions": interna("Sus permisos."),
        },
    ),
    Tabla(
        "auth.Group",
        "Los grupos del personal.",
        MARCO,
        {**ID, "name": interna("Su nombre."), "permissions": interna("Qué pueden.")},
    ),
    Tabla(
        "auth.Permission",
        "Lo que se puede permitir.",
        MARCO,
        {
            **ID,
            "name": publica("Cómo se llama."),
            "content_type": publica("Sobre qué tabla."),
            "codename": publica("Su clave."),
        },
    ),
    Tabla(
        "contenttypes.ContentType",
        "Las tablas del portal, por su nombre.",
        MARCO,
        {**ID, "app_label": publica("De qué aplicación."), "model": publica("Cuál tabla.")},
    ),
    Tabla(
        "admin.LogEntry",
        "Lo que el personal cambió en la administración.",
        Borrado("La bitácora lo conserva; esto es comodidad.", "action_time", 730),
        {
            **ID,
            "action_time": interna("Cuándo."),
            "user": personal("Quién."),
            "content_type": interna("En qué tabla."),
            "object_id": interna("En qué fila."),
            "object_repr": interna("Cómo se llama la fila, sin datos de nadie."),
            "action_flag": interna("Si agregó, cambió o borró."),
            "change_message": interna("Qué campos."),
        },
    ),
    Tabla(
        "sessions.Session",
        "Las sesiones abiertas: guardan identificadores, no datos.",
        Borrado("Vencida ya no abre nada.", "expire_date", 0),
        {
            "session_key": secreta("La clave que lleva la cookie."),
            "session_data": interna("Qué solicitudes puede ver el navegador."),
            "expire_date": interna("Hasta cuándo sirve."),
        },
    ),
    Tabla(
        "captcha.CaptchaStore",
        "Las imágenes con letras que se pidieron.",
        Plazo("El barrido la borra a los 5 minutos, y la primera respuesta antes."),
        {
            **ID,
            "challenge": interna("Lo que muestra."),
            "response": interna("Lo que se espera."),
            "hashkey": interna("Con qué clave se pide."),
            "expiration": interna("Hasta cuándo sirve."),
        },
    ),
)

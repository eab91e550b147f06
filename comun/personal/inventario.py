"""The staff's tables, for the inventory (comun.inventario)."""

from comun.inventario import ID, Borrado, Plazo, Tabla, interna, personal, secreta, seudonima

CUENTA = Plazo("Lo que dure la cuenta; la baja lo borra.")

TABLAS = (
    Tabla(
        "personal.Acceso",
        "El segundo paso de cada cuenta del personal.",
        CUENTA,
        {
            **ID,
            "usuario": seudonima("De qué cuenta."),
            "secreto": secreta("La llave de la aplicación de códigos. Sellada."),
            "confirmado_en": interna("Cuándo se activó."),
            "ultimo_paso": interna("Qué código fue el último, para que no sirva dos veces."),
            "oficina": interna("Dónde trabaja, como la lee quien pregunta quién vio sus datos."),
            "clave_temporal": interna("Si debe cambiar su contraseña."),
        },
    ),
    Tabla(
        "personal.CodigoRecuperacion",
        "Los códigos para entrar sin el teléfono.",
        CUENTA,
        {
            **ID,
            "acceso": seudonima("De cuál segundo paso."),
            "huella": secreta("SHA-256 del código, de 120 bits al azar."),
            "usado_en": interna("Cuándo se usó."),
        },
    ),
    Tabla(
        "personal.Intento",
        "Intentos de entrar que no tuvieron éxito, para detener a quien adivina.",
        Borrado("Se cuentan 15 minutos.", "cuando", 1),
        {
            **ID,
            "quien": seudonima("Cuenta y dirección, como huella con llave."),
            "cuando": interna("Cuándo fue."),
        },
    ),
    Tabla(
        "personal.Equipo",
        "Navegadores con los que entró cada cuenta, para avisar de uno nuevo.",
        Borrado("Tras medio año sin uso vuelve a ser nuevo.", "visto_en", 180),
        {
            **ID,
            "usuario": seudonima("De qué cuenta."),
            "huella": secreta("SHA-256 de la galleta que lo reconoce."),
            "etiqueta": personal("Navegador y sistema, con palabras nuestras."),
            "visto_en": interna("Cuándo entró por última vez."),
        },
    ),
    Tabla(
        "personal.Aviso",
        "Correos al personal sobre su propia cuenta.",
        Borrado("Alcanza para aclarar si llegó.", "creado_en", 180),
        {
            **ID,
            "usuario": seudonima("De qué cuenta."),
            "clase": interna("Qué se le avisa."),
            "detalle": personal("Qué equipo, o cuántos códigos quedan."),
            "creado_en": interna("Cuándo se escribió."),
            "enviado_en": interna("Cuándo se mandó."),
        },
    ),
    Tabla(
        "personal.Revelacion",
        "Cada dato completo que alguien del personal vio, y por qué.",
        Plazo("Permanente: la base no deja cambiarla, y la persona puede consultarla."),
        {
            **ID,
            "usuario": seudonima("Qué cuenta lo vio."),
            "oficina": interna("Desde qué oficina."),
            "sujeto": seudonima("De quién era: índice ciego de su CURP."),
            "objeto": seudonima("En qué fila estaba."),
            "dato": interna("Qué dato, no su valor."),
            "motivo": interna("Por qué."),
            "referencia": interna("Número de caso u oficio, sin datos de nadie."),
            "fecha": interna("Cuándo."),
        },
    ),
)

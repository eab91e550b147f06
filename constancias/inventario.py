"""The tables of documents, for the inventory (comun.inventario)."""

from comun.inventario import ID, Borrado, Plazo, Tabla, interna, personal, publica, seudonima

DOCUMENTO = Plazo("Permanente: un documento expedido se puede verificar siempre.")

TABLAS = (
    Tabla(
        "constancias.LlaveSello",
        "Los certificados que sellan o sellaron documentos.",
        Plazo("Permanente: lo que sellaron se sigue verificando."),
        {
            "serie": publica("Número de serie del certificado."),
            "certificado": publica("El certificado."),
            "autoridad": publica("Los de su autoridad."),
            "estado": publica("Si está activa, retirada o revocada."),
            "desde": publica("Desde cuándo vale."),
            "hasta": publica("Hasta cuándo vale."),
            "retirada_en": publica("Cuándo dejó de usarse."),
        },
    ),
    Tabla(
        "constancias.Constancia",
        "Cada documento expedido. Su PDF está aparte, sellado.",
        DOCUMENTO,
        {
            "secuencia": interna("Identifica el documento; también está impresa."),
            "folio": seudonima("El folio del trámite."),
            "tipo": interna("Qué documento es."),
            "numero": seudonima("De qué número habla."),
            "snapshot": personal("Todo lo que se imprimió. Sellado."),
            "sello": seudonima("Sello digital impreso."),
            "llave": publica("Certificado con que se selló."),
            "sha256": interna("Huella del PDF."),
            "archivo": seudonima("Nombre del archivo sellado; lleva el folio."),
            "estado": interna("Si está vigente, sustituido o revocado."),
            "motivo": interna("Por qué dejó de estar vigente."),
            "cambio_en": interna("Cuándo dejó de estar vigente."),
            "codigo_idx": seudonima("Encuentra el documento por su código impreso, con llave."),
            "indice": interna("Su lugar en la lista de estados."),
            "reemplaza": interna("Qué documento reemplazó."),
            "plantilla_version": interna("Con qué plantilla se imprimió."),
            "emitida_en": interna("Cuándo se expidió."),
        },
    ),
    Tabla(
        "constancias.ListaEstados",
        "La lista firmada de documentos que ya no valen.",
        Plazo("Solo hay una, y cada una reemplaza a la anterior."),
        {
            **ID,
            "contenido": publica("La lista firmada."),
            "serie": publica("Certificado con que se firmó."),
            "emitida_en": publica("Cuándo se firmó."),
        },
    ),
    Tabla(
        "constancias.Verificacion",
        "Alguien preguntó si un documento es auténtico. Nunca dice quién.",
        Borrado("Alcanza para la estadística de un año.", "fecha", 365),
        {
            **ID,
            "medio": interna("Qué trajo: código, QR o PDF."),
            "canal": interna("Por dónde preguntó."),
            "dictamen": interna("Qué se le respondió."),
            "constancia": seudonima("Por cuál documento."),
            "fecha": interna("Cuándo."),
        },
    ),
    Tabla(
        "constancias.Consulta",
        "Un PDF que espera ser leído, y después su respuesta.",
        Plazo("Se borra a los 10 minutos de llegar; el PDF, en cuanto se lee."),
        {
            **ID,
            "canal": interna("Por dónde llegó."),
            "contenido": personal("El PDF. Sellado."),
            "resultado": personal("La respuesta. Sellada."),
            "creada_en": interna("Cuándo llegó."),
        },
    ),
)

"""The tables of reference data, for the inventory (comun.inventario). Nothing here is of a person."""

from comun.inventario import ID, Plazo, Tabla, publica

CATALOGO = Plazo("Lo que dure en uso: cada carga retira lo que la fuente ya no trae.")


def _catalogo(modelo: str, finalidad: str, **campos: str) -> Tabla:
    own = {name: publica(text) for name, text in campos.items()}
    return Tabla(modelo, finalidad, CATALOGO, own if "clave_curp" in campos else {**ID, **own})


FUENTE, VIGENTE = "De dónde se tomó.", "Si la fuente todavía lo trae."
BUSCA = "El nombre sin acentos, para buscar."

TABLAS = (
    _catalogo(
        "catalogos.Entidad",
        "Las entidades federativas.",
        clave_curp="Su clave en la CURP.",
        clave_inegi="Su clave del INEGI.",
        nombre="Su nombre.",
    ),
    _catalogo(
        "catalogos.Municipio",
        "Los municipios y alcaldías.",
        entidad="De qué entidad es.",
        clave_inegi="Su clave del INEGI.",
        nombre="Su nombre.",
        nombre_normalizado=BUSCA,
    ),
    _catalogo(
        "catalogos.Asentamiento",
        "Las colonias y sus códigos postales.",
        cp="Su código postal.",
        nombre="Su nombre.",
        nombre_normalizado=BUSCA,
        tipo="Si es colonia, barrio o pueblo.",
        municipio="De qué municipio es.",
        ciudad="De qué ciudad.",
        zona="Urbana o rural.",
        fuente=FUENTE,
        clave_sepomex="Su clave en la fuente.",
        n="Distingue a las que se repiten.",
        vigente=VIGENTE,
    ),
    _catalogo(
        "catalogos.Delegacion",
        "Las delegaciones del Instituto.",
        clave="Su clave.",
        nombre="Su nombre.",
        fuente=FUENTE,
        vigente=VIGENTE,
        entidades="Las entidades que atiende.",
    ),
    _catalogo(
        "catalogos.Subdelegacion",
        "Las subdelegaciones.",
        delegacion="De qué delegación es.",
        clave="Su clave.",
        nombre="Su nombre.",
        vigente=VIGENTE,
    ),
    _catalogo(
        "catalogos.Competencia",
        "Qué oficina atiende cada municipio.",
        municipio="El municipio.",
        delegacion="Su delegación.",
        subdelegacion="Su subdelegación.",
        fuente=FUENTE,
        vigente=VIGENTE,
    ),
    _catalogo(
        "catalogos.UnidadMedica",
        "Las unidades de medicina familiar.",
        clues="Su clave CLUES.",
        delegacion="De qué delegación es.",
        numero="Su número.",
        tipo="Qué unidad es.",
        nombre="Su nombre.",
        calle_numero="Su calle y número.",
        colonia="Su colonia.",
        cp="Su código postal.",
        municipio="Su municipio.",
        entidad="Su entidad.",
        horario="Su horario.",
        fuente=FUENTE,
        fecha_fuente="De cuándo es la fuente.",
        vigente=VIGENTE,
    ),
    _catalogo(
        "catalogos.Cobertura",
        "Qué unidad atiende cada lugar.",
        cp="El código postal.",
        municipio="El municipio.",
        colonia_normalizada="La colonia.",
        unidad="La unidad que lo atiende.",
        desde="Desde cuándo.",
        hasta="Hasta cuándo.",
        fuente=FUENTE,
    ),
    _catalogo(
        "catalogos.VersionCatalogo",
        "Qué archivo tiene cada catálogo.",
        catalogo="Cuál catálogo.",
        fuente=FUENTE,
        fecha_corte="De cuándo es.",
        hash="Huella de lo cargado.",
        filas="Cuántas filas.",
        aplicada_en="Cuándo se cargó.",
    ),
)

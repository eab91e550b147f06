"""Names of the catalogues, of the kinds of clinic, and of the rules that find one."""

from django.db.models import TextChoices


class Catalogo(TextChoices):
    ASENTAMIENTOS = "asentamientos", "Códigos postales"
    DELEGACIONES = "delegaciones", "Delegaciones"
    SUBDELEGACIONES = "subdelegaciones", "Subdelegaciones"
    COMPETENCIA = "competencia", "Municipios de cada subdelegación"
    UNIDADES = "unidades", "Unidades de medicina familiar"
    COBERTURA = "cobertura", "Zonas de las unidades"


class FuenteAsentamientos(TextChoices):
    SEPOMEX = "sepomex", "SEPOMEX"
    PAQUETE = "paquete-2018", "Paquete postalcodes-mexico (datos de 2018)"


class TipoUnidad(TextChoices):
    """Units with family medicine; the others of the Institute assign nobody."""

    UMF = "UMF", "Unidad de Medicina Familiar"
    UAMF = "UAMF", "Unidad Auxiliar de Medicina Familiar"
    UMFH = "UMFH", "Unidad de Medicina Familiar con Hospitalización"
    HGSMF = "HGSMF", "Hospital General de Subzona con Medicina Familiar"
    HGZMF = "HGZMF", "Hospital General de Zona con Medicina Familiar"
    HGRMF = "HGRMF", "Hospital General Regional con Medicina Familiar"
    HGOMF = "HGOMF", "Hospital de Ginecología y Obstetricia con Medicina Familiar"


class Regla(TextChoices):
    """Which rule found the clinic of an address, from the surest to none."""

    COLONIA = "colonia", "Por la colonia"
    CP = "cp", "Por el código postal"
    MUNICIPIO = "municipio", "Por el municipio"
    POR_CONFIRMAR = "por_confirmar", "Por confirmar"

"""What a document is, what it tells, and how it and its key may stand."""

from django.db import models


class Tipo(models.TextChoices):
    CONSTANCIA = "constancia", "Número de Seguridad Social"
    TARJETA = "tarjeta", "Tarjeta de Número de Seguridad Social"
    COMPROBANTE = "comprobante", "Comprobante de trámite"
    ENMASCARADA = "enmascarada", "Constancia con NSS enmascarado"


DE_TRAMITE = (Tipo.CONSTANCIA, Tipo.TARJETA, Tipo.COMPROBANTE)  # made when a trámite ends
REEXPEDIBLES = (Tipo.CONSTANCIA, Tipo.TARJETA, Tipo.ENMASCARADA)  # a slip tells a past fact


class Verbo(models.TextChoices):
    ASIGNACION = "asignacion", "Asignación de NSS"
    LOCALIZACION = "localizacion", "Localización de NSS"

    @property
    def frase(self) -> str:
        """Return what the sheet says was done with the number."""
        return "se asignó" if self is Verbo.ASIGNACION else "se recuperó"


class EstadoConstancia(models.TextChoices):
    VIGENTE = "vigente", "Vigente"
    SUSTITUIDA = "sustituida", "Sustituida"
    REVOCADA = "revocada", "Revocada"


class Motivo(models.TextChoices):
    """Why a document is no longer in force."""

    REEMPLAZO = "reemplazo", "Se pidió otro documento en su lugar"
    CORRECCION = "correccion", "Se corrigieron los datos de la persona"
    ERROR = "error", "Se expidió por error"
    OTRA_PERSONA = "otra_persona", "El número corresponde a otra persona"
    FRAUDE = "fraude", "Se obtuvo con datos o documentos falsos"
    LLAVE = "llave", "La llave que lo selló dejó de ser segura"


DE_SUSTITUCION = (Motivo.REEMPLAZO, Motivo.CORRECCION, Motivo.LLAVE)
DE_REVOCACION = (Motivo.ERROR, Motivo.OTRA_PERSONA, Motivo.FRAUDE, Motivo.LLAVE)


class EstadoLlave(models.TextChoices):
    ACTIVA = "activa", "Activa"
    RETIRADA = "retirada", "Retirada"
    REVOCADA = "revocada", "Revocada"


class Dictamen(models.TextChoices):
    """What the verifier answers of a document that somebody brings."""

    VIGENTE = "vigente", "Auténtico y vigente"
    SUSTITUIDA = "sustituida", "Sustituido por otro más nuevo"
    REVOCADA = "revocada", "Revocado"
    ALTERADA = "alterada", "Alterado"
    DESCONOCIDA = "desconocida", "Desconocido"
    CLAVE_DESCONOCIDA = "clave_desconocida", "Firmado con una llave que no es de confianza"
    ILEGIBLE = "ilegible", "Ilegible"


class Medio(models.TextChoices):
    """What was brought to be verified."""

    CODIGO = "codigo", "Código"
    CREDENCIAL = "credencial", "Código QR"
    PDF = "pdf", "PDF"


class Canal(models.TextChoices):
    PAGINA = "pagina", "Página"
    API = "api", "API"

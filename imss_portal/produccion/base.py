"""What only the database can tell: series, people and keys of the demonstration, and our rights."""

from collections.abc import Iterator

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.checks import CheckMessage
from django.db import connection

from constancias.models import LlaveSello
from imss_portal.produccion.faltas import falta, is_of_demo
from nss.models import PersonaPadron, PrefijoSerie
from nss.services.sintetico import DEMO_PREFIX

WHO = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
_OWNED = """
SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND r.rolname = current_user
"""
_SUPER = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def tables_are_there() -> bool:
    """Say if the portal's tables are, and hold what these questions ask for."""
    names = set(connection.introspection.table_names())
    return {one._meta.db_table for one in (PrefijoSerie, PersonaPadron, LlaveSello)} <= names


def real_series_are_open() -> Iterator[CheckMessage]:
    active = set(PrefijoSerie.objects.filter(activo=True).values_list("prefijo", flat=True))
    if DEMO_PREFIX in active:
        yield falta(
            141,
            f"La serie {DEMO_PREFIX} está activa: sus números son de la demostración.",
            "manage.py cargar_prefijos ARCHIVO --aplicar la apaga y deja las del archivo.",
        )
    if not active - {DEMO_PREFIX}:
        yield falta(
            142,
            "No hay ninguna serie de números activa.",
            "Cargue las del instituto: manage.py cargar_prefijos ARCHIVO --aplicar",
        )


def nobody_is_made_up() -> Iterator[CheckMessage]:
    made_up = (PersonaPadron.Origen.SINTETICO, PersonaPadron.Origen.DEMO)
    if PersonaPadron.objects.filter(origen__in=made_up).exists():
        yield falta(
            143,
            "El padrón tiene personas inventadas por la demostración.",
            "Use una base nueva: los números de esas personas no se borran.",
        )


def seal_is_the_issuers() -> Iterator[CheckMessage]:
    text = LlaveSello.objects.active().values_list("certificado", flat=True).first()
    if text is None:
        return  # the worker waits for it; the web publishes the ones before
    subject = x509.load_pem_x509_certificate(text.encode()).subject
    names = " ".join(str(one.value) for one in subject if one.oid in WHO)
    if is_of_demo(names):
        yield falta(
            144,
            f"La llave activa del sello es de la demostración: «{names}».",
            "manage.py llaves_sello crear, o solicitud e instalar con un certificado propio.",
        )


def role_only_serves() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(_OWNED)
        owned = cursor.fetchone()[0]
        cursor.execute(_SUPER)
        mighty = cursor.fetchone()[0]
    if owned or mighty:
        yield falta(
            145,
            f"El rol {settings.ROL_SERVICIO} es dueño de las tablas o administra la base.",
            "DATABASE_URL lleva al rol de servicio; solo `migrate` usa DATABASE_OWNER_URL.",
        )

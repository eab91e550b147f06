"""Where the portal is reached, and by whom it is brought."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage

from imss_portal.produccion.faltas import falta, is_loopback, is_nobodys

LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]", "::1"}


def url_is_https() -> Iterator[CheckMessage]:
    if not settings.HTTPS:
        yield falta(
            111,
            f"URL_PORTAL no es https: {settings.URL_PORTAL}.",
            "Ponga un certificado en el proxy y escriba https:// en URL_PORTAL.",
        )


def url_has_a_domain() -> Iterator[CheckMessage]:
    host = urlsplit(settings.URL_PORTAL).hostname or ""
    if is_nobodys(host):
        yield falta(
            112,
            f"URL_PORTAL no tiene un dominio propio: «{host}» es de ejemplo o de esta máquina.",
            "Las ligas de los correos y el código QR de los documentos llevan a URL_PORTAL.",
        )


def hosts_are_the_url() -> Iterator[CheckMessage]:
    """Any other name would let a stranger's domain show the portal as its own."""
    host = urlsplit(settings.URL_PORTAL).hostname or ""
    named = set(settings.ALLOWED_HOSTS)
    if loose := sorted(name for name in named if name.startswith(("*", "."))):
        yield falta(
            113,
            f"ALLOWED_HOSTS deja pasar cualquier nombre: {', '.join(loose)}.",
            f"Escriba solo {host}.",
        )
    if host not in named:
        yield falta(
            114,
            f"ALLOWED_HOSTS no tiene el nombre de URL_PORTAL: «{host}».",
            f"Escriba solo {host}.",
        )
    elif odd := sorted(named - {host} - LOOPBACK_NAMES - set(loose)):
        yield falta(
            114,
            f"ALLOWED_HOSTS tiene nombres que no son el de URL_PORTAL: {', '.join(odd)}.",
            f"Escriba solo {host}.",
        )


def proxies_are_named() -> Iterator[CheckMessage]:
    """Without one, every visitor has the proxy's address and https is never seen."""
    if settings.HTTPS and not settings.PROXIES_CONFIABLES:
        yield falta(
            117,
            "PROXIES_CONFIABLES está vacío: con https siempre hay un proxy delante.",
            "Nombre la red del proxy, y solo esa: 172.30.0.0/24.",
        )


def roles_are_two() -> Iterator[CheckMessage]:
    """Whoever serves must not be able to drop a trigger or rewrite the audit."""
    if settings.ROL_DUENO and settings.ROL_DUENO == settings.ROL_SERVICIO:
        yield falta(
            115,
            f"DATABASE_URL y DATABASE_OWNER_URL usan el mismo rol: {settings.ROL_SERVICIO}.",
            "Cree dos roles: el dueño migra, el de servicio atiende.",
        )


def base_has_a_password() -> Iterator[CheckMessage]:
    base = settings.DATABASES["default"]
    local = str(base.get("HOST", "")).startswith("/") or "host" in base.get("OPTIONS", {})
    if local or is_loopback(str(base.get("HOST", ""))):
        return
    if not base.get("PASSWORD") or str(base["PASSWORD"]).startswith("clave-del-"):
        yield falta(
            116,
            "DATABASE_URL no lleva clave, o lleva la de .env.example.",
            "Dé a cada rol de la base una clave propia, al azar.",
        )


def cola_has_a_password() -> Iterator[CheckMessage]:
    """Whoever writes in the broker or the cache stops limits; a socket is guarded by its folder."""
    for name, url in (("REDIS_URL", settings.REDIS_URL), ("CACHE_URL", settings.CACHE_URL)):
        parts = urlsplit(url)
        apart = parts.scheme not in {"redis", "rediss"} or is_loopback(parts.hostname or "")
        if not apart and not parts.password:
            yield falta(
                118,
                f"{name} no lleva clave: cualquiera en esa red escribe en la cola.",
                f"Dé a {name} un usuario con clave propia, como en docker-compose.yml.",
            )

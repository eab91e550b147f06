"""Reads and types environment variables; a missing one stops the process."""

import ipaddress
import os
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()


def text(name: str, default: str | None = None) -> str:
    """Return the variable as it stands; raise ImproperlyConfigured when it is missing."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Falta la variable de entorno {name}")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false"}:
        raise ImproperlyConfigured(f"{name} debe ser 0, 1, true o false")
    return value in {"1", "true"}


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} debe ser un número entero")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def domains(name: str, default: str = "") -> list[str]:
    """Return the domains named, as mailboxes are compared: in small letters, without what leads."""
    return [word.lower().lstrip("@.") for word in words(name, default)]


def networks(name: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the networks named: `10.0.0.0/8`, or one address; none, none."""
    try:
        return tuple(ipaddress.ip_network(word) for word in words(name))
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} lleva redes como 10.0.0.0/8: {exc}") from exc


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} debe ser uno de: {', '.join(options)}")
    return value


def database(name: str) -> dict[str, Any]:
    """Return Django's dict for a URL; sockets are written `postgres://user@/base?host=/dir`."""
    parsed: dict[str, Any] = _env.db_url_config(text(name))
    return parsed


def user_of(name: str) -> str:
    """Return the role that a database URL names, or "" where the variable is not given."""
    return str(database(name)["USER"]) if os.environ.get(name) else ""


def mail(name: str, default: str) -> dict[str, Any]:
    parsed: dict[str, Any] = _env.email_url_config(text(name, default))
    return parsed


def cache_of_redis(url: str) -> str:
    """Return the same broker as Django's cache spells it (`unix://` for a socket)."""
    return url.replace("redis+socket://", "unix://", 1)

"""All that is asked of MODO=produccion, as system checks of Django."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError

from imss_portal.produccion import base, direcciones, emisor, llaves, tramite

PORTAL = "portal"  # tag of our own: what the processes ask when they start
Exigencia = Callable[[], Iterator[CheckMessage]]
DE_AJUSTES: tuple[Exigencia, ...] = (
    emisor.name_is_somebodys,
    emisor.contact_is_somebodys,
    emisor.invocante_is_own,
    emisor.mail_leaves_this_machine,
    emisor.mailbox_of_demo_is_shut,
    emisor.sender_is_own,
    direcciones.url_is_https,
    direcciones.url_has_a_domain,
    direcciones.hosts_are_the_url,
    direcciones.proxies_are_named,
    direcciones.roles_are_two,
    direcciones.base_has_a_password,
    direcciones.cola_has_a_password,
    llaves.secret_is_long,
    llaves.rings_are_random,
    llaves.rings_are_apart,
    llaves.keys_are_not_of_demo,
    llaves.seal_is_not_of_demo,
    llaves.seal_is_its_owners_alone,
    tramite.identity_is_proved,
    tramite.no_chaos,
    tramite.source_is_real,
    tramite.work_is_sensible,
    tramite.times_are_sensible,
    tramite.documents_lie_apart,
)
DE_BASE: tuple[Exigencia, ...] = (
    base.real_series_are_open,
    base.nobody_is_made_up,
    base.seal_is_the_issuers,
    base.role_only_serves,
)


@register(PORTAL, Tags.security)
def settings_are_complete(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """In production, nothing of the demo and no half of anything. The demo needs none of it."""
    return [] if settings.DEMO else _told(DE_AJUSTES)


@register(PORTAL, Tags.database, deploy=True)
def base_is_complete(
    app_configs: Any, databases: Iterable[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Ask the database, where it can be read: `check --deploy --database default`, and each start.

    Not at `migrate` and the commands that load: they come before there is anything to ask.
    """
    if settings.DEMO or not databases:
        return []
    try:
        return _told(DE_BASE) if base.tables_are_there() else []
    except DatabaseError:
        return []  # away now: a start does not hang on it, and /salud/lista says so


def _told(asked: tuple[Exigencia, ...]) -> list[CheckMessage]:
    return [found for one in asked for found in one()]

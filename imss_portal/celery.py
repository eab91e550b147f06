"""Creates the Celery app from settings; worker and beat pass the door before they begin."""

import os
from typing import Any

from celery import signals

from comun.mensajes import Mensajero

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imss_portal.settings")


@signals.setup_logging.connect
def keep_our_log(**_: Any) -> None:
    """Somebody answers this signal, so Celery leaves the log as the settings made it."""


app = Mensajero("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
def _worker_begins(**_: object) -> None:
    from imss_portal.produccion.puerta import open_door  # noqa: PLC0415 - Django is ready by now

    open_door("trabajador")


@signals.beat_init.connect
def _beat_begins(**_: object) -> None:
    from imss_portal.produccion.puerta import open_door  # noqa: PLC0415

    open_door("agenda")

"""Entry point for WSGI servers."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imss_portal.settings")
django.setup(set_prefix=False)

from imss_portal.produccion.puerta import open_door  # noqa: E402 - asks Django's settings

open_door("web")
application = get_wsgi_application()

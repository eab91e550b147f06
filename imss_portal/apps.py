"""The app as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "imss_portal"

    def ready(self) -> None:
        from imss_portal.produccion import exigencias  # noqa: F401 - registers the system checks

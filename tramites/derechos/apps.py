"""The app as Django knows it."""

from django.apps import AppConfig


class DerechosConfig(AppConfig):
    name = "tramites.derechos"
    verbose_name = "Derechos sobre los datos"

    def ready(self) -> None:
        from tramites.derechos import checks  # noqa: F401 - registers the system checks

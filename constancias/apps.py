"""The app as Django knows it."""

from django.apps import AppConfig


class ConstanciasConfig(AppConfig):
    name = "constancias"
    verbose_name = "Constancias"

    def ready(self) -> None:
        from constancias import checks  # noqa: F401 - registers the system checks

"""The app as Django knows it."""

from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "tramites"

    def ready(self) -> None:
        from tramites import checks  # noqa: F401 - registers the system checks

"""The app as Django knows it."""

from django.apps import AppConfig


class NssConfig(AppConfig):
    name = "nss"

    def ready(self) -> None:
        from nss import checks  # noqa: F401 - registers the system checks

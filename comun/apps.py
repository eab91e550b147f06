"""Connects the shared machinery to Django's start: checks, and grants after migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ComunConfig(AppConfig):
    name = "comun"
    verbose_name = "Maquinaria común"

    def ready(self) -> None:
        from comun import checks  # noqa: F401 - registers the system checks
        from comun.grants import grant_runtime_role

        post_migrate.connect(grant_runtime_role, dispatch_uid="comun.grants")

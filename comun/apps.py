"""Connects the shared machinery to Django's start: checks, and grants after migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ComunConfig(AppConfig):
    name = "comun"
    verbose_name = "Maquinaria común"

    def ready(self) -> None:
        from comun import checks, testigo
        from comun.grants import grant_runtime_role

        assert checks, "importing them registers them"
        post_migrate.connect(grant_runtime_role, dispatch_uid="comun.grants")
        post_migrate.connect(testigo.leave, sender=self, dispatch_uid="comun.testigo")

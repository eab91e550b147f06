"""Connects the reference data to Django's start: the entidades are there after each migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogosConfig(AppConfig):
    name = "catalogos"
    verbose_name = "Catálogos"

    def ready(self) -> None:
        from catalogos.services.entidades import seed_entidades

        post_migrate.connect(seed_entidades, sender=self, dispatch_uid="catalogos.entidades")

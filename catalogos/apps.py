"""The app as Django knows it."""

from django.apps import AppConfig


class CatalogosConfig(AppConfig):
    name = "catalogos"

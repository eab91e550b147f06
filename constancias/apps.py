"""The app as Django knows it."""

from django.apps import AppConfig


class ConstanciasConfig(AppConfig):
    name = "constancias"

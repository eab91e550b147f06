"""The app as Django knows it."""

from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "tramites"

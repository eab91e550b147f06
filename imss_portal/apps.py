"""The app as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "imss_portal"

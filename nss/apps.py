"""The app as Django knows it."""

from django.apps import AppConfig


class NssConfig(AppConfig):
    name = "nss"

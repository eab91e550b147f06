"""Connects the staff's entrance: the admin site is ours, and asks for a second factor."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PersonalConfig(AppConfig):
    name = "comun.personal"
    verbose_name = "Personal"
    default = True


class AdminDelPortal(admin.AdminConfig):
    default = False
    default_site = "comun.personal.sitio.SitioPersonal"

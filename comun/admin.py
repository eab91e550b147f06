"""The outbox and the chain, to look at. Nothing here writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comun.models import Bitacora, Pendiente


class LookOnly:
    """An admin that shows and never adds, changes or deletes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Pendiente)
class PendienteAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("tipo", "objeto", "estado", "intentos", "proximo", "error")
    list_filter = ("estado", "tipo")
    search_fields = ("=objeto",)
    show_full_result_count = False


@admin.register(Bitacora)
class BitacoraAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("n", "fecha", "accion", "objeto", "actor")
    list_filter = ("accion",)
    search_fields = ("=objeto",)
    show_full_result_count = False
    exclude = ("hmac", "hmac_previo")

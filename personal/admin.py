"""Who revealed what, for whoever supervises; nothing here writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from comun import reloj
from comun.admin import LookOnly
from personal.models import Revelacion
from personal.services import revelaciones


@admin.register(Revelacion)
class RevelacionAdmin(LookOnly, admin.ModelAdmin):
    """The list begins with how often each account did it on each day."""

    change_list_template = "admin/revelaciones.html"
    list_display = ("fecha", "usuario", "oficina", "dato", "motivo", "referencia", "objeto")
    list_filter = ("dato", "motivo", "oficina")
    list_select_related = ("usuario",)
    search_fields = ("=usuario__username", "=objeto", "=referencia")
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        counted = {"por_dia": revelaciones.per_day(reloj.now()), "dias": revelaciones.DAYS}
        return super().changelist_view(request, {**counted, **(extra_context or {})})

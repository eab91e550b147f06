"""The help desk: look, and ring again."""

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from comun import reloj
from comun.admin import LookOnly
from comun.queue import enqueue
from tramites.enums import NEXT_STEP, Estado
from tramites.models import Movimiento, Solicitud


class MovimientoInline(LookOnly, admin.TabularInline):
    model = Movimiento
    extra = 0
    can_delete = False
    fields = readonly_fields = ("fecha", "origen", "destino")


@admin.register(Solicitud)
class SolicitudAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("folio", "estado", "razon", "movida_en", "correo_oculto")
    list_filter = ("estado", "razon")
    search_fields = ("=folio",)  # exact: an index, not a scan
    fields = (
        "folio",
        "tipo",
        "estado",
        "estado_previo",
        "razon",
        "verbo",
        "creada_en",
        "confirmada_en",
        "movida_en",
        "congelada_en",
    )
    show_full_result_count = False
    inlines = (MovimientoInline,)
    actions = ("ring_again",)

    @admin.display(description="correo")
    def correo_oculto(self, solicitud: Solicitud) -> str:
        return solicitud.correo_velado

    @admin.action(description="Reintentar el siguiente paso", permissions=["view"])
    def ring_again(self, request: HttpRequest, queryset: QuerySet[Solicitud]) -> None:
        asked = 0
        with transaction.atomic():
            for solicitud in queryset:
                if paso := NEXT_STEP.get(Estado(solicitud.estado)):
                    enqueue(paso, solicitud.pk, now=reloj.now())
                    asked += 1
        self.message_user(request, f"{asked} solicitudes avisadas.")

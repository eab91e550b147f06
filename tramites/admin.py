"""The help desk looks and rings again; whoever may edits the fichas."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from comun import bitacora, reloj
from comun.admin import LookOnly
from comun.personal.enums import Dato
from comun.personal.revelar import Revelable
from comun.queue import enqueue
from tramites import admin_casos  # noqa: F401 - registers its own
from tramites.admin_alertas import AlertaAdmin  # noqa: F401 - registers it
from tramites.admin_buzones import AmpliacionBuzonAdmin  # noqa: F401 - registers it
from tramites.enums import NEXT_STEP, Estado, Etapa
from tramites.models import Ficha, Movimiento, Opinion, Solicitud
from tramites.models.fichas import TEXTS
from tramites.services.fichas import keep_version


class MovimientoInline(LookOnly, admin.TabularInline):
    model = Movimiento
    extra = 0
    can_delete = False
    fields = readonly_fields = ("fecha", "origen", "destino")


def data_of(solicitud: Solicitud) -> dict[Dato, str]:
    """Return what a request tells of its person, as far as it got."""
    who, home, numero = solicitud.identidad, solicitud.domicilio, solicitud.numero
    found = {Dato.CURP: str(solicitud.curp), Dato.CORREO: solicitud.correo}
    if who:
        found[Dato.NOMBRE] = who.nombre_completo
    if home:
        found[Dato.DOMICILIO] = home.linea
    if numero:
        found[Dato.NSS] = numero.nss.pretty
    return found


@admin.register(Solicitud)
class SolicitudAdmin(LookOnly, Revelable):
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
        "aviso_version",
        "creada_en",
        "confirmada_en",
        "movida_en",
        "congelada_en",
    )
    show_full_result_count = False
    inlines = (MovimientoInline,)
    actions = ("ring_again",)

    def datos_de(self, obj: Solicitud) -> dict[Dato, str]:
        return {} if obj.vaciada_en else data_of(obj)

    def sujeto_de(self, obj: Solicitud) -> bytes:
        return bytes(obj.curp_idx or b"")

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


@admin.register(Opinion)
class OpinionAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("dia", "facilidad")
    list_filter = ("facilidad", "dia")
    fields = ("dia", "facilidad")
    show_full_result_count = False


class FichaForm(forms.ModelForm):
    etapas = forms.MultipleChoiceField(choices=Etapa, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Ficha
        fields = ("clave", "desde", *TEXTS)


@admin.register(Ficha)
class FichaAdmin(admin.ModelAdmin):
    """Saving keeps a version of today; those of days past stay as people read them."""

    form = FichaForm
    list_display = ("titulo", "homoclave", "categoria", "desde", "publicada")
    list_filter = ("publico", "categoria", "publicada")
    search_fields = ("clave", "homoclave", "titulo")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Ficha | None = None
    ) -> tuple[str, ...]:
        return ("clave",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # to take one away: «publicada» off, which is a version too

    def save_model(self, request: HttpRequest, obj: Ficha, form: Any, change: bool) -> None:
        now = reloj.now()
        kept = keep_version(obj, today=reloj.local_date(now))
        obj.pk, obj.desde = kept.pk, kept.desde
        bitacora.append(
            accion="ficha.editada",
            objeto=f"ficha:{kept.clave}:{kept.desde}",
            now=now,
            actor=f"usuario:{request.user.pk}",
        )

"""Staff read the alerts of abuse and say what each was."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from comun import bitacora, reloj
from tramites.models import Alerta

TOLD = ("clase", "cuenta", "desde", "ultima", "atendida_en")


@admin.register(Alerta)
class AlertaAdmin(admin.ModelAdmin):
    list_display = (*TOLD, "motivo")
    list_filter = ("clase", "motivo", ("atendida_en", admin.EmptyFieldListFilter))
    fields = (*TOLD, "motivo")
    readonly_fields = TOLD
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_change_permission(request, obj)
        return may and (obj is None or obj.atendida_en is None)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "motivo" in form.base_fields:
            form.base_fields["motivo"].required = True
        return form

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Alerta, form: Any, change: bool) -> None:
        now = reloj.now()
        obj.atendida_en = now
        obj.save(update_fields=("motivo", "atendida_en"))
        bitacora.append(
            accion="alerta.atendida",
            objeto=f"alerta:{obj.pk}",
            razon=obj.motivo,
            now=now,
            actor=f"usuario:{request.user.pk}",
        )

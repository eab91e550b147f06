"""Staff give one mailbox more room; what is kept of it is its blind index."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from comun import bitacora, reloj
from tramites.forms import CorreoField
from tramites.models import AmpliacionBuzon, correo_index
from tramites.models.ampliaciones import MOST
from tramites.topes import TOPES


class AmpliacionForm(forms.ModelForm):
    correo = CorreoField(
        label="Correo",
        help_text="No se guarda: solo una huella con la que se reconoce.",
        error_messages={"required": "Escribe el correo."},
    )
    curps = forms.IntegerField(
        label="CURP cada 30 días",
        min_value=TOPES.familia.most + 1,
        max_value=MOST,
        help_text=f"Sin ampliar son {TOPES.familia.most}. También da dos correos al día por CURP.",
    )

    class Meta:
        model = AmpliacionBuzon
        fields = ("correo", "curps", "motivo")

    def clean_correo(self) -> str:
        correo: str = self.cleaned_data["correo"]
        if AmpliacionBuzon.objects.filter(correo_idx=correo_index(correo)).exists():
            raise forms.ValidationError("Ese correo ya está ampliado. Quita la anterior primero.")
        return correo


@admin.register(AmpliacionBuzon)
class AmpliacionBuzonAdmin(admin.ModelAdmin):
    form = AmpliacionForm
    list_display = ("curps", "motivo", "creada_en")
    list_filter = ("motivo",)
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # taken away and given anew: the chain tells both

    @transaction.atomic
    def save_model(
        self, request: HttpRequest, obj: AmpliacionBuzon, form: Any, change: bool
    ) -> None:
        obj.correo_idx, obj.creada_en = correo_index(form.cleaned_data["correo"]), reloj.now()
        obj.save()
        self._note("buzon.ampliado", request, obj)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: AmpliacionBuzon) -> None:
        self._note("buzon.sin_ampliar", request, obj)
        obj.delete()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}  # one by one: each leaves its entry

    @staticmethod
    def _note(accion: str, request: HttpRequest, obj: AmpliacionBuzon) -> None:
        bitacora.append(
            accion=accion,
            objeto=f"ampliacion:{obj.pk}",
            razon=f"{obj.motivo}:{obj.curps}",
            now=reloj.now(),
            actor=f"usuario:{request.user.pk}",
        )

"""Changes of mailbox in the admin: asked for by one of the staff, decided by another."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from comun import reloj
from comun.errors import DomainError
from comun.personal.enums import Dato
from comun.personal.models import Revelacion
from comun.personal.revelar import Revelable
from constancias.models import Constancia
from tramites.errors import NotCompared
from tramites.forms import CorreoField, CurpField, TextoField
from tramites.models import CasoVinculo
from tramites.services import casos


class CasoForm(forms.ModelForm):
    """What is written with the person and their papers in front."""

    curp = CurpField(label="CURP de la persona presente", max_length=40)
    correo = CorreoField(
        label="Correo nuevo",
        required=False,
        help_text=(
            "Vacío, solo si ningún otro correo espera por esta CURP: queda sin correo y se vincula"
            " el primero que se confirme."
        ),
    )
    motivo = forms.ChoiceField(choices=[(motivo.value, motivo.label) for motivo in casos.IN_PERSON])
    razon = TextoField(
        label="Razón",
        max_length=160,
        help_text="Qué identificación mostró y qué pasó, sin nombres, CURP, números ni correos.",
    )

    class Meta:
        model = CasoVinculo
        fields = ("motivo", "razon")

    field_order = ("curp", "correo", "motivo", "razon")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                casos.refuse_unfit(
                    curp=data["curp"],
                    correo=data["correo"] or "",
                    motivo=data["motivo"],
                    razon=data["razon"],
                )
            except DomainError as exc:
                raise forms.ValidationError(f"{exc.message} {exc.advice}") from exc
        return data


@admin.register(CasoVinculo)
class CasoVinculoAdmin(Revelable):
    """Adding is asking; the actions of the list decide. Nothing is edited.

    Who approves has seen, for a reason that is noted, whose CURP goes to which mailbox: a
    second hand that sees four characters of each signs what the first one wrote.
    """

    form = CasoForm
    list_display = ("creado_en", "origen", "motivo", "estado", "folio", "solicita", "resuelve")
    list_filter = ("estado", "origen", "motivo")
    list_select_related = ("solicitud", "solicita", "resuelve")
    show_full_result_count = False
    actions = ("approve", "reject", "keep")
    seen = (
        ("estado", "origen", "motivo"),
        ("ultimos4", "correo_nuevo", "folio"),
        "razon",
        ("solicita", "creado_en"),
        ("resuelve", "resuelto_en"),
    )

    @admin.display(description="folio")
    def folio(self, caso: CasoVinculo) -> str:
        return caso.solicitud.folio if caso.solicitud else ""

    @admin.display(description="la CURP termina en")
    def ultimos4(self, caso: CasoVinculo) -> str:
        return caso.curp.ultimos4

    @admin.display(description="correo nuevo")
    def correo_nuevo(self, caso: CasoVinculo) -> str:
        return caso.correo_velado

    def datos_de(self, obj: CasoVinculo) -> dict[Dato, str]:
        found = {Dato.CURP: str(obj.curp)}
        return {**found, Dato.CORREO: obj.correo} if obj.correo else found

    def sujeto_de(self, obj: CasoVinculo) -> bytes:
        return bytes(obj.curp_idx or b"")

    def may_reveal(self, request: HttpRequest) -> bool:
        """Let who decides compare, here and nowhere else."""
        return super().may_reveal(request) or self.has_aprobar_permission(request)

    def get_fields(self, request: HttpRequest, obj: CasoVinculo | None = None) -> Any:
        return self.seen if obj else CasoForm.field_order

    def get_readonly_fields(self, request: HttpRequest, obj: CasoVinculo | None = None) -> Any:
        flat = (name for row in self.seen for name in ([row] if isinstance(row, str) else row))
        return tuple(flat) if obj else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_solicitar_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_solicitar_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tramites.solicitar_casovinculo")

    def has_aprobar_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tramites.aprobar_casovinculo")

    def save_model(self, request: HttpRequest, obj: CasoVinculo, form: Any, change: bool) -> None:
        data = form.cleaned_data
        kept = casos.request_change(
            curp=data["curp"],
            correo=data["correo"] or "",
            motivo=CasoVinculo.Motivo(data["motivo"]),
            razon=data["razon"],
            user_id=_id_of(request),
            now=reloj.now(),
        )
        obj.pk = kept.pk

    @admin.action(description="Aprobar", permissions=["aprobar"])
    def approve(self, request: HttpRequest, queryset: QuerySet[CasoVinculo]) -> None:
        chosen = list(queryset.values_list("pk", flat=True))
        self._each(request, queryset, self._approve_compared)
        squatters = CasoVinculo.objects.filter(
            pk__in=chosen,
            motivo=CasoVinculo.Motivo.OTRA_PERSONA,
            estado=CasoVinculo.Estado.APROBADO,
        )
        for caso in squatters:
            self.message_user(request, _left_in_force(caso), messages.WARNING)

    def _approve_compared(self, *, caso_id: UUID, user_id: int, now: datetime) -> None:
        caso = CasoVinculo.objects.get(pk=caso_id)
        if caso.origen == CasoVinculo.Origen.EN_PERSONA and caso.solicita_id != user_id:
            here = f"{self.opts.label_lower}:{caso.pk}"
            seen = Revelacion.objects.filter(objeto=here, usuario_id=user_id)
            if not set(self.datos_de(caso)) <= set(seen.values_list("dato", flat=True)):
                raise NotCompared(caso=caso.pk)
        casos.approve(caso_id=caso_id, user_id=user_id, now=now)

    @admin.action(description="Rechazar", permissions=["aprobar"])
    def reject(self, request: HttpRequest, queryset: QuerySet[CasoVinculo]) -> None:
        self._each(request, queryset, casos.reject)

    @admin.action(
        description="Pedir que se conserve el correo vinculado", permissions=["solicitar"]
    )
    def keep(self, request: HttpRequest, queryset: QuerySet[CasoVinculo]) -> None:
        self._each(request, queryset, casos.request_keep)

    def _each(
        self, request: HttpRequest, queryset: QuerySet[CasoVinculo], verb: Callable[..., None]
    ) -> None:
        done = 0
        for pk in queryset.values_list("pk", flat=True):
            act = partial(verb, caso_id=pk, user_id=_id_of(request), now=reloj.now())
            try:
                act()
            except DomainError as exc:
                self.message_user(request, f"{exc.message} {exc.advice}", messages.ERROR)
            else:
                done += 1
        self.message_user(request, f"Casos atendidos: {done}.")


def _left_in_force(caso: CasoVinculo) -> str:
    """Say what papers of the person still count: the desk may know better whose they are."""
    left = Constancia.objects.of_person(caso.curp_idx).in_force().count()
    return (
        f"CURP que termina en {caso.curp.ultimos4}: documentos que siguen vigentes, {left}."
        " Si alguno no es de la persona presente, que quien opera el portal lo revoque:"
        " manage.py revocar."
    )


def _id_of(request: HttpRequest) -> int:
    assert request.user.pk is not None
    return int(request.user.pk)

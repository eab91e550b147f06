"""The desk: petitions by the day they are due, answered or extended with the reasons of the law."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from comun import reloj
from comun.personal.enums import Dato
from comun.personal.revelar import Revelable
from nss.values import Curp
from tramites.derechos.enums import Causa, Derecho, Estado
from tramites.derechos.errors import CannotWarn
from tramites.derechos.forms import ParrafosField
from tramites.derechos.models import Peticion
from tramites.derechos.rules import AMPLIAR
from tramites.derechos.services import peticiones as service
from tramites.derechos.services import prevenciones
from tramites.forms import CorreoField, CurpField
from tramites.models import VinculoCorreo

PREVIENE, ACLARA = "prevenir", "aclarar"
AMPLIA, PROCEDE, NO_PROCEDE, HECHA = "ampliar", "procede", "no_procede", "hecha"
LABELS = {
    PREVIENE: "Pedirle lo que falta (una vez, en los primeros 5 días hábiles)",
    ACLARA: "Anotar lo que aclaró en persona o por escrito",
    AMPLIA: "Ampliar el plazo de la respuesta",
    PROCEDE: "Contestar que procede",
    NO_PROCEDE: "Contestar que no procede",
    HECHA: "Anotar que ya se hizo efectiva",
}
CAN = {
    Estado.RECIBIDA: (PREVIENE, AMPLIA, PROCEDE, NO_PROCEDE),
    Estado.PREVENIDA: (ACLARA,),
    Estado.PROCEDENTE: (HECHA,),
}


class AltaForm(forms.ModelForm):
    """A petition that came on paper."""

    curp = CurpField(label="CURP de la persona titular", max_length=40)
    correo = CorreoField(
        label="Correo para avisarle",
        required=False,
        help_text="Sin correo no se le manda nada: contesta por el medio que haya pedido.",
    )
    texto = ParrafosField(label="Lo que pide")

    class Meta:
        model = Peticion
        fields = ("derecho",)

    def save_in_person(self, actor: str) -> Peticion:
        data = self.cleaned_data
        curp = data["curp"]
        assert isinstance(curp, Curp)
        return service.register_in_person(
            curp=curp,
            correo=data["correo"] or "",
            derecho=Derecho(data["derecho"]),
            texto=data["texto"],
            now=reloj.now(),
            actor=actor,
        )


class RespuestaForm(forms.ModelForm):
    """One step of one petition; what each step needs is asked for by its name."""

    accion = forms.ChoiceField(label="Qué hacer", required=False)
    dias = forms.IntegerField(
        label="Días hábiles de ampliación",
        required=False,
        initial=AMPLIAR,
        min_value=1,
        max_value=AMPLIAR,
    )
    razon = forms.ChoiceField(
        label="Causa (art. 49)",
        required=False,
        choices=[("", "---------"), *Causa.choices],
        help_text="Solo para contestar que no procede.",
    )
    palabras = ParrafosField(
        label="Palabras para la persona",
        required=False,
        help_text="Lo que le falta, el motivo de la ampliación o la respuesta: la persona las lee en"
        " el portal. O lo que aclaró.",
    )

    entregada = forms.DateField(
        label="Día en que lo entregó",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Vacío: hoy. Cuenta el día en que lo entregó, no el de esta nota.",
    )

    class Meta:
        model = Peticion
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        can = CAN.get(Estado(self.instance.estado), ())
        accion = self.fields["accion"]
        assert isinstance(accion, forms.ChoiceField)
        labels = LABELS
        if self.instance.derecho == Derecho.CANCELACION:
            labels = LABELS | {HECHA: "Borrar ahora los datos (no se puede deshacer) y anotarlo"}
        accion.choices = [("", "Nada"), *((name, labels[name]) for name in can)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        accion = data.get("accion", "")
        if accion in (PREVIENE, AMPLIA, PROCEDE, NO_PROCEDE) and not data.get("palabras"):
            self.add_error("palabras", "Escribe lo que leerá la persona.")
        if accion == ACLARA:
            self._clean_cleared(data)
        if accion == PREVIENE and (why := prevenciones.why_not(self.instance, reloj.now())):
            raise ValidationError(CannotWarn(reason=why).message + " " + CannotWarn.advice)
        if accion == NO_PROCEDE and not data.get("razon"):
            self.add_error("razon", "Elige la causa de la ley.")
        if accion == AMPLIA:
            self._clean_extension(data)
        return data

    def _clean_cleared(self, data: dict[str, Any]) -> None:
        if not data.get("palabras"):
            self.add_error("palabras", "Escribe lo que aclaró la persona.")
        today = reloj.local_date(reloj.now())
        came, asked = data.get("entregada") or today, self.instance.prevenida_en
        if not (asked and timezone.localdate(asked) <= came <= today):
            self.add_error("entregada", "Es un día entre el que se le pidió y hoy.")
        elif self.instance.is_overdue(came):
            late = (
                "Ese día el plazo ya había terminado: registra lo que entregó como otra petición."
            )
            self.add_error("entregada", late)

    def _clean_extension(self, data: dict[str, Any]) -> None:
        if not data.get("dias") and "dias" not in self.errors:
            self.add_error("dias", "Di cuántos días.")
        if self.instance.prorroga:
            raise ValidationError("El plazo ya se amplió una vez.")
        if self.instance.is_overdue(reloj.local_date(reloj.now())):
            raise ValidationError("El plazo ya venció: contesta cuanto antes.")

    def take_step(self, actor: str) -> None:
        """Do what was chosen; raise a DomainError if another hand did it first."""
        data, pk = self.cleaned_data, self.instance.pk
        now, words = reloj.now(), data["palabras"]
        match data["accion"]:
            case "prevenir":
                prevenciones.warn(peticion_id=pk, falta=words, now=now, actor=actor)
            case "aclarar":
                day = data["entregada"]
                prevenciones.clear(peticion_id=pk, aclaracion=words, now=now, actor=actor, dia=day)
            case "ampliar":
                dias = data["dias"]
                service.extend(peticion_id=pk, dias=dias, motivo=words, now=now, actor=actor)
            case "procede":
                service.grant(peticion_id=pk, respuesta=words, now=now, actor=actor)
            case "no_procede":
                causa = Causa(data["razon"])
                service.refuse(peticion_id=pk, causa=causa, respuesta=words, now=now, actor=actor)
            case "hecha":
                service.make_good(peticion_id=pk, now=now, actor=actor)


class Vencimiento(admin.SimpleListFilter):
    title, parameter_name = "plazo", "plazo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("corre", "Corre"), ("vencido", "Vencido")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "corre":
            return queryset.filter(vence__isnull=False)
        if self.value() == "vencido":
            return queryset.filter(vence__lt=reloj.local_date(reloj.now()))
        return queryset


@admin.register(Peticion)
class PeticionAdmin(Revelable):
    list_display = ("folio", "derecho", "estado", "vence", "vencida", "via", "correo_oculto")
    list_filter = (Vencimiento, "estado", "derecho", "via")
    search_fields = ("=folio",)
    show_full_result_count = False
    FACTS = (
        *("folio", "derecho", "via", "tramite", "estado", "recibida_en", "vence", "prevenida_en"),
        *("subsanada_en", "prorrogada_en"),
        *("contestada_en", "concluida_en", "correo_oculto", "correo_ligado", "lo_pedido"),
        *("falta", "aclaracion", "motivo", "causa_dicha", "respuesta"),
    )
    STEP = ("accion", "dias", "razon", "palabras")
    CLEARS = ("accion", "entregada", "palabras")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = RespuestaForm if obj else AltaForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("derecho", "curp", "correo", "texto")
        acts = CAN.get(Estado(obj.estado)) and self.has_change_permission(request, obj)
        steps = self.CLEARS if obj.estado == Estado.PREVENIDA else self.STEP
        return (*self.FACTS, *(steps if acts else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.FACTS if obj else ()

    def datos_de(self, obj: Peticion) -> dict[Dato, str]:
        found = {Dato.CURP: str(obj.datos["curp"])}
        return {**found, Dato.CORREO: obj.correo} if obj.correo else found

    def sujeto_de(self, obj: Peticion) -> bytes:
        return bytes(obj.curp_idx or b"")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Peticion, form: Any, change: bool) -> None:
        actor = f"usuario:{request.user.pk}"
        if change:
            form.take_step(actor)
            return
        made = form.save_in_person(actor)
        obj.pk, obj.folio = made.pk, made.folio

    @admin.display(description="vencida", boolean=True)
    def vencida(self, peticion: Peticion) -> bool:
        return peticion.is_overdue(reloj.local_date(reloj.now()))

    @admin.display(description="correo")
    def correo_oculto(self, peticion: Peticion) -> str:
        return peticion.correo_velado

    @admin.display(description="¿ese correo responde por la CURP?", boolean=True)
    def correo_ligado(self, peticion: Peticion) -> bool:
        bond = VinculoCorreo.objects.filter(
            curp_idx=peticion.curp_idx, estado=VinculoCorreo.Estado.ACTIVO
        ).first()
        return bond is not None and bond.correo_idx == peticion.correo_idx

    @admin.display(description="trámite desde el que se pidió")
    def tramite(self, peticion: Peticion) -> str:
        return peticion.solicitud.folio if peticion.solicitud else "-"

    @admin.display(description="causa")
    def causa_dicha(self, peticion: Peticion) -> str:
        return Causa(peticion.causa).label if peticion.causa else "-"

    @admin.display(description="lo que pide")
    def lo_pedido(self, peticion: Peticion) -> str:
        return str(peticion.datos["texto"])

    @admin.display(description="lo que le falta")
    def falta(self, peticion: Peticion) -> str:
        return str(peticion.datos.get("falta", "-"))

    @admin.display(description="lo que aclaró")
    def aclaracion(self, peticion: Peticion) -> str:
        return str(peticion.datos.get("aclaracion", "-"))

    @admin.display(description="motivo de la ampliación")
    def motivo(self, peticion: Peticion) -> str:
        return str(peticion.datos.get("motivo", "-"))

    @admin.display(description="respuesta")
    def respuesta(self, peticion: Peticion) -> str:
        return str(peticion.datos.get("respuesta", "-"))

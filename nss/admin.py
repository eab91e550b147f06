"""The registry, to look at: found by an exact number, shown without saying who it is."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from comun.admin import LookOnly
from comun.personal.enums import Dato
from comun.personal.revelar import Revelable
from nss.errors import MalformedNss
from nss.models import Asegurado, Numero
from nss.values import Nss


class NumeroInline(LookOnly, admin.TabularInline):
    model = Numero
    extra = 0
    can_delete = False
    fields = readonly_fields = ("nss_velado", "estado", "fecha_alta")

    @admin.display(description="NSS")
    def nss_velado(self, numero: Numero) -> str:
        return str(numero.nss.velado)


@admin.register(Asegurado)
class AseguradoAdmin(LookOnly, Revelable):
    list_display = ("nss_velado", "umf", "entidad", "creado_en")
    list_select_related = ("umf",)
    list_display_links = ("nss_velado",)
    fields = ("umf", "entidad", "creado_en")
    search_fields = ("numeros__nss",)
    search_help_text = "Escribe un NSS completo: 11 dígitos"
    inlines = (NumeroInline,)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Asegurado]:
        return super().get_queryset(request).prefetch_related("numeros")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Asegurado], search_term: str
    ) -> tuple[QuerySet[Asegurado], bool]:
        """Only a whole, well-formed number finds anybody."""
        if not search_term.strip():
            return queryset, False
        try:
            nss = Nss(search_term)
        except MalformedNss:
            return queryset.none(), False
        return queryset.filter(numeros__nss=nss), False

    def datos_de(self, obj: Asegurado) -> dict[Dato, str]:
        who = obj.identidad
        found = {Dato.CURP: str(who.curp), Dato.NOMBRE: who.nombre_completo}
        numbers = ", ".join(numero.nss.pretty for numero in obj.numeros.all())
        return {**found, Dato.NSS: numbers} if numbers else found

    def sujeto_de(self, obj: Asegurado) -> bytes:
        return bytes(obj.curp_idx or b"")

    @admin.display(description="NSS")
    def nss_velado(self, asegurado: Asegurado) -> str:
        return ", ".join(numero.nss.velado for numero in asegurado.numeros.all()) or "—"

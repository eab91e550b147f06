"""What an admin of people adds: a datum in full, for a reason, once."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from comun import reloj
from comun.personal.enums import Dato, Motivo
from comun.personal.forms import RevelarForm
from comun.personal.services import revelaciones
from comun.personal.services.revelaciones import Pregunta

PERMISSION = "personal.revelar"


class Revelable(admin.ModelAdmin):  # type: ignore[type-arg] # takes no parameter at run time
    """Its pages show data veiled; `revelar` shows one of them as the answer to a reason.

    A subclass says which data a row has (`datos_de`) and whose they are (`sujeto_de`), and may
    let more people reveal them (`may_reveal`).
    """

    change_form_template = "admin/revelable.html"

    def datos_de(self, obj: Any) -> dict[Dato, str]:
        raise NotImplementedError

    def sujeto_de(self, obj: Any) -> bytes:
        """Return the blind index of the person's CURP."""
        raise NotImplementedError

    def may_reveal(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_revelar"
        view = self.admin_site.admin_view(self.revelar)
        return [path("<path:object_id>/revelar/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any):  # type: ignore[no-untyped-def]
        context["puede_revelar"] = self.may_reveal(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def revelar(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, obj) or not self.may_reveal(request):
            raise PermissionDenied
        if obj is None:
            raise Http404
        data = self.datos_de(obj)
        form = RevelarForm(request.POST or None, offered=list(data))
        shown: dict[str, Any] = {}
        if request.method == "POST" and form.is_valid():
            dato = Dato(form.cleaned_data["dato"])
            self._note(request, obj, form)
            shown = {"dato": dato.label, "valor": data[dato]}
        return self._page(request, obj, form, shown)

    def _note(self, request: HttpRequest, obj: Any, form: RevelarForm) -> None:
        given = form.cleaned_data
        pregunta = Pregunta(
            sujeto=self.sujeto_de(obj),
            objeto=f"{self.opts.label_lower}:{obj.pk}",
            dato=Dato(given["dato"]),
            motivo=Motivo(given["motivo"]),
            referencia=given["referencia"],
        )
        assert request.user.is_authenticated
        revelaciones.note(request.user, pregunta, now=reloj.now())

    def _page(
        self, request: HttpRequest, obj: Any, form: RevelarForm, shown: dict[str, Any]
    ) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        context = {
            **self.admin_site.each_context(request),
            "title": "Revelar un dato",
            "form": form,
            "fila": str(obj),
            "volver": reverse(name, args=(obj.pk,)),
            **shown,
        }
        page = render(request, "admin/revelar.html", context)
        page["Cache-Control"] = "no-store, private"
        return page

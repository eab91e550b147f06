"""The admin's site: nobody is in it without both steps, nor for longer than a shift."""

from functools import update_wrapper
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from comun import reloj
from comun.personal import sesion, views
from comun.personal.services import cuentas

TIMED_OUT = "Tu sesión terminó por tiempo. Entra otra vez."
CHANGE_FIRST = "Antes de seguir, cambia la contraseña que te dieron por una tuya."
# What somebody with a password of others may open.
BEFORE_CHANGE = ("password_change", "password_change_done", "logout", "jsi18n")


class SitioPersonal(AdminSite):
    site_header = "Portal NSS · Personal"
    site_title = "Portal NSS"
    index_title = "Consulta"
    password_change_template = "admin/cambiar_clave.html"  # noqa: S105

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and sesion.is_open(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if sesion.expire(request, reloj.now()):
                messages.info(request, TIMED_OUT)
            elif self._must_change(request):
                messages.info(request, CHANGE_FIRST)
                return redirect("admin:password_change")
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    @staticmethod
    def _must_change(request: HttpRequest) -> bool:
        acceso, match = sesion.acceso_of(request), request.resolver_match
        if not acceso or not acceso.clave_temporal:
            return False
        return match is None or match.url_name not in BEFORE_CHANGE

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if self.has_permission(request):
            return redirect("admin:index")
        context = {
            **self.each_context(request),
            "title": "Entrada del personal",
            "subtitle": None,
            "app_path": request.get_full_path(),
            **(extra_context or {}),
        }
        return views.Entrada.as_view(extra_context=context)(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302 and request.user.pk:
            cuentas.password_changed(request.user.pk, now=reloj.now())
        return answer

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("segundo-paso/", views.segundo_paso, name="segundo_paso"),
            path("activar/", views.activar, name="activar"),
            path("codigos/", self.admin_view(views.codigos), name="codigos"),
            *super().get_urls(),
        ]

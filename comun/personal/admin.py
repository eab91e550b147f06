"""Who revealed what, for whoever supervises; and accounts, whose new passwords are temporary."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from comun import reloj
from comun.admin import LookOnly
from comun.personal.models import Revelacion
from comun.personal.services import cuentas, revelaciones


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


admin.site.unregister(User)


@admin.register(User)
class CuentaAdmin(UserAdmin):
    """Django's own; who is given a password by somebody else has to change it."""

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name
        form_url: str = "",
    ) -> HttpResponse:
        answer = super().user_change_password(request, id, form_url)
        user = self.get_object(request, id)
        if request.method == "POST" and answer.status_code == 302 and user and user != request.user:
            cuentas.begin(user)
        return answer

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        cuentas.begin(obj)
        return super().response_add(request, obj, post_url_continue)

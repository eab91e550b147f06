"""The pages between the password and the admin: second step, its beginning, recovery codes."""

from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun import reloj
from comun.errors import DomainError
from comun.personal import rules, sesion
from comun.personal.errors import TooManyTries
from comun.personal.forms import ClaveForm, CodigoForm
from comun.personal.models import Acceso
from comun.personal.qr import path_of
from comun.personal.services import cuentas, factor, intentos

both = require_http_methods(["GET", "HEAD", "POST"])


class Entrada(LoginView):
    """Account and password: right ones open nothing yet."""

    template_name = "admin/login.html"
    authentication_form = ClaveForm
    refusal: DomainError | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            intentos.admit(self._limits(), now=reloj.now())
        except TooManyTries as exc:
            self.refusal = exc
        return super().post(request, *args, **kwargs)

    def _limits(self) -> list[intentos.Limit]:
        name = self.request.POST.get("username", "")
        return intentos.of_password(name, self.request.META.get("REMOTE_ADDR", ""))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "refusal": self.refusal}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        intentos.forgive(self._limits())
        user = cast("AbstractBaseUser", form.get_user())
        acceso = factor.begin(user)
        sesion.wait_for_factor(self.request, user, self.get_redirect_url(), reloj.now())
        step = "segundo_paso" if acceso.confirmado_en else "activar"
        return HttpResponseRedirect(reverse(f"admin:{step}"))


@never_cache
@both
def segundo_paso(request: HttpRequest) -> HttpResponse:
    """The code of the phone, each time somebody comes in."""
    now = reloj.now()
    acceso = _pending(request)
    if acceso is None or acceso.confirmado_en is None:
        return redirect("admin:login")
    form = CodigoForm(request.POST or None)
    if form.is_valid():
        try:
            factor.check(acceso, form.cleaned_data["codigo"], now=now)
        except DomainError as exc:
            _explain(form, exc)
        else:
            return _come_in(request, acceso)
    return _page(request, "admin/segundo_paso.html", form, "Segundo paso")


@never_cache
@both
def activar(request: HttpRequest) -> HttpResponse:
    """The first time: the key for the phone, and a code that proves it arrived."""
    acceso = _pending(request)
    if acceso is None or acceso.confirmado_en:
        return redirect("admin:login")
    form = CodigoForm(request.POST or None)
    if form.is_valid():
        try:
            codes = factor.confirm(acceso, form.cleaned_data["codigo"], now=reloj.now())
        except DomainError as exc:
            _explain(form, exc)
        else:
            way_on = _come_in(request, Acceso.objects.get(pk=acceso.pk))
            return _show_codes(request, codes, way_on)
    return _page(request, "admin/activar.html", form, "Activa el segundo paso", **_key(acceso))


@never_cache
@both
def codigos(request: HttpRequest) -> HttpResponse:
    """How many recovery codes are left; ten new ones for a code of the phone."""
    acceso = cast("Acceso", sesion.acceso_of(request))
    form = CodigoForm(request.POST or None)
    if form.is_valid():
        try:
            codes = factor.renew_codes(acceso, form.cleaned_data["codigo"], now=reloj.now())
        except DomainError as exc:
            _explain(form, exc)
        else:
            return _show_codes(request, codes, HttpResponseRedirect(reverse("admin:index")))
    left = acceso.codigos.filter(usado_en=None).count()
    return _page(request, "admin/codigos.html", form, "Códigos de recuperación", quedan=left)


def _pending(request: HttpRequest) -> Acceso | None:
    user = sesion.pending_user(request, reloj.now())
    return factor.of(user) if user else None


def _come_in(request: HttpRequest, acceso: Acceso) -> HttpResponseRedirect:
    now = reloj.now()
    siguiente = sesion.open_session(request, acceso, now)
    cuentas.note_entrance(acceso.usuario_id, now=now)
    way_on = HttpResponseRedirect(siguiente or reverse("admin:index"))
    sesion.remember_browser(request, way_on, acceso.usuario_id, now)
    return way_on


def _show_codes(
    request: HttpRequest, codes: list[str], way_on: HttpResponseRedirect
) -> HttpResponse:
    """Answer with the codes themselves: they are written nowhere, and no address leads here."""
    page = _page(
        request,
        "admin/codigos_nuevos.html",
        None,
        "Guarda tus códigos de recuperación",
        codigos=codes,
        siguiente=way_on.url,
    )
    page.cookies.update(way_on.cookies)
    return page


def _explain(form: CodigoForm, exc: DomainError) -> None:
    form.add_error("codigo", f"{exc.message} {exc.advice}")


def _page(
    request: HttpRequest, template: str, form: CodigoForm | None, title: str, **more: Any
) -> HttpResponse:
    context = {**admin.site.each_context(request), "form": form, "title": title, **more}
    page = render(request, template, context)
    page["Cache-Control"] = "no-store, private"
    return page


def _key(acceso: Acceso) -> dict[str, Any]:
    key = acceso.secreto["totp"]
    issuer, name = quote(settings.EMISOR_NOMBRE), quote(acceso.usuario.get_username())
    drawn, size = path_of(f"otpauth://totp/{issuer}:{name}?secret={key}&issuer={issuer}")
    return {"llave": rules.in_fours(key), "trazo": drawn, "lado": size}

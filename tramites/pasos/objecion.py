"""The «No fui yo» of a notice: looking changes nothing, the owner of the CURP presses the button."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comun import reloj
from tramites.errors import LinkInvalid, UltimosWrong
from tramites.pasos.acceso import no_session, take_token
from tramites.pasos.enlace import UltimosForm
from tramites.pasos.paginas import see_other
from tramites.services import objecion as service
from tramites.services.objecion import EstadoAviso

NOTICE = "aviso"  # session: hash of the notice's token
DEAD = (EstadoAviso.AGOTADO, EstadoAviso.DESCONOCIDO)


@never_cache
@require_safe
def aviso(request: HttpRequest, token: str) -> HttpResponse:
    return take_token(request, token, key=NOTICE, to="no_fui_yo")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_fui_yo(request: HttpRequest) -> HttpResponse:
    """Explain and ask; the POST with the end of the CURP stops the change of mailbox."""
    kept = request.session.get(NOTICE)
    if kept is None:
        return no_session(request)
    hashed = bytes.fromhex(kept)
    form = UltimosForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            last4 = form.cleaned_data["ultimos4"]
            service.object_by_link(token_hash=hashed, ultimos4=last4, now=reloj.now())
        except UltimosWrong as exc:
            form.add_error("ultimos4", exc.message)
        except LinkInvalid:
            pass  # the page tells why
        else:
            return see_other("no_fui_yo")
    return _page(request, form, service.notice_state(hashed))


def _page(request: HttpRequest, form: UltimosForm, state: EstadoAviso) -> HttpResponse:
    dead = state in DEAD
    context = {"form": form, "estado": state.value, "muerta": dead, "seccion": "tramite"}
    return render(request, "pasos/no_fui_yo.html", context, status=410 if dead else 200)

"""Paso 1: the CURP, the mailbox twice, the image. The answer is the same whatever the CURP."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun import captcha, reloj, trabajo, voz
from comun.cripto import keyed_digest
from tramites.forms import CapturaForm
from tramites.pasos import envios
from tramites.pasos.acceso import BEGUN, BY_FICHA, OPEN, grant
from tramites.pasos.equipo import equipo_of, open_known
from tramites.pasos.paginas import INICIAR, LOCALIZAR, see_other, step_bar
from tramites.pasos.puerta import limited, pass_of
from tramites.pasos.quiosco import forget_typed
from tramites.pasos.rastro import asks_challenge, leave_trace
from tramites.privacidad import aviso_at
from tramites.rules import suggested_correo
from tramites.services.captura import open_solicitud

# What this browser read right last: `llave` of the image, `de` whose capture came with it,
# `hasta` when it stops serving, `usada` once its capture was accepted.
READ, SERVES_SECONDS = "captcha_leida", 600
NO_IMAGE = "Escribe los caracteres de la imagen nueva."
WRONG_IMAGE = "No son los caracteres de la imagen, o ya caducó. Escribe los de la imagen nueva."
WRONG_WORK = "La prueba que resolvió tu equipo ya caducó. Repítela o usa la imagen nueva."
SHOWN_AGAIN = frozenset({"otra_imagen", "usar_correo"})  # buttons that only change the page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("captura", free=SHOWN_AGAIN)
def captura(request: HttpRequest) -> HttpResponse:
    """Take the capture; on success the mail is on its way and the browser waits for its code."""
    now = reloj.now()
    today = reloj.local_date(now)
    if request.method != "POST" or request.POST.get("accion") in SHOWN_AGAIN:
        return _page(request, CapturaForm(initial=_typed(request), today=today), now)
    form = CapturaForm(request.POST, today=today, aviso=aviso_at(today).version)
    entrega = Entrega.of(request)
    if entrega.accepted(request.session):
        return see_other("confirmacion" if BEGUN in request.session else "tramite")
    typed = request.POST.get("captcha", "")
    if asks_challenge(request, now) and not entrega.reads_image(request.session, typed, now):
        form.add_error("captcha", entrega.why_not(typed))
    if not form.is_valid():
        return _page(request, form, now)
    request.session[READ] = entrega.note(now) | {"usada": True}
    return _open(request, form.cleaned_data, now)


def _open(request: HttpRequest, data: dict[str, Any], now: datetime) -> HttpResponse:
    """Go and wait for the mail; a browser that its owner called theirs goes on at once."""
    if known := open_known(request, data, now):
        grant(request, known)
        return see_other("tramite")
    solicitud = open_solicitud(curp=data["curp"], correo=data["correo"], now=now)
    request.session[BEGUN] = str(solicitud.pk)
    envios.note(request.session, solicitud.pk, now)
    leave_trace(request, solicitud, now)
    return see_other("confirmacion")


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows again; the mailbox put right if that is what was pressed."""
    typed = request.POST.dict()
    if typed.get("accion") == "usar_correo":
        correo = str(typed.get("correo", "")).strip()
        right = suggested_correo(correo) or correo
        if str(typed.get("correo_otra_vez", "")).strip().lower() == correo.lower():
            typed["correo_otra_vez"] = right
        typed["correo"] = right
    return typed


@dataclass(frozen=True, slots=True)
class Entrega:
    """One press of Continuar: which challenge came with it, and whose capture it was.

    `solucion` is the answer to a proof of work, None for an image read or heard.
    """

    llave: str
    de: str
    solucion: str | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        typed = (request.POST.get(name, "").strip() for name in ("curp", "correo"))
        digest = keyed_digest("captura", *(text.encode() for text in typed)).hex()
        if reto := request.POST.get("trabajo", ""):
            return cls(reto, digest, request.POST.get("solucion", ""))
        return cls(request.POST.get("captcha_llave", ""), digest)

    def note(self, now: datetime) -> dict[str, Any]:
        hasta = now.timestamp() + SERVES_SECONDS
        return {"llave": self.llave, "de": self.de, "hasta": hasta, "usada": False}

    def accepted(self, session: SessionBase) -> bool:
        """Say if this is the second of two equal presses."""
        read = session.get(READ, {})
        return bool(self.llave and read.get("usada") and self._is_in(read))

    def reads_image(self, session: SessionBase, typed: str, now: datetime) -> bool:
        """Say if a person read the image: now, or a moment ago with another field wrong.

        The session is written in the transaction that burns the challenge: the
        twin of a double click waits for it, and then finds what the first wrote.
        """
        if _passed(session, now):
            return True
        before = session.get(READ, {}).get("llave")
        with transaction.atomic():
            if self._burns(session, typed):
                session[READ] = self.note(now)
                session.save()
                return True
        if not session.session_key or before == self.llave:
            return False
        return self._is_in(type(session)(session.session_key).get(READ, {}))

    def _burns(self, session: SessionBase, typed: str) -> bool:
        if self.solucion is None:
            return captcha.consume(session, self.llave, typed)
        return trabajo.consume(session, self.llave, self.solucion)

    def why_not(self, typed: str) -> str:
        if self.solucion is not None:
            return WRONG_WORK
        return WRONG_IMAGE if typed else NO_IMAGE

    def _is_in(self, read: dict[str, Any]) -> bool:
        return (read.get("llave"), read.get("de")) == (self.llave, self.de)


def _passed(session: SessionBase, now: datetime) -> str:
    """Return the key of the image this browser read right and has not used yet, or ""."""
    read: dict[str, Any] = session.get(READ, {})
    serves = read and not read["usada"] and read["hasta"] > now.timestamp()
    return str(read["llave"]) if serves else ""


def _page(request: HttpRequest, form: CapturaForm, now: datetime) -> HttpResponse:
    forget_typed(request, form)
    passed, asked = _passed(request.session, now), asks_challenge(request, now)
    by_ficha = "ficha" in (request.GET.get("desde"), request.POST.get("desde"))
    request.session[BY_FICHA] = by_ficha
    context = {
        "form": form,
        "barra": step_bar(LOCALIZAR, INICIAR),
        "imagen": captcha.issue(request.session) if asked and not passed else "",
        "pase": passed,
        "con_prueba": asked,
        "con_voz": voz.available(),
        "abierto": OPEN in request.session,
        "es_mi_equipo": bool(equipo_of(request)),
        "desde_ficha": by_ficha,
        "pase_escolar": pass_of(request),
        "aviso": aviso_at(reloj.local_date(now)),
        "seccion": "tramite",
    }
    return render(request, "pasos/captura.html", context)

"""Doors of every request: the demo serves this machine only; pages go out packed; a "no" is a page."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from comun import registro
from comun.errors import DomainError

log = logging.getLogger(__name__)

LOOPBACK = ("127.", "::1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP")

Answer = Callable[[HttpRequest], HttpResponse]


METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


class Referencia:
    """Give each request a reference, which its log lines, steps and error pages bear; log it once.

    The line says the pattern of the address and not the address: that may hold a token.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        mark = registro.referencia.set(registro.new_reference())
        try:
            response = self.get_response(request)
            if not request.path.startswith(settings.STATIC_URL):
                log.info("petición", extra=self._facts(request, response.status_code, began))
            return response
        finally:
            registro.referencia.reset(mark)

    @staticmethod
    def _facts(request: HttpRequest, status: int, began: float) -> dict[str, object]:
        match = request.resolver_match
        return {
            "metodo": request.method if request.method in METHODS else "otro",
            "ruta": match.route if match else "-",
            "estado": status,
            "ms": round((time.perf_counter() - began) * 1000),
        }


class DemoGuard:
    """In demo mode, refuse whoever is not on this machine or came through a proxy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DEMO and not self._is_local(request):
            text = "La demostración solo atiende a esta misma máquina, sin intermediarios."
            return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
        response = self.get_response(request)
        if settings.DEMO:
            response["X-Robots-Tag"] = "noindex"
        return response

    @staticmethod
    def _is_local(request: HttpRequest) -> bool:
        # Behind a Unix socket the address is empty; gunicorn's TCP peer is an address.
        peer = request.META.get("REMOTE_ADDR", "")
        forwarded = any(name in request.META for name in FORWARDED)
        return not forwarded and (not peer or peer.startswith(LOOPBACK))


class DomainErrors:
    """Show an uncaught DomainError as a 409 page that says what happened and what to do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        if not isinstance(exc, DomainError):
            return None
        log.info("%s %s", exc.code, exc.context)
        return render(request, "errores/dominio.html", {"error": exc}, status=409)


class PackedPages(GZipMiddleware):
    """Compress pages; never a document, a picture or a sound, which are packed or asked by parts.

    Against BREACH: Django pads each answer by chance and masks the CSRF token anew
    in each, and no page that tells a person's data repeats what its address says.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


class MethodPages:
    """An address that only takes a form, opened by itself, says so instead of showing a blank."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asks_for_page = "text/html" in request.headers.get("Accept", "")
        if response.status_code != 405 or response.content or not asks_for_page:
            return response
        page = render(request, "errores/405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

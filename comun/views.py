"""Pages of no step: health, and every error a browser can meet."""

import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comun import cortacircuito, cripto, registro, testigo

log = logging.getLogger(__name__)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return JsonResponse({"estado": "viva"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say if this process can serve: database, migrations, keys. 503 when it cannot.

    What the portal can do without for a while (`degradado`) is only told: nobody is asked here,
    its breaker remembers.
    """
    faults: list[str] = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migraciones")
    except DatabaseError:
        faults.append("base")
    try:
        cripto.data_ring(), cripto.index_ring()
        if "base" not in faults and "migraciones" not in faults and not testigo.fits():
            faults.append("índices")
    except Exception:
        log.exception("llaves")
        faults.append("llaves")
    body = {
        "estado": "lista" if not faults else "no lista",
        "faltan": faults,
        "degradado": cortacircuito.degraded(),
    }
    return JsonResponse(body, status=503 if faults else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or cookies are off: say so, and where to go on."""
    return render(request, "errores/sesion.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errores/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errores/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errores/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault: give a reference that is in the log too, and lose nothing."""
    mark = registro.referencia.set(registro.referencia.get() or registro.new_reference())
    log.error("error del servidor")
    context = {
        "referencia": registro.referencia.get(),
        "demo": settings.DEMO,
        "contacto": settings.EMISOR_CONTACTO,
    }
    registro.referencia.reset(mark)
    return render(request, "errores/500.html", context, status=500)

"""The verifier as JSON, for the site of a school. No cookies, from any origin, same limits."""

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from comun import reloj
from comun.errors import DomainError
from constancias.enums import Canal
from constancias.errors import CodigoMalformado, TooManyWaiting
from constancias.services import comprobacion
from constancias.verificacion import LARGEST
from constancias.verificacion.informe import ESQUEMA
from constancias.verificar import acceso
from constancias.verificar.forms import TOO_LARGE

SCHEMA = Path(__file__).with_name("esquema.json")
SOON = 1  # s until it is worth asking for an answer
FORM = 'Manda {"codigo": "…"} o {"credencial": "…"} como JSON, o un PDF como application/pdf.'

View = Callable[..., HttpResponse]


def public(*methods: str) -> Callable[[View], View]:
    """Answer these methods, and the browser that asks if another site may use them."""

    def dress(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def dressed(request: HttpRequest, **names: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                answer = HttpResponse(status=204)
            elif request.method in methods:
                answer = view(request, **names)
            else:
                answer = _error(405, "metodo", f"Aquí se usa {' o '.join(methods)}.")
                answer["Allow"] = ", ".join(methods)
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Access-Control-Allow-Methods"] = ", ".join(methods)
            answer["Access-Control-Allow-Headers"] = "Content-Type"
            answer["Access-Control-Expose-Headers"] = "Location, Retry-After"
            answer.setdefault("Cache-Control", "no-store")
            return answer

        return dressed

    return dress


@public("POST")
def verificar(request: HttpRequest) -> HttpResponse:
    """A code or a QR is answered at once; a PDF is kept for the worker, and its answer is elsewhere."""
    if acceso.too_often(request):
        return _later()
    if request.content_type == "application/pdf":
        return _leave(request)
    if request.content_type != "application/json":
        return _error(415, "tipo", FORM)
    return _check(request)


def _check(request: HttpRequest) -> HttpResponse:
    if acceso.declared_size(request) > acceso.TEXTS:
        return _error(413, "tamano", FORM)
    try:
        asked = json.loads(request.read(acceso.TEXTS))
    except (ValueError, RecursionError):
        return _error(400, "json", "El cuerpo no es JSON.")
    if not isinstance(asked, dict) or len(asked) != 1:
        return _error(400, "forma", FORM)
    ((name, text),) = asked.items()
    check = {"codigo": comprobacion.check_code, "credencial": comprobacion.check_credencial}.get(
        name
    )
    if check is None or not isinstance(text, str):
        return _error(400, "forma", FORM)
    try:
        return _json(check(texto=text, canal=Canal.API, now=reloj.now()))
    except CodigoMalformado as exc:
        return _refusal(422, "codigo_malformado", exc)


def _leave(request: HttpRequest) -> HttpResponse:
    if acceso.declared_size(request) > LARGEST:
        return _error(413, "tamano", TOO_LARGE)
    content = request.read(LARGEST)
    if b"%PDF-" not in content[:1024]:
        return _error(415, "tipo", "El cuerpo no es un PDF.")
    try:
        pk = comprobacion.leave_pdf(pdf=content, canal=Canal.API, now=reloj.now())
    except TooManyWaiting as exc:
        answer = _refusal(503, "ocupado", exc)
        answer["Retry-After"] = str(acceso.RETRY)
        return answer
    return _waiting(pk)


@public("GET", "HEAD")
def consulta(request: HttpRequest, consulta_id: UUID) -> HttpResponse:
    """The answer about a PDF: 202 while it is read, 404 once it is forgotten."""
    if acceso.looks_too_often(request):
        return _later()
    row = comprobacion.find_consulta(consulta_id=consulta_id, now=reloj.now())
    if row is None:
        return _error(404, "olvidada", "Esa consulta no existe o ya pasó su tiempo (10 minutos).")
    return _waiting(row.pk) if row.resultado is None else _json(row.resultado)


@public("GET", "HEAD")
def esquema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of every answer."""
    answer = HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _waiting(consulta_id: UUID) -> HttpResponse:
    where = reverse("constancias:api_consulta", args=(consulta_id,))
    answer = _json({"esquema": ESQUEMA, "estado": "en_proceso", "consulta": where}, status=202)
    answer["Location"] = where
    answer["Retry-After"] = str(SOON)
    return answer


def _later() -> HttpResponse:
    message = f"Son demasiadas consultas: espera {acceso.RETRY} segundos."
    answer = _error(429, "limite", message)
    answer["Retry-After"] = str(acceso.RETRY)
    return answer


def _refusal(status: int, code: str, exc: DomainError) -> HttpResponse:
    return _error(status, code, f"{exc.message} {exc.advice}")


def _error(status: int, code: str, message: str) -> HttpResponse:
    return _json({"esquema": ESQUEMA, "error": {"codigo": code, "mensaje": message}}, status=status)


def _json(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})

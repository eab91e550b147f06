"""What Django would tell of an exception, cut to what names nobody: its type and its lines.

Django's own quotes the exception's message, every local variable, the form that
was sent, the cookies and the settings.
"""

from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from comun import registro


class Reporte(ExceptionReporter):
    def get_traceback_text(self) -> SafeString:
        exc = self.exc_value
        told = f"{registro.names_of(exc)} en {registro.where(exc)}" if exc else "sin excepción"
        return SafeString(f"{told} · referencia {registro.referencia.get() or '-'}")

    def get_traceback_html(self) -> SafeString:
        return self.get_traceback_text()

    def get_traceback_data(self) -> dict[str, Any]:
        return {"exception_type": registro.names_of(self.exc_value) if self.exc_value else ""}


class Filtro(SafeExceptionReporterFilter):
    """Second lock: whoever asks for a request's or a frame's contents gets none."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        return dict[str, Any]().items()

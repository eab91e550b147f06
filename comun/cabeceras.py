"""What every answer carries, whoever made it: a page, a file, a refusal before any view."""

from collections.abc import Callable
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse

# Nothing of the machine is asked for, but the camera that reads the QR of a document at /verificar/.
DENIED = ("browsing-topics", "display-capture", "geolocation", "microphone", "payment", "usb")
ALWAYS = MappingProxyType(
    {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}
)
# What a window can stand on; scripts, styles, letters and pictures weigh less without it.
OF_WINDOWS = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",  # pages have theirs
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(["camera=(self)", *(f"{one}=()" for one in DENIED)]),
        "X-Frame-Options": "DENY",
    }
)
PARTS = (
    *("text/css", "text/javascript", "application/javascript", "font/", "audio/"),
    *("image/png", "image/jpeg", "image/webp", "image/x-icon"),
)
SCRIPTS = ("text/javascript", "application/javascript")
ERROR = 400


class Cabeceras:
    """Add what the answer does not say itself. It stands before every other door.

    Whatever forbids to be stored is not to be indexed either: it is somebody's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = response.get("Content-Type", "")
        # A piece that htmx asked for goes into a window that has them already.
        part = kind.startswith(PARTS) or "HX-Request" in request.headers
        added = ALWAYS if part else ALWAYS | OF_WINDOWS
        for name, value in added.items():
            response.setdefault(name, value)
        wrong = response.status_code >= ERROR
        response.setdefault("Cache-Control", "no-store" if wrong else "private, no-cache")
        if (kind.startswith("text/html") and not part) or kind.startswith(SCRIPTS):
            # Not on a PDF: the browser's own reader would be kept from it. A script that a page
            # makes a worker of must ask the same as the page, or it does not start.
            response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if "no-store" in response["Cache-Control"]:
            response.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

"""What a capture leaves to be seen by those who look for abuse, and whom that has asked to prove more."""

from datetime import datetime

from django.http import HttpRequest

from comun import limites
from tramites.models import Solicitud
from tramites.pasos.puerta import pass_of
from tramites.services import rastros


def leave_trace(request: HttpRequest, solicitud: Solicitud, now: datetime) -> None:
    has_pass = pass_of(request) is not None
    rastros.leave(solicitud=solicitud, red=_network(request), con_pase=has_pass, now=now)


def asks_challenge(request: HttpRequest, now: datetime) -> bool:
    return rastros.asks_challenge(red=_network(request), now=now)


def _network(request: HttpRequest) -> str:
    return limites.network_of(request.META.get("REMOTE_ADDR", ""))

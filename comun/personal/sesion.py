"""The session of a member of staff: first the password, then the second step, then an end."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from comun.personal.models import Acceso
from comun.personal.services import equipos

PENDING, OPEN = "personal_pendiente", "personal"
PENDING_FOR = 10 * 60  # s between the password and the second step
IDLE, WHOLE = 30 * 60, 8 * 3600  # s
NOTED_EVERY = 60  # s: a look is noted once a minute, not at each page
COOKIE = "__Secure-equipo" if settings.HTTPS else "equipo"
COOKIE_AGE = int(equipos.KEPT.total_seconds())


def wait_for_factor(
    request: HttpRequest, user: AbstractBaseUser, siguiente: str, now: datetime
) -> None:
    """The password was right. Nothing is open yet: the session keeps who has to prove the rest."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "usuario": user.pk,
        "clave": _password_mark(user),
        "hasta": now.timestamp() + PENDING_FOR,
        "siguiente": siguiente,
    }


def pending_user(request: HttpRequest, now: datetime) -> AbstractBaseUser | None:
    kept = request.session.get(PENDING)
    if not kept or kept["hasta"] < now.timestamp():
        return None
    user = get_user_model().objects.filter(pk=kept["usuario"], is_active=True, is_staff=True)
    found: AbstractBaseUser | None = user.first()
    return found if found and kept["clave"] == _password_mark(found) else None


def _password_mark(user: AbstractBaseUser) -> str:
    mark: str = user.get_session_auth_hash()
    return mark


def open_session(request: HttpRequest, acceso: Acceso, now: datetime) -> str:
    """Both steps are proved: come in, and return where the person was going, or ""."""
    siguiente: str = request.session.pop(PENDING)["siguiente"]
    login(request, acceso.usuario, backend=settings.AUTHENTICATION_BACKENDS[0])
    moment = now.timestamp()
    request.session[OPEN] = {"acceso": str(acceso.pk), "inicio": moment, "visto": moment}
    return siguiente


def acceso_of(request: HttpRequest) -> Acceso | None:
    """Return the factor that this browser proved, if it is still the account's; read once."""
    kept = request.session.get(OPEN)
    if not kept or not request.user.is_authenticated:
        return None
    found: Acceso | None
    if (found := vars(request).get("_acceso")) is None:
        mine = Acceso.objects.filter(pk=kept["acceso"], usuario_id=request.user.pk)
        found = vars(request)["_acceso"] = mine.exclude(confirmado_en=None).first()
    return found


def is_open(request: HttpRequest) -> bool:
    """Say if this browser proved the second step of the account's present factor."""
    return acceso_of(request) is not None


def expire(request: HttpRequest, now: datetime) -> bool:
    """End a session nobody used for half an hour, or of eight hours; say if that was so."""
    kept = request.session.get(OPEN)
    if not kept:
        return False
    moment = now.timestamp()
    if moment - kept["visto"] > IDLE or moment - kept["inicio"] > WHOLE:
        logout(request)
        return True
    if moment - kept["visto"] > NOTED_EVERY:
        request.session[OPEN] = {**kept, "visto": moment}
    return False


def remember_browser(
    request: HttpRequest, response: HttpResponse, user_id: int, now: datetime
) -> None:
    """Leave a cookie in a browser that this account had not used, and tell its owner."""
    if equipos.known(user_id, request.COOKIES.get(COOKIE, ""), now=now):
        return
    token = equipos.add(user_id, request.headers.get("User-Agent", ""), now=now)
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_AGE,
        path="/admin/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )

"""An account's beginning, its password, and its end."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.sessions.models import Session
from django.db import transaction

from comun import bitacora
from comun.personal.enums import Clase
from comun.personal.models import Acceso, Equipo
from comun.personal.services import avisos

AUTH_KEY = "_auth_user_id"  # Django's, in the session


def begin(user: AbstractBaseUser, *, oficina: str = "") -> None:
    """The first password was read by somebody else: it has to be changed at the first entrance."""
    facts = {"clave_temporal": True, **({"oficina": oficina} if oficina else {})}
    Acceso.objects.update_or_create(usuario_id=user.pk, defaults=facts)


def note_entrance(user_id: int, *, now: datetime) -> None:
    who = f"usuario:{user_id}"
    bitacora.append(accion="personal.entro", objeto=who, now=now, actor=who)


@transaction.atomic
def password_changed(user_id: int, *, now: datetime) -> None:
    Acceso.objects.filter(usuario_id=user_id).update(clave_temporal=False)
    avisos.write(user_id, Clase.CLAVE, now=now)
    who = f"usuario:{user_id}"
    bitacora.append(accion="personal.clave_cambiada", objeto=who, now=now, actor=who)


@transaction.atomic
def retire(user: User, *, razon: str, now: datetime) -> int:
    """Close the account: permissions, factor, browsers and sessions; return how many sessions.

    The row stays: the bitácora names it.
    """
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    Acceso.objects.filter(usuario_id=user.pk).delete()
    Equipo.objects.filter(usuario_id=user.pk).delete()
    ended = end_sessions(user.pk)
    bitacora.append(accion="personal.baja", objeto=f"usuario:{user.pk}", now=now, razon=razon)
    return ended


def end_sessions(user_id: int) -> int:
    mine = [
        row.pk
        for row in Session.objects.iterator(chunk_size=2000)
        if row.get_decoded().get(AUTH_KEY) == str(user_id)
    ]
    return Session.objects.filter(pk__in=mine).delete()[0]

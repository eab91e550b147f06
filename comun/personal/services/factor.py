"""The second factor: made at the first entrance, proved with a code, lost and made again."""

import hashlib
import secrets
import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from comun import bitacora
from comun.personal import rules
from comun.personal.enums import Clase
from comun.personal.errors import WrongCode
from comun.personal.models import Acceso, CodigoRecuperacion
from comun.personal.services import avisos, intentos

SECRET_BYTES = 20  # RFC 4226: the length of SHA-1
CODES, CODE_BYTES = 10, 15  # 120 random bits: a plain hash keeps them safe
CODE_LENGTH = 24  # characters in base 32


def of(user: AbstractBaseUser) -> Acceso:
    return Acceso.objects.get_or_create(usuario_id=user.pk)[0]


def begin(user: AbstractBaseUser) -> Acceso:
    """Return the account's factor; while nobody proved it, with another secret each time."""
    acceso = of(user)
    if acceso.confirmado_en is None:
        acceso.secreto = {"totp": rules.base32(secrets.token_bytes(SECRET_BYTES))}
        acceso.ultimo_paso = 0
        acceso.save(update_fields=["secreto", "ultimo_paso"])
    return acceso


def check(acceso: Acceso, code: str, *, now: datetime) -> None:
    """Take a code of the phone or one of recovery, once; raise WrongCode or TooManyTries."""
    limits = intentos.of_code(acceso.usuario_id)
    intentos.admit(limits, now=now)
    code = "".join(char for char in code.upper() if char.isalnum())
    taken = _take_code(acceso, code, now)
    if not taken and acceso.confirmado_en:
        taken = _take_recovery(acceso, code, now)
    if not taken:
        raise WrongCode
    intentos.forgive(limits)


def _take_code(acceso: Acceso, code: str, now: datetime) -> bool:
    step = rules.matching_step(
        rules.from_base32(acceso.secreto["totp"]),
        code,
        seconds=now.timestamp(),
        after=acceso.ultimo_paso,
    )
    if step is None:
        return False
    newer = Acceso.objects.filter(pk=acceso.pk, ultimo_paso__lt=step)  # two at once: one winner
    return bool(newer.update(ultimo_paso=step))


@transaction.atomic
def _take_recovery(acceso: Acceso, code: str, now: datetime) -> bool:
    unused = CodigoRecuperacion.objects.filter(acceso=acceso, usado_en=None)
    if len(code) != CODE_LENGTH or not unused.filter(huella=_digest(code)).update(usado_en=now):
        return False
    avisos.write(acceso.usuario_id, Clase.RECUPERACION, detalle=str(unused.count()), now=now)
    _note("personal.codigo_usado", acceso, now)
    return True


def confirm(acceso: Acceso, code: str, *, now: datetime) -> list[str]:
    """Activate the factor with its first code, and return its recovery codes: told only here."""
    check(acceso, code, now=now)  # before the transaction: a try that fails stays counted
    with transaction.atomic():
        Acceso.objects.filter(pk=acceso.pk).update(confirmado_en=now)
        codes = _write_codes(acceso)
        _note("personal.factor_activado", acceso, now)
    return codes


def renew_codes(acceso: Acceso, code: str, *, now: datetime) -> list[str]:
    """Put ten new recovery codes in place of the ones before."""
    check(acceso, code, now=now)
    with transaction.atomic():
        acceso.codigos.all().delete()
        codes = _write_codes(acceso)
        avisos.write(acceso.usuario_id, Clase.CODIGOS, now=now)
        _note("personal.codigos_nuevos", acceso, now)
    return codes


def _write_codes(acceso: Acceso) -> list[str]:
    codes = [rules.base32(secrets.token_bytes(CODE_BYTES)) for _ in range(CODES)]
    CodigoRecuperacion.objects.bulk_create(
        CodigoRecuperacion(acceso=acceso, huella=_digest(code)) for code in codes
    )
    return [rules.in_fours(code) for code in codes]


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


@transaction.atomic
def reset(user: AbstractBaseUser, *, razon: str, now: datetime) -> None:
    """Forget the factor and its codes: its sessions end, and the next entrance makes another."""
    old = of(user)
    kept = {"clave_temporal": old.clave_temporal, "oficina": old.oficina}
    old.delete()
    fresh = Acceso.objects.create(id=uuid.uuid4(), usuario_id=user.pk, **kept)
    avisos.write(user.pk, Clase.RESTABLECIDO, now=now)
    _note("personal.factor_restablecido", fresh, now, razon=razon)


def _note(accion: str, acceso: Acceso, now: datetime, razon: str = "") -> None:
    who = f"usuario:{acceso.usuario_id}"
    actor = "sistema" if razon else who
    bitacora.append(accion=accion, objeto=who, now=now, actor=actor, razon=razon)

"""What a challenge shows: its picture, its voice, and the proof of work in place of both."""

import io
import random

from captcha.views import captcha_image
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from PIL import Image

from comun import captcha, limites, reloj, trabajo, voz
from comun.cripto import keyed_digest
from comun.errors import Transient

SHADES = 8  # colours of a picture
# Recordings of one challenge, and for one address in ten minutes: each costs some 60 ms.
PER_CHALLENGE, PER_ADDRESS, WINDOW = 20, 300, 600  # times, times, s


@never_cache
@require_safe
def image(request: HttpRequest, key: str) -> HttpResponse:
    """Draw the challenge of this browser; another's, or a burnt one, is gone."""
    if captcha.word_of(request.session, key) is None:
        return HttpResponse(status=410)
    drawn: HttpResponse = captcha_image(request, key)
    drawn.content = _few_colours(drawn.content)
    drawn["Content-Length"] = str(len(drawn.content))
    return drawn


def _few_colours(png: bytes) -> bytes:
    """Return the same picture in SHADES colours: 4 kB in place of 12."""
    with Image.open(io.BytesIO(png)) as picture, io.BytesIO() as smaller:
        drawn = picture.convert("RGB").quantize(SHADES, dither=Image.Dither.NONE)
        drawn.save(smaller, "PNG", optimize=True)
        return smaller.getvalue()


@never_cache
@require_safe
def audio(request: HttpRequest, key: str) -> HttpResponse:
    """Spell the challenge of this browser aloud; a player that asks by parts hears one voice."""
    word = captcha.word_of(request.session, key)
    if word is None:
        return _no_audio(410, "Esos caracteres ya no sirven. Vuelve a la página y recárgala.")
    if _heard_too_often(key, _address(request)):
        return _no_audio(429, "Se pidió muchas veces el audio. Pide otra imagen o espera un poco.")
    ranged = request.headers.get("Range", "")
    chance = random.Random(keyed_digest("voz", key.encode())) if ranged else random.SystemRandom()  # noqa: S311
    try:
        sound = voz.recording(word, voz.Habla.by_chance(chance))
    except Transient:
        return _no_audio(503, "Por ahora no hay audio. Vuelve a la página y usa otra prueba.")
    return _wav(sound, voz.asked_range(ranged, len(sound)))


def _no_audio(status: int, words: str) -> HttpResponse:
    """Say why there is no recording, to who followed the link to it."""
    text = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    if status != 410:
        text["Retry-After"] = str(WINDOW)
    return text


def _wav(sound: bytes, part: tuple[int, int] | None) -> HttpResponse:
    headers = {"Accept-Ranges": "bytes"}
    if part is None:
        return HttpResponse(sound, content_type="audio/wav", headers=headers)
    first, last = part
    headers["Content-Range"] = f"bytes {first}-{last}/{len(sound)}"
    piece = sound[first : last + 1]
    return HttpResponse(piece, status=206, content_type="audio/wav", headers=headers)


@never_cache
@require_POST
def work(request: HttpRequest) -> HttpResponse:
    """Give this browser something to compute: `reto`, `bits`, `partes`, or why not."""
    try:
        made = trabajo.issue(request.session, address=_address(request), now=reloj.now())
    except trabajo.TrabajoAgotado as exc:
        return JsonResponse({"mensaje": f"{exc.message} {exc.advice}"}, status=429)
    return JsonResponse({"reto": made.reto, "bits": made.bits, "partes": made.partes})


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _heard_too_often(key: str, address: str) -> bool:
    """Without the cache nobody is refused: the challenge itself lives five minutes."""
    mine = limites.times("voz", key, seconds=WINDOW) or 0
    all_here = limites.times("voz-equipo", limites.network_of(address), seconds=WINDOW) or 0
    return mine > PER_CHALLENGE or all_here > PER_ADDRESS

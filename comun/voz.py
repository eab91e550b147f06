"""The captcha read aloud in Spanish, letter by letter, each time by another voice.

espeak-ng speaks; here the recording is brought down to 11,025 Hz and one byte a sample
(some 11 kB a second), and noise is laid over it: soft enough for a person, never the same.
"""

import io
import random
import re
import shutil
import subprocess
import wave
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from operator import add
from typing import Self

from comun.errors import Transient

PROGRAM = "espeak-ng"
RATE, SPOKEN_RATE = 11_025, 22_050  # Hz: what is sent, what espeak-ng makes
WITHIN = 5  # s
LONGEST = 200_000  # bytes
BREATH = 120  # ms between the parts of a character
PEAK = 96  # of 127: room for the noise
_HEADER = 44  # bytes of the WAV header, whose length fields mean nothing on a pipe
# How each letter is called, and a word that begins with it: "be" and "de" sound alike.
LETTERS = {
    "a": ("a", "árbol"),
    "b": ("be", "burro"),
    "d": ("de", "dedo"),
    "e": ("e", "elefante"),
    "f": ("efe", "foca"),
    "g": ("ge", "gato"),
    "h": ("hache", "hilo"),
    "j": ("jota", "jirafa"),
    "l": ("ele", "luna"),
    "m": ("eme", "mango"),
    "n": ("ene", "nube"),
    "q": ("cu", "queso"),
    "r": ("erre", "ratón"),
    "t": ("te", "taza"),
    "y": ("i griega", "yoyo"),
}
DIGITS = {
    "2": "dos",
    "3": "tres",
    "4": "cuatro",
    "5": "cinco",
    "6": "seis",
    "7": "siete",
    "8": "ocho",
    "9": "nueve",
}
VOICES = ("es-419", "es-419+m2", "es-419+m3", "es-419+f2", "es-419+f3", "es-419+f4")


@dataclass(frozen=True, slots=True)
class Habla:
    """How one recording sounds. `ruido`: amplitude of the noise, of 127; `suave`: its colour."""

    voz: str
    rapidez: int  # words a minute
    tono: int  # 0 to 99
    pausa: int  # ms between two characters
    ruido: float
    suave: float
    semilla: int

    @classmethod
    def by_chance(cls, chance: random.Random) -> Self:
        return cls(
            voz=chance.choice(VOICES),
            rapidez=chance.randint(125, 150),
            tono=chance.randint(35, 65),
            pausa=chance.randint(700, 900),
            ruido=chance.uniform(3, 6),
            suave=chance.uniform(0, 0.7),
            semilla=chance.getrandbits(64),
        )


@cache
def available() -> bool:
    return shutil.which(PROGRAM) is not None


def spelling(character: str) -> tuple[str, ...]:
    """Return how a character is said, in the parts that a short silence divides.

    >>> spelling("N"), spelling("a"), spelling("7")
    (('ene', 'mayúscula', 'de nube'), ('a', 'minúscula', 'de árbol'), ('siete',))
    """
    if character in DIGITS:
        return (DIGITS[character],)
    name, word = LETTERS[character.lower()]
    return (name, "mayúscula" if character.isupper() else "minúscula", f"de {word}")


def recording(word: str, habla: Habla) -> bytes:
    """Return a WAV file (8 bits, one channel) that spells `word`; the same `habla`, the same bytes.

    Raises
        Transient: espeak-ng is not there, or did not answer within WITHIN seconds.
    """
    spoken = _scaled(_spoken(word, habla))
    noisy = _with_noise(spoken, habla)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(noisy[: LONGEST - _HEADER])
    return out.getvalue()


def _spoken(word: str, habla: Habla) -> "array[int]":
    """Return the samples of espeak-ng, 16 bits at SPOKEN_RATE."""
    long, short = f'<break time="{habla.pausa}ms"/>', f'<break time="{BREATH}ms"/> '
    said = long.join(short.join(spelling(character)) for character in word)
    text = f"<speak>{said}{long}</speak>"
    command = [PROGRAM, "-v", habla.voz, "-s", str(habla.rapidez), "-p", str(habla.tono)]
    try:
        done = subprocess.run(
            [*command, "-b", "1", "-m", "--stdin", "--stdout"],
            input=text.encode(),
            capture_output=True,
            check=True,
            timeout=WITHIN,
        )
    except (OSError, subprocess.SubprocessError) as exc:
        raise Transient("espeak-ng no contestó") from exc
    samples = array("h")
    body = done.stdout[_HEADER:]
    samples.frombytes(body[: len(body) // 2 * 2])
    return samples


def _scaled(samples: "array[int]") -> list[int]:
    """Halve the rate (each pair becomes its mean) and bring the loudest sample to PEAK."""
    halved = list(map(add, samples[::2], samples[1::2]))
    loudest = max(max(halved, default=1), -min(halved, default=1)) or 1
    return [sample * PEAK // loudest for sample in halved]


def _with_noise(samples: list[int], habla: Habla) -> bytes:
    """Lay two seconds of noise over the voice, again and again; no sum leaves one byte."""
    chance = random.Random(habla.semilla)  # noqa: S311 - noise is no secret
    noise, kept = [], 0.0
    for grain in chance.randbytes(2 * RATE):
        kept = habla.suave * kept + (1 - habla.suave / 2) * (grain - 128)
        noise.append(128 + round(habla.ruido / 128 * kept))
    return bytes(map(add, samples, cycle(noise)))


_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")


def asked_range(header: str, length: int) -> tuple[int, int] | None:
    """Return first and last byte of a one-part Range header, or None if it asks for none that is."""
    found = _RANGE.fullmatch(header.strip())
    if not found:
        return None
    first = int(found[1])
    last = min(int(found[2] or length - 1), length - 1)
    return (first, last) if first <= last else None

"""How near what a person typed is to a text: pure arithmetic of words."""

from difflib import SequenceMatcher

MINIMUM, SURE = 0.55, 0.8  # of 1: worth showing, and surely what was meant
SLIP = 0.75  # two words this alike are one word with a slip
_EMPTY = (
    "a al como con cual cuales de del donde el en es la las lo los me mi mis para por puedo que"
    " quiero se si su sus tengo tu tus un una y ya saber saco sacar obtener tramite tramites"
)
EMPTY_WORDS = frozenset(_EMPTY.split())


def closeness(typed: str, text: str) -> float:
    """Return from 0 to 1 how much of `typed` is in `text`; both in normal form (`normalise`).

    Each word counts by its best match there: whole 1, its beginning 0.9, a slip its likeness.
    Long words weigh more. Words that say nothing ("de", "mi") count only when there is no other.

    >>> closeness("numero de seguridad sosial", "asignacion del numero de seguridad social") > 0.8
    True
    >>> closeness("imss02008", "imss 02 008 asignacion")
    1.0
    >>> closeness("pasaporte", "imss 02 008 asignacion")
    0.0
    """
    if len(typed) > 4 and typed.replace(" ", "") in text.replace(" ", ""):
        return 1.0
    words = [word for word in typed.split() if word not in EMPTY_WORDS] or typed.split()
    if not words:
        return 0.0
    there = set(text.split())
    gained = sum(len(word) * _best(word, there) for word in words)
    return gained / sum(map(len, words))


def _best(word: str, there: set[str]) -> float:
    if word in there:
        return 1.0
    if len(word) >= 3 and any(other.startswith(word) for other in there):
        return 0.9
    likeness = (SequenceMatcher(None, word, other).ratio() for other in there if len(other) > 2)
    best = max(likeness, default=0.0) if len(word) > 2 else 0.0
    return best if best >= SLIP else 0.0

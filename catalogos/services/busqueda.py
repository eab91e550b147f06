"""Find a colonia by its name when the postal code is not known: typos and accents forgiven."""

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Length

from catalogos.models import Asentamiento
from catalogos.rules import normalise

AT_MOST, ENOUGH = 20, 5  # rows shown; as written, so many need no guessing
SHORTEST = 3  # letters
# Of the words of a name, how much of their trigrams must be there. In a state the index needs
# it high to be fast; in one municipio every name is looked at.
ALIKE_IN_STATE, ALIKE_IN_MUNICIPIO = 0.5, 0.3
ALIKE_IF_SHORT, SHORT = 0.4, 6  # one slip spoils half of a word of five letters
_KINDS = frozenset(
    ("col", "colonia", "fracc", "fraccionamiento", "barrio", "pueblo", "ejido", "rancheria")
)


def find_asentamientos(
    *, nombre: str, entidad: str, municipio_id: int | None = None
) -> list[Asentamiento]:
    """Return up to AT_MOST colonias of a state (or municipio) whose name is like `nombre`.

    First those that hold it as it is written, the shortest first; where these are few and none
    is called just so, those that resemble it, the nearest first. Two queries at most.
    """
    wanted = _without_kind(normalise(nombre))
    if len(wanted) < SHORTEST:
        return []
    places = Asentamiento.objects.vigentes().select_related("municipio__entidad")
    places = places.filter(municipio__entidad=entidad)
    if municipio_id is not None:
        places = places.filter(municipio=municipio_id)
    found = list(_holding(places, wanted)[:AT_MOST])
    exact = any(place.nombre_normalizado == wanted for place in found)
    if len(found) < ENOUGH and not exact:
        known = {place.pk for place in found}
        guessed = _resembling(places, wanted, everywhere=municipio_id is None)
        found += [place for place in guessed if place.pk not in known]
    return found[:AT_MOST]


def _without_kind(name: str) -> str:
    """People write "col. Centro"; the catalogue says "Centro" and its kind apart."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in _KINDS else name


def _holding(places: QuerySet[Asentamiento], wanted: str) -> QuerySet[Asentamiento]:
    begins = Case(When(nombre_normalizado__startswith=wanted, then=Value(0)), default=Value(1))
    order = (begins, Length("nombre_normalizado"), "nombre_normalizado", "municipio", "cp")
    return places.filter(nombre_normalizado__contains=wanted).order_by(*order)


@transaction.atomic
def _resembling(
    places: QuerySet[Asentamiento], wanted: str, *, everywhere: bool
) -> list[Asentamiento]:
    words = TrigramWordSimilarity(wanted, "nombre_normalizado")
    if everywhere:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
                [str(ALIKE_IF_SHORT if len(wanted) <= SHORT else ALIKE_IN_STATE)],
            )
        places = places.filter(nombre_normalizado__trigram_word_similar=wanted)
    else:
        places = places.annotate(words=words).filter(words__gt=ALIKE_IN_MUNICIPIO)
    whole = TrigramSimilarity("nombre_normalizado", wanted)
    return list(places.order_by(-words, -whole, "nombre_normalizado", "cp")[:AT_MOST])

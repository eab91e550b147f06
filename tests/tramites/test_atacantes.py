"""Strangers with whole CURPs get no number and no name; and the same hands do where nothing guards."""

import random

import pytest

from tests.tramites.ataque import assault, victim
from tramites.enums import Estado
from tramites.models import IntentoActa, Solicitud

pytestmark = pytest.mark.django_db
TRIES = 12


def victims(numbered_and_bound, luck):
    return [
        victim(n, luck, numbered=numbered, bound=bound)
        for n, (numbered, bound) in enumerate(numbered_and_bound, 1)
    ]


def test_whole_curps_give_no_number_and_no_name(settings, attend_all):
    settings.PRUEBA_IDENTIDAD = "acta"
    people = victims([(False, False), (True, False), (False, True), (True, True)], random.Random(4))
    botin = assault(people, tries=TRIES, work=attend_all)
    assert botin.vacio, botin.visto
    assert botin.intentos.total() == TRIES * len(people)
    assert IntentoActa.objects.count() >= 4 * len(people), "the answers were really judged"
    assert botin.paginas > 20 * len(people)
    assert botin.cartas >= len(people)
    assert set(botin.avisos) == {one.correo for one in people if one.correo}
    assert max(botin.avisos.values()) <= 60
    assert {row.estado for row in Solicitud.objects.all()} <= {
        Estado.INCONCLUSA,
        Estado.CANCELADA,
        Estado.VENCIDA,
    }


def test_the_same_hands_find_what_nothing_guards(settings, attend_all):
    """Without the second fact, a CURP that nobody bound is whoever's comes first."""
    settings.PRUEBA_IDENTIDAD = "ninguna"
    people = victims([(False, False), (True, False)], random.Random(4))
    botin = assault(people, tries=5, work=attend_all)
    unnumbered, numbered = (one.quien.curp for one in people)
    assert botin.visto["nombre"] == {unnumbered, numbered}
    assert botin.visto["nss"] == {numbered}
    assert botin.visto["documento"] == {numbered}


def test_who_is_bound_already_loses_nothing_even_so(settings, attend_all):
    settings.PRUEBA_IDENTIDAD = "ninguna"
    people = victims([(False, True), (True, True)], random.Random(4))
    botin = assault(people, tries=5, work=attend_all)
    assert botin.vacio, botin.visto
    assert {row.estado for row in Solicitud.objects.all()} == {Estado.RETENIDA}

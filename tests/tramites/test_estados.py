"""The states: one door, a trigger behind it, and constraints that no row can cross."""

import importlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from comun import reloj
from nss.values import Curp
from tramites.enums import LIVE, MOVES, NEXT_STEP, WITH_NUMERO, WITHOUT_NUMERO, Estado, Razon
from tramites.errors import MoveNotAllowed, SolicitudChanged
from tramites.models import Movimiento, Solicitud

CURP = Curp("LORA070514MGRPVNA4")
pytestmark = pytest.mark.django_db


@pytest.fixture
def solicitud(begin):
    return begin(CURP).solicitud


def put(solicitud, estado, **columns):
    """Set a row as no code can: triggers off, constraints on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE tramites_solicitud DISABLE TRIGGER USER")
    try:
        with transaction.atomic():
            Solicitud.objects.filter(pk=solicitud.pk).update(estado=estado, **columns)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE tramites_solicitud ENABLE TRIGGER USER")


def test_trigger_knows_the_moves_of_the_code():
    guards = importlib.import_module("tramites.migrations.0003_no_soy_yo")
    written = {origin: set(nexts.split()) for origin, nexts in guards.PAIRS.items()}
    assert written == {o.value: {t.value for t in nexts} for o, nexts in MOVES.items() if nexts}


def test_every_state_has_its_moves_and_every_step_a_state():
    assert set(MOVES) == set(Estado)
    assert set(NEXT_STEP) <= set(Estado)
    assert WITH_NUMERO.isdisjoint(WITHOUT_NUMERO)
    assert LIVE <= WITH_NUMERO | WITHOUT_NUMERO


@pytest.mark.parametrize("to", sorted(set(Estado) - MOVES[Estado.POR_CONFIRMAR]))
def test_door_refuses_a_move_that_is_not_there(solicitud, to):
    with pytest.raises(MoveNotAllowed):
        solicitud.advance(Estado(to), now=reloj.now())


def test_database_refuses_it_too(solicitud):
    with pytest.raises(DatabaseError), transaction.atomic():
        Solicitud.objects.filter(pk=solicitud.pk).update(estado=Estado.CONCLUIDA)


def test_of_two_holders_of_a_row_one_moves_it(solicitud):
    other = Solicitud.objects.get(pk=solicitud.pk)
    now = reloj.now()
    solicitud.advance(Estado.CONFIRMADA, now=now, confirmada_en=now)
    with pytest.raises(SolicitudChanged):
        other.advance(Estado.VENCIDA, now=now)
    assert Movimiento.objects.count() == 1


def test_movimiento_is_never_changed(solicitud):
    solicitud.advance(Estado.VENCIDA, now=reloj.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Movimiento.objects.update(destino=Estado.CONCLUIDA)
    with pytest.raises(DatabaseError), transaction.atomic():
        Movimiento.objects.all().delete()


@pytest.mark.parametrize(
    ("estado", "columns", "constraint"),
    [
        (Estado.ASIGNADA, {}, "solicitud_with_numero_has_asegurado_and_verbo"),
        (Estado.REQUIERE_DOMICILIO, {"verbo": "asignacion"}, "before_numero_has_no_asegurado"),
        (Estado.INCONCLUSA, {}, "inconclusa_has_razon"),
        (Estado.RETENIDA, {"razon": Razon.HOMONIMIA}, "inconclusa_has_razon"),
        (Estado.CONFIRMADA, {"confirmada_en": None}, "past_por_confirmar_is_confirmada"),
        (Estado.FALLO_TECNICO, {}, "fallo_tecnico_knows_estado_previo"),
        (Estado.RETENIDA, {"estado_previo": "asignada"}, "fallo_tecnico_knows_estado_previo"),
    ],
)
def test_impossible_rows_are_impossible(solicitud, estado, columns, constraint):
    columns = {"confirmada_en": reloj.now(), **columns}
    with pytest.raises(IntegrityError, match=constraint):
        put(solicitud, estado, **columns)


def test_one_live_solicitud_per_curp(begin):
    one, two = begin(CURP, "a@example.org").solicitud, begin(CURP, "b@example.org").solicitud
    put(one, Estado.REQUIERE_DOMICILIO, confirmada_en=reloj.now())
    with pytest.raises(IntegrityError, match="solicitud_one_live_per_curp"):
        put(two, Estado.REQUIERE_DOMICILIO, confirmada_en=reloj.now())


def test_one_open_capture_per_curp_and_mailbox(solicitud):
    solicitud.pk, solicitud.folio = None, "1" * 23
    import uuid

    twin = Solicitud(
        id=uuid.uuid4(),
        folio="1" * 23,
        curp_idx=solicitud.curp_idx,
        correo_idx=solicitud.correo_idx,
        datos={},
        aviso_version=solicitud.aviso_version,
        creada_en=reloj.now(),
        movida_en=reloj.now(),
    )
    with pytest.raises(IntegrityError, match="one_por_confirmar"), transaction.atomic():
        twin.save(force_insert=True)

"""The life of a petition by its services: terms, mails, the chain of audit, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from comun import bitacora, reloj
from comun.models import Bitacora
from tests.derechos.conftest import back, received_on, today
from tramites.derechos import enums
from tramites.derechos.enums import Causa, Derecho, Estado, Via
from tramites.derechos.errors import CannotExtend, CannotWarn, MoveNotAllowed, PeticionRepeated
from tramites.derechos.models import AvisoPeticion, Peticion
from tramites.derechos.rules import Calendario, answer_by, effective_by
from tramites.derechos.services import correos, peticiones, prevenciones

pytestmark = pytest.mark.django_db
STAFF = {"actor": "usuario:7"}


def entries(peticion: Peticion) -> list[tuple[str, str, str]]:
    rows = Bitacora.objects.filter(objeto=f"arco:{peticion.folio}").order_by("n")
    return list(rows.values_list("accion", "actor", "razon"))


def letter(subject: str):
    [found] = [one for one in mail.outbox if subject in one.subject]
    return found


def test_petition_has_a_folio_a_term_a_mail_and_an_entry(pide, attend_all, proved):
    made = pide(Derecho.OPOSICION, "No quiero que usen mi domicilio.")
    attend_all()
    assert made.folio.startswith(f"ARCO-{today().year}-")
    assert made.vence == answer_by(Calendario(), today())
    assert (made.via, made.solicitud_id) == (Via.SESION, proved.pk)
    assert entries(made) == [("arco.recibida", "persona", "oposicion")]
    told = letter("Recibimos tu petición")
    assert told.to == [proved.correo]
    assert told.subject == f"[DEMO] Recibimos tu petición sobre tus datos: {made.folio}"
    for part in (told.subject, told.body, told.alternatives[0][0]):
        assert proved.curp not in part
        assert "domicilio" not in part
    assert f"a más tardar el {made.vence.day} de " in told.body
    assert AvisoPeticion.objects.get().estado == "enviado"


def test_nothing_of_the_person_lies_in_clear(pide, proved):
    made = pide(texto="CANARIO-7781")
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM derechos_peticion p WHERE id = %s", [made.pk])
        row = cursor.fetchone()[0]
        cursor.execute("SELECT a::text FROM derechos_avisopeticion a")
        row += cursor.fetchone()[0]
    for canary in ("CANARIO-7781", proved.curp, proved.correo):
        assert canary not in row
        assert canary.encode().hex() not in row


def test_same_right_is_asked_for_once_at_a_time(pide):
    first = pide(Derecho.ACCESO)
    with pytest.raises(PeticionRepeated):
        pide(Derecho.ACCESO)
    pide(Derecho.CANCELACION)
    peticiones.withdraw(peticion_id=first.pk, now=reloj.now())
    pide(Derecho.ACCESO)
    assert Peticion.objects.count() == 3


def test_extension_adds_its_days_once_and_says_why(pide, attend_all):
    made = received_on(pide(), back(10))
    now = reloj.now()
    made = peticiones.extend(peticion_id=made.pk, dias=4, motivo="Falta un dato.", now=now, **STAFF)
    attend_all()
    assert made.vence == answer_by(Calendario(), back(10), extended=4)
    assert Peticion.objects.get().datos["motivo"] == "Falta un dato."
    told = letter("Ampliamos el plazo")
    assert f"El último día es ahora el {made.vence.day} de " in told.body
    assert "Falta un dato." not in told.body
    assert entries(made)[-1] == ("arco.ampliada", "usuario:7", "4 días")
    with pytest.raises(CannotExtend, match="repetida"):
        peticiones.extend(peticion_id=made.pk, dias=4, motivo="Otra vez.", now=now, **STAFF)


@pytest.mark.parametrize("dias", [0, 11])
def test_extension_is_of_one_to_ten_days(pide, dias):
    with pytest.raises(CannotExtend, match="dias"):
        peticiones.extend(peticion_id=pide().pk, dias=dias, motivo="x", now=reloj.now(), **STAFF)


def test_extension_comes_before_the_term_is_over(pide):
    made = received_on(pide(), back(60))
    with pytest.raises(CannotExtend, match="vencido"):
        peticiones.extend(peticion_id=made.pk, dias=10, motivo="x", now=reloj.now(), **STAFF)
    Peticion.objects.filter(pk=made.pk).update(vence=today())  # the last day is still in time
    peticiones.extend(peticion_id=made.pk, dias=10, motivo="x", now=reloj.now(), **STAFF)


def due(day: date) -> date:
    return answer_by(Calendario(), day)


def test_granted_runs_fifteen_days_and_ends_when_made_good(pide, attend_all):
    made = pide()
    now = reloj.now()
    made = peticiones.grant(peticion_id=made.pk, respuesta="Ahí va.", now=now, **STAFF)
    assert made.vence == effective_by(Calendario(), today())
    day = made.vence.day
    made = peticiones.make_good(peticion_id=made.pk, now=reloj.now(), **STAFF)
    attend_all()
    assert (made.estado, made.vence) == (Estado.EFECTIVA, None)
    assert f"La hacemos efectiva a más tardar el {day} de " in letter("Hay respuesta").body
    assert "Lo que pediste ya está hecho" in letter("ya está hecha").body
    assert [one for one, _, _ in entries(made)] == [
        *("arco.recibida", "arco.procede", "arco.efectiva")
    ]
    assert list(bitacora.broken_rows()) == []


@pytest.mark.parametrize("causa", Causa)
def test_refused_only_for_a_reason_of_the_law(pide, attend_all, causa):
    made = pide(Derecho.CANCELACION)
    made = peticiones.refuse(
        peticion_id=made.pk, causa=causa, respuesta="Porque sí.", now=reloj.now(), **STAFF
    )
    attend_all()
    assert (made.estado, made.causa, made.vence) == (Estado.IMPROCEDENTE, causa, None)
    assert entries(made)[-1] == ("arco.no_procede", "usuario:7", causa)
    assert "Tu petición no procede" in letter("Hay respuesta").body
    assert f"a más tardar el {due(today()).day} de " in letter("Recibimos").body


@pytest.mark.parametrize(
    "changes",
    [
        {"estado": "improcedente", "vence": None, "contestada_en": "now", "concluida_en": "now"},
        {"causa": "terceros"},
        {"estado": "procedente"},
        {"vence": None},
        {"estado": "prevenida"},
        {"subsanada_en": "now"},
        {"prevenida_en": "now"},
        {"estado": "caducada", "vence": None, "concluida_en": "now"},
        {"prorroga": 10},
        {"prorroga": 11, "prorrogada_en": "now"},
    ],
)
def test_database_refuses_a_petition_that_does_not_hold_together(pide, changes):
    made, now = pide(), reloj.now()
    values = {name: now if value == "now" else value for name, value in changes.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Peticion.objects.filter(pk=made.pk).update(**values)


def test_every_move_that_is_not_in_the_table_is_refused(pide):
    made = pide()
    verbs = {
        Estado.PREVENIDA: lambda: prevenciones.warn(
            peticion_id=made.pk, falta="x", now=reloj.now(), **STAFF
        ),
        Estado.RECIBIDA: lambda: prevenciones.clear(
            peticion_id=made.pk, aclaracion="x", now=reloj.now(), **STAFF
        ),
        Estado.PROCEDENTE: lambda: peticiones.grant(
            peticion_id=made.pk, respuesta="x", now=reloj.now(), **STAFF
        ),
        Estado.IMPROCEDENTE: lambda: peticiones.refuse(
            peticion_id=made.pk, causa=Causa.TERCEROS, respuesta="x", now=reloj.now(), **STAFF
        ),
        Estado.EFECTIVA: lambda: peticiones.make_good(
            peticion_id=made.pk, now=reloj.now(), **STAFF
        ),
        Estado.DESISTIDA: lambda: peticiones.withdraw(peticion_id=made.pk, now=reloj.now()),
    }
    for origin in Estado:
        for to, verb in verbs.items():
            put(made, origin)
            if to in enums.MOVES[origin]:
                verb()
            else:
                with pytest.raises((MoveNotAllowed, CannotWarn)):
                    verb()


def put(peticion: Peticion, estado: Estado) -> None:
    now = reloj.now()
    is_open = estado in enums.OPEN
    Peticion.objects.filter(pk=peticion.pk).update(
        estado=estado,
        causa=Causa.TERCEROS if estado == Estado.IMPROCEDENTE else "",
        prevenida_en=now if estado in (Estado.PREVENIDA, Estado.CADUCADA) else None,
        subsanada_en=None,
        contestada_en=now if estado in enums.ANSWERED else None,
        concluida_en=None if is_open else now,
        vence=today() if is_open else None,
    )
    peticion.avisos.all().delete()


def test_new_day_off_moves_the_terms_that_run_and_leaves_an_entry(pide, settings, tmp_path):
    made, other = pide(Derecho.ACCESO), pide(Derecho.OPOSICION)
    peticiones.withdraw(peticion_id=other.pk, now=reloj.now())
    assert peticiones.recount(reloj.now()) == 0
    path = tmp_path / "inhabiles.txt"
    path.write_text(f"{today() + timedelta(days=1)}/{today() + timedelta(days=14)} Huelga\n")
    settings.DIAS_INHABILES = str(path)
    assert peticiones.recount(reloj.now()) == 1
    moved = Peticion.objects.get(pk=made.pk)
    assert moved.vence > made.vence
    assert entries(moved)[-1] == ("arco.recontada", "sistema", str(moved.vence))
    assert peticiones.recount(reloj.now()) == 0


def test_overdue_is_the_day_after_the_last(pide):
    made = pide()
    Peticion.objects.filter(pk=made.pk).update(vence=today())
    assert not Peticion.objects.overdue(today()).exists()
    assert Peticion.objects.overdue(today() + timedelta(days=1)).exists()


def test_mail_that_is_refused_or_given_up_is_settled_once(pide):
    aviso = pide().avisos.get()
    correos.abandon(aviso_id=aviso.pk)
    correos.send(aviso_id=aviso.pk)
    assert AvisoPeticion.objects.get().estado == "rechazado"
    assert not [letter for letter in mail.outbox if "petición" in letter.subject]

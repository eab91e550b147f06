"""A petition that lacks something: asked for once, in time; cleared, it runs anew; silence ends it."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comun import bitacora, reloj
from comun.models import Bitacora
from tests.derechos.conftest import back, browser_of, received_on, today
from tramites.derechos.enums import Derecho, Estado
from tramites.derechos.errors import CannotWarn, MoveNotAllowed, PeticionRepeated, TooLateToClear
from tramites.derechos.models import Peticion
from tramites.derechos.rules import Calendario, answer_by, clear_by, warn_by
from tramites.derechos.services import peticiones, prevenciones
from tramites.derechos.tasks import recount

pytestmark = pytest.mark.django_db
STAFF = {"actor": "usuario:7"}
LACKS = "Dinos de qué domicilio hablas: CANARIO-FALTA."


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def warn(peticion: Peticion, now: datetime | None = None) -> Peticion:
    when = now or reloj.now()
    return prevenciones.warn(peticion_id=peticion.pk, falta=LACKS, now=when, **STAFF)


def clear(peticion: Peticion, said: str = "El de Taxco.") -> Peticion:
    facts = {"aclaracion": said, "now": reloj.now(), "actor": "persona"}
    return prevenciones.clear(peticion_id=peticion.pk, **facts)


def warned_on(peticion: Peticion, day: date) -> Peticion:
    """Make it as if it had been asked for what it lacks at noon of that day."""
    made = warn(peticion)
    made.prevenida_en = noon(day)
    vence = made.term(Calendario())
    Peticion.objects.filter(pk=made.pk).update(prevenida_en=noon(day), vence=vence)
    return Peticion.objects.get(pk=made.pk)


def done(peticion: Peticion) -> list[str]:
    rows = Bitacora.objects.filter(objeto=f"arco:{peticion.folio}").order_by("n")
    return list(rows.values_list("accion", flat=True))


def page_of(peticion: Peticion, visita):
    return visita.get(f"/mis-datos/peticiones/{peticion.folio}/")


def test_what_lacks_is_asked_for_with_ten_days_and_a_mail_that_does_not_say_what(pide, attend_all):
    made = warn(pide())
    attend_all()
    assert (made.estado, made.vence) == (Estado.PREVENIDA, clear_by(Calendario(), today()))
    [letter] = [one for one in mail.outbox if "Falta aclarar algo" in one.subject]
    assert f"a más tardar el {made.vence.day} de " in letter.body
    assert "CANARIO" not in letter.body + letter.subject + letter.alternatives[0][0]
    assert done(made) == ["arco.recibida", "arco.prevenida"]


def test_once_cleared_the_whole_term_begins_anew(pide, attend_all):
    made = received_on(warned_on(pide(), back(5)), back(6))
    made = clear(made)
    attend_all()
    assert (made.estado, made.vence) == (Estado.RECIBIDA, answer_by(Calendario(), today()))
    assert Peticion.objects.get().datos["aclaracion"] == "El de Taxco."
    assert peticiones.recount(reloj.now()) == 0  # the hourly count agrees
    [letter] = [one for one in mail.outbox if "lo que aclaraste" in one.subject]
    assert f"a más tardar el {made.vence.day} de " in letter.body
    assert done(made)[-1] == "arco.subsanada"
    assert list(bitacora.broken_rows()) == []


def test_it_is_asked_once(pide):
    made = clear(warn(pide()))
    with pytest.raises(CannotWarn, match="repetida"):
        warn(made)


def test_it_is_asked_within_five_business_days(pide):
    made = pide()
    received = timezone.localdate(made.recibida_en)
    last = warn_by(Calendario(), received)
    with pytest.raises(CannotWarn, match="vencido"):
        warn(made, noon(last + timedelta(days=1)))
    assert warn(made, noon(last)).vence == clear_by(Calendario(), last)


def test_five_and_ten_days_counted_by_hand():
    # Received on a Friday; Monday 16 November 2026 is a day of rest.
    assert warn_by(Calendario(), date(2026, 11, 13)) == date(2026, 11, 23)
    assert clear_by(Calendario(), date(2026, 11, 13)) == date(2026, 11, 30)


def test_silence_ends_it_the_day_after_the_last_and_not_before(pide, attend_all):
    made = warn(pide())
    Peticion.objects.filter(pk=made.pk).update(vence=today())
    assert prevenciones.lapse(reloj.now()) == 0
    Peticion.objects.filter(pk=made.pk).update(vence=back(1))
    assert prevenciones.lapse(reloj.now()) == 0, "what came on paper may have yet to be typed"
    warned_on_long_ago = noon(back(40))
    vence = clear_by(Calendario(), back(40))
    Peticion.objects.filter(pk=made.pk).update(prevenida_en=warned_on_long_ago, vence=vence)
    recount()
    attend_all()
    ended = Peticion.objects.get()
    assert (ended.estado, ended.vence) == (Estado.CADUCADA, None)
    assert ended.concluida_en
    [letter] = [one for one in mail.outbox if "no presentada" in one.subject]
    assert "puedes hacer una nueva" in letter.body
    assert done(made)[-1] == "arco.caducada"
    assert prevenciones.lapse(reloj.now()) == 0


def test_what_was_handed_in_on_its_last_day_counts_from_that_day(pide):
    made = received_on(warned_on(pide(), back(20)), back(25))
    last = made.vence
    assert last < today()
    facts = {"aclaracion": "El de Taxco.", "now": reloj.now(), "actor": "usuario:7"}
    with pytest.raises(TooLateToClear):
        prevenciones.clear(peticion_id=made.pk, dia=last + timedelta(days=1), **facts)
    made = prevenciones.clear(peticion_id=made.pk, dia=last, **facts)
    assert (made.estado, made.vence) == (Estado.RECIBIDA, answer_by(Calendario(), last))
    assert peticiones.recount(reloj.now()) == 0  # the hourly count agrees


def test_after_its_time_it_is_not_cleared(pide):
    made = warn(pide())
    Peticion.objects.filter(pk=made.pk).update(vence=back(1))
    with pytest.raises(TooLateToClear):
        clear(made)
    with pytest.raises(MoveNotAllowed):
        clear(pide(Derecho.OPOSICION))


def test_while_it_waits_the_same_right_is_not_asked_for_again(pide):
    made = warn(pide())
    with pytest.raises(PeticionRepeated):
        pide()
    peticiones.withdraw(peticion_id=made.pk, now=reloj.now())
    pide()


def test_the_person_reads_what_lacks_and_gives_it(pide, proved):
    made, visita = warn(pide()), browser_of(proved)
    page = page_of(made, visita)
    assert "CANARIO-FALTA" in page.text
    assert "Último día para aclararla" in page.text
    sent = {**page.form("form-aclarar"), "aclaracion": "El de Taxco."}
    assert visita.post(f"/mis-datos/peticiones/{made.folio}/aclarar/", sent).status == 303
    page = page_of(made, visita)
    assert "Lo que aclaraste El de Taxco." in page.text
    assert "form-aclarar" not in page.doc.forms


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Escribe lo que te pedimos."),
        ("x" * 1001, "Escribe 1000 caracteres como máximo."),
        ("a\u202eb", "Quita los caracteres invisibles"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(pide, proved, typed, said):
    made, visita = warn(pide()), browser_of(proved)
    form = page_of(made, visita).form("form-aclarar")
    page = visita.post(
        f"/mis-datos/peticiones/{made.folio}/aclarar/", {**form, "aclaracion": typed}
    )
    assert page.status == 200
    assert said in page.text
    assert typed in page.html
    assert Peticion.objects.get().estado == Estado.PREVENIDA


def test_only_its_owner_clears_it(pide, begin):
    made = warn(pide())
    other = browser_of(begin(made.datos["curp"], "otra@example.org").confirm())
    url = f"/mis-datos/peticiones/{made.folio}/aclarar/"
    assert other.post(url, {"aclaracion": "Yo."}).status == 409
    assert Peticion.objects.get().estado == Estado.PREVENIDA


def test_page_of_one_that_ended_offers_another(pide, proved):
    made = warn(pide())
    Peticion.objects.filter(pk=made.pk).update(vence=back(1))
    page = page_of(made, browser_of(proved))
    assert "ya terminó" in page.text
    assert "form-aclarar" not in page.doc.forms
    assert "recurso de revisión" not in page.text  # nobody was silent but the person
    assert "retírala aquí abajo" in page.text
    Peticion.objects.filter(pk=made.pk).update(vence=back(20))
    prevenciones.lapse(reloj.now())
    assert "haz una nueva petición" in page_of(made, browser_of(proved)).text

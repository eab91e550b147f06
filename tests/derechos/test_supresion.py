"""A cancellation: read open, every table, nothing of the person is left but what the law keeps."""

import json

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, transaction

from comun import reloj
from comun.inventario import fields_of
from comun.models import Bitacora
from nss.models import Numero
from tests.derechos.conftest import browser_of
from tests.derechos.test_pasos import page_of
from tests.tramites.conftest import CORREO
from tramites import enums
from tramites.derechos.enums import Derecho, Estado
from tramites.derechos.errors import SamePersonErases, StillInFlight
from tramites.derechos.expediente import compile_expediente
from tramites.derechos.models import Peticion
from tramites.derechos.services import copias, peticiones
from tramites.derechos.services.supresion import KEPT
from tramites.models import EquipoConocido, Solicitud, VinculoCorreo
from tramites.services import equipos
from tramites.services.vinculos import speaks

pytestmark = pytest.mark.django_db
STAFF, ANOTHER = {"actor": "usuario:7"}, {"actor": "usuario:8"}
OTHER = "intruso@example.org"


def cancel(solicitud: Solicitud) -> Peticion:
    now = reloj.now()
    asked = {"derecho": Derecho.CANCELACION, "texto": "Borren todo.", "now": now}
    made = peticiones.receive(solicitud=solicitud, **asked)
    peticiones.grant(peticion_id=made.pk, respuesta="Sí.", now=now, **STAFF)
    return peticiones.make_good(peticion_id=made.pk, now=reloj.now(), **STAFF)


def tables_that_tell(*canaries: str) -> set[str]:
    """Return the tables where any of these is read, every seal open; the sessions' own too."""
    found = set()
    for model in apps.get_models():
        for row in model._default_manager.all():
            values = {name: _open(row, name) for name in fields_of(model)}
            text = json.dumps(values, ensure_ascii=False, default=str)
            if any(canary in text for canary in canaries):
                found.add(model._meta.label)
    return found


def _open(row, name):
    field = row._meta.get_field(name)
    return None if field.is_relation else getattr(row, name)


@pytest.fixture
def concluded(ana, begin, taxco, numbered) -> Solicitud:
    tramite = begin(ana.curp)
    tramite.confirm()
    return tramite.conclude(taxco)


def test_nothing_is_left_but_what_the_law_keeps(concluded, ana, attend_all):
    copias.ask(solicitud=concluded, now=reloj.now())
    attend_all()
    canaries = (ana.curp, concluded.correo, ana.nombres, "Amargura", concluded.numero.nss)
    before = tables_that_tell(*canaries)
    assert {"tramites.Solicitud", "tramites.Correo", "tramites.VinculoCorreo"} <= before
    assert "derechos.Copia" in before
    made = cancel(concluded)
    attend_all()
    assert tables_that_tell(*canaries) - set(KEPT) == set()
    assert tables_that_tell("Amargura") == set()  # the address is nowhere
    assert tables_that_tell(concluded.correo) <= {"derechos.Peticion", "derechos.AvisoPeticion"}
    assert Numero.objects.filter(nss=concluded.numero.nss).exists()
    note = Bitacora.objects.get(accion="arco.efectiva", objeto=f"arco:{made.folio}")
    assert note.razon == "1 solicitudes vaciadas"


def test_every_table_that_is_kept_is_there_and_says_why():
    labels = {model._meta.label for model in apps.get_models()}
    assert set(KEPT) <= labels
    assert all(reason.endswith(".") for reason in KEPT.values())


def test_page_says_what_is_kept(concluded, begin, attend_all):
    made = cancel(concluded)
    attend_all()
    again = begin(concluded.curp).confirm()
    page = page_of(made, browser_of(again))
    assert "Lo que se conserva" in page.text
    for reason in KEPT.values():
        assert reason in page.text


def test_old_session_shows_nothing_more(concluded, attend_all):
    visita = browser_of(concluded)
    cancel(concluded)
    attend_all()
    page = visita.get("/asignacion-nss/mi-tramite/")
    assert page.status in (403, 409)
    assert concluded.curp not in page.html
    assert visita.get("/mis-datos/").status == 200


def test_number_is_found_again_by_whoever_proves_a_mailbox_anew(concluded, begin, ana):
    nss = concluded.numero.nss
    cancel(concluded)
    again = begin(ana.curp, "nueva@example.org").confirm()
    assert again.numero.nss == nss
    assert again.folio != concluded.folio


@pytest.mark.parametrize("estado", [enums.Estado.REQUIERE_DOMICILIO, enums.Estado.INCONCLUSA])
def test_one_on_its_way_is_ended_first(proved, estado, begin):
    if estado == enums.Estado.INCONCLUSA:
        proved.advance(estado, now=reloj.now(), razon="sin_respuesta")
    cancel(proved)
    row = Solicitud.objects.get(pk=proved.pk)
    assert row.estado in (enums.Estado.CANCELADA, enums.Estado.VENCIDA)
    assert (row.datos, bool(row.vaciada_en)) == ({}, True)


def test_one_that_cannot_be_ended_now_stops_the_whole(begin, ana):
    row = begin(ana.curp).confirm()
    row.advance(enums.Estado.POR_ASIGNAR, now=reloj.now())
    row.advance(enums.Estado.FALLO_TECNICO, now=reloj.now())
    with pytest.raises(StillInFlight):
        cancel(row)
    made = Peticion.objects.get()
    assert made.estado == Estado.PROCEDENTE
    assert Solicitud.objects.get(pk=row.pk).curp == ana.curp


def test_mailbox_of_somebody_else_erases_only_its_own(concluded, begin, attend_all):
    held = begin(concluded.curp, OTHER).confirm()
    cancel(held)
    attend_all()
    assert speaks(concluded)
    assert Solicitud.objects.get(pk=concluded.pk).correo == concluded.correo
    assert Solicitud.objects.get(pk=held.pk).datos == {}


def test_freeze_is_not_thawed_by_a_cancellation(concluded, begin):
    held = begin(concluded.curp, OTHER).confirm()
    pair = VinculoCorreo.objects.of_pair(held)
    pair.update(estado=VinculoCorreo.Estado.CONGELADO)
    cancel(held)
    frozen = VinculoCorreo.objects.filter(correo_idx=held.correo_idx)
    assert frozen.get().estado == VinculoCorreo.Estado.CONGELADO


def granted_on_paper(curp, correo: str = "", *, grants=STAFF) -> Peticion:
    now = reloj.now()
    made = peticiones.register_in_person(
        curp=curp, correo=correo, derecho=Derecho.CANCELACION, texto="x", now=now, **STAFF
    )
    return peticiones.grant(peticion_id=made.pk, respuesta="Sí.", now=now, **grants)


@pytest.mark.parametrize("correo", ["", "nuevo@example.org"])
def test_on_paper_it_is_of_the_whole_curp_and_the_bound_mailbox_is_told(
    concluded, ana, attend_all, correo
):
    """The mailbox of the form tells where to write: it is no scope."""
    made = granted_on_paper(ana.curp, correo)
    mail.outbox.clear()
    peticiones.make_good(peticion_id=made.pk, now=reloj.now(), **ANOTHER)
    attend_all()
    assert Solicitud.objects.get(pk=concluded.pk).datos == {}
    assert not VinculoCorreo.objects.exists()
    [told] = [one for one in mail.outbox if "Se borró lo que había" in one.subject]
    assert told.to == [CORREO]
    assert "¿No fuiste tú?" in told.body
    assert ana.curp not in told.body + told.alternatives[0][0]


@pytest.mark.parametrize("grants", [STAFF, ANOTHER])
def test_on_paper_who_registered_or_granted_it_does_not_erase(concluded, ana, grants):
    made = granted_on_paper(ana.curp, grants=grants)
    for hand in (STAFF, grants):
        with pytest.raises(SamePersonErases):
            peticiones.make_good(peticion_id=made.pk, now=reloj.now(), **hand)
    assert VinculoCorreo.objects.active().exists()
    with pytest.raises(IntegrityError, match="by_another_hand"), transaction.atomic():
        Peticion.objects.filter(pk=made.pk).update(hecha_por=STAFF["actor"])


def test_known_browser_is_forgotten_with_the_bond(concluded):
    equipos.remember(solicitud=concluded, equipo="x" * 43, now=reloj.now())
    assert EquipoConocido.objects.exists()
    cancel(concluded)
    assert not EquipoConocido.objects.exists()


def test_mail_to_the_bound_one_is_not_told_to_the_mailbox_of_the_form(
    concluded, ana, begin, attend_all
):
    made = granted_on_paper(ana.curp, OTHER)
    peticiones.make_good(peticion_id=made.pk, now=reloj.now(), **ANOTHER)
    attend_all()
    later = begin(ana.curp, OTHER).confirm()
    told = json.dumps(compile_expediente(later, now=reloj.now()), default=str)
    assert CORREO not in told


@pytest.mark.parametrize("derecho", sorted(set(Derecho) - {Derecho.CANCELACION}))
def test_no_other_right_erases(concluded, derecho):
    now = reloj.now()
    made = peticiones.receive(solicitud=concluded, derecho=derecho, texto="x", now=now)
    peticiones.grant(peticion_id=made.pk, respuesta="Sí.", now=now, **STAFF)
    peticiones.make_good(peticion_id=made.pk, now=reloj.now(), **STAFF)
    assert Solicitud.objects.get(pk=concluded.pk).correo == concluded.correo

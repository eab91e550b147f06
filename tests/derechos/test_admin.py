"""The desk: what it sees of a petition, what it does with it, and what it is not let do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comun import reloj
from comun.models import Bitacora
from comun.personal.models import Revelacion
from tests.derechos.conftest import back, received_on, today
from tests.personal.entrada import account, come_in
from tramites.derechos.enums import Causa, Derecho, Estado, Via
from tramites.derechos.models import Peticion
from tramites.derechos.rules import Calendario, answer_by

pytestmark = pytest.mark.django_db
TABLE = "/admin/derechos/peticion/"


@pytest.fixture
def desk() -> Client:
    return come_in(Client(), account("mesa", "--atiende-derechos")[0])


def step(desk: Client, peticion: Peticion, **sent: str):
    filled = {"accion": "", "dias": "10", "razon": "", "palabras": "", **sent}
    return desk.post(f"{TABLE}{peticion.pk}/change/", filled)


def fresh(peticion: Peticion) -> Peticion:
    return Peticion.objects.get(pk=peticion.pk)


def test_list_is_by_the_day_due_and_names_nobody(desk, pide, proved):
    late, soon = received_on(pide(Derecho.ACCESO), back(90)), pide(Derecho.OPOSICION)
    page = desk.get(TABLE).content.decode()
    assert page.index(late.folio) < page.index(soon.folio)
    for secret in (proved.curp, proved.correo, "LÓPEZ"):
        assert secret not in page
    overdue = desk.get(f"{TABLE}?plazo=vencido").content.decode()
    assert late.folio in overdue
    assert soon.folio not in overdue


def test_petition_shows_what_is_asked_and_whose_mailbox_speaks(desk, pide, proved):
    made = pide(texto="Quiero mi copia.")
    page = desk.get(f"{TABLE}{made.pk}/change/").content.decode()
    assert "Quiero mi copia." in page
    assert "icon-yes" in page  # the mailbox is the one bound to the CURP
    assert proved.curp not in page
    assert proved.correo not in page


def test_extend_grant_and_make_good(desk, pide):
    made = pide()
    assert step(desk, made, accion="ampliar", dias="3", palabras="Falta.").status_code == 302
    assert fresh(made).vence == answer_by(Calendario(), today(), extended=3)
    assert step(desk, made, accion="procede", palabras="Ahí va.").status_code == 302
    assert step(desk, made, accion="hecha").status_code == 302
    assert fresh(made).estado == Estado.EFECTIVA
    actors = Bitacora.objects.filter(objeto=f"arco:{made.folio}").exclude(actor="persona")
    user = User.objects.get(username="mesa")
    assert set(actors.values_list("actor", flat=True)) == {f"usuario:{user.pk}"}


def test_cancellation_erases_when_it_is_said_to_be_done(desk, pide, proved):
    made = pide(Derecho.CANCELACION)
    step(desk, made, accion="procede", palabras="Sí.")
    page = desk.get(f"{TABLE}{made.pk}/change/").content.decode()
    assert "Borrar ahora los datos (no se puede deshacer)" in page
    assert step(desk, made, accion="hecha").status_code == 302
    proved.refresh_from_db()
    assert proved.datos == {}


def test_ask_for_what_lacks_and_note_what_was_said_on_paper(desk, pide):
    made = pide()
    assert step(desk, made, accion="prevenir", palabras="¿De qué domicilio?").status_code == 302
    assert (fresh(made).estado, fresh(made).datos["falta"]) == (
        Estado.PREVENIDA,
        "¿De qué domicilio?",
    )
    assert "opción válida" in step(desk, made, accion="procede", palabras="x").content.decode()
    assert "Escribe lo que aclaró" in step(desk, made, accion="aclarar").content.decode()
    assert step(desk, made, accion="aclarar", palabras="El de Taxco.").status_code == 302
    assert fresh(made).estado == Estado.RECIBIDA
    again = step(desk, made, accion="prevenir", palabras="¿Y el otro?").content.decode()
    assert "Se pide una sola vez" in again
    page = desk.get(f"{TABLE}{made.pk}/change/").content.decode()
    assert "El de Taxco." in page


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (-1, "entre el que se le pidió y hoy"),
        (40, "entre el que se le pidió y hoy"),
        (1, "otra petición"),
    ],
)
def test_day_of_what_came_on_paper_is_one_that_counts(desk, pide, ago, said):
    made = received_on(pide(), back(30))
    asked = reloj.now() - timedelta(days=28)
    Peticion.objects.filter(pk=made.pk).update(
        estado=Estado.PREVENIDA, prevenida_en=asked, vence=back(7)
    )
    sent = {"accion": "aclarar", "palabras": "El de Taxco."}
    page = step(desk, made, **sent, entregada=back(ago).isoformat())
    assert said in page.content.decode()
    assert fresh(made).estado == Estado.PREVENIDA
    assert step(desk, made, **sent, entregada=back(8).isoformat()).status_code == 302
    assert fresh(made).estado == Estado.RECIBIDA


def test_refuse_with_a_reason(desk, pide):
    made = pide()
    sent = {"accion": "no_procede", "razon": Causa.TERCEROS, "palabras": "No se puede."}
    assert step(desk, made, **sent).status_code == 302
    assert (fresh(made).estado, fresh(made).causa) == (Estado.IMPROCEDENTE, Causa.TERCEROS)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"accion": "no_procede", "palabras": "No."}, "Elige la causa de la ley."),
        ({"accion": "no_procede", "razon": "terceros"}, "Escribe lo que leerá la persona."),
        ({"accion": "no_procede", "razon": "x", "palabras": "No."}, "opción válida"),
        ({"accion": "prevenir"}, "Escribe lo que leerá la persona."),
        ({"accion": "aclarar", "palabras": "x"}, "opción válida"),
        ({"accion": "procede"}, "Escribe lo que leerá la persona."),
        ({"accion": "ampliar", "dias": "11", "palabras": "x"}, "menor o igual a 10"),
        ({"accion": "ampliar", "dias": "", "palabras": "x"}, "Di cuántos días."),
        ({"accion": "hecha"}, "opción válida"),
    ],
)
def test_step_that_lacks_something_changes_nothing(desk, pide, sent, said):
    made = pide()
    page = step(desk, made, **sent)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert fresh(made).estado == Estado.RECIBIDA
    assert not fresh(made).prorroga


def test_second_extension_and_late_one_are_refused_on_the_form(desk, pide):
    made = pide()
    sent = {"accion": "ampliar", "palabras": "x"}
    step(desk, made, **sent)
    assert "ya se amplió" in step(desk, made, **sent).content.decode()
    late = received_on(pide(Derecho.OPOSICION), back(90))
    assert "ya venció" in step(desk, late, **sent).content.decode()


def test_petition_on_paper_is_registered(desk):
    sent = {
        "derecho": "oposicion",
        "curp": "lora070514mgrpvna4",
        "correo": "",
        "texto": "Lo trajo su madre, con acta.",
    }
    assert desk.post(f"{TABLE}add/", sent).status_code == 302
    made = Peticion.objects.get()
    assert (made.via, made.correo, made.solicitud) == (Via.PERSONAL, "", None)
    assert made.datos["curp"] == "LORA070514MGRPVNA4"
    assert not made.avisos.exists()
    wrong = desk.post(f"{TABLE}add/", sent | {"curp": "LORA071314MGRPVNA4"})
    assert wrong.status_code == 200
    assert Peticion.objects.count() == 1


def test_who_may_only_look_changes_nothing(pide):
    made = pide()
    user = account("mira")[0]
    user.user_permissions.add(Permission.objects.get(codename="view_peticion"))
    client = come_in(Client(), user)
    assert client.get(f"{TABLE}{made.pk}/change/").status_code == 200
    assert step(client, made, accion="procede", palabras="x").status_code == 403
    assert client.get(f"{TABLE}add/").status_code == 403
    assert fresh(made).estado == Estado.RECIBIDA


def test_desk_without_the_right_sees_no_petition(pide):
    made, client = pide(), come_in(Client(), account("otra")[0])
    assert client.get(TABLE).status_code == 403
    assert client.get(f"{TABLE}{made.pk}/change/").status_code == 403


def test_whose_it_is_is_shown_for_a_reason_and_noted(desk, pide, proved):
    made = pide()
    url = f"{TABLE}{made.pk}/revelar/"
    assert desk.get(url).status_code == 403
    user = User.objects.get(username="mesa")
    user.user_permissions.add(Permission.objects.get(codename="revelar"))
    assert proved.curp not in desk.get(url).content.decode()
    sent = {"dato": "curp", "motivo": "peticion", "referencia": made.folio}
    assert proved.curp in desk.post(url, sent).content.decode()
    note = Revelacion.objects.get()
    assert (note.sujeto, note.referencia) == (proved.curp_idx, made.folio)
    assert Bitacora.objects.filter(accion="dato.revelado").count() == 1


def test_nobody_deletes_one(desk, pide):
    assert desk.post(f"{TABLE}{pide().pk}/delete/", {"post": "yes"}).status_code == 403

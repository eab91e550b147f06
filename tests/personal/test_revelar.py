"""Staff see a datum in full for a reason, once; the audit, the supervisor and the person know."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from comun import bitacora, reloj
from comun.models import Bitacora
from comun.personal.models import Revelacion
from nss.models import Asegurado
from tests.personal.entrada import account, come_in
from tests.tramites import conftest as camino
from tests.tramites.conftest import CORREO

# The people and walks of tramites, here too.
llave, attend_all, begin, ana, numbered, taxco = (
    *(camino.llave, camino.attend_all, camino.begin),
    *(camino.ana, camino.numbered, camino.taxco),
)
pytestmark = pytest.mark.django_db
GIVEN = {"motivo": "ayuda", "referencia": "Caso 123/2026"}
WHO = "/asignacion-nss/mi-tramite/quien-consulto/"


@pytest.fixture
def walked(ana, begin, taxco, numbered):
    """Ana's request, concluded: with CURP, mailbox, name, address, number and documents."""
    numbered(ana)
    tramite = begin(ana.curp)
    tramite.confirm()
    return tramite.solicitud


@pytest.fixture
def desk(client):
    return come_in(client, account("mesa", "--revela", "--oficina", "Servicios Escolares 5")[0])


def reveal(solicitud) -> str:
    return reverse("admin:tramites_solicitud_revelar", args=(solicitud.pk,))


def secrets_of(solicitud) -> dict[str, str]:
    who = solicitud.identidad
    return {
        "curp": solicitud.curp,
        "correo": solicitud.correo,
        "nombre": who.nombre_completo,
        "nss": solicitud.numero.nss.pretty,
    }


@pytest.mark.parametrize("dato", ["curp", "correo", "nombre", "nss"])
def test_one_datum_is_shown_for_a_reason_and_noted(desk, walked, dato):
    answer = desk.post(reveal(walked), {"dato": dato, **GIVEN})
    page, known = answer.content.decode(), secrets_of(walked)
    assert known.pop(dato) in page
    assert not [text for text in known.values() if text in page]
    assert "no-store" in answer["Cache-Control"]
    row = Revelacion.objects.get()
    assert (row.dato, row.motivo, row.referencia) == (dato, "ayuda", "Caso 123/2026")
    assert (row.oficina, bytes(row.sujeto)) == ("Servicios Escolares 5", bytes(walked.curp_idx))
    entry = Bitacora.objects.get(accion="dato.revelado")
    assert entry.actor == f"usuario:{row.usuario_id}"
    assert entry.objeto == row.objeto == f"tramites.solicitud:{walked.pk}"
    assert bitacora.broken_rows() == []


def test_registry_reveals_too(desk, walked):
    row = Asegurado.objects.get(curp_idx=walked.curp_idx)
    url = reverse("admin:nss_asegurado_revelar", args=(row.pk,))
    assert walked.curp in desk.post(url, {"dato": "curp", **GIVEN}).content.decode()


def test_looking_shows_nothing_and_notes_nothing(desk, walked):
    page = desk.get(reveal(walked)).content.decode()
    assert not [text for text in secrets_of(walked).values() if text in page]
    assert not Revelacion.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"motivo": ""},
        {"motivo": "porque sí"},
        {"dato": ""},
        {"dato": "domicilio"},  # this request has none
        {"referencia": ""},
        {"referencia": f"caso de {CORREO}"},
        {"referencia": "LORA070514MGRPVNA4"},
    ],
)
def test_without_a_reason_nothing_is_shown(desk, walked, change):
    page = desk.post(reveal(walked), {"dato": "curp", **GIVEN, **change}).content.decode()
    assert "errornote" in page
    assert not [
        text for name, text in secrets_of(walked).items() if text in page.split("<input")[0]
    ]
    assert not Revelacion.objects.exists()


def test_it_takes_a_permission_of_its_own(client, walked):
    come_in(client, account("otra")[0])
    assert client.get(reveal(walked)).status_code == 403
    assert client.post(reveal(walked), {"dato": "curp", **GIVEN}).status_code == 403
    change = reverse("admin:tramites_solicitud_change", args=(walked.pk,))
    assert "Revelar" not in client.get(change).content.decode()


def test_permission_to_reveal_is_not_one_to_look(client, walked):
    user = User.objects.create_user("sola", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="revelar"))
    come_in(client, user)
    assert client.post(reveal(walked), {"dato": "curp", **GIVEN}).status_code == 403


def test_row_says_where_to_ask(desk, walked):
    change = reverse("admin:tramites_solicitud_change", args=(walked.pk,))
    assert reveal(walked) in desk.get(change).content.decode()


def test_no_page_of_the_admin_shows_a_whole_datum(walked):
    """Every list and every row of every table, as somebody who may see all of them."""
    boss = come_in(Client(), User.objects.create_superuser("jefa"))
    texts = [*secrets_of(walked).values(), str(walked.numero.nss)]
    seen = 0
    for model, one in admin.site._registry.items():
        name = f"admin:{one.opts.app_label}_{one.opts.model_name}"
        pages = [reverse(f"{name}_changelist")]
        try:
            pages += [
                reverse(f"{name}_change", args=(pk,))
                for pk in model.objects.values_list("pk", flat=True)[:5]
            ]
        except NoReverseMatch:
            continue
        for page in pages:
            answer = boss.get(page)
            assert answer.status_code == 200, page
            assert not [text for text in texts if text in answer.content.decode()], page
            seen += 1
    assert seen > len(admin.site._registry)


def test_supervisor_sees_how_often_each_account_did(desk, walked):
    for dato in ("curp", "nss", "correo"):
        desk.post(reveal(walked), {"dato": dato, **GIVEN})
    boss = come_in(Client(), account("supervisora", "--supervisa")[0])
    page = boss.get(reverse("admin:personal_revelacion_changelist")).content.decode()
    today = f"{reloj.local_date(reloj.now()):%d/%m/%Y}"
    assert f"<td>{today}</td><td>mesa</td><td>3</td>" in page
    assert desk.get(reverse("admin:personal_revelacion_changelist")).status_code == 403


@pytest.mark.parametrize("verb", ["UPDATE personal_revelacion SET dato = 'nss'", "DELETE FROM {}"])
def test_what_was_noted_stays(desk, walked, verb):
    desk.post(reveal(walked), {"dato": "curp", **GIVEN})
    with (
        pytest.raises(DatabaseError, match="solo admite filas nuevas"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format("personal_revelacion"))


@pytest.mark.parametrize("change", [{"referencia": ""}, {"motivo": "otro"}, {"oficina": ""}])
def test_table_refuses_a_look_without_its_reason(walked, change):
    user = User.objects.create_user("mesa")
    facts = {"dato": "curp", "oficina": "Una", **GIVEN, **change}
    with pytest.raises(IntegrityError, match="what_and_why"), transaction.atomic():
        Revelacion.objects.create(
            usuario=user, sujeto=bytes(16), objeto="x", fecha=reloj.now(), **facts
        )


# --- the person's side --------------------------------------------------------------------------


def page_of(solicitud) -> str:
    visitor = Client()
    session = visitor.session
    session["solicitud"] = str(solicitud.pk)
    session.save()
    answer = visitor.get(WHO)
    assert answer.status_code == 200
    return answer.content.decode()


def test_person_is_told_that_nobody_looked(walked):
    assert "Nadie. Ninguna persona" in page_of(walked)


def test_person_reads_when_who_what_and_what_for_and_no_name(desk, walked):
    desk.post(reveal(walked), {"dato": "nss", **GIVEN})
    page = page_of(walked)
    for told in ("Servicios Escolares 5", "NSS", "Ayudar a la persona con su trámite"):
        assert told in page
    assert not [text for text in ("Caso 123", "mesa", walked.curp) if text in page]


def test_look_at_the_registry_is_told_too(desk, walked):
    row = Asegurado.objects.get(curp_idx=walked.curp_idx)
    desk.post(reverse("admin:nss_asegurado_revelar", args=(row.pk,)), {"dato": "curp", **GIVEN})
    assert "Servicios Escolares 5" in page_of(walked)


def test_another_mailbox_is_told_of_its_own_request_alone(desk, walked, begin):
    desk.post(reveal(walked), {"dato": "nss", **GIVEN})
    stranger = begin(walked.curp, "otra@example.org")
    stranger.confirm()
    assert "Nadie. Ninguna persona" in page_of(stranger.solicitud)


def test_page_is_for_who_proved_the_mailbox(client):
    assert client.get(WHO).status_code == 403

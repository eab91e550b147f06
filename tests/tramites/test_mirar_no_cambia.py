"""Looking changes nothing: GET and HEAD of the whole URL map, by everybody, leave every table as it was."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.management import call_command
from django.test import Client

from comun import reloj
from constancias.enums import Canal
from constancias.models import LlaveSello
from constancias.services.comprobacion import leave_pdf
from tests.nss.personas import identidad
from tests.paginas import recorrer
from tests.tramites import escena
from tramites import rules
from tramites.models import Solicitud
from tramites.pases import Pase
from tramites.pasos.acceso import BEGUN, LINK, OPEN
from tramites.pasos.objecion import NOTICE
from tramites.pasos.quiosco import COOKIE
from tramites.services.identidad import accept_identidad

pytestmark = pytest.mark.django_db
# What a form of ours would send, in the address: no view may take it for a press.
PRESSED = {
    "accion": "continuar",
    "codigo": "123456",
    "ultimos4": "VNA4",
    "curp": "LORA070514MGRPVNA4",
    "correo": "ana@example.org",
    "post": "yes",
    "_method": "POST",
}
HEADERS = {"Accept": "text/html", "X-HTTP-Method-Override": "POST"}


@pytest.fixture
def mundo(begin):
    """People at the points of the procedure where there is most to press, and their tokens."""
    call_command("cargar_fichas", "--aplicar", verbosity=0)
    escena.catalogue()
    escena.series()
    people = [escena.in_padron(identidad(n)) for n in range(3)]
    escena.with_number(people[0])
    done, address, waits = (
        begin(who.curp, f"persona{n}@example.org") for n, who in enumerate(people)
    )
    done.confirm()
    address.confirm()
    accept_identidad(solicitud_id=address.id, now=reloj.now())
    begin(people[0].curp, "otra@example.org").confirm()  # held: the bound mailbox was told
    notice = next(
        found for m in mail.outbox if (found := re.search(r"no-fui-yo/([\w-]{43})", m.body))
    )
    return {"hecha": done, "domicilio": address, "espera": waits, "aviso": notice[1]}


def value_of(mundo, name: str, before: str) -> str:
    """Return a value of the named part of an address that leads somewhere."""
    if name in ("object_id", "id"):
        return row_of(before)
    if name == "token":
        return mundo["aviso"] if "no-fui-yo" in before else mundo["espera"].token
    if name == "pase":
        return Pase("abc", "CETIS 26", reloj.now() + timedelta(hours=1)).signed()
    fixed = {
        "publico": "derechohabientes",
        "etapa": "empleo",
        "categoria": "tramites",
        "tipo": "constancia",
        "numero": "1",
        "formato": "json",
        "key": "abcdef",
        "url": "no-existe",
        "app_label": "tramites",
        "content_type_id": "1",
        "version": "2025-03-21",
        "clave": "imss-02-008" if before.startswith("/tramites/") else "1700000000000000000-1",
        "folio": Solicitud.objects.get(pk=mundo["hecha"].id).folio,
        "serie": LlaveSello.objects.values_list("serie", flat=True)[0],
        "consulta_id": str(leave_pdf(pdf=b"%PDF-1.7", canal=Canal.PAGINA, now=reloj.now())),
    }
    return str(fixed[name])


def row_of(path: str) -> str:
    """Return the key of some row of the admin's model at `path`."""
    app, model = path.split("/")[2:4]
    if app == "r":  # «ver en el sitio»
        app, model = "auth", "user"
    first = apps.get_model(app, model).objects.first()
    return str(first.pk) if first else str(uuid4())


def browser(session: dict[str, str], **cookies: str) -> Client:
    made = Client(headers=HEADERS)
    if session:
        store = SessionStore()
        store.update(session)
        store.save()
        made.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    for name, value in cookies.items():
        made.cookies[name] = value
    return made


def look_at_all(who: Client, every: list[str]) -> set[int]:
    """GET and HEAD every path, bare and with a form's answers; return the statuses seen."""
    seen = set()
    for path in every:
        for data in ({}, PRESSED):
            seen.add(who.get(path, data).status_code)
            seen.add(who.head(path, data).status_code)
    return seen


def test_citizens_look_everywhere_and_no_table_changes(mundo):
    every = [p for p in all_paths(mundo) if not p.startswith("/admin/")]
    assert len(every) > 60
    roles = {
        "nadie": browser({}),
        "espera": browser(
            {
                BEGUN: str(mundo["espera"].id),
                LINK: rules.token_hash(mundo["espera"].token).hex(),
                NOTICE: rules.token_hash(mundo["aviso"]).hex(),
            }
        ),
        "domicilio": browser({OPEN: str(mundo["domicilio"].id)}),
        "hecha": browser({OPEN: str(mundo["hecha"].id)}),
        "compartido": browser({OPEN: str(mundo["domicilio"].id)}, **{COOKIE: "1"}),
    }
    before, seen = recorrer.digests(), set()
    for role, who in roles.items():
        seen |= look_at_all(who, every)
        assert recorrer.changed(before) == [], role
    assert {200, 303, 403, 404, 405, 410} <= seen, "the roles really got in"


def test_staff_look_everywhere_and_no_table_changes(mundo, admin_client):
    every = [p for p in all_paths(mundo) if p.startswith("/admin/")]
    assert len(every) > 60
    admin_client.get("/admin/")
    before = recorrer.digests()
    assert {200, 302, 403} <= look_at_all(admin_client, every)
    assert recorrer.changed(before) == []


def all_paths(mundo) -> list[str]:
    return list(recorrer.paths(lambda name, before: value_of(mundo, name, before)))


def test_a_look_that_writes_would_be_noticed(mundo):
    before = recorrer.digests()
    Solicitud.objects.filter(pk=mundo["hecha"].id).update(movida_en=reloj.now())
    assert recorrer.changed(before) == ["tramites_solicitud"]

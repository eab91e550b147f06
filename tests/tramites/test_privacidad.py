"""The privacy notice: beside the form, whole and dated, and kept with every request."""

import shutil
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from comun import reloj
from nss.values import Curp
from tests.tramites.escena import PASO1
from tests.tramites.visita import Visita
from tramites import privacidad
from tramites.forms import AVISO_CHANGED
from tramites.models import Solicitud
from tramites.services import captura, confirmacion

CURP = Curp("LORA070514MGRPVNA4")
NOTICE = "/privacidad/"


@pytest.fixture
def versiones(settings, tmp_path):
    """A folder of the operator's own: the portal's notice, and what `publish` adds."""
    settings.AVISOS_DIR = str(tmp_path)
    [base] = privacidad.AVISOS.glob("*.toml")
    shutil.copy(base, tmp_path)

    def publish(day: date) -> str:
        text = base.read_text().replace(base.stem, day.isoformat())
        (tmp_path / f"{day}.toml").write_text(text.replace("Ninguno de estos", "Ni uno de estos"))
        return day.isoformat()

    return publish


def today() -> date:
    return reloj.local_date(reloj.now())


def test_each_day_has_its_version(versiones):
    versiones(date(2030, 1, 1))
    days = [date(2020, 1, 1), date(2025, 3, 21), date(2029, 12, 31), date(2030, 1, 1)]
    found = [privacidad.aviso_at(day).version for day in days]
    assert found == ["2025-03-21", "2025-03-21", "2025-03-21", "2030-01-01"]


@pytest.mark.django_db
def test_form_shows_the_short_notice_before_its_first_field():
    page = Visita().get(PASO1)
    short = privacidad.aviso_at(today()).simplificado
    assert " ".join(short.split()) in page.text
    assert 0 < page.html.index('id="aviso-privacidad"') < page.html.index('id="id_curp"')
    assert NOTICE in page.links()


@pytest.mark.django_db
def test_whole_notice_says_what_the_law_asks(settings):
    settings.EMISOR_NOMBRE, settings.EMISOR_DOMICILIO = "Escuela de Prueba", "Calle Uno 1, Taxco."
    settings.EMISOR_TRANSPARENCIA = "Unidad de Transparencia, puerta 3"
    page = Visita().get(NOTICE)
    for said in (
        *("Escuela de Prueba", "Calle Uno 1, Taxco.", "Unidad de Transparencia, puerta 3"),
        *("Qué datos usa", "Con qué fundamento", "Para qué los usa", "A quién se transfieren"),
        *("Cómo negarte", "Cómo ejercer tus derechos", "Cómo se avisa de los cambios"),
        *("20 días hábiles", "10 días hábiles", "15 días hábiles"),
        *("Sujetos Obligados", "recurso de revisión", "21 de marzo de 2025, en vigor"),
    ):
        assert said in page.text
    assert "Particulares" not in page.text
    settings.EMISOR_REGIMEN = "privado"
    assert "Particulares" in Visita().get(NOTICE).text


@pytest.mark.django_db
def test_every_version_stays_at_its_address(versiones):
    past, later = versiones(date(2025, 8, 1)), versiones(today() + timedelta(days=30))
    now = Visita().get(NOTICE)
    assert f"{NOTICE}2025-03-21/" in now.links()
    assert f"{NOTICE}{later}/" in now.links()
    assert now.text.count("(en vigor)") == 1
    assert "ya no está en vigor" in Visita().get(f"{NOTICE}2025-03-21/").text
    assert "todavía no entra en vigor" in Visita().get(f"{NOTICE}{later}/").text
    assert "Ni uno de estos" in Visita().get(f"{NOTICE}{past}/").text
    assert Visita().get(f"{NOTICE}2001-01-01/").status == 404


@pytest.mark.django_db
def test_request_keeps_the_version_that_was_shown():
    assert Visita().capture(curp=CURP, correo="ana@example.org").status == 303
    assert Solicitud.objects.get().aviso_version == privacidad.aviso_at(today()).version


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "2001-01-01", "otra"])
def test_no_request_without_the_notice_in_force(sent):
    page = Visita().capture(curp=CURP, correo="ana@example.org", aviso=sent)
    assert page.status == 200
    assert AVISO_CHANGED in page.text
    assert page.form("form-captura")["curp"] == CURP
    assert not Solicitud.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db
def test_page_open_while_the_notice_changes_shows_the_new_one(versiones):
    visita = Visita()
    form = visita.get(PASO1).form("form-captura")
    versiones(today())
    page = visita.send_capture(form, curp=CURP, correo="ana@example.org")
    assert AVISO_CHANGED in page.text
    again = page.form("form-captura")
    assert again["aviso"] == today().isoformat()
    assert visita.send_capture(again, curp=CURP, correo="ana@example.org", typed="").status == 303
    assert Solicitud.objects.get().aviso_version == today().isoformat()


@pytest.mark.django_db
def test_same_request_sent_again_bears_the_version_accepted_last(versiones):
    first = captura.open_solicitud(curp=CURP, correo="ana@example.org", now=reloj.now())
    version = versiones(today())
    again = captura.open_solicitud(curp=CURP, correo="ana@example.org", now=reloj.now())
    assert again.pk == first.pk
    assert Solicitud.objects.get().aviso_version == version


@pytest.mark.django_db
def test_another_mailbox_keeps_the_version_that_was_accepted(begin, age, versiones):
    first = begin(CURP, "mal@example.org").solicitud
    age(first, minutes=5)
    versiones(today())
    now = reloj.now()
    moved = confirmacion.change_correo(solicitud_id=first.pk, correo="ana@example.org", now=now)
    assert moved.pk != first.pk
    assert Solicitud.objects.get(pk=moved.pk).aviso_version == first.aviso_version == "2025-03-21"


@pytest.mark.django_db
def test_database_refuses_a_request_without_version(begin):
    row = begin(CURP).solicitud
    with pytest.raises(IntegrityError, match="which_aviso_was_accepted"), transaction.atomic():
        Solicitud.objects.filter(pk=row.pk).update(aviso_version="")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("nota.toml", "", "", "Invalid isoformat"),
        ("2025-13-40.toml", "", "", "2025-13-40"),
        ("2026-01-01.toml", "", "", "otra fecha"),
        ("2025-03-21.toml", "simplificado", "corto", "simplificado"),
        ("2025-03-21.toml", "titulo =", "nombre =", "titulo"),
        ("2025-03-21.toml", "Secretaría Anticorrupción", "INAI, Secretaría", "INAI ya no existe"),
    ],
)
def test_wrong_notice_stops_the_start(settings, tmp_path, name, old, new, said):
    settings.AVISOS_DIR = str(tmp_path)
    [base] = privacidad.AVISOS.glob("*.toml")
    (tmp_path / name).write_text(base.read_text().replace(old, new, 1) if old else base.read_text())
    with pytest.raises(ImproperlyConfigured, match=said):
        privacidad.avisos()
    assert "tramites.E001" in {found.id for found in run_checks(tags=["security"])}


def test_production_needs_the_address_of_who_answers(settings):
    settings.EMISOR_DOMICILIO = ""
    assert "tramites.E002" not in {found.id for found in run_checks(tags=["security"])}
    settings.DEMO = False
    assert "tramites.E002" in {found.id for found in run_checks(tags=["security"])}


def test_no_folder_without_notices(settings, tmp_path):
    settings.AVISOS_DIR = str(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="No hay ningún aviso"):
        privacidad.avisos()

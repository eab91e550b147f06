"""Asking for the copy: by whom, how soon, on what paper, for how long, and with which entry."""

import json
import re
import subprocess
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from comun import reloj
from comun.models import Bitacora
from constancias.documentos import DEMOSTRACION
from nss.values import Curp
from tests.derechos.conftest import browser_of
from tests.tramites.visita import Visita
from tramites.derechos.enums import FormatoCopia
from tramites.derechos.errors import CopiaUnknown
from tramites.derechos.models import Copia
from tramites.derechos.services import copias
from tramites.models import Solicitud, VinculoCorreo
from tramites.pasos.quiosco import COOKIE

pytestmark = pytest.mark.django_db
HOME, COPY = "/mis-datos/", "/mis-datos/copia/"
SOON = 60  # s


@pytest.fixture
def concluded(ana, begin, taxco, numbered) -> Solicitud:
    tramite = begin(ana.curp)
    tramite.confirm()
    return tramite.conclude(taxco)


def pages_of(pdf: bytes) -> list[str]:
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in run.stdout.decode().split("\f")[:-1]]


def test_copy_is_made_in_time_in_both_forms(concluded, ana, attend_all):
    visita, began = browser_of(concluded), time.monotonic()
    assert visita.post(COPY).url == COPY
    assert "Preparamos tu copia" in visita.get(COPY).text
    attend_all()
    took = time.monotonic() - began
    assert "Tu copia está lista" in visita.get(COPY).text
    as_json = visita.client.get(f"{COPY}json/")
    as_pdf = visita.client.get(f"{COPY}pdf/")
    assert took < SOON
    told = json.loads(as_json.content)
    assert told["completa"]
    printed = " ".join(pages_of(as_pdf.content))
    for known in (ana.curp, ana.primer_apellido, concluded.numero.nss, concluded.folio):
        assert known in json.dumps(told, ensure_ascii=False)
        assert known in printed
    for answer, kind in ((as_json, "json"), (as_pdf, "pdf")):
        assert answer["Content-Type"] == f"application/{kind}"
        assert answer["Content-Disposition"] == f'attachment; filename="mis-datos.{kind}"'
        assert "no-store" in answer["Cache-Control"]


def test_paper_says_what_the_file_says_and_on_every_page_that_it_is_a_demonstration(
    concluded, attend_all
):
    """Letters are compared, for on paper the lines are broken."""
    copias.ask(solicitud=concluded, now=reloj.now())
    attend_all()
    pdf = copias.read(solicitud=concluded, formato=FormatoCopia.PDF, now=reloj.now())
    pages = pages_of(pdf)
    assert len(pages) > 1
    assert all(DEMOSTRACION in page for page in pages)
    printed = re.sub(r"\W", "", " ".join(pages))
    identidad = Solicitud.objects.get(pk=concluded.pk).datos["identidad"]
    for value in (*identidad.values(), *concluded.datos["domicilio"].values()):
        if isinstance(value, str):
            assert re.sub(r"\W", "", value) in printed


def test_each_copy_is_in_the_chain_of_audit_and_a_look_is_not(concluded, attend_all):
    visita = browser_of(concluded)
    visita.get(HOME), visita.get(COPY), visita.head(COPY)
    entries = Bitacora.objects.filter(accion="datos.copia_pedida")
    assert not entries.exists()
    assert not Copia.objects.exists()
    visita.post(COPY)
    assert entries.values_list("objeto", "actor").get() == (f"solicitud:{concluded.pk}", "persona")
    visita.post(COPY)  # it is being made: the same one
    assert (entries.count(), Copia.objects.count()) == (1, 1)
    attend_all()
    visita.post(COPY)  # just made: the same one
    assert (entries.count(), Copia.objects.count()) == (1, 1)
    Copia.objects.update(pedida_en=F("pedida_en") - copias.FRESH)
    visita.post(COPY)
    attend_all()
    assert (entries.count(), Copia.objects.count()) == (2, 1)


def test_nobody_reads_the_copy_of_another(concluded, begin, attend_all):
    copias.ask(solicitud=concluded, now=reloj.now())
    attend_all()
    for url in (COPY, f"{COPY}json/", f"{COPY}pdf/"):
        assert Visita().get(url).status == 403
    assert Visita().post(COPY).status == 403
    other = browser_of(begin(Curp("PEGJ900101HDFRRN09"), "pepe@example.org").confirm())
    assert other.get(COPY).url == HOME
    assert other.get(f"{COPY}json/").status == 409


def test_copy_made_before_the_voice_moved_is_not_read_after(concluded, attend_all):
    copias.ask(solicitud=concluded, now=reloj.now())
    attend_all()
    visita = browser_of(concluded)
    assert visita.client.get(f"{COPY}json/").status_code == 200
    VinculoCorreo.objects.filter(curp_idx=concluded.curp_idx).update(estado="retirado")
    assert visita.client.get(f"{COPY}json/").status_code == 403
    with pytest.raises(CopiaUnknown):
        copias.read(solicitud=concluded, formato=FormatoCopia.JSON, now=reloj.now())


def test_copy_is_kept_an_hour_and_sealed(concluded, ana, attend_all):
    copias.ask(solicitud=concluded, now=reloj.now())
    attend_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM derechos_copia c")
        [(row,)] = cursor.fetchall()
    for canary in (ana.curp, ana.nombres, concluded.numero.nss):
        assert canary not in row
        assert canary.encode().hex() not in row
    assert copias.forget(reloj.now()) == 0
    Copia.objects.update(pedida_en=F("pedida_en") - timedelta(hours=1))
    visita = browser_of(concluded)
    assert visita.get(COPY).url == HOME
    assert visita.get(f"{COPY}pdf/").status == 409
    assert copias.forget(reloj.now()) == 1
    assert not Copia.objects.exists()


def test_copy_forgotten_while_it_was_made_stays_forgotten(concluded, attend_all):
    made = copias.ask(solicitud=concluded, now=reloj.now())
    Copia.objects.all().delete()
    copias.make(copia_id=made.pk)
    attend_all()
    assert not Copia.objects.exists()


def test_unknown_form_is_not_found(concluded):
    assert browser_of(concluded).get(f"{COPY}xml/").status == 404


def test_shared_computer_gets_none(concluded, attend_all):
    visita = browser_of(concluded)
    visita.client.cookies[COOKIE] = "1"
    assert "En un equipo compartido no se descarga" in visita.get(HOME).text
    assert visita.post(COPY).url == HOME
    assert not Copia.objects.exists()
    copias.ask(solicitud=concluded, now=reloj.now())
    attend_all()
    assert visita.get(f"{COPY}pdf/").status == 404

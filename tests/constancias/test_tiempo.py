"""PAdES B-T: an outside clock dates the signature, and its faults neither pass nor block for ever."""

import time
from datetime import timedelta

import pytest

from comun import outbox, reloj
from comun.errors import Transient
from comun.models import Bitacora
from constancias import firma, rules, services, tiempo
from constancias.enums import Tipo
from constancias.errors import TimeUnavailable
from constancias.models import LlaveSello
from constancias.services import emision
from tests.constancias import hojas
from tests.constancias.autoridad import MODES, Autoridad

pytestmark = pytest.mark.django_db


@pytest.fixture
def tsa(settings, tmp_path):
    authority = Autoridad()
    roots = tmp_path / "raices.pem"
    roots.write_text(authority.certificado)
    settings.TSA_URL, settings.TSA_AUTORIDAD = authority.url, str(roots)
    yield authority
    authority.stop()


def facts_of(age: timedelta = timedelta()):
    return hojas.facts(folio=rules.mint_folio(reloj.now() - age))


def read(pdf: bytes) -> firma.Firma:
    return firma.read(pdf, autoridades=[row.autoridad for row in LlaveSello.objects.all()])


def issue(numero, facts):
    preparado = services.prepare(facts=facts, tipo=Tipo.TARJETA)
    return services.record(preparado=preparado, numero=numero, now=reloj.now())


def test_dated_document_is_valid_for_pdfsig_and_pyhanko(llave, numero, tsa, pdf_tool):
    before = reloj.now() - timedelta(seconds=2)
    pdf = services.read_pdf(issue(numero, facts_of()))
    assert tsa.pedidos == 1
    report = pdf_tool(pdf, "pdfsig", "-nocert", "{}")
    assert "Signature is Valid." in report
    assert "Total document signed" in report
    found = read(pdf)
    assert (found.valida, found.entera) == (True, True)
    assert before < found.sellada < reloj.now() + timedelta(seconds=2)
    assert Bitacora.objects.get().razon == ""


def test_without_an_authority_it_is_not_dated(llave, numero):
    found = read(services.read_pdf(issue(numero, facts_of())))
    assert (found.valida, found.sellada) == (True, None)
    assert Bitacora.objects.get().razon == ""


@pytest.mark.parametrize("modo", MODES)
def test_a_failing_authority_puts_a_young_document_off(llave, tsa, modo):
    tsa.modo = modo
    begun = time.monotonic()
    with pytest.raises(TimeUnavailable):
        services.prepare(facts=facts_of(), tipo=Tipo.TARJETA)
    assert time.monotonic() - begun < tiempo.DEADLINE + 2
    tsa.modo = "buena"
    assert services.prepare(facts=facts_of(), tipo=Tipo.TARJETA).con_hora


def test_nobody_listens(llave, tsa, settings):
    settings.TSA_URL = "http://127.0.0.1:1/"
    with pytest.raises(TimeUnavailable):
        services.prepare(facts=facts_of(), tipo=Tipo.TARJETA)


def test_the_step_that_meets_it_is_worth_repeating():
    assert issubclass(TimeUnavailable, Transient)
    assert emision.PATIENCE < outbox.TRANSIENT_FOR


@pytest.mark.parametrize("modo", ["caida", "basura"])
def test_after_a_while_nobody_waits_for_it(llave, numero, tsa, modo):
    tsa.modo = modo
    document = issue(numero, facts_of(emision.PATIENCE + timedelta(minutes=1)))
    found = read(services.read_pdf(document))
    assert (found.valida, found.sellada) == (True, None)
    assert Bitacora.objects.get().razon == "sin sello de tiempo"


def test_three_slow_dates_fit_in_the_time_of_one_step(settings):
    assert 3 * tiempo.DEADLINE < settings.CELERY_TASK_SOFT_TIME_LIMIT / 2


def test_a_retired_authority_unmakes_no_document(llave, numero, tsa, settings, tmp_path):
    pdf = services.read_pdf(issue(numero, facts_of()))
    other = tmp_path / "otra.pem"
    other.write_text(Autoridad().certificado)
    settings.TSA_AUTORIDAD = str(other)
    found = read(pdf)
    assert (found.valida, found.sellada) == (True, None)


def test_without_roots_any_whole_token_dates(llave, numero, tsa, settings):
    settings.TSA_AUTORIDAD = ""
    tsa.modo = "otra_firma"
    assert read(services.read_pdf(issue(numero, facts_of()))).sellada is not None

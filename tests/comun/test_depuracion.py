"""What is past its plazo goes, to the day; what is not, and what is for ever, stays."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from model_bakery import baker

from comun import depuracion, reloj
from comun.inventario import Borrado, tables
from comun.models import Bitacora, Evento, Pendiente
from constancias.enums import Canal, Dictamen, Medio
from constancias.models import Verificacion

pytestmark = pytest.mark.django_db
baker.generators.add("comun.fields.BlindIndexField", lambda: secrets.token_bytes(16))
baker.generators.add("comun.fields.SealedJsonField", dict)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
DELETED = [tabla for tabla in tables() if isinstance(tabla.plazo, Borrado)]
# What a row must be besides old, where any row will not do.
BESIDES = {
    "comun.Pendiente": {"estado": "hecho"},
    "tramites.VinculoCorreo": {"estado": "retirado"},
    "tramites.Correo": {"estado": "enviado"},
    "tramites.Opinion": {"facilidad": "facil"},
    "constancias.Verificacion": {"medio": "codigo", "canal": "pagina", "dictamen": "vigente"},
    "derechos.Peticion": {"estado": "desistida"},
    "derechos.AvisoPeticion": {"peticion__estado": "desistida", "peticion__concluida_en": NOW},
    "tramites.AmpliacionBuzon": {"curps": 30},
    "tramites.CasoVinculo": {"solicita__username": "a", "resuelve__username": "b"},
    "sessions.Session": {"session_key": "k" * 32},
}


def row_of(tabla, moment):
    """One row that `tabla`'s plazo speaks of, whose instant is `moment`."""
    model, plazo = apps.get_model(tabla.modelo), tabla.plazo
    when = model._meta.get_field(plazo.campo)
    value = moment if isinstance(when, models.DateTimeField) else reloj.local_date(moment)
    made = {**BESIDES.get(tabla.modelo, {}), **wanted(plazo.donde)}
    if plazo.campo == "vence":  # it began before it ended
        began = next(
            f.name for f in model._meta.local_fields if f.name in ("creada_en", "creado_en")
        )
        made[began] = value - timedelta(days=1)
    row = baker.make(model, **{**made, plazo.campo: value})
    model.objects.filter(pk=row.pk).update(**{plazo.campo: value})  # auto_now_add and the like
    return row


def wanted(condition):
    """Return the first value that each `field__in` of a condition allows."""
    return {
        name.removesuffix("__in"): value[0]
        for name, value in filter(lambda child: isinstance(child, tuple), condition.children)
        if name.endswith("__in")
    }


@pytest.mark.parametrize("tabla", DELETED, ids=lambda tabla: tabla.modelo)
def test_a_row_goes_when_its_plazo_is_over_and_not_before(tabla):
    model = apps.get_model(tabla.modelo)
    now = reloj.now()
    row = row_of(tabla, now)
    end = now + timedelta(days=tabla.plazo.dias)
    margin = timedelta(days=1, minutes=1)
    depuracion.purge(now=end - margin)
    assert model.objects.filter(pk=row.pk).exists()
    gone = depuracion.purge(now=end + margin)
    assert not model.objects.filter(pk=row.pk).exists()
    assert tabla.modelo in [one.modelo for one in gone]


def test_it_is_counted_before_it_is_done_and_then_audited(capsys):
    old = reloj.now() - timedelta(days=366)
    for _ in range(3):
        Verificacion.objects.create(
            medio=Medio.CODIGO, canal=Canal.PAGINA, dictamen=Dictamen.VIGENTE, fecha=old
        )
    call_command("depurar")
    said = capsys.readouterr().out
    assert "constancias.Verificacion: 3 borradas" in said
    assert "En seco" in said
    assert Verificacion.objects.count() == 3
    call_command("depurar", aplicar=True)
    assert Verificacion.objects.count() == 0
    entry = Bitacora.objects.first()
    assert (entry.accion, entry.objeto) == ("depuracion", "constancias.Verificacion")
    assert entry.razon == "3 filas borradas"
    call_command("depurar", aplicar=True)
    assert Bitacora.objects.count() == 1, "nothing done, nothing written down"


def test_what_still_works_is_never_too_old():
    ages_ago = reloj.now() - timedelta(days=3650)
    waiting = baker.make(Pendiente, estado="pendiente", creado_en=ages_ago, proximo=ages_ago)
    done = baker.make(Pendiente, estado="hecho", creado_en=ages_ago, proximo=ages_ago)
    Evento.objects.create(objeto=waiting.objeto, tipo="x", fecha=ages_ago)
    Session.objects.create(
        session_key="viva", session_data="", expire_date=reloj.now() + timedelta(1)
    )
    depuracion.purge(now=reloj.now())
    assert Pendiente.objects.get() == waiting
    assert not Pendiente.objects.filter(pk=done.pk).exists()
    assert Evento.objects.count() == 1
    assert Session.objects.get().pk == "viva"


def test_a_full_table_goes_in_batches_and_the_clock_stops_it(monkeypatch):
    monkeypatch.setattr(depuracion, "BATCH", 10)
    long_ago = reloj.now() - timedelta(days=400)
    Verificacion.objects.bulk_create(
        Verificacion(medio="codigo", canal="pagina", dictamen="vigente", fecha=long_ago)
        for _ in range(35)
    )
    assert depuracion.purge(now=reloj.now(), seconds=0) == []
    assert Verificacion.objects.count() == 35
    depuracion.purge(now=reloj.now(), seconds=10)
    assert Verificacion.objects.count() == 0

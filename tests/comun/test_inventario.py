"""The inventory: every field of every model has a class, a purpose and a plazo."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from comun import inventario, reloj, tablas
from comun.depuracion import vaciador
from comun.fields import SealedJsonField
from comun.inventario import Borrado, Clase, Vaciado, fields_of, tables

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "inventario.md"


def test_nothing_is_kept_that_the_inventory_does_not_tell():
    assert inventario.faults() == [], "declara el campo en el inventario.py de su aplicación"


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text() == inventario.as_markdown(), "manage.py inventario lo escribe"
    call_command("inventario", revisar=True)


def test_a_field_without_its_line_is_told(monkeypatch):
    bitacora = tablas.TABLAS[-1]
    without = {name: campo for name, campo in bitacora.campos.items() if name != "actor"}
    changed = (*tablas.TABLAS[:-1], replace(bitacora, campos=without))
    monkeypatch.setattr(tablas, "TABLAS", changed)
    assert inventario.faults() == ["comun.Bitacora.actor: falta en el inventario"]
    with pytest.raises(CommandError, match=r"Bitacora\.actor"):
        call_command("inventario", revisar=True)


def test_a_line_without_its_field_is_told(monkeypatch):
    bitacora = tablas.TABLAS[-1]
    more = {**bitacora.campos, "apodo": inventario.personal("Cómo le dicen.")}
    changed = (*tablas.TABLAS[:-1], replace(bitacora, campos=more))
    monkeypatch.setattr(tablas, "TABLAS", changed)
    assert inventario.faults() == ["comun.Bitacora.apodo: ya no existe"]


def test_a_table_without_its_entry_is_told_field_by_field(monkeypatch):
    monkeypatch.setattr(tablas, "TABLAS", tablas.TABLAS[1:])
    model = apps.get_model("comun.Pendiente")
    told = [f"comun.Pendiente.{name}: falta en el inventario" for name in fields_of(model)]
    assert inventario.faults() == told


@pytest.mark.django_db
@pytest.mark.parametrize("tabla", list(tables()), ids=lambda tabla: tabla.modelo)
def test_what_is_said_can_be_read_and_done(tabla):
    assert tabla.finalidad.endswith(".")
    assert all(campo.finalidad.endswith(".") for campo in tabla.campos.values())
    model = apps.get_model(tabla.modelo)
    for plazo in (tabla.plazo, *(campo.plazo for campo in tabla.campos.values())):
        if isinstance(plazo, Borrado):
            assert isinstance(model._meta.get_field(plazo.campo), models.DateField), plazo.campo
            assert str(model._default_manager.filter(plazo.donde).query)
        if plazo is not None:
            assert plazo.texto.endswith(".")
        if isinstance(plazo, Vaciado):
            assert vaciador(plazo).due(reloj.now()).query


def test_what_is_sealed_is_told_as_personal_or_secret():
    told = {tabla.modelo: tabla.campos for tabla in tables()}
    sealed = [
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedJsonField)
    ]
    assert sealed
    for label, name in sealed:
        assert told[label][name].clase in (Clase.PERSONAL, Clase.SECRETA), (label, name)

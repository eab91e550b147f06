"""What the database refuses by itself, whoever asks: each constraint is broken once."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError

from catalogos.models import Delegacion, Subdelegacion
from comun.cripto import SealBroken
from nss.models import (
    Asegurado,
    CurpAnterior,
    Numero,
    PersonaPadron,
    PrefijoSerie,
    Serie,
    curp_index,
    persona_index,
)
from nss.rules.numero import nss_digit
from nss.values import Nss
from tests.nss.personas import identidad

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def asegurado(n: int = 0) -> Asegurado:
    who = identidad(n)
    return Asegurado.objects.create(
        curp_idx=curp_index(who.curp),
        persona_idx=persona_index(who),
        datos=who.as_json(),
        creado_en=NOW,
    )


def numero(n: int = 0, **changes) -> Numero:
    facts = {
        "nss": Nss.compose(prefijo="00", alta=26, nacimiento=4, consecutivo=n),
        "fecha_alta": TODAY,
    } | changes
    if "asegurado" not in facts:
        facts["asegurado"] = asegurado(n)
    return Numero.objects.create(**facts)


def serie(**changes) -> Serie:
    return Serie.objects.create(
        **{"prefijo": "00", "anio_alta": 26, "anio_nacimiento": 4} | changes
    )


def padron(**changes) -> PersonaPadron:
    who = identidad()
    facts = {"curp_idx": curp_index(who.curp), "datos": who.as_json(), "estatus": "AN"}
    return PersonaPadron.objects.create(**facts | changes)


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def area() -> Subdelegacion:
    delegacion = Delegacion.objects.create(clave="12", nombre="Guerrero")
    return Subdelegacion.objects.create(delegacion=delegacion, clave="03", nombre="Iguala")


def test_prefijo_once_per_area():
    PrefijoSerie.objects.create(prefijo="00")
    with refused("prefijo_once_per_area"):
        PrefijoSerie.objects.create(prefijo="00")


@pytest.mark.parametrize("prefijo", ["0", "AB", "٠١"])
def test_prefijo_is_two_digits(prefijo):
    with refused("prefijo_is_two_digits"):
        PrefijoSerie.objects.create(prefijo=prefijo)


def test_prefijo_of_one_area_at_most():
    sub = area()
    with refused("prefijo_of_one_area_at_most"):
        PrefijoSerie.objects.create(prefijo="72", delegacion=sub.delegacion, subdelegacion=sub)


def test_serie_one_per_prefix_and_years():
    serie()
    with refused("serie_one_per_prefix_and_years"):
        serie()


def test_serie_prefijo_is_two_digits():
    with refused("serie_prefijo_is_two_digits"):
        serie(prefijo="X1")


@pytest.mark.parametrize("field", ["anio_alta", "anio_nacimiento"])
def test_serie_years_have_two_digits(field):
    with refused("serie_years_have_two_digits"):
        serie(**{field: 2026})


def test_serie_siguiente_fits_four_digits():
    with refused("serie_siguiente_fits_four_digits"):
        serie(siguiente=10_001)


def test_serie_never_goes_back():
    serie(siguiente=5)
    with refused("serie_never_goes_back"):
        Serie.objects.update(siguiente=4)


def test_asegurado_one_per_curp():
    asegurado()
    with refused("asegurado_one_per_curp"):
        asegurado()


def test_numero_given_once():
    numero()
    with refused("numero_given_once"):
        numero(asegurado=asegurado(1))


def test_numero_consecutivo_given_once():
    row = serie()
    numero(serie=row, consecutivo=0)
    other = Nss.compose(prefijo="01", alta=26, nacimiento=4, consecutivo=0)
    with refused("numero_consecutivo_given_once"):
        numero(nss=other, asegurado=asegurado(1), serie=row, consecutivo=0)


def test_numero_one_vigente_per_person():
    first = numero()
    numero(1, asegurado=first.asegurado, estado=Numero.Estado.POR_ACLARAR)
    numero(2, asegurado=first.asegurado, estado=Numero.Estado.UNIFICADO)
    with refused("numero_one_vigente_per_person"):
        numero(3, asegurado=first.asegurado)


def test_numero_consecutivo_comes_with_serie():
    row = serie()
    with refused("numero_consecutivo_comes_with_serie"), transaction.atomic():
        numero(serie=row)
    with refused("numero_consecutivo_comes_with_serie"):
        numero(1, consecutivo=1)


def test_numero_estado_is_known():
    with refused("numero_estado_is_known"):
        numero(estado="otro")


@pytest.mark.parametrize("nss", ["00260400001", "0026040000", "0026040000X"])
def test_numero_nss_passes_luhn(nss):
    with refused("numero_nss_passes_luhn"):
        numero(nss=nss)


def test_numero_consecutivo_is_printed_in_nss():
    with refused("numero_consecutivo_is_printed_in_nss"):
        Numero.objects.create(
            nss=Nss.compose(prefijo="00", alta=26, nacimiento=4, consecutivo=1),
            asegurado=asegurado(),
            serie=serie(),
            consecutivo=2,
            fecha_alta=TODAY,
        )


def test_numero_never_deleted():
    numero()
    with refused("numero_never_deleted"):
        Numero.objects.all().delete()


def test_numero_never_renumbered():
    numero()
    with refused("numero_never_renumbered"):
        Numero.objects.update(nss=Nss.compose(prefijo="00", alta=26, nacimiento=4, consecutivo=9))


def test_numero_may_change_its_state_and_owner():
    row = numero()
    Numero.objects.filter(pk=row.pk).update(estado="separado", asegurado=asegurado(1))
    row.refresh_from_db()
    assert row.estado == Numero.Estado.SEPARADO


def test_asegurado_with_numbers_stays():
    row = numero()
    with pytest.raises(ProtectedError):
        row.asegurado.delete()


def test_curp_anterior_of_one_person():
    key = curp_index(identidad(9).curp)
    CurpAnterior.objects.create(curp_idx=key, asegurado=asegurado())
    with refused("curp_anterior_of_one_person"):
        CurpAnterior.objects.create(curp_idx=key, asegurado=asegurado(1))


def test_persona_padron_one_per_curp():
    padron()
    with refused("persona_padron_one_per_curp"):
        padron()


def test_persona_padron_estatus_is_known():
    with refused("persona_padron_estatus_is_known"):
        padron(estatus="ZZ")


@pytest.mark.parametrize("body", ["0000000000", "9291908443", "1234567890", "9999999999"])
def test_database_counts_the_digit_as_we_do(body):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nss_digito(%s)", [body])
        assert cursor.fetchone()[0] == nss_digit(body)


def test_database_composes_as_we_do():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nss_compone('00', 6, 99, 42)")
        assert cursor.fetchone()[0] == Nss.compose(
            prefijo="00", alta=6, nacimiento=99, consecutivo=42
        )


def test_nothing_personal_lies_in_clear():
    who = identidad(4, acta_numero="00777")
    padron(curp_idx=curp_index(who.curp), datos=who.as_json())
    row = asegurado(4)
    CurpAnterior.objects.create(curp_idx=curp_index(identidad(8).curp), asegurado=row)
    dump = ""
    with connection.cursor() as cursor:
        for table in ("nss_personapadron", "nss_asegurado", "nss_curpanterior"):
            cursor.execute(f"SELECT t::text, encode(t::text::bytea, 'escape') FROM {table} t")
            dump += str(cursor.fetchall())
    for secret in (who.curp, who.nombres, who.segundo_apellido, "2004-03-09", "00777"):
        assert secret not in dump
        assert secret.encode().hex() not in dump


def test_sealed_data_does_not_open_in_another_row():
    one, other = asegurado(), asegurado(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE nss_asegurado SET datos = (SELECT datos FROM nss_asegurado WHERE id = %s)"
            " WHERE id = %s",
            [str(one.pk), str(other.pk)],
        )
    with pytest.raises(SealBroken):
        _ = Asegurado.objects.get(pk=other.pk).identidad


def test_rows_name_nobody():
    row = numero()
    person = padron()
    texts = (
        str(row),
        str(row.asegurado),
        str(person),
        str(CurpAnterior.objects.create(curp_idx=uuid4().bytes, asegurado=row.asegurado)),
        repr(identidad()),
    )
    for text in texts:
        assert identidad().curp not in text
        assert row.nss not in text
    assert str(row) == f"NSS •••••••{row.nss[-4:]}"
    assert str(serie(siguiente=0)) == "00-26-04"
    assert str(PrefijoSerie(prefijo="72")) == "72"


def test_consecutivo_survives_a_round_trip():
    row = numero(41, serie=serie(siguiente=42), consecutivo=41)
    assert Numero.objects.filter(consecutivo=F("serie__siguiente") - 1).get() == row

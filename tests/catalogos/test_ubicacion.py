"""The clinic and the offices of an address, by the surest rule that has an answer."""

from datetime import timedelta

import pytest

from catalogos.enums import Regla
from catalogos.models import (
    Asentamiento,
    Cobertura,
    Competencia,
    Delegacion,
    Entidad,
    Municipio,
    UnidadMedica,
)
from catalogos.services import locate_unidad
from comun import reloj

pytestmark = pytest.mark.django_db


def locate(cp, nombre=None):
    places = Asentamiento.objects.at(cp)
    return locate_unidad(asentamiento=places.get(nombre=nombre) if nombre else places.first())


def clinic(numero, municipio="Taxco de Alarcón", **changes):
    return UnidadMedica.objects.create(
        delegacion=Delegacion.objects.get(clave="12"),
        numero=numero,
        tipo="UMF",
        nombre=f"UMF {numero}",
        municipio=Municipio.objects.get(nombre=municipio),
        entidad_id="GR",
        fuente="prueba",
        **changes,
    )


def test_cp_40200_gives_the_clinic_of_the_seed(minimo):
    found = locate("40200")
    assert found.regla == Regla.CP
    assert found.motivo == "Te corresponde por tu código postal 40200."
    assert found.unidad.etiqueta == "UMF 5"
    assert found.unidad.numero_y_nombre == "5 UMF 005"
    assert found.unidad.domicilio == (
        "AV. DE LOS PLATEROS NO. 330 COL. CENTRO C.P. 40200 TAXCO DE ALARCÓN GUERRERO"
    )
    assert found.delegacion.etiqueta == "12 Guerrero"
    assert found.subdelegacion.etiqueta == "3 Iguala"
    assert found.delegacion_supuesta is False
    assert found.candidatos == []


def test_colonia_is_surer_than_its_code(minimo):
    municipio = Municipio.objects.get(nombre="Santa Lucía del Camino")
    other = clinic("99")
    Cobertura.objects.create(cp="71243", municipio=municipio, unidad=other)
    found = locate("71243", "Aquiles Serdán")
    assert (found.regla, found.unidad.numero) == (Regla.COLONIA, "65")
    assert found.motivo == "Te corresponde por tu colonia, Aquiles Serdán."


def test_colonia_is_found_without_accents_and_without_its_code(minimo):
    tepic = Municipio.objects.get(nombre="Tepic")
    Cobertura.objects.create(municipio=tepic, colonia_normalizada="sacristan", unidad=clinic("7"))
    assert locate("63010", "Sacristán").unidad.numero == "7"
    assert locate("63010", "Paseo de La Constitución").unidad is None


def test_colonia_of_the_same_name_elsewhere_is_another(minimo):
    taxco = Municipio.objects.get(nombre="Taxco de Alarcón")
    Cobertura.objects.create(municipio=taxco, colonia_normalizada="sacristan", unidad=clinic("7"))
    assert locate("63010", "Sacristán").unidad is None


def test_coverage_of_the_whole_municipio_is_used(minimo):
    tepic = Municipio.objects.get(nombre="Tepic")
    Cobertura.objects.create(municipio=tepic, unidad=clinic("7"))
    found = locate("63000")
    assert (found.regla, found.unidad.numero) == (Regla.MUNICIPIO, "7")
    assert found.motivo == "Te corresponde por tu municipio, Tepic."


def test_only_clinic_of_the_municipio_is_used(minimo):
    found = locate("40010", "Chapultepec")
    assert (found.regla, found.unidad.numero) == (Regla.MUNICIPIO, "4")
    assert "única unidad registrada" in found.motivo
    assert found.unidad.domicilio == ""


def test_several_clinics_are_candidates_and_none_is_chosen(minimo):
    found = locate("06600")
    assert (found.regla, found.unidad) == (Regla.POR_CONFIRMAR, None)
    assert [unit.numero for unit in found.candidatos] == ["4", "16", "26", "46"] or (
        len(found.candidatos) > 1
    )
    assert "UMF por confirmar" in found.motivo
    assert "06600" in found.motivo


def test_two_clinics_for_one_code_are_candidates_in_order_of_number(minimo):
    taxco = Municipio.objects.get(nombre="Taxco de Alarcón")
    Cobertura.objects.create(cp="40200", municipio=taxco, unidad=clinic("100"))
    Cobertura.objects.create(cp="40200", municipio=taxco, unidad=clinic("99"))
    found = locate("40200")
    assert found.regla == Regla.POR_CONFIRMAR
    assert [unit.numero for unit in found.candidatos] == ["5", "99", "100"]
    assert found.delegacion.clave == "12"


def test_no_clinic_is_said_and_the_office_is_still_known(minimo):
    found = locate("39162")
    assert (found.regla, found.unidad, found.candidatos) == (Regla.POR_CONFIRMAR, None, [])
    assert "no tenemos registrada" in found.motivo
    assert (found.delegacion.etiqueta, found.subdelegacion) == ("12 Guerrero", None)


def test_retired_clinic_serves_nobody(minimo):
    UnidadMedica.objects.filter(delegacion__clave="12", numero="5").update(vigente=False)
    assert locate("40200").unidad is None


@pytest.mark.parametrize(("begins", "ends"), [(1, None), (-9, 0), (-9, -1)])
def test_coverage_out_of_its_dates_is_not_used(minimo, begins, ends):
    today = reloj.local_date(reloj.now())
    Cobertura.objects.filter(cp="40200").update(
        desde=today + timedelta(days=begins),
        hasta=None if ends is None else today + timedelta(days=ends),
    )
    assert locate("40200").regla == Regla.MUNICIPIO


def test_clinic_tells_the_delegacion_where_no_office_is_known(minimo):
    Competencia.objects.filter(municipio__nombre="Taxco de Alarcón").update(vigente=False)
    oriente = Delegacion.objects.get(clave="15")
    UnidadMedica.objects.filter(delegacion__clave="12", numero="5").update(delegacion=oriente)
    found = locate("40200")
    assert (found.delegacion.clave, found.subdelegacion) == ("15", None)


def test_first_delegacion_stands_in_where_the_entidad_has_several(minimo):
    UnidadMedica.objects.filter(entidad="DF").update(vigente=False)
    found = locate("06600")
    assert found.delegacion.etiqueta == "39 Ciudad de México Norte"
    assert found.delegacion_supuesta is True


def test_office_of_an_unnamed_subdelegacion_shows_its_keys(minimo):
    assert locate("63000").subdelegacion.etiqueta == "Subdelegación 19-01"


def test_nothing_at_all_is_known(minimo):
    Delegacion.objects.update(vigente=False)
    found = locate("39162")
    assert (found.delegacion, found.delegacion_supuesta) == (None, False)


@pytest.mark.parametrize("cp", ["40200", "06600", "39162", "71243", "63000"])
def test_location_takes_five_queries_at_most(minimo, cp, django_assert_max_num_queries):
    place = Asentamiento.objects.at(cp).first()
    with django_assert_max_num_queries(5):
        found = locate_unidad(asentamiento=place)
        for unit in [*filter(None, [found.unidad]), *found.candidatos]:
            assert unit.etiqueta + unit.domicilio
        assert found.delegacion.etiqueta
        assert found.subdelegacion is None or found.subdelegacion.etiqueta


def test_entidades_have_their_delegaciones(minimo):
    lone = [e for e in Entidad.objects.exclude(clave_curp="NE") if e.delegaciones.count() == 1]
    several = {e.pk for e in Entidad.objects.all() if e.delegaciones.count() == 2}
    assert (len(lone), several) == (29, {"MC", "VZ", "DF"})

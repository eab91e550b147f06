"""After the proof: each person ends where they should, and nobody gets another's number."""

from dataclasses import replace
from datetime import date

import pytest

from comun import reloj
from comun.errors import Transient
from nss.enums import Estatus
from nss.models import CurpAnterior, Numero, curp_index
from nss.values import Curp
from tests.tramites.conftest import ANA
from tests.tramites.escena import in_padron
from tramites.enums import Estado, Razon
from tramites.models import Solicitud, VinculoCorreo
from tramites.razones import EXPLICACIONES
from tramites.services import vigilancia

pytestmark = pytest.mark.django_db


class Away:
    """An identity source that does not answer."""

    def look_up(self, curp):
        raise Transient("fuera")


def away(settings):
    settings.FUENTE_IDENTIDAD = "tests.tramites.test_identificacion.Away"


def before_documents(row: Solicitud) -> str:
    """The state the person was brought to, whatever the documents did after."""
    return [m.destino for m in row.movimientos.all()][1]


def test_unknown_person_needs_an_address(ana, begin):
    row = begin(ana.curp).confirm()
    assert row.estado == Estado.REQUIERE_DOMICILIO
    assert row.identidad == ana
    assert row.numero is None


def test_known_person_is_located_with_the_number_of_the_registry(ana, begin, numbered):
    numero = numbered(ana)
    row = begin(ana.curp).confirm()
    assert before_documents(row) == Estado.LOCALIZADA
    assert (row.numero, row.verbo) == (numero, "localizacion")


def test_person_nobody_knows(begin):
    row = begin(ANA.curp).confirm()
    assert (row.estado, row.razon) == (Estado.INCONCLUSA, Razon.CURP_NO_ENCONTRADA)
    assert not VinculoCorreo.objects.exists(), "no bond before the identity is known"


@pytest.mark.parametrize(
    ("estatus", "razon"),
    [
        *((e, Razon.CURP_BAJA) for e in ("BD", "BAP", "BSU", "BDM", "BDP", "BJD", "BDA")),
        ("BCC", Razon.CURP_SUSTITUIDA),
        ("BCN", Razon.CURP_SUSTITUIDA),
    ],
)
def test_key_out_of_use_shows_nothing_even_if_a_number_exists(begin, numbered, estatus, razon):
    numbered(in_padron(replace(ANA, estatus=Estatus(estatus))))
    row = begin(ANA.curp).confirm()
    assert (row.estado, row.razon, row.numero) == (Estado.INCONCLUSA, razon, None)


@pytest.mark.parametrize("estatus", ["AN", "AH", "CRA", "RCN", "RCC"])
def test_key_in_use_goes_on(begin, estatus):
    in_padron(replace(ANA, estatus=Estatus(estatus)))
    assert begin(ANA.curp).confirm().estado == Estado.REQUIERE_DOMICILIO


def test_new_key_locates_the_number_of_the_old_one(begin, numbered):
    old = replace(ANA, curp=Curp("LORA070514MGRPVNA4"))
    numero = numbered(old)
    new = replace(ANA, curp=Curp("CUGA050101HNERRNA4"), estatus=Estatus.RCC)
    in_padron(replace(new, curps_anteriores=(old.curp,)))
    row = begin(new.curp).confirm()
    assert row.numero == numero


def test_number_moved_to_a_new_key_is_found_by_it(begin, numbered):
    numero = numbered(ANA)
    new = Curp("CUGA050101HNERRNA4")
    CurpAnterior.objects.create(curp_idx=curp_index(new), asegurado=numero.asegurado)
    in_padron(replace(ANA, curp=new, estatus=Estatus.RCC))
    assert begin(new).confirm().numero == numero


def test_two_numbers_are_never_chosen_between(ana, begin, numbered):
    numero = numbered(ana)
    Numero.objects.create(
        nss="12345678903",
        asegurado=numero.asegurado,
        estado=Numero.Estado.POR_ACLARAR,
        fecha_alta=date(2020, 1, 1),
    )
    row = begin(ana.curp).confirm()
    assert (row.estado, row.razon, row.numero) == (Estado.INCONCLUSA, Razon.VARIOS_NSS, None)


def test_somebody_alike_under_another_key_is_a_case_for_people(ana, begin, numbered):
    numbered(replace(ana, curp=Curp("CUGA050101HNERRNA4")))
    row = begin(ana.curp).confirm()
    assert (row.estado, row.razon) == (Estado.INCONCLUSA, Razon.HOMONIMIA)


def test_every_reason_explains_itself():
    assert set(EXPLICACIONES) == set(Razon)
    for explicacion in EXPLICACIONES.values():
        assert explicacion.titulo
        assert explicacion.haz.endswith(".")


def test_inconclusa_is_looked_at_again_when_the_person_comes_back(begin, age):
    first = begin(ANA.curp)
    row = first.confirm()
    in_padron(ANA)
    age(row, minutes=2)
    again = begin(ANA.curp)
    assert again.id != first.id
    row = again.confirm()
    assert (row.pk, row.estado, row.razon) == (first.id, Estado.REQUIERE_DOMICILIO, "")


def test_repeated_tramite_of_one_mailbox_joins_the_older_folio(ana, begin, age):
    first = begin(ana.curp)
    row = first.confirm()
    age(row, minutes=2)
    second = begin(ana.curp)
    fresh = second.id
    joined = second.confirm()
    assert (joined.pk, joined.folio) == (first.id, row.folio)
    assert Solicitud.objects.get(pk=fresh).estado == Estado.CANCELADA


def test_source_away_waits_and_comes_back(ana, begin, age, settings):
    here = settings.FUENTE_IDENTIDAD
    away(settings)
    tramite = begin(ana.curp)
    row = tramite.confirm()
    assert row.estado == Estado.EN_ESPERA_IDENTIDAD
    assert vigilancia.watch(reloj.now()) == 0, "it is not asked again at once"
    age(row, seconds=61)
    settings.FUENTE_IDENTIDAD = here
    assert vigilancia.watch(reloj.now()) == 1
    tramite.attend_all()
    assert tramite.solicitud.estado == Estado.REQUIERE_DOMICILIO


def test_source_away_for_a_day_ends_with_a_reason(ana, begin, age, settings):
    away(settings)
    tramite = begin(ana.curp)
    age(tramite.confirm(), hours=25)
    vigilancia.watch(reloj.now())
    tramite.attend_all()
    row = tramite.solicitud
    assert (row.estado, row.razon) == (Estado.INCONCLUSA, Razon.SIN_RESPUESTA)

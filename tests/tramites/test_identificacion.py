"""After the proof: each person ends where they should, and nobody gets another's number."""

from dataclasses import replace
from datetime import date

import pytest
from django.core import mail

from comun import reloj
from comun.errors import Transient
from nss.enums import Estatus
from nss.models import Asegurado, CurpAnterior, Numero, Serie, curp_index
from nss.values import Curp
from tests.tramites.conftest import ANA, in_padron
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


def test_repeated_trámite_of_one_mailbox_joins_the_older_folio(ana, begin, age):
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


# --- the mailbox -----------------------------------------------------------------


def test_first_proved_mailbox_is_bound(ana, begin):
    begin(ana.curp, "ana@example.org").confirm()
    bond = VinculoCorreo.objects.get()
    assert (bond.estado, bond.correo) == ("activo", {"correo": "ana@example.org"})


def test_another_mailbox_is_held_shows_nothing_and_the_bound_one_is_told(ana, begin, numbered):
    numbered(ana)
    begin(ana.curp, "ana@example.org").confirm()
    mail.outbox.clear()
    stranger = begin(ana.curp, "otro@example.org").confirm()
    assert stranger.estado == Estado.RETENIDA
    assert stranger.numero is None
    assert stranger.identidad is None
    notice = next(m for m in mail.outbox if m.to == ["ana@example.org"])
    assert "otro correo" in notice.subject
    assert stranger.folio in notice.body
    assert "otro@example.org" not in notice.body


def test_held_one_goes_on_after_72_hours_and_the_bond_moves(ana, begin, age, settings):
    owner = begin(ana.curp, "ana@example.org")
    owner.confirm()
    other = begin(ana.curp, "nuevo@example.org")
    row = other.confirm()
    age(row, hours=settings.RETENCION_HORAS - 1)
    assert vigilancia.watch(reloj.now()) == 0
    age(row, hours=2)
    assert vigilancia.watch(reloj.now()) == 1
    other.attend_all()
    assert other.solicitud.estado == Estado.REQUIERE_DOMICILIO
    assert owner.solicitud.estado == Estado.CANCELADA, "the bound mailbox wins"
    bonds = {b.correo["correo"]: b.estado for b in VinculoCorreo.objects.all()}
    assert bonds == {"ana@example.org": "retirado", "nuevo@example.org": "activo"}


def test_frozen_one_waits_for_staff(ana, begin, age, settings):
    begin(ana.curp, "ana@example.org").confirm()
    row = begin(ana.curp, "nuevo@example.org").confirm()
    Solicitud.objects.filter(pk=row.pk).update(congelada_en=reloj.now())
    age(row, hours=settings.RETENCION_HORAS + 1)
    assert vigilancia.watch(reloj.now()) == 0


def test_stranger_first_unproved_does_not_shut_the_owner_out(ana, begin):
    begin(ana.curp, "otro@example.org")
    assert begin(ana.curp, "ana@example.org").confirm().estado == Estado.REQUIERE_DOMICILIO


# --- the number ------------------------------------------------------------------


def test_concluir_assigns_one_number(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    assert row.verbo == "asignacion"
    assert row.numero is not None
    assert row.numero.nss.startswith("00")
    assert Asegurado.objects.get().entidad == "GR"


def test_concluir_twice_is_once(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    numero = tramite.conclude(taxco).numero
    from tramites.services import domicilio

    domicilio.conclude(solicitud_id=tramite.id, now=reloj.now())
    tramite.attend_all()
    assert tramite.solicitud.numero == numero
    assert Numero.objects.count() == 1


def test_number_given_elsewhere_meanwhile_is_located(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    numero = numbered(ana)
    row = tramite.conclude(taxco)
    assert (row.numero, row.verbo) == (numero, "localizacion")


def test_same_person_again_is_located_with_the_same_number(ana, begin, taxco, numbered, age):
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    assert row.estado == Estado.CONCLUIDA
    age(row, minutes=2)
    again = begin(ana.curp).confirm()
    assert (again.numero, again.verbo) == (row.numero, "localizacion")
    assert again.folio != row.folio


def test_no_series_waits_and_goes_on_when_there_is_room(ana, begin, taxco):
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    assert row.estado == Estado.EN_ESPERA_SERIE
    assert vigilancia.watch(reloj.now()) == 0
    from nss.models import PrefijoSerie

    PrefijoSerie.objects.create(prefijo="00")
    assert vigilancia.watch(reloj.now()) == 1
    tramite.attend_all()
    assert tramite.solicitud.numero is not None
    assert Serie.objects.get().siguiente == 1


def test_concluir_without_an_address_is_refused(ana, begin):
    from tramites.errors import DomicilioIncomplete
    from tramites.services import domicilio

    tramite = begin(ana.curp)
    tramite.confirm()
    with pytest.raises(DomicilioIncomplete):
        domicilio.conclude(solicitud_id=tramite.id, now=reloj.now())


def test_address_is_kept_for_any_device(ana, begin, taxco):
    from tests.tramites.conftest import domicilio_en
    from tramites.services import domicilio

    tramite = begin(ana.curp)
    tramite.confirm()
    now = reloj.now()
    domicilio.save_domicilio(solicitud_id=tramite.id, domicilio=domicilio_en(taxco), now=now)
    domicilio.save_unidad(solicitud_id=tramite.id, unidad_id=None, now=now)
    assert tramite.solicitud.domicilio == domicilio_en(taxco)
    assert "S/N" in tramite.solicitud.domicilio.linea


def test_address_left_for_a_month_expires_and_is_resumed_with_its_draft(ana, begin, taxco, age):
    from tests.tramites.conftest import domicilio_en
    from tramites.services import domicilio

    tramite = begin(ana.curp)
    tramite.confirm()
    domicilio.save_domicilio(
        solicitud_id=tramite.id, domicilio=domicilio_en(taxco), now=reloj.now()
    )
    age(tramite.solicitud, days=31)
    assert vigilancia.watch(reloj.now()) == 1
    assert tramite.solicitud.estado == Estado.VENCIDA
    again = begin(ana.curp)
    assert again.id == tramite.id
    row = again.confirm()
    assert (row.estado, row.domicilio) == (Estado.REQUIERE_DOMICILIO, domicilio_en(taxco))

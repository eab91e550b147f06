"""A change of mailbox by two of the staff: who may, what it does, what the chain keeps."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import IntegrityError, transaction

from comun import reloj
from comun.models import Bitacora
from constancias.enums import EstadoConstancia, Motivo
from constancias.models import Constancia
from tests.tramites.escena import MINE, proved
from tramites.enums import Estado
from tramites.errors import (
    CasoClosed,
    CasoRepeated,
    CorreoNeeded,
    CorreoSpeaksAlready,
    RazonNamesSomebody,
    SamePersonDecides,
)
from tramites.models import CasoVinculo, Solicitud, VinculoCorreo
from tramites.services import casos, depuracion, objecion, vinculos

pytestmark = pytest.mark.django_db
THIEF, OWNER = "ladron@example.org", "ana@example.org"
M = CasoVinculo.Motivo


@pytest.fixture
def two(db):
    return [User.objects.create_user(name, is_staff=True) for name in ("pide", "decide")]


@pytest.fixture
def ask(two, ana):
    def request(motivo=M.PERDIO_CORREO, correo=OWNER, razon="Mostró su pasaporte"):
        return casos.request_change(
            curp=ana.curp,
            correo=correo,
            motivo=motivo,
            razon=razon,
            user_id=two[0].pk,
            now=reloj.now(),
        )

    return request


@pytest.fixture
def decide(two):
    def settle(caso, verb=casos.approve, who=1):
        verb(caso_id=caso.pk, user_id=two[who].pk, now=reloj.now())
        caso.refresh_from_db()
        return caso

    return settle


@pytest.fixture
def squatter(ana, attend_all, numbered):
    """Somebody else bound their mailbox first, and has the documents."""
    numbered(ana)
    browser = proved(ana, attend_all, THIEF)
    attend_all()
    return browser


def bonds():
    return {b.correo["correo"]: b.estado for b in VinculoCorreo.objects.all()}


def row_of(correo):
    return next(row for row in Solicitud.objects.all() if row.correo == correo)


def test_who_asked_may_not_decide(ask, decide):
    caso = ask()
    for verb in (casos.approve, casos.reject):
        with pytest.raises(SamePersonDecides):
            decide(caso, verb, who=0)
    caso.refresh_from_db()
    assert caso.estado == "solicitado"


def test_the_database_refuses_it_too(ask, two):
    caso = ask()
    facts = {"estado": "aprobado", "resuelve": two[0], "resuelto_en": reloj.now()}
    with pytest.raises(IntegrityError, match="who_decides_is_not_who_asked"), transaction.atomic():
        CasoVinculo.objects.filter(pk=caso.pk).update(**facts)
    with pytest.raises(IntegrityError, match="estado_says_who_acted"), transaction.atomic():
        CasoVinculo.objects.filter(pk=caso.pk).update(estado="aprobado")


def test_lost_mailbox_moves_the_bond_and_keeps_the_documents(squatter, ask, decide, attend_all):
    mail.outbox.clear()
    decide(ask())
    attend_all()
    assert bonds() == {THIEF: "retirado", OWNER: "activo"}
    assert set(Constancia.objects.values_list("estado", flat=True)) == {"vigente"}
    assert squatter.get(MINE).status == 403
    assert [m.to for m in mail.outbox if "tiene ahora otro correo" in m.subject] == [[THIEF]]


def test_squatter_loses_voice_session_and_documents(squatter, ask, decide, ana, attend_all):
    document = f"{MINE}documentos/constancia/"
    assert squatter.get(document).status == 200
    decide(ask(M.OTRA_PERSONA))
    assert bonds() == {THIEF: "congelado", OWNER: "activo"}
    assert (squatter.get(MINE).status, squatter.get(document).status) == (403, 404)
    papers = Constancia.objects.of_folio(row_of(THIEF).folio)
    assert papers.count() == 3
    assert {(p.estado, p.motivo) for p in papers} == {(EstadoConstancia.REVOCADA, Motivo.FRAUDE)}
    owner = proved(ana, attend_all, OWNER)
    attend_all()
    assert owner.get(document).status == 200


def papers_of(correo):
    return {p.estado for p in Constancia.objects.of_folio(row_of(correo).folio)}


def test_squatter_loses_its_papers_though_the_bond_moved_before_the_approval(
    squatter, ask, decide, begin, ana
):
    """The owner's 72 hours ended between the request and its approval."""
    owner = begin(ana.curp, OWNER)
    owner.confirm()
    caso = ask(M.OTRA_PERSONA)
    vinculos.release(owner.solicitud, now=reloj.now())
    owner.attend_all()
    assert bonds() == {THIEF: "retirado", OWNER: "activo"}
    decide(caso)
    assert bonds() == {THIEF: "congelado", OWNER: "activo"}
    assert papers_of(THIEF) == {EstadoConstancia.REVOCADA}
    assert papers_of(OWNER) == {EstadoConstancia.VIGENTE}


def test_it_may_be_asked_for_after_the_bond_moved(squatter, ask, decide, begin, ana):
    owner = begin(ana.curp, OWNER)
    owner.confirm()
    vinculos.release(owner.solicitud, now=reloj.now())
    owner.attend_all()
    decide(ask(M.OTRA_PERSONA))
    assert bonds() == {THIEF: "congelado", OWNER: "activo"}
    assert papers_of(THIEF) == {EstadoConstancia.REVOCADA}
    assert papers_of(OWNER) == {EstadoConstancia.VIGENTE}


def test_squatter_that_had_its_data_erased_loses_its_papers_too(squatter, ask, decide):
    row = row_of(THIEF)
    folio = row.folio
    depuracion.forget(row, now=reloj.now())
    decide(ask(M.OTRA_PERSONA))
    papers = Constancia.objects.of_folio(folio)
    # Nobody can say any more whose these were: they are out of force, and nobody is called a thief.
    assert {(p.estado, p.motivo) for p in papers} == {(EstadoConstancia.REVOCADA, Motivo.ERROR)}


def test_what_was_issued_before_two_of_the_staff_last_saw_this_person_stays(
    squatter, ask, decide, begin, ana, attend_all
):
    """The first mailbox was lawful, and lost; the desk saw its owner then."""
    decide(ask())
    proved(ana, attend_all, OWNER)
    attend_all()
    decide(ask(M.OTRA_PERSONA))
    assert papers_of(THIEF) == papers_of(OWNER) == {EstadoConstancia.VIGENTE}


@pytest.mark.parametrize("motivo", casos.IN_PERSON)
@pytest.mark.parametrize("frozen", [False, True])
def test_where_another_mailbox_stands_by_the_new_one_is_named(
    squatter, ask, begin, ana, motivo, frozen
):
    """Else whoever waits would be told that the way is free, and might be the first."""
    another = begin(ana.curp, OWNER).confirm()
    if frozen:
        objecion.freeze(another, now=reloj.now())
    with pytest.raises(CorreoNeeded):
        ask(motivo, correo="")
    assert ask(motivo, correo="nueva@example.org").estado == "solicitado"


def test_a_mailbox_that_came_since_stops_the_approval(squatter, ask, decide, begin, ana):
    caso = ask(correo="")
    begin(ana.curp, OWNER).confirm()
    with pytest.raises(CorreoNeeded):
        decide(caso)
    assert bonds() == {THIEF: "activo", OWNER: "en_espera"}
    assert decide(caso, casos.reject).estado == "rechazado"


def test_who_was_objected_to_is_not_thawed_when_the_owner_loses_the_mailbox(
    ask, decide, begin, ana
):
    begin(ana.curp, OWNER).confirm()
    thief = begin(ana.curp, THIEF)
    objecion.freeze(thief.confirm(), now=reloj.now())
    decide(ask(correo="nueva@example.org"))
    assert thief.solicitud.estado == Estado.CANCELADA
    assert bonds() == {OWNER: "retirado", "nueva@example.org": "activo", THIEF: "congelado"}
    again = begin(ana.curp, THIEF).confirm()
    assert (again.estado, again.congelada_en is not None) == (Estado.RETENIDA, True)


def test_squatter_does_not_come_back(squatter, ask, decide, begin, ana):
    decide(ask(M.OTRA_PERSONA, correo=""))
    assert bonds() == {THIEF: "congelado"}
    again = begin(ana.curp, THIEF).confirm()
    assert (again.estado, again.congelada_en is not None) == (Estado.RETENIDA, True)
    assert begin(ana.curp, OWNER).confirm().estado == Estado.CONCLUIDA


def test_chain_keeps_both_people_and_the_reason(squatter, ask, decide, two):
    caso = decide(ask(M.OTRA_PERSONA))
    entries = Bitacora.objects.filter(objeto=f"caso:{caso.pk}").order_by("n")
    assert list(entries.values_list("accion", "actor", "razon")) == [
        ("vinculo.solicitado", f"usuario:{two[0].pk}", "otra_persona: Mostró su pasaporte"),
        ("vinculo.aprobado", f"usuario:{two[1].pk}", "otra_persona: Mostró su pasaporte"),
    ]
    revoked = Bitacora.objects.filter(accion__startswith="constancia.revoca").order_by("n")
    assert [one.actor for one in revoked] == [f"usuario:{user.pk}" for user in two]


def test_rejected_one_changes_nothing(squatter, ask, decide):
    caso = decide(ask(M.OTRA_PERSONA), casos.reject)
    assert caso.estado == "rechazado"
    assert bonds() == {THIEF: "activo"}
    assert squatter.get(MINE).status == 200
    with pytest.raises(CasoClosed):
        decide(caso)


def test_owner_that_a_squatter_objected_to_is_freed(squatter, ask, decide, begin, ana):
    owner = begin(ana.curp, OWNER)
    objecion.freeze(owner.confirm(), now=reloj.now())
    decide(ask(M.OTRA_PERSONA))
    owner.attend_all()
    assert owner.solicitud.estado == Estado.CONCLUIDA
    assert owner.solicitud.congelada_en is None
    assert CasoVinculo.objects.get(origen="no_fui_yo").estado == "atendido"


def test_upheld_objection_ends_the_change_for_good(begin, ana, decide, two):
    owner = begin(ana.curp, OWNER)
    owner.confirm()
    pretender = begin(ana.curp, THIEF)
    objecion.freeze(pretender.confirm(), now=reloj.now())
    caso = CasoVinculo.objects.get()
    assert (caso.origen, caso.estado, caso.solicitud_id) == ("no_fui_yo", "abierto", pretender.id)
    casos.request_keep(caso_id=caso.pk, user_id=two[0].pk, now=reloj.now())
    assert decide(caso).estado == "aprobado"
    assert pretender.solicitud.estado == Estado.CANCELADA
    assert owner.solicitud.estado == Estado.REQUIERE_DOMICILIO
    assert bonds() == {OWNER: "activo", THIEF: "congelado"}


def test_objection_whose_request_is_rejected_is_open_again(begin, ana, decide, two):
    begin(ana.curp, OWNER).confirm()
    pretender = begin(ana.curp, THIEF)
    objecion.freeze(pretender.confirm(), now=reloj.now())
    caso = CasoVinculo.objects.get()
    casos.request_keep(caso_id=caso.pk, user_id=two[0].pk, now=reloj.now())
    decide(caso, casos.reject)
    assert (caso.estado, caso.solicita) == ("abierto", None)
    assert pretender.solicitud.estado == Estado.RETENIDA


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"razon": "es LORA070514MGRPVNA4"}, RazonNamesSomebody),
        ({"razon": "su número es 00 24 07 0001-2"}, RazonNamesSomebody),
        ({"razon": "usa ana@example.org"}, RazonNamesSomebody),
        ({"correo": THIEF}, CorreoSpeaksAlready),
    ],
)
def test_unfit_request_says_why(squatter, ask, change, why):
    with pytest.raises(why):
        ask(**change)
    assert not CasoVinculo.objects.exists()


def test_one_request_at_a_time(ask):
    ask()
    with pytest.raises(CasoRepeated):
        ask()

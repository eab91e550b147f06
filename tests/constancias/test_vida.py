"""The life of a document: replaced or revoked once, by whom, why, and what the status list says."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction

from comun import bitacora, outbox, reloj
from comun.models import Bitacora, Pendiente
from constancias import estados, llaves, services, verificacion
from constancias import tasks as tasks_of_documents  # noqa: F401 - registers the steps
from constancias.documentos import Hoja
from constancias.enums import DE_TRAMITE, EstadoConstancia, Motivo, Tipo
from constancias.errors import MotivoUnfit, NothingInForce, SamePerson, TextUnprintable
from constancias.models import Constancia, ListaEstados, LlaveSello
from tests.constancias import hojas
from tests.constancias.hojas import MARRIED

pytestmark = pytest.mark.django_db
BOTH = (Tipo.CONSTANCIA, Tipo.TARJETA)


def reissue(folio=hojas.FOLIO, motivo=Motivo.REEMPLAZO, **more) -> str:
    return services.reissue(folio=folio, motivo=motivo, actor="mesa", now=reloj.now(), **more)


def revoke(folio=hojas.FOLIO, **changes) -> list[Constancia]:
    words = {"motivo": Motivo.ERROR, "solicita": "Ana Ruiz", "aprueba": "Luis Paz", **changes}
    return services.revoke(folio=folio, now=reloj.now(), **words)


def lista() -> estados.Lista:
    keys = {row.serie: llaves.public_key(row.certificado) for row in LlaveSello.objects.all()}
    return estados.read(ListaEstados.objects.get().contenido.encode(), keys.get, now=reloj.now())


def hoja_of(row: Constancia) -> Hoja:
    return Hoja.from_json(row.snapshot)


def test_reissue_keeps_the_number_and_replaces_what_can_be(issue, numero):
    old = issue(*DE_TRAMITE)
    nuevo = reissue()
    new = Constancia.objects.of_folio(nuevo)
    assert sorted(row.tipo for row in new) == ["constancia", "tarjeta"]
    assert {row.numero for row in new} == {numero}
    for row in new:
        hoja = hoja_of(row)
        assert (hoja.facts.nss, hoja.sustituye) == (numero.nss, hojas.FOLIO)
        assert row.reemplaza.tipo == row.tipo
        assert verificacion.judge(services.read_pdf(row)).genuina
    states = {
        row.tipo: (row.estado, row.motivo) for row in Constancia.objects.of_folio(hojas.FOLIO)
    }
    assert states == {
        "constancia": ("sustituida", "reemplazo"),
        "tarjeta": ("sustituida", "reemplazo"),
        "comprobante": ("vigente", ""),
    }
    assert verificacion.judge(services.read_pdf(old[0])).fallas == ["vigencia"]


def test_reissued_sheet_prints_and_binds_what_it_replaces(issue, text_of):
    issue(Tipo.CONSTANCIA)
    row = Constancia.objects.of_folio(reissue()).get()
    assert f"Sustituye al folio {hojas.FOLIO}" in " ".join(
        text_of(services.read_pdf(row), "-raw").split()
    )
    assert f"|Sustituye al folio:{hojas.FOLIO}|" in hoja_of(row).cadena_datos


def test_current_follows_the_chain_and_leaves_out_what_ended(issue):
    issue(*DE_TRAMITE)
    last = reissue(reissue())
    current = Constancia.objects.current(hojas.FOLIO)
    assert {(row.folio, row.tipo) for row in current} == {
        (last, "constancia"),
        (last, "tarjeta"),
        (hojas.FOLIO, "comprobante"),
    }
    revoke(last)
    assert [row.tipo for row in Constancia.objects.current(hojas.FOLIO)] == ["comprobante"]


def test_correction_prints_what_the_source_says_today(issue, text_of):
    issue(*BOTH)
    row = Constancia.objects.of_folio(reissue(motivo=Motivo.CORRECCION, identidad=MARRIED)).first()
    assert hoja_of(row).facts.segundo_apellido == "RIVERO"
    assert "RIVERO" in text_of(services.read_pdf(row))


def test_reissue_of_a_masked_one_stays_masked(issue):
    whole, _ = issue(Tipo.CONSTANCIA, Tipo.ENMASCARADA)
    nuevo = Constancia.objects.of_folio(reissue())
    assert hoja_of(nuevo.get(tipo=Tipo.ENMASCARADA)).facts.nss == "*******4431"
    assert hoja_of(nuevo.get(tipo=Tipo.CONSTANCIA)).facts.nss == whole.numero.nss


@pytest.mark.parametrize("end", [reissue, revoke])
def test_what_ended_does_not_end_again(issue, end):
    issue(*BOTH)
    end()
    for again in (reissue, revoke):
        with pytest.raises(NothingInForce):
            again()


@pytest.mark.django_db(transaction=True)
def test_two_reissues_at_once_leave_one_heir(issue):
    issue(Tipo.TARJETA)
    start = threading.Barrier(3)

    def take(_: int) -> str:
        try:
            start.wait(timeout=20)
            return reissue()
        except NothingInForce:
            return ""
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        folios = sorted(pool.map(take, range(3)))
    assert (folios[:2], Constancia.objects.count()) == (["", ""], 2)
    assert Constancia.objects.in_force().get().folio == folios[2]
    assert list(bitacora.broken_rows()) == []


def test_revocation_takes_all_of_the_folio_and_names_both_people(issue):
    issue(*DE_TRAMITE, Tipo.ENMASCARADA)
    assert len(revoke(motivo=Motivo.OTRA_PERSONA)) == 4
    assert set(Constancia.objects.values_list("estado", "motivo")) == {("revocada", "otra_persona")}
    last = Bitacora.objects.order_by("-n")[:2]
    assert [(row.accion, row.actor, row.razon) for row in last] == [
        ("constancia.revocada", "Luis Paz", "otra_persona"),
        ("constancia.revocacion_solicitada", "Ana Ruiz", "otra_persona"),
    ]


@pytest.mark.parametrize("other", ["Ana Ruiz", "  ana   RUÍZ ", "ANA RUIZ"])
def test_one_person_is_not_two(issue, other):
    issue(Tipo.TARJETA)
    with pytest.raises(SamePerson):
        revoke(aprueba=other)
    assert Constancia.objects.in_force().exists()


@pytest.mark.parametrize("name", ["", "   ", "Luis\u202ePaz", "Luis\x07", "x" * 81])
def test_a_name_that_cannot_be_kept_is_refused(issue, name):
    issue(Tipo.TARJETA)
    with pytest.raises(TextUnprintable):
        revoke(aprueba=name)
    with pytest.raises(TextUnprintable):
        services.reissue(folio=hojas.FOLIO, motivo=Motivo.REEMPLAZO, actor=name, now=reloj.now())


def test_reasons_of_one_verb_are_not_of_the_other(issue):
    issue(Tipo.TARJETA)
    with pytest.raises(MotivoUnfit):
        revoke(motivo=Motivo.REEMPLAZO)
    with pytest.raises(MotivoUnfit):
        reissue(motivo=Motivo.FRAUDE)


def test_database_lets_nothing_live_again_nor_have_two_heirs(issue):
    (old,) = issue(Tipo.TARJETA)
    reissue()
    with pytest.raises(DatabaseError), transaction.atomic():
        Constancia.objects.filter(pk=old.pk).update(estado="revocada")
    other = services.prepare(facts=hojas.facts(folio="1" * 23), tipo=Tipo.TARJETA)
    with pytest.raises(DatabaseError), transaction.atomic():
        services.record(preparado=other, numero=old.numero, now=reloj.now(), reemplaza=old)


def test_status_list_tells_each_state_after_the_step_runs(issue):
    kept, replaced, revoked = (
        issue(Tipo.TARJETA, folio=f"17399369076551325{n:06}")[0] for n in range(3)
    )
    reissue(replaced.folio)
    revoke(revoked.folio)
    (step,) = Pendiente.objects.filter(tipo="constancias.publicar_estados")
    outbox.attend(step.pk)
    found = lista()
    assert [found(row.indice) for row in (kept, replaced, revoked)] == list(EstadoConstancia)
    assert found(10**9) is None
    assert found(-1) is None


def test_unused_places_do_not_shift_the_others(issue):
    issue(Tipo.TARJETA)
    services.prepare(facts=hojas.facts(folio="2" * 23), tipo=Tipo.TARJETA)  # its row never comes
    (row,) = issue(Tipo.TARJETA, folio="3" * 23)
    revoke(row.folio)
    services.publish_estados(now=reloj.now())
    found = lista()
    assert (found(row.indice), found(row.indice - 1)) == (
        EstadoConstancia.REVOCADA,
        EstadoConstancia.VIGENTE,
    )


def test_masked_is_asked_for_made_once_and_ends_with_the_rest(issue, text_of):
    issue(*BOTH)
    with transaction.atomic():
        assert services.ask_masked(folio=hojas.FOLIO, now=reloj.now()) is None
    outbox.attend(Pendiente.objects.get(tipo="constancias.enmascarar").pk)
    masked = services.ask_masked(folio=hojas.FOLIO, now=reloj.now())
    whole = Constancia.objects.get(tipo=Tipo.CONSTANCIA)
    assert services.issue_masked(constancia_id=whole.pk) == masked
    pdf = services.read_pdf(masked)
    assert verificacion.judge(pdf).genuina
    for secret in (whole.numero.nss, hojas.facts().curp):
        assert secret not in text_of(pdf, "-raw")
        assert secret not in str(masked.snapshot)
    revoke()
    assert services.issue_masked(constancia_id=whole.pk) is None
    with pytest.raises(NothingInForce):
        services.ask_masked(folio=hojas.FOLIO, now=reloj.now())


def test_code_is_found_blind_and_never_repeats_in_a_row(issue):
    from comun.cripto import blind_index

    row, other = issue(*BOTH)
    codigo = hoja_of(row).codigo
    assert Constancia.objects.get(codigo_idx=blind_index("codigo", codigo)) == row
    assert codigo != hoja_of(other).codigo
    assert other.indice > row.indice


def test_list_is_signed_again_when_old_or_of_another_key(issue):
    issue(Tipo.TARJETA)
    now = reloj.now()
    assert services.refresh_estados(now=now)
    assert not services.refresh_estados(now=now + timedelta(seconds=1))
    assert services.refresh_estados(now=now + estados.REFRESH + timedelta(seconds=1))
    services.new_key(now=now, actor="mesa")
    assert services.refresh_estados(now=now + estados.REFRESH + timedelta(seconds=2))
    assert ListaEstados.objects.get().serie == llaves.active().serie

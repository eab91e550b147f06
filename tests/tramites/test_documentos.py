"""The end: two documents, one mail without the number, and going on after a fault."""

import io
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from comun import bitacora, outbox, reloj
from comun.models import Bitacora, Pendiente
from constancias.enums import Tipo
from constancias.models import Constancia
from nss.models import PersonaPadron
from tramites.enums import Estado
from tramites.errors import DocumentoUnknown, MoveNotAllowed, TooSoon
from tramites.models import Correo, VinculoCorreo
from tramites.services import cierre, vinculos

pytestmark = pytest.mark.django_db


@pytest.fixture
def concluded(ana, begin, taxco, numbered):
    tramite = begin(ana.curp)
    tramite.confirm()
    tramite.conclude(taxco)
    return tramite


def test_documents_share_the_folio_and_the_audit(concluded):
    row = concluded.solicitud
    assert row.estado == Estado.CONCLUIDA
    documents = Constancia.objects.of_folio(row.folio)
    assert sorted(d.tipo for d in documents) == ["comprobante", "constancia", "tarjeta"]
    entries = Bitacora.objects.filter(secuencia__in=[d.secuencia for d in documents])
    assert entries.count() == 3
    assert list(bitacora.broken_rows()) == []


def test_mail_brings_both_pdfs_and_names_no_number(concluded):
    letter = mail.outbox[-1]
    nss = concluded.solicitud.numero.nss
    assert [name for name, _, _ in letter.attachments] == ["constancia-nss.pdf", "tarjeta-nss.pdf"]
    assert all(content.startswith(b"%PDF-") for _, content, _ in letter.attachments)
    for part in (letter.subject, letter.body, letter.alternatives[0][0]):
        assert nss not in part
        assert concluded.solicitud.curp not in part
        assert "LÓPEZ" not in part
    assert letter.subject.startswith("[DEMO] ")


def test_document_is_read_by_its_kind(concluded):
    got = cierre.read_documento(solicitud_id=concluded.id, tipo=Tipo.TARJETA)
    assert (got.nombre_archivo, got.contenido[:5]) == ("tarjeta-nss.pdf", b"%PDF-")


def test_document_of_nobody_or_not_yet(begin, ana):
    tramite = begin(ana.curp)
    for solicitud_id in (tramite.id, uuid4()):
        with pytest.raises(DocumentoUnknown):
            cierre.read_documento(solicitud_id=solicitud_id, tipo=Tipo.CONSTANCIA)
    with pytest.raises(DocumentoUnknown):
        cierre.resend_documentos(solicitud_id=tramite.id, tipo=Tipo.CONSTANCIA, now=reloj.now())


def test_resend_brings_the_one_asked_for_after_a_minute(concluded, age):
    ask = {"solicitud_id": concluded.id, "tipo": Tipo.TARJETA}
    with pytest.raises(TooSoon):
        cierre.resend_documentos(**ask, now=reloj.now())
    age(concluded.solicitud, seconds=61)
    cierre.resend_documentos(**ask, now=reloj.now())
    concluded.attend_all()
    assert [name for name, _, _ in mail.outbox[-1].attachments] == ["tarjeta-nss.pdf"]
    assert Correo.objects.filter(clase="documentos", estado="enviado").count() == 2


def test_nothing_is_mailed_again_to_a_mailbox_that_lost_the_voice(concluded, age):
    """Its page was open when the bond moved: the verb itself asks again, under the lock."""
    age(concluded.solicitud, seconds=61)
    bond = VinculoCorreo.objects.active().get()
    vinculos.retire(bond, now=reloj.now())
    ask = {"solicitud_id": concluded.id, "now": reloj.now()}
    with pytest.raises(DocumentoUnknown):
        cierre.resend_documentos(tipo=Tipo.CONSTANCIA, **ask)
    with pytest.raises(DocumentoUnknown):
        cierre.ask_masked_copy(**ask)
    assert Correo.objects.filter(clase="documentos").count() == 1
    assert not Pendiente.objects.waiting().exists()


@pytest.fixture
def fallen(ana, begin, taxco, numbered):
    """A Solicitud whose documents cannot be made: the source sent a name that cannot be printed."""
    persona = PersonaPadron.objects.get()
    persona.datos = {**persona.datos, "nombres": "ANA\u202eSOFÍA"}
    persona.save()
    tramite = begin(ana.curp)
    tramite.confirm()
    tramite.conclude(taxco)
    step = Pendiente.objects.get(objeto=tramite.id, tipo="tramites.documentar")
    for _ in range(outbox.MAX_TRIES):
        outbox.attend(step.pk)
    return tramite.solicitud


def test_poisoned_name_stops_only_its_own_and_keeps_the_number(fallen):
    assert (fallen.estado, fallen.estado_previo) == (Estado.FALLO_TECNICO, Estado.ASIGNADA)
    assert fallen.numero is not None


def test_reintentar_goes_on_where_it_fell(fallen, attend_all):
    row = fallen
    row.keep(identidad={**row.datos["identidad"], "nombres": "ANA SOFÍA"})
    said = io.StringIO()
    call_command("reintentar", row.folio, stdout=said)
    row.refresh_from_db()
    assert row.estado == Estado.FALLO_TECNICO, "dry without --aplicar"
    assert "--aplicar" in said.getvalue()
    call_command("reintentar", "--todas", "--aplicar", stdout=said)
    attend_all()
    row.refresh_from_db()
    assert row.estado == Estado.CONCLUIDA


def test_reintentar_wants_one_folio_or_all():
    with pytest.raises(CommandError, match="folio"):
        call_command("reintentar")
    with pytest.raises(CommandError, match="No hay una solicitud"):
        call_command("reintentar", "1" * 23)


def test_retry_of_one_that_did_not_fall_is_refused(concluded):
    with pytest.raises(MoveNotAllowed):
        cierre.retry(solicitud_id=concluded.id, now=reloj.now())


def test_missing_key_waits_for_the_operator(ana, begin, taxco, numbered, settings):
    here = settings.LLAVE_SELLO
    settings.LLAVE_SELLO = here + ".no"
    tramite = begin(ana.curp)
    tramite.confirm()
    tramite.conclude(taxco)
    waiting = Pendiente.objects.get(objeto=tramite.id, tipo="tramites.documentar")
    assert (tramite.solicitud.estado, waiting.estado) == (Estado.ASIGNADA, "pendiente")
    settings.LLAVE_SELLO = here
    outbox.attend(waiting.pk)
    assert tramite.solicitud.estado == Estado.DOCUMENTADA

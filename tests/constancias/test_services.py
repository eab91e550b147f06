"""A document's file and its row: made apart, always of one mind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction

from comun import bitacora, reloj
from comun.models import Bitacora
from constancias import llaves, sello, services
from constancias.documentos import Hoja
from constancias.enums import Tipo
from constancias.errors import FileDamaged, SelloUnavailable, StorageUnavailable
from constancias.models import Constancia
from constancias.verificacion import sello_holds
from tests.constancias import hojas

pytestmark = pytest.mark.django_db


def files(settings) -> list[Path]:
    return sorted(path for path in Path(settings.DOCUMENTOS_DIR).rglob("*") if path.is_file())


@pytest.fixture
def issued(llave, numero):
    preparado = services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    return services.record(preparado=preparado, numero=numero, now=reloj.now())


def test_document_is_stored_sealed_and_read_back(issued, settings, text_of):
    (path,) = files(settings)
    assert b"%PDF" not in path.read_bytes()
    assert path.relative_to(settings.DOCUMENTOS_DIR).parts[:2] == ("62", "55")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "LORA070514MGRPVNA4" in text_of(services.read_pdf(issued))


def test_row_agrees_with_its_sheet(issued):
    row = Constancia.objects.of_folio(hojas.FOLIO).get()
    hoja = Hoja.from_json(row.snapshot)
    assert (hoja.secuencia, hoja.serie) == (str(row.secuencia), row.llave_id.zfill(20))
    assert sello_holds(row)
    assert row.plantilla_version == hoja.plantilla


def test_audit_entry_bears_the_secuencia(issued):
    entry = Bitacora.objects.get()
    assert (entry.secuencia, entry.accion) == (issued.secuencia, "constancia.emitida")
    assert list(bitacora.broken_rows()) == []


def test_nothing_personal_lies_in_clear(issued):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM constancias_constancia c")
        row = cursor.fetchone()[0]
    for word in ("LORA070514", "Sof", "López", "Guerrero", hojas.facts().nss):
        assert word not in row


def test_preparing_and_recording_twice_leaves_one_document(issued, numero, settings):
    again = services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    assert services.record(preparado=again, numero=numero, now=reloj.now()) == issued
    assert Constancia.objects.count() == Bitacora.objects.count() == 1
    assert services.read_pdf(issued)
    assert len(files(settings)) == 2  # the second one has no row: swept by age


def test_both_documents_share_the_folio(issued, numero):
    tarjeta = services.prepare(facts=hojas.facts(), tipo=Tipo.TARJETA)
    services.record(preparado=tarjeta, numero=numero, now=reloj.now())
    assert Constancia.objects.of_folio(hojas.FOLIO).count() == 2


def test_document_of_another_number_is_not_recorded(llave, make_numero):
    preparado = services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    other = make_numero("72250700019")
    with pytest.raises(ValueError, match="another number"):
        services.record(preparado=preparado, numero=other, now=reloj.now())


def alter(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.mark.parametrize("harm", [Path.unlink, alter])
def test_damaged_file_is_told(issued, settings, harm):
    harm(files(settings)[0])
    with pytest.raises(FileDamaged):
        services.read_pdf(issued)


def test_file_of_another_document_is_refused(issued, numero, settings):
    tarjeta = services.record(
        preparado=services.prepare(facts=hojas.facts(), tipo=Tipo.TARJETA),
        numero=numero,
        now=reloj.now(),
    )
    root = Path(settings.DOCUMENTOS_DIR)
    (root / issued.archivo).write_bytes((root / tarjeta.archivo).read_bytes())
    with pytest.raises(FileDamaged):
        services.read_pdf(issued)


def test_file_with_another_hash_is_refused(issued):
    issued.sha256 = "0" * 64
    with pytest.raises(FileDamaged):
        services.read_pdf(issued)


def test_folder_that_takes_nothing_is_worth_repeating(llave, settings, tmp_path):
    (tmp_path / "archivo").write_text("")
    settings.DOCUMENTOS_DIR = str(tmp_path / "archivo")
    with pytest.raises(StorageUnavailable):
        services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)


def test_without_a_key_nothing_is_written(settings, tmp_path):
    settings.DOCUMENTOS_DIR = str(tmp_path)
    with pytest.raises(SelloUnavailable):
        services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    assert files(settings) == []


def test_another_storage_may_be_set(llave, settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "documentos": memory}
    services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    assert services.sweep_orphans(now=reloj.now() + timedelta(days=3), delete=True) == 1
    assert files(settings) == []


def test_orphans_are_swept_by_age(issued, settings):
    services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    partial = files(settings)[0].with_name("a.pdf.sellado.parcial")
    partial.write_bytes(b"x")
    later = reloj.now() + services.ORPHAN_AFTER + timedelta(hours=1)
    assert services.sweep_orphans(now=reloj.now(), delete=True) == 0
    assert services.sweep_orphans(now=later, delete=False) == 2
    assert services.sweep_orphans(now=later, delete=True) == 2
    assert [path.name for path in files(settings)] == [Path(issued.archivo).name]


def test_sweep_of_no_folder_finds_nothing(settings, tmp_path):
    settings.DOCUMENTOS_DIR = str(tmp_path / "nada")
    assert services.sweep_orphans(now=reloj.now(), delete=True) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"sello": "x"},
        {"folio": "1" * 23},
        {"sha256": "0"},
        {"archivo": "x"},
        {"indice": 10**6},
        {"codigo_idx": b"x" * 16},
        {"estado": "revocada"},  # without a reason
        {"motivo": "error"},  # still in force
    ],
)
def test_database_keeps_a_document_as_it_was(issued, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Constancia.objects.update(**change)


def test_database_lets_the_state_change_and_never_back(issued):
    Constancia.objects.end(estado="revocada", motivo="error", now=reloj.now())
    for change in ({"estado": "vigente", "motivo": "", "cambio_en": None}, {"motivo": "fraude"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Constancia.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        issued.delete()


@pytest.mark.django_db(transaction=True)
def test_workers_racing_leave_one_row_whose_file_is_its_own(llave, numero):
    prepared = [services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA) for _ in range(6)]
    start = threading.Barrier(6)

    def take(preparado):
        try:
            start.wait(timeout=10)
            return services.record(preparado=preparado, numero=numero, now=reloj.now()).pk
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        winners = set(pool.map(take, prepared))
    row = Constancia.objects.get()
    assert winners == {row.pk}
    assert services.read_pdf(row)
    assert Bitacora.objects.count() == 1


def test_sello_does_not_hold_for_a_swapped_snapshot(issued, numero):
    tarjeta = services.record(
        preparado=services.prepare(facts=hojas.facts(), tipo=Tipo.TARJETA),
        numero=numero,
        now=reloj.now(),
    )
    hoja = Hoja.from_json(issued.snapshot)
    assert not sello.verify(
        tarjeta.sello,
        sello.message(hoja.cadena, hoja.cadena_datos),
        llaves.public_key(issued.llave.certificado),
    )


def test_time_and_size_of_each_document(llave, settings, capsys):
    services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)  # imports and fonts
    sizes = 0
    for tipo in Tipo:
        start = time.perf_counter()
        made = [services.prepare(facts=hojas.facts(), tipo=tipo) for _ in range(5)]
        each = (time.perf_counter() - start) / 5
        size = (Path(settings.DOCUMENTOS_DIR) / made[0].archivo).stat().st_size
        sizes += size
        with capsys.disabled():
            print(f"\n{tipo.value}: {each * 1000:.0f} ms, {size / 1024:.0f} kB")  # noqa: T201
        assert each < 2  # s: a loaded machine; the number printed is the news
    assert sizes < 200 * 1024

"""What a check leaves behind: two lines without a person; and how many checks anybody may make."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from comun import bitacora, reloj
from comun.models import Bitacora, Pendiente
from constancias import codigo
from constancias.models import Consulta, Verificacion
from constancias.services import comprobacion
from tests.constancias.visitante import PAGE, PERSONAL, html_of, resolved, upload, verdict, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def test_each_check_is_written_down_without_who_nor_what(client, base):
    client.post(PAGE, {"codigo": base.hoja.codigo}, REMOTE_ADDR="127.0.0.9")
    client.post(PAGE, {"codigo": codigo.mint()}, REMOTE_ADDR="127.0.0.9")
    client.post(PAGE, {"credencial": base.token}, REMOTE_ADDR="127.0.0.9")
    resolved(client, base.pdf + b"\n")
    rows = list(Verificacion.objects.order_by("pk").values_list("medio", "dictamen", "canal"))
    assert rows == [
        ("codigo", "vigente", "pagina"),
        ("codigo", "desconocida", "pagina"),
        ("credencial", "vigente", "pagina"),
        ("pdf", "alterada", "pagina"),
    ]
    entries = Bitacora.objects.filter(accion__startswith="verificacion.").order_by("n")
    document = f"{base.row.folio} constancia"
    assert list(entries.values_list("accion", "objeto", "razon")) == [
        ("verificacion.codigo", document, "vigente"),
        ("verificacion.codigo", "sin documento", "desconocida"),
        ("verificacion.credencial", document, "vigente"),
        ("verificacion.pdf", document, "alterada"),
    ]
    assert list(bitacora.broken_rows()) == []
    for table in ("constancias_verificacion", "constancias_consulta", "comun_bitacora"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            text = "".join(row for (row,) in cursor.fetchall())
        words = ("127.0.0.", base.hoja.codigo, base.hoja.facts.nss, *PERSONAL)
        assert [word for word in words if word in text] == []


def test_the_upload_lies_sealed_and_is_gone_once_read(client, base):
    upload(client, base.pdf)
    row = Consulta.objects.get()
    assert b"%PDF" not in bytes(row.contenido)
    work()
    row.refresh_from_db()
    assert row.contenido is None
    assert row.resultado["dictamen"] == "vigente"


def test_nothing_of_it_is_there_after_ten_minutes(client, base):
    where = upload(client, base.pdf)["Location"]
    Consulta.objects.update(creada_en=reloj.now() - comprobacion.KEPT - timedelta(seconds=1))
    assert client.get(where).status_code == 404
    html_of(client.get(where))
    assert comprobacion.forget(now=reloj.now()) == 1
    work()  # what waited finds nothing, and says nothing
    assert Verificacion.objects.count() == 0


def test_reading_twice_answers_once(client, base):
    upload(client, base.pdf)
    row = Consulta.objects.get()
    for _ in range(2):
        comprobacion.resolve(consulta_id=row.pk)
    assert Verificacion.objects.count() == 1


def test_a_file_the_worker_always_dies_on_is_told_as_unreadable(client, base):
    where = upload(client, base.pdf)["Location"]
    comprobacion.give_up(Consulta.objects.get().pk, "WorkerLostError")
    assert verdict(client.get(where)) == "ilegible"


def test_the_database_refuses_an_answer_beside_the_file(client, base):
    upload(client, base.pdf)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consulta.objects.update(contenido=None)


# --- limits -----------------------------------------------------------------------------------------


def test_the_twenty_first_check_in_a_minute_waits(client, db):
    codes = [client.post(PAGE, {"codigo": codigo.mint()}).status_code for _ in range(20)]
    assert set(codes) == {200}
    for answer in (client.post(PAGE, {"codigo": codigo.mint()}), upload(client, b"%PDF-")):
        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert "60 segundos" in html_of(answer)
    other = client.post(PAGE, {"codigo": codigo.mint()}, REMOTE_ADDR="127.0.0.2")
    assert other.status_code == 200
    assert client.get(PAGE).status_code == 200


def test_more_uploads_than_the_worker_reads_are_put_off(client, base, monkeypatch):
    monkeypatch.setattr(comprobacion, "WAITING_MOST", 1)
    assert upload(client, base.pdf).status_code == 303
    response = upload(client, base.pdf)
    assert response.status_code == 503
    assert "Espera un minuto" in html_of(response)


def test_a_broker_that_is_away_loses_no_check(client, base, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        response = upload(client, base.pdf)
    assert Pendiente.objects.get(tipo=comprobacion.VERIFICAR).estado == "pendiente"
    assert client.get(response["Location"]).status_code == 200

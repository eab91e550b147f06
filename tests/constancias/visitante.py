"""Somebody with a document in hand at /verificar/, and the worker that reads what they upload."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from comun import outbox
from comun.models import Pendiente
from constancias import tasks
from constancias.services import comprobacion
from tests.tramites.visita import Documento

PAGE, UPLOAD = "/verificar/", "/verificar/pdf/"
VERDICT = re.compile(r'data-dictamen="([a-z_]+)"')
PERSONAL = ("LORA070514", "López", "Rivera", "Sofía", "Guerrero", "14/05/2007")


def html_of(response) -> str:
    html = response.content.decode()
    assert Documento(html).faults == []
    return html


def verdict(response) -> str:
    assert response.status_code == 200
    return VERDICT.search(html_of(response))[1]


def upload(client, content: bytes, **extra):
    file = SimpleUploadedFile("constancia.pdf", content, "application/pdf")
    return client.post(UPLOAD, {"archivo": file}, **extra)


def work() -> None:
    """Be the worker: take every step that waits."""
    assert tasks.verify  # its steps are registered
    for row in Pendiente.objects.filter(tipo=comprobacion.VERIFICAR, estado="pendiente"):
        outbox.attend(row.pk)


def resolved(client, content: bytes):
    response = upload(client, content)
    assert response.status_code == 303, html_of(response)
    work()
    return client.get(response["Location"])

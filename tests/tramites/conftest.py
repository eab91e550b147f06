"""People, a place, and a Solicitud at any point of its life, by the real services."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F

from catalogos.models import Asentamiento
from comun import outbox, reloj
from comun.models import Pendiente
from tramites.domicilios import Domicilio
from tramites.models import Solicitud
from tramites.services import captura, confirmacion, domicilio
from tramites import tasks  # noqa: F401 - registers the steps

CORREO = "ana@example.org"


@pytest.fixture
def gente(db):
    """The demo people by their slug, loaded in the padrón and the registry."""
    from nss.demo import PERSONAS, load_demo_people

    load_demo_people(reloj.now())
    return {persona.clave: persona for persona in PERSONAS}


@pytest.fixture
def attend_all():
    """Take every waiting step, as the worker would, until none is due."""

    def run() -> None:
        for _ in range(50):
            due = Pendiente.objects.waiting().filter(proximo__lte=reloj.now())
            ids = list(due.values_list("pk", flat=True))
            if not ids:
                return
            for pk in ids:
                outbox.attend(pk)
        raise AssertionError("the outbox never came to rest")

    return run


class Tramite:
    """One person walking the procedure through its services."""

    def __init__(self, curp, correo, attend_all):
        self.attend_all = attend_all
        self.id = captura.open_solicitud(curp=curp, correo=correo, now=reloj.now()).pk
        attend_all()

    @property
    def solicitud(self) -> Solicitud:
        return Solicitud.objects.get(pk=self.id)

    @property
    def letter(self):
        return [m for m in mail.outbox if self.solicitud.correo in m.to and "/c/" in m.body][-1]

    @property
    def token(self) -> str:
        return re.search(r"/c/([\w-]{43})", self.letter.body)[1]

    @property
    def codigo(self) -> str:
        return re.search(r"empezaste: (\d{6})", self.letter.body)[1]

    def confirm(self) -> Solicitud:
        row = confirmacion.confirm_by_code(
            solicitud_id=self.id, codigo=self.codigo, now=reloj.now()
        )
        self.id = row.pk
        self.attend_all()
        return self.solicitud

    def conclude(self, asentamiento: Asentamiento) -> Solicitud:
        now = reloj.now()
        domicilio.save_domicilio(
            solicitud_id=self.id, domicilio=domicilio_en(asentamiento), now=now
        )
        domicilio.conclude(solicitud_id=self.id, now=now)
        self.attend_all()
        return self.solicitud


def domicilio_en(asentamiento: Asentamiento) -> Domicilio:
    return Domicilio(
        asentamiento_id=asentamiento.pk,
        cp=asentamiento.cp,
        entidad=asentamiento.municipio.entidad.nombre,
        municipio=asentamiento.municipio.nombre,
        colonia=asentamiento.nombre,
        tipo_asentamiento=asentamiento.tipo,
        calle="Calle de la Amargura",
        numero_exterior="S/N",
    )


@pytest.fixture
def begin(attend_all):
    def make(curp, correo=CORREO) -> Tramite:
        return Tramite(curp, correo, attend_all)

    return make


@pytest.fixture
def age():
    """Make a Solicitud, its mails and its links older, as if the clock had moved on."""

    def back(solicitud: Solicitud, **delta: float) -> None:
        step = timedelta(**delta)
        rows = Solicitud.objects.filter(pk=solicitud.pk)
        rows.update(movida_en=F("movida_en") - step, creada_en=F("creada_en") - step)
        rows.exclude(confirmada_en=None).update(confirmada_en=F("confirmada_en") - step)
        solicitud.correos.update(creado_en=F("creado_en") - step)
        solicitud.confirmaciones.update(vence=F("vence") - step, creada_en=F("creada_en") - step)

    return back

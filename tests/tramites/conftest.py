"""People, a place, and a Solicitud at any point of its life, by the real services."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db.models import F
from model_bakery import baker

from catalogos.models import Asentamiento, Entidad, Municipio
from comun import outbox, reloj
from comun.models import Pendiente
from constancias import llaves
from constancias import tasks as documentos  # noqa: F401 - registers the steps
from nss.enums import Estatus
from nss.identidad import Identidad
from nss.models import Numero, PrefijoSerie
from nss.services import Lugar, assign_nss
from nss.values import Curp
from tests.nss.personas import identidad
from tests.tramites import escena, topes
from tramites import tasks  # noqa: F401 - registers the steps
from tramites.domicilios import Domicilio
from tramites.models import Solicitud
from tramites.services import captura, confirmacion, domicilio

CORREO = "ana@example.org"


@pytest.fixture(autouse=True)
def llave(db, settings, tmp_path):
    """A signing key of the test's own, and a folder for its documents."""
    settings.LLAVE_SELLO = str(tmp_path / "sello.pem")
    settings.DOCUMENTOS_DIR = str(tmp_path / "documentos")
    llaves.create(now=reloj.now())


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
        rows.exclude(espera_desde=None).update(espera_desde=F("espera_desde") - step)
        solicitud.correos.update(creado_en=F("creado_en") - step)
        solicitud.confirmaciones.update(vence=F("vence") - step, creada_en=F("creada_en") - step)

    return back


ANA = Identidad(
    curp=Curp("LORA070514MGRPVNA4"),
    estatus=Estatus.AN,
    nombres="ANA SOFÍA",
    primer_apellido="LÓPEZ",
    segundo_apellido="RIVERA",
    sexo="M",
    fecha_nacimiento=date(2007, 5, 14),
    entidad="GR",
)


@pytest.fixture
def ana(db) -> Identidad:
    """Somebody the source knows and the registry does not."""
    return escena.in_padron(ANA)


@pytest.fixture
def numbered(db):
    """Give a person a number in the registry, as the registry itself does."""
    PrefijoSerie.objects.get_or_create(prefijo="00")

    def give(identidad: Identidad) -> Numero:
        return assign_nss(titular=identidad, lugar=Lugar(), now=reloj.now()).numero

    return give


@pytest.fixture
def taxco(db) -> Asentamiento:
    """One colonia of CP 40200."""
    gro, _ = Entidad.objects.get_or_create(
        clave_curp="GR", defaults={"clave_inegi": "12", "nombre": "Guerrero"}
    )
    municipio = baker.make(
        Municipio, entidad=gro, nombre="Taxco de Alarcón", nombre_normalizado="TAXCO DE ALARCON"
    )
    return baker.make(
        Asentamiento,
        cp="40200",
        nombre="Taxco de Alarcón Centro",
        tipo="Colonia",
        municipio=municipio,
        vigente=True,
    )


@pytest.fixture
def persona(db):
    """Somebody the identity source knows and the registry does not."""
    return escena.in_padron(identidad(1))


@pytest.fixture
def located(persona, attend_all):
    """A browser at the result of a number that was there already."""
    escena.with_number(persona)
    browser = escena.proved(persona, attend_all)
    attend_all()
    return browser


@pytest.fixture
def unnumbered(persona, attend_all):
    """A browser asked if these are its data, for want of a number, where Taxco has its clinic."""
    escena.catalogue()
    browser = escena.proved(persona, attend_all)
    attend_all()
    return browser


@pytest.fixture
def at_address(unnumbered):
    """The same browser, its data accepted."""
    assert unnumbered.post(escena.YES).url == escena.ADDRESS
    return unnumbered


@pytest.fixture
def ask(attend_all, settings):
    """Send Paso 1 of the n-th person and let the worker do what it will; say if a link came."""
    settings.REENVIO_SEGUNDOS = 0

    def one(n: int, correo: str = topes.MINE) -> bool:
        before = topes.links(correo)
        captura.open_solicitud(curp=topes.curp(n), correo=correo, now=reloj.now())
        attend_all()
        return topes.links(correo) > before

    return one


@pytest.fixture
def prove(ask):
    """Ask, and give the code back."""

    def one(n: int, correo: str = topes.MINE) -> Solicitud:
        assert ask(n, correo)
        return topes.give_code(n, correo)

    return one

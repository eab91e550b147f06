"""People and their Solicitudes at any point of their life, by the real services, one at a time."""

import itertools
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.core import mail
from django.db import connection
from django.db.models import F

from catalogos.models import Asentamiento
from comun import outbox, reloj
from comun.models import Pendiente
from constancias.enums import Canal, Dictamen, Medio, Tipo
from constancias.models import Constancia, Consulta
from constancias.services import read_pdf
from constancias.services.comprobacion import leave_pdf
from constancias.verificacion import Veredicto, judge
from constancias.verificacion.informe import inform
from nss.identidad import Identidad
from tests.nss.personas import identidad
from tests.tramites import escena
from tests.tramites.conftest import domicilio_en
from tramites import tasks  # noqa: F401 - registers the steps
from tramites.enums import ASIGNAR, DOCUMENTAR, ENVIAR, IDENTIFICAR, Estado, Razon
from tramites.models import Correo, Solicitud
from tramites.services import captura, confirmacion, domicilio, vigilancia
from tramites.services.identidad import accept_identidad

# How far the worker is let for each state that it makes; the rest are one more move.
STEPS = {
    Estado.LOCALIZADA: (IDENTIFICAR,),
    Estado.REQUIERE_DOMICILIO: (IDENTIFICAR,),
    Estado.ASIGNADA: (IDENTIFICAR, ASIGNAR),
    Estado.DOCUMENTADA: (IDENTIFICAR, DOCUMENTAR),
}
AFTER_CONFIRMADA = (
    Estado.EN_ESPERA_IDENTIDAD,
    Estado.RETENIDA,
    Estado.INCONCLUSA,
    Estado.CANCELADA,
    Estado.FALLO_TECNICO,
)


def _attend(ids: list[int]) -> None:
    """Be the worker, in a thread: signing needs an event loop, and Playwright has this one's."""
    try:
        for pk in ids:
            outbox.attend(pk)
    finally:
        connection.close()


class Sala:
    """Makes what a case needs; nobody is used twice."""

    def __init__(self) -> None:
        self._people = itertools.count(1)

    # --- the worker ------------------------------------------------------------------

    def attend(self, *tipos: str) -> None:
        """Take the steps that wait, of these kinds (or all), until none is left."""
        for _ in range(20):
            due = Pendiente.objects.waiting().filter(proximo__lte=reloj.now())
            ids = list((due.filter(tipo__in=tipos) if tipos else due).values_list("pk", flat=True))
            if not ids:
                return
            with ThreadPoolExecutor(1) as worker:
                worker.submit(_attend, ids).result()
        raise AssertionError("the outbox never came to rest")

    def rest(self) -> None:
        """Leave no step of one case to the next."""
        Pendiente.objects.waiting().delete()
        mail.outbox.clear()

    # --- people ----------------------------------------------------------------------

    def persona(self) -> Identidad:
        return escena.in_padron(identidad(next(self._people)))

    def abierta(self, who: Identidad | None = None) -> Solicitud:
        """A Solicitud whose mail went out and nobody answered."""
        who = who or self.persona()
        row = captura.open_solicitud(
            curp=who.curp, correo=f"persona-{next(self._people)}@example.org", now=reloj.now()
        )
        self.attend(ENVIAR)
        return row

    def codigo(self, row: Solicitud) -> str:
        return escena.code(row.correo)

    def confirmada(self, who: Identidad | None = None) -> Solicitud:
        row = self.abierta(who)
        return confirmacion.confirm_by_code(
            solicitud_id=row.pk, codigo=self.codigo(row), now=reloj.now()
        )

    def con_numero(self) -> Identidad:
        who = self.persona()
        escena.with_number(who)
        return who

    def por_asignar(self) -> Solicitud:
        """CONCLUIR was pressed; the worker has not looked yet."""
        escena.series()
        row = self.confirmada()
        self.attend(IDENTIFICAR)
        now = reloj.now()
        accept_identidad(solicitud_id=row.pk, now=now)
        self.vive_en(row, escena.TAXCO)
        domicilio.conclude(solicitud_id=row.pk, now=now)
        return self._fresh(row)

    def pide_domicilio(self, *, cp: str = "", aceptada: bool = True) -> Solicitud:
        row = self.confirmada()
        self.attend(IDENTIFICAR)
        if aceptada:
            accept_identidad(solicitud_id=row.pk, now=reloj.now())
        if cp:
            self.vive_en(row, cp)
        return self._fresh(row)

    def vive_en(self, row: Solicitud, cp: str) -> None:
        place = Asentamiento.objects.at(cp)[0]
        domicilio.save_domicilio(
            solicitud_id=row.pk, domicilio=domicilio_en(place), now=reloj.now()
        )

    # --- every state -----------------------------------------------------------------

    def en(self, estado: Estado, razon: str = "") -> Solicitud:
        """A Solicitud in that state, made as the portal makes it."""
        makers: dict[Estado, Callable[[], Solicitud]] = {
            Estado.POR_CONFIRMAR: self.abierta,
            Estado.CONFIRMADA: self.confirmada,
            Estado.POR_ASIGNAR: self.por_asignar,
            Estado.CONCLUIDA: lambda: self._fresh(self.concluida),
        }
        if estado in makers:
            return makers[estado]()
        if estado in AFTER_CONFIRMADA:
            return self._moved(self.confirmada(), estado, razon)
        if estado == Estado.VENCIDA:
            return self._moved(self.abierta(), estado, "")
        if estado == Estado.EN_ESPERA_SERIE:
            return self._moved(self.por_asignar(), estado, "")
        row = self.por_asignar() if estado == Estado.ASIGNADA else None
        if row is None:
            with_one = estado in (Estado.LOCALIZADA, Estado.DOCUMENTADA)
            row = self.confirmada(self.con_numero() if with_one else None)
        self.attend(*STEPS[estado])
        return self._fresh(row)

    def _moved(self, row: Solicitud, to: Estado, razon: str) -> Solicitud:
        row.advance(to, now=reloj.now(), **({"razon": Razon(razon)} if razon else {}))
        if row.tells:
            escena.bind(row)
        return row

    def _fresh(self, row: Solicitud) -> Solicitud:
        return Solicitud.objects.get(pk=row.pk)

    @cached_property
    def concluida(self) -> Solicitud:
        """One whose number was located, and whose mail was accepted."""
        row = self.confirmada(self.con_numero())
        self.attend()
        return row

    @cached_property
    def asignada(self) -> Solicitud:
        """One whose number is new, and whose mail was accepted."""
        row = self.por_asignar()
        self.attend()
        return row

    def rechazada(self) -> Solicitud:
        """One whose mail no server would take."""
        row = self.en(Estado.DOCUMENTADA)
        row.correos.update(estado=Correo.Estado.RECHAZADO)
        return row

    def retenida(self) -> Solicitud:
        """One of a mailbox that waits; the bound one was told (the last mail)."""
        who = self.persona()
        self.confirmada(who)
        self.attend(IDENTIFICAR)
        row = self.confirmada(who)
        self.attend(IDENTIFICAR, ENVIAR)
        return self._fresh(row)

    def aviso(self) -> str:
        """The address in the last notice of another mailbox."""
        letter = [m for m in mail.outbox if "/no-fui-yo/" in m.body][-1]
        return re.search(r"https?://[^/]+(/c/no-fui-yo/[\w-]{43})", letter.body)[1]

    # --- links and time --------------------------------------------------------------

    def liga(self, row: Solicitud) -> str:
        """The address in the newest mail of this Solicitud."""
        assert row.correo in mail.outbox[-1].to
        return escena.path_of_link()

    def reposa(self, row: Solicitud, **delta: float) -> None:
        """Let it rest in its state for so long."""
        Solicitud.objects.filter(pk=row.pk).update(movida_en=F("movida_en") - timedelta(**delta))

    def libera(self, row: Solicitud) -> None:
        """The hold ends without an objection."""
        self.reposa(row, hours=73)
        vigilancia.watch(reloj.now())

    def envejece(self, row: Solicitud, **delta: float) -> None:
        """Make its links and mails older, as if the clock had moved on."""
        step = timedelta(**delta)
        row.correos.update(creado_en=F("creado_en") - step)
        row.confirmaciones.update(vence=F("vence") - step, creada_en=F("creada_en") - step)

    def renovada(self, row: Solicitud) -> None:
        """Another mail put the first one out of use."""
        self.envejece(row, minutes=10)
        confirmacion.resend(solicitud_id=row.pk, now=reloj.now())
        self.attend(ENVIAR)

    # --- documents -------------------------------------------------------------------

    @cached_property
    def constancia(self) -> Constancia:
        return Constancia.objects.current(self.concluida.folio).get(tipo=Tipo.CONSTANCIA)

    @cached_property
    def veredicto(self) -> Veredicto:
        return judge(read_pdf(self.constancia))

    def consulta(self, dictamen: Dictamen | None) -> UUID:
        """The answer about an upload; None: it still waits for the worker."""
        now = reloj.now()
        if dictamen is None:
            return leave_pdf(pdf=b"%PDF-1.7", canal=Canal.PAGINA, now=now)
        told = replace(self.veredicto, dictamen=dictamen)
        answer = inform(told, medio=Medio.PDF, now=now)
        return Consulta.objects.create(canal=Canal.PAGINA, creada_en=now, resultado=answer).pk

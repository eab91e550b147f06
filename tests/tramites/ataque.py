"""Strangers who know a CURP by heart and have mailboxes of their own, at work on the pages."""

import itertools
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import mail
from django.db.models import F
from django.urls import reverse

from comun import reloj
from constancias.enums import Tipo
from nss.models import Numero, curp_index
from nss.values import Identidad
from tests.nss.personas import identidad
from tests.tramites.escena import LINK, MINE, WAIT, in_padron, with_number
from tests.tramites.visita import Visita
from tramites.derechos import tasks as derechos  # noqa: F401 - registers the steps
from tramites.derechos.enums import FormatoCopia
from tramites.enums import ClaseCorreo
from tramites.models import (
    Confirmacion,
    Correo,
    IntentoActa,
    Solicitud,
    VinculoCorreo,
    correo_index,
)
from tramites.services import vigilancia

LAST_ACTA = 9_999  # certificates of one register and year are numbered from 1
NEXT_YEAR = 0.25  # of the people were registered the year after they were born
SAME_YEAR = NEXT_YEAR**2 + (1 - NEXT_YEAR) ** 2  # how often two such choices agree
_LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"
# All that somebody with a session may ask for; documents by their own loop.
LOOKS = ("tramite", "comprobante", "eres_tu", "no_soy_yo", "domicilio", "unidad", "revision")
PUSHES = ("eres_tu", "domicilio", "revision", "enmascarada", "finalizar")


@dataclass(frozen=True, slots=True)
class Victima:
    """Somebody of the padrón: `correo` is bound to their CURP ("": nobody's is)."""

    quien: Identidad
    numero: Numero | None
    correo: str

    @property
    def secretos(self) -> dict[str, tuple[str, ...]]:
        """What no stranger may ever read: the words of the name (nobody else's), the number."""
        name = (self.quien.nombres, self.quien.segundo_apellido)
        nss = (self.numero.nss, self.numero.nss.pretty) if self.numero else ()
        return {"nombre": name, "nss": nss}


def victim(n: int, luck: random.Random, *, numbered: bool, bound: bool) -> Victima:
    letters = "".join(_LETTERS[n // 21**k % 21] for k in range(3))
    who = identidad(n, acta_anio=2004 + (luck.random() < NEXT_YEAR))
    who = in_padron(
        Identidad(
            **{
                **{name: getattr(who, name) for name in who.__slots__},
                "nombres": f"XOCHI{letters}",
                "segundo_apellido": f"TLALOC{letters}",
                "acta_numero": f"{luck.randint(1, LAST_ACTA):05}",
            }
        )
    )
    correo = f"duena-{n}@example.org" if bound else ""
    if bound:
        VinculoCorreo.objects.create(
            curp_idx=curp_index(who.curp),
            correo_idx=correo_index(correo),
            correo={"correo": correo},
            estado=VinculoCorreo.Estado.ACTIVO,
            desde=reloj.now(),
        )
    return Victima(who, with_number(who) if numbered else None, correo)


@dataclass
class Botin:
    """What was tried and what was seen: `visto` counts people by kind of secret."""

    intentos: Counter[str] = field(default_factory=Counter)
    paginas: int = 0
    cartas: int = 0
    visto: dict[str, set[str]] = field(
        default_factory=lambda: {"nombre": set(), "nss": set(), "documento": set()}
    )
    avisos: dict[str, float] = field(default_factory=dict)  # bound mailbox: s until it was told

    def read(self, victima: Victima, text: str) -> None:
        for kind, secrets in victima.secretos.items():
            if any(secret in text for secret in secrets):
                self.visto[kind].add(victima.quien.curp)

    @property
    def vacio(self) -> bool:
        return not any(self.visto.values())


class Atacante:
    """One stranger on one CURP; every try is one of `ways`, over HTTP, from an address of theirs."""

    def __init__(self, n: int, victima: Victima, botin: Botin, work: Callable[[], None]) -> None:
        self.n, self.victima, self.botin, self.work = n, victima, botin, work
        self.copied = False
        self.luck = random.Random(f"ladron {n}")  # not the luck by which the victims were made
        self.correos = (f"ladron-{n}-{k}@example.net" for k in itertools.count())
        self.tries = itertools.cycle(
            (self.begin, self.guess, self.guess, self.guess, self.probe, self.patience, self.guess)
        )
        self.open()

    def open(self) -> None:
        self.visita = Visita()
        self.browser = self.visita.client
        # The demonstration answers this machine alone: each has a loopback address of their own.
        self.browser.defaults["REMOTE_ADDR"] = f"127.{self.n // 250}.{self.n % 250}.7"

    def attack(self, times: int) -> None:
        for way in itertools.islice(self.tries, times):
            way()
            self.botin.intentos[way.__name__] += 1
            self.work()
            self.read_mail()
            self.ask("get", MINE)

    # --- the ways ----------------------------------------------------------------------

    def begin(self) -> None:
        """Another mailbox of theirs, proved by its code, with a first guess."""
        self.open()
        correo = next(self.correos)
        page = self.visita.capture(curp=self.victima.quien.curp, correo=correo)
        assert page.url == WAIT
        self.work()
        letter = next(m for m in reversed(mail.outbox) if m.to == [correo])
        code = letter.body.split("empezaste: ")[1][:6]
        assert self.ask("post", WAIT, {"codigo": code, **self.answer()}) == 303

    def guess(self) -> None:
        """The certificate once more: most were registered in the year of birth, or the next."""
        self.ask("post", f"{MINE}acta/", self.answer())

    def answer(self) -> dict[str, str]:
        year = self.victima.quien.fecha_nacimiento.year + (self.luck.random() < NEXT_YEAR)
        return {
            "acta_anio": str(year),
            "acta_numero": str(self.luck.randint(1, LAST_ACTA)),
        }

    def probe(self) -> None:
        """Every page and document a session could open, looked at and pushed."""
        if not self.copied:
            self.copy()
        for name in LOOKS:
            self.ask("get", reverse(f"tramites:{name}"))
        for name in PUSHES:
            self.ask("post", reverse(f"tramites:{name}"))
        for tipo in Tipo:
            for name in ("ver", "descargar"):
                self.ask("get", reverse(f"tramites:{name}", args=(tipo.value,)))
            self.ask("post", reverse("tramites:reenviar_documento", args=(tipo.value,)))
        self.ask("get", f"{LINK}no-fui-yo/{'x' * 43}")
        self.ask("get", f"{LINK}{'x' * 43}")

    def copy(self) -> None:
        """The copy of all that is kept of them, once: its sheet says what its JSON says."""
        self.copied = True
        self.ask("post", reverse("derechos:copia"))
        self.work()
        self.ask("get", reverse("derechos:copia"))
        told = self.ask("get", reverse("derechos:copia_descargar", args=(FormatoCopia.JSON,)))
        assert told == 200

    def patience(self) -> None:
        """Four days go by for this CURP: longer than any hold."""
        step = timedelta(days=4)
        key = curp_index(self.victima.quien.curp)
        rows = Solicitud.objects.filter(curp_idx=key)
        rows.update(movida_en=F("movida_en") - step, creada_en=F("creada_en") - step)
        rows.exclude(confirmada_en=None).update(confirmada_en=F("confirmada_en") - step)
        IntentoActa.objects.filter(curp_idx=key).update(fecha=F("fecha") - step)
        Correo.objects.filter(solicitud__curp_idx=key).update(
            creado_en=F("creado_en") - step, enviado_en=F("enviado_en") - step
        )
        Confirmacion.objects.filter(solicitud__curp_idx=key).update(
            vence=F("vence") - step, creada_en=F("creada_en") - step
        )
        vigilancia.watch(reloj.now())

    # --- what comes of it --------------------------------------------------------------

    def ask(self, verb: str, path: str, data: dict[str, str] | None = None) -> int:
        response = getattr(self.browser, verb)(path, data)
        self.botin.paginas += 1
        if response.status_code == 303 and response.url != path:
            self.ask("get", response.url)
        if response.headers.get("Content-Type") == "application/pdf":
            self.botin.visto["documento"].add(self.victima.quien.curp)
        else:
            self.botin.read(self.victima, response.content.decode())
        return response.status_code

    def read_mail(self) -> None:
        """Read what came to the stranger; note when the owner was told."""
        for letter in mail.outbox:
            if letter.to[0].startswith("ladron-"):
                self.botin.cartas += 1
                html = " ".join(str(one[0]) for one in letter.alternatives)
                self.botin.read(self.victima, f"{letter.subject} {letter.body} {html}")
                if letter.attachments:
                    self.botin.visto["documento"].add(self.victima.quien.curp)
        mail.outbox.clear()
        self.note_told()

    def note_told(self) -> None:
        correo, key = self.victima.correo, curp_index(self.victima.quien.curp)
        if not correo or correo in self.botin.avisos:
            return
        told = (ClaseCorreo.INTENTOS, ClaseCorreo.RETENCION)
        notice = Correo.objects.filter(solicitud__curp_idx=key, clase__in=told).first()
        if notice and notice.enviado_en and notice.destinatario["correo"] == correo:
            lag = notice.enviado_en - notice.creado_en  # written as the third answer was judged
            self.botin.avisos[correo] = lag.total_seconds()


def assault(
    victims: list[Victima],
    *,
    tries: int,
    work: Callable[[], None],
    first: int = 0,
    botin: Botin | None = None,
) -> Botin:
    """Let one stranger loose on each of them, so many tries each."""
    botin = botin or Botin()
    for n, victima in enumerate(victims, first):
        Atacante(n, victima, botin, work).attack(tries)
    return botin

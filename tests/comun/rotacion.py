"""A change of data keys as it happens: writers that do not stop, a rotator that is killed."""

import base64
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date
from pathlib import Path

from django.db import connection, connections, transaction
from model_bakery import baker

from comun import cripto, llavero, reloj
from comun.models import Rotacion
from constancias import almacen
from constancias.models import Constancia, LlaveSello
from constancias.services import resello
from constancias.services.archivo import place_of
from nss.models import Asegurado, Numero, PersonaPadron, curp_index
from tests.nss.personas import identidad

PAUSE = 0.005  # s between two acts of one writer
ROOT = Path(__file__).resolve().parents[2]


def ring_of(*names: str) -> list[str]:
    """Return a ring of keys made from their names, the first one writing."""
    return [f"{name}:{base64.b64encode(name.encode().ljust(32, b'.')).decode()}" for name in names]


def fill(*, people: int, documents: int) -> None:
    """Sealed rows of three tables, and sealed files, all with the ring's first key."""
    PersonaPadron.objects.bulk_create(
        PersonaPadron(curp_idx=curp_index(who.curp), datos={"n": n, "veces": 0}, estatus="AN")
        for n in range(people)
        for who in [identidad(n)]
    )
    if not documents:
        return
    who = Asegurado.objects.create(
        curp_idx=bytes(16), persona_idx=bytes(16), datos={"n": 0}, creado_en=reloj.now()
    )
    numero = Numero.objects.create(nss="12345678903", asegurado=who, fecha_alta=date(2025, 1, 1))
    key = baker.make(LlaveSello, serie="7", estado="retirada", retirada_en=reloj.now())
    for n in range(documents):
        row = Constancia(
            folio=f"{n:023}",
            tipo="constancia",
            numero=numero,
            snapshot={"n": n},
            llave=key,
            indice=n,
            emitida_en=reloj.now(),
            archivo=f"{n % 100:02}/00/{n}.pdf.sellado",
        )
        almacen.write(row.archivo, cripto.seal(f"pdf {n}".encode(), place=place_of(row.pk)))
        row.save(force_insert=True)


class Writers:
    """People at work while the keys change: each reads and writes rows until told to stop."""

    def __init__(self, how_many: int, *, seed: int) -> None:
        self.padron = list(PersonaPadron.objects.values_list("pk", flat=True))
        self.documents = list(Constancia.objects.values_list("pk", flat=True))
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(random.Random(seed + n),))
            for n in range(how_many)
        ]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def _work(self, chance: random.Random) -> None:
        acts = [self._change, self._change, self._read]
        if self.documents:
            acts.append(self._open)
        while not self._stop.is_set():
            act = chance.choice(acts)
            try:
                act(chance)
            except Exception as exc:  # whatever it is, it is what a person would have met
                self.faults.append(f"{act.__name__}: {type(exc).__name__} {exc}")
            else:
                with self._lock:
                    self.done[act.__name__] += 1
            time.sleep(PAUSE)
        connections.close_all()

    @transaction.atomic
    def _change(self, chance: random.Random) -> None:
        row = PersonaPadron.objects.select_for_update().get(pk=chance.choice(self.padron))
        row.datos = {**row.datos, "veces": row.datos["veces"] + 1}
        row.save(update_fields=["datos"])

    def _read(self, chance: random.Random) -> None:
        assert "n" in PersonaPadron.objects.get(pk=chance.choice(self.padron)).datos

    def _open(self, chance: random.Random) -> None:
        row = Constancia.objects.get(pk=chance.choice(self.documents))
        sealed = almacen.read(row.archivo)
        assert cripto.unseal(sealed, place=place_of(row.pk)) == f"pdf {row.snapshot['n']}".encode()


def rotator(ring: list[str], documents: str, *, batch: int = 20) -> subprocess.Popen[str]:
    """Begin `llaves_datos rotar` on the tests' database, as its owner."""
    name = connection.settings_dict["NAME"]
    urls = {
        key: os.environ[key].replace("/portal?", f"/{name}?")
        for key in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    env = {**os.environ, **urls, "LLAVES_DATOS": " ".join(ring), "DOCUMENTOS_DIR": documents}
    env |= {"DJANGO_SETTINGS_MODULE": "imss_portal.settings"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "llaves_datos", "rotar", "--lote", str(batch)],
        cwd=ROOT,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def sealed_so_far() -> int:
    return sum(Rotacion.objects.values_list("hechas", flat=True))


def kill_midway(child: subprocess.Popen[str], *, after: int) -> bool:
    """SIGKILL it once it has sealed `after` more; say if it was still at work."""
    begun = sealed_so_far()
    while child.poll() is None and sealed_so_far() < begun + after:
        time.sleep(0.002)
    was_at_work = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return was_at_work


def keys_in_use() -> Counter[str]:
    """Return how many values each key seals, over all columns and files."""
    used = Counter(resello.keys_of_files())
    for columna in llavero.columns():
        used.update(llavero.keys_in_use(columna))
    return used


def unreadable() -> int:
    """Open everything; return how many values do not open."""
    failed = 0
    for model in (PersonaPadron, Asegurado, Constancia):
        name = "snapshot" if model is Constancia else "datos"
        for row in model.objects.iterator(chunk_size=500):
            try:
                getattr(row, name)
                if model is Constancia:
                    cripto.unseal(almacen.read(row.archivo), place=place_of(row.pk))
            except Exception:
                failed += 1
    return failed

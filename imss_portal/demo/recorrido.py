"""Whole procedures, each as one student would walk it and with the end it must have."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imss_portal.demo.entorno import Entorno
from imss_portal.demo.estudiante import Direccion, Estudiante, Tropiezo

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTOS = ("constancia", "tarjeta", "comprobante")
WITH_PDFS = ("documentada", "concluida")
NSS_DIGITS = 11
LEDGER = "recorridos.json"


@dataclass(slots=True, kw_only=True)
class Resultado:
    """What the last line of `make recorrido` says."""

    caso: str
    nss: str | None = None
    folio: str | None = None
    documentos: list[str] = field(default_factory=list)
    segundos: float = 0.0
    dictamenes: dict[str, str] = field(default_factory=dict)  # what was said of each paper shown

    def as_json(self) -> str:
        facts: dict[str, Any] = {
            "caso": self.caso,
            "nss": self.nss,
            "folio": self.folio,
            "documentos": self.documentos,
            "segundos": round(self.segundos, 2),
            **({"dictamenes": self.dictamenes} if self.dictamenes else {}),
        }
        return json.dumps(facts, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Recorrido:
    """One walk: who walks, against which stack, and where the papers are kept."""

    estudiante: Estudiante
    entorno: Entorno
    folder: Path
    resultado: Resultado

    def localizado(self) -> None:
        """The number exists: it is on screen without asking for an address."""
        self._begin()
        if self._settled("requiere_domicilio") == "requiere_domicilio":
            raise Tropiezo("Se esperaba un número localizado y el portal pide domicilio")
        self._receive()

    def asignado(self) -> None:
        """No number yet: address, clinic, check page, and a new number."""
        self._begin()
        if self._settled("requiere_domicilio") != "requiere_domicilio":
            self._receive()
            raise Tropiezo(
                f"Esta CURP ya tenía el número {self.resultado.nss}: el caso es «localizado»"
            )
        self.estudiante.dar_domicilio(Direccion())
        self.estudiante.elegir_unidad()
        self.estudiante.concluir()
        self._receive()

    def inconcluso(self) -> None:
        """The procedure stops with its reason and a slip, and shows no number."""
        self._begin()
        self.estudiante.esperar("inconclusa")
        self._no_number()
        if not self.estudiante.pagina.marca("razon"):
            raise Tropiezo("La página no dice la razón")
        slip = self.estudiante.ver_comprobante()
        if slip.status != 200 or not self.resultado.folio or self.resultado.folio not in slip.texto:
            raise Tropiezo(f"El comprobante no lleva el folio: {slip.status} {slip.resumen()}")

    def retenido(self) -> None:
        """Another mailbox than the bound one: it waits, and shows nothing."""
        self._begin()
        self.estudiante.esperar("retenida")
        self._no_number()

    def verificar(self) -> None:
        """Each paper is genuine; with one byte changed, or something added, it is not."""
        self.localizado()
        whole = Path(self.resultado.documentos[0])
        content = whole.read_bytes()
        middle = content.index(b"stream") + 40
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        fakes = {"alterada": changed, "agregada": content + b"\n%%EOF\n", "otra": b"no es un PDF"}
        self._expect("constancia", whole, genuine=True)
        for name, fake in fakes.items():
            path = whole.with_name(f"{name}.pdf")
            path.write_bytes(fake)
            self._expect(name, path, genuine=False)

    def reemitir(self) -> None:
        """The papers are made again: same number, new folio; the old ones say so."""
        self.localizado()
        result = self.resultado
        old = [
            Path(path).rename(Path(path).with_name(f"anterior-{Path(path).name}"))
            for path in result.documentos
        ]
        result.folio = manage(self.entorno, "reemitir", str(result.folio)).split()[-1]
        papers = self.folder / "recorridos" / result.folio
        self.estudiante.esperar(*WITH_PDFS)
        paths = [self.estudiante.descargar(tipo, papers) for tipo in DOCUMENTOS]
        result.documentos = [str(path) for path in paths]
        verify(paths, self.entorno)
        self._expect("anterior", old[0], genuine=False, estado="sustituida")
        self._expect("nueva", paths[0], genuine=True)

    def revocar(self) -> None:
        """Two people revoke the papers: what was saved is no longer good, and none is offered."""
        self.localizado()
        people = ("--solicita", "Mesa de ayuda", "--aprueba", "Responsable")
        motivo = ("--motivo", "error")
        manage(self.entorno, "revocar", str(self.resultado.folio), *motivo, *people)
        saved = Path(self.resultado.documentos[0])
        self._expect("constancia", saved, genuine=False, estado="revocada")
        self.estudiante.esperar(*WITH_PDFS)
        if self.estudiante.pagina.liga("documento", "constancia"):
            raise Tropiezo("La página todavía ofrece la constancia revocada")

    # --- pieces ------------------------------------------------------------------------

    def _begin(self) -> None:
        self.estudiante.capturar()
        self.estudiante.confirmar_por_liga()

    def _settled(self, *others: str) -> str:
        return self.estudiante.esperar(*WITH_PDFS, *others)

    def _no_number(self) -> None:
        self.resultado.folio = self.estudiante.folio
        if nss := self.estudiante.pagina.marca("nss"):
            raise Tropiezo(f"La página muestra un número que no debía: {nss}")

    def _expect(self, name: str, paper: Path, *, genuine: bool, estado: str = "") -> None:
        """Show a paper to the verifier; raise Tropiezo unless it says what it must."""
        run = run_manage(self.entorno, "verificar_constancia", str(paper), "--json")
        said = json.loads(run.stdout.splitlines()[-1])
        self.resultado.dictamenes[name] = said["dictamen"]
        if said["genuina"] is not genuine or (estado and said["estado"] != estado):
            raise Tropiezo(f"{paper.name}: el verificador dijo {said}")

    def _receive(self) -> None:
        """Take the number and both papers, and prove their signatures."""
        student, result = self.estudiante, self.resultado
        student.esperar(*WITH_PDFS)
        result.folio = student.folio
        shown = student.pagina.marca("nss") or ""
        result.nss = "".join(character for character in shown if character.isdigit())
        if len(result.nss) != NSS_DIGITS:
            raise Tropiezo(f"La página no muestra un NSS, sino «{shown}»")
        papers = self.folder / "recorridos" / (result.folio or "sin-folio")
        paths = [student.descargar(tipo, papers) for tipo in DOCUMENTOS]
        result.documentos = [str(path) for path in paths]
        verify(paths, self.entorno)


CASOS: dict[str, Callable[[Recorrido], None]] = {
    "localizado": Recorrido.localizado,
    "asignado": Recorrido.asignado,
    "inconcluso": Recorrido.inconcluso,
    "retenido": Recorrido.retenido,
    "verificar": Recorrido.verificar,
    "reemitir": Recorrido.reemitir,
    "revocar": Recorrido.revocar,
}


def walk(
    caso: str, *, entorno: Entorno, folder: Path, curp: str, correo: str | None = None
) -> tuple[Resultado, str]:
    """Walk `caso` as the person of `curp`; return what came of it and what went wrong, or ""."""
    correo = correo or f"estudiante-{secrets.token_hex(4)}@example.org"
    resultado, begun = Resultado(caso=caso), time.monotonic()
    student = Estudiante(entorno, curp=curp, correo=correo)
    fault = ""
    try:
        CASOS[caso](Recorrido(student, entorno, folder, resultado))
    except (Tropiezo, LookupError, OSError) as exc:
        fault = str(exc) or type(exc).__name__
    resultado.folio = resultado.folio or student.folio
    resultado.segundos = time.monotonic() - begun
    return resultado, fault


def next_person(caso: str, *, entorno: Entorno, folder: Path) -> str:
    """Return the CURP of somebody of the padrón that fits `caso` and has not walked yet."""
    used = walked(folder)
    curp = manage(entorno, "persona_libre", "--caso", caso, *used).strip().splitlines()[-1]
    note(folder, curp)
    return curp


def walked(folder: Path) -> list[str]:
    """Return the CURPs that walked already, oldest first."""
    ledger = folder / LEDGER
    used: list[str] = json.loads(ledger.read_text()) if ledger.exists() else []
    return used


def note(folder: Path, curp: str) -> None:
    partial = folder / f"{LEDGER}.{secrets.token_hex(4)}"
    partial.write_text(json.dumps([*walked(folder), curp]))
    partial.rename(folder / LEDGER)


def verify(paths: list[Path], entorno: Entorno) -> None:
    """Raise Tropiezo unless every PDF is genuine and whole."""
    manage(entorno, "verificar_papeles", *map(str, paths))


def manage(entorno: Entorno, *args: str) -> str:
    """Return what `manage.py ARGS` prints in the environment of a running stack."""
    run = run_manage(entorno, *args)
    if run.returncode:
        told = f"{run.stdout}{run.stderr}"
        raise Tropiezo(f"manage.py {args[0]} terminó con {run.returncode}:\n{told}")
    return run.stdout


def run_manage(entorno: Entorno, *args: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py ARGS` in the environment of a running stack, whatever it ends with."""
    command = [sys.executable, str(ROOT / "manage.py"), *args]
    env = entorno.whole_env()
    return subprocess.run(
        command, env=env, text=True, capture_output=True, timeout=120, check=False
    )

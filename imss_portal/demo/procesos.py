"""One child process: tied to its parent's life, with its own group and its own log."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from imss_portal.demo.anclaje import tied


class ProcesoCaido(RuntimeError):
    """A child ended by itself; the message carries the end of its log."""


class Proceso:
    """Start it from a thread that lives on: the kernel ties a child to the thread that forked it."""

    def __init__(
        self, name: str, command: Sequence[str], *, env: Mapping[str, str], folder: Path
    ) -> None:
        self.name, self.command, self.env = name, list(command), dict(env)
        self.log = folder / f"{name}.log"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self, *, pass_fds: tuple[int, ...] = ()) -> None:
        with self.log.open("ab") as out:
            self.child = subprocess.Popen(
                [*tied("TERM"), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=self.env,
                pass_fds=pass_fds,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def check(self) -> None:
        """Raise ProcesoCaido if it ended without being asked to."""
        if not self.alive:
            raise ProcesoCaido(f"{self.name} terminó solo; su registro:\n{self.tail()}")

    def tail(self, size: int = 2000) -> str:
        return self.log.read_text(errors="replace")[-size:] if self.log.exists() else ""

    def ask_to_stop(self) -> None:
        if self.child and self.alive:
            self.child.send_signal(signal.SIGTERM)

    def stop(self, grace: float = 15) -> None:
        """Ask, wait at most `grace` seconds, then kill whatever is left of its group."""
        self.ask_to_stop()
        if self.child and self.alive:
            with suppress(subprocess.TimeoutExpired):
                self.child.wait(grace)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole group, its children included."""
        if not self.child:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait(10)


def await_true(ready: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Call `ready` until it says yes; raise TimeoutError naming `what` when it does not."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} no contesta después de {seconds:.0f} s")
        time.sleep(0.05)

"""manage.py as children of the stack: begun, awaited, and gone with it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from imss_portal.demo.anclaje import tied

ROOT = Path(__file__).resolve().parent.parent.parent
LAST_WORDS = 2000  # characters of a failed command's output that its error carries


class OrdenFallida(RuntimeError):
    """A manage.py command ended badly; the message carries its last words."""


class Orden:
    """One running `manage.py ARGS`."""

    def __init__(self, env: Mapping[str, str], *args: str) -> None:
        self.args = args
        self.child = subprocess.Popen(
            [*tied("TERM"), sys.executable, str(ROOT / "manage.py"), *args],
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finish(self) -> str:
        """Wait for it and return what it printed.

        Raises
            OrdenFallida: its exit code was not 0.
        """
        out, err = self.child.communicate()
        if self.child.returncode:
            words = (err or out)[-LAST_WORDS:]
            code = self.child.returncode
            raise OrdenFallida(f"manage.py {' '.join(self.args)} terminó con {code}:\n{words}")
        return out

    def kill(self) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.communicate()

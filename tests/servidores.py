"""pytest plugin (`-p tests.servidores`): a real Postgres and broker before the settings are read."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from imss_portal.demo.embebido import OWNER, Postgres, Valkey

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop beside the ORM


def _serve() -> None:
    base = Path(tempfile.mkdtemp(prefix="portal-pruebas-"))
    postgres, valkey = Postgres(base, durable=False), Valkey(base, durable=False)
    os.environ["DATABASE_URL"] = postgres.start()
    os.environ["DATABASE_OWNER_URL"] = postgres.url(OWNER)
    os.environ["REDIS_URL"] = valkey.start()
    os.environ["DOCUMENTOS_DIR"] = str(base / "documentos")
    owner = os.getpid()

    @atexit.register
    def bye() -> None:
        if os.getpid() == owner:
            valkey.stop()
            postgres.stop()
            postgres.discard()
            shutil.rmtree(base, ignore_errors=True)


# Each worker of xdist has servers of its own: what one clears, another may be counting on.
if os.environ.get("PYTEST_XDIST_WORKER") or not os.environ.get("DATABASE_URL"):
    _serve()

"""The whole portal under one folder, started and stopped as one thing."""

import json
import os
import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Self

import redis

from imss_portal import fuentes
from imss_portal.demo.embebido import OWNER, Postgres, Valkey
from imss_portal.demo.entorno import NAME, Entorno, seize
from imss_portal.demo.estaticos import is_current, mark_current
from imss_portal.demo.llaves import keys_of
from imss_portal.demo.opciones import SETTINGS, Opciones
from imss_portal.demo.ordenes import Orden, OrdenFallida
from imss_portal.demo.procesos import Proceso, ProcesoCaido, await_true
from imss_portal.demo.puertos import asked_port, free_port, listening

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
LOOPBACK = "127.0.0.1"
SECRETS_OF_THE_WORKER = ("LLAVE_SELLO", "IDENTIDAD_CREDENCIAL")
FALLS_BORNE = 5  # of web and worker together, before the whole stack gives up
# What only the one who migrates needs to know.
SECRETS_OF_THE_OWNER = ("DATABASE_OWNER_URL",)
# Variables that would leak from one stack into another.
INHERITED_NEVER = ("DJANGO_SETTINGS_MODULE", "BASE_COMO", "PYTHONSTARTUP", "CAOS_DIR")


class PilaFallida(RuntimeError):
    """The stack could not start; the message says which part and shows the end of its log."""


class Pila:
    """Postgres, broker, SMTP receiver, web, worker with beat: tied to this process's life.

    Start it from the main thread. `start` may be undone by `stop` at any point.
    """

    def __init__(self, folder: Path, opciones: Opciones | None = None) -> None:
        self.folder, self.opciones = folder.resolve(), opciones or Opciones()
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.procesos: dict[str, Proceso] = {}
        self.env: dict[str, str] = {}
        self.entorno: Entorno | None = None
        self.muestra: dict[str, Any] = {}  # sample people, and some without a number
        self._lock: IO[str] | None = None
        self._ordenes: list[Orden] = []
        self._puerto = self._falls = 0

    # --- life ------------------------------------------------------------------

    def start(self) -> Entorno:
        """Bring everything up and return where it is.

        Raises
            EnMarcha: another process runs the stack of this folder.
            PilaFallida: a part did not come up; what had started is stopped again.
        """
        self._lock = seize(self.folder)
        try:
            return self._start()
        except BaseException as exc:
            self.stop()
            if isinstance(exc, ProcesoCaido | TimeoutError | OrdenFallida):
                raise PilaFallida(str(exc)) from exc
            raise

    def _start(self) -> Entorno:
        for name in ("registros", "buzon", "documentos", "estaticos", "llaves"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        wanted = self.opciones.puerto
        self._puerto = asked_port(wanted) if wanted else free_port(8000)
        self.opciones.aviso("base de datos, cola y correo")
        self.env = self._environment()
        self.opciones.aviso("tablas y archivos estáticos")
        self._prepare()
        self.opciones.aviso("catálogos y personas de muestra (la primera vez tarda más)")
        loading = self._begin(*self._load_command())
        self._start_web()
        self.start_worker()
        self.muestra = json.loads(loading.finish().strip().splitlines()[-1])
        await_true(self.answers, seconds=60, what="El servidor web")
        self.entorno = self._describe()
        self.entorno.write(self.folder)
        return self.entorno

    def _prepare(self) -> None:
        """Migrate, and collect the static files beside it if they are not what they were."""
        collected, fonts = Path(self.env["STATIC_ROOT"]), Path(self.env["FUENTES_DIR"])
        fuentes.make(fonts)
        current = is_current(collected, fonts)
        static = None if current else self._begin("collectstatic", "--noinput", "-v0")
        self.manage("migrate", "--noinput", "-v0")
        if static:
            static.finish()
            mark_current(collected, fonts)

    def _load_command(self) -> list[str]:
        command = ["alistar_demo", "--personas", str(self.opciones.personas)]
        return (
            [*command, "--sepomex", str(self.opciones.sepomex)]
            if self.opciones.sepomex
            else command
        )

    def stop(self) -> None:
        """Stop whatever runs; the rows, keys and mails of the folder stay."""
        (self.folder / NAME).unlink(missing_ok=True)
        for orden in self._ordenes:
            orden.kill()
        for proceso in self.procesos.values():  # all hear it first, then each is awaited
            proceso.ask_to_stop()
        for proceso in self.procesos.values():
            proceso.stop()
        self.procesos.clear()
        for server in (self.valkey, self.postgres):
            if server:
                server.stop()
        self.valkey = self.postgres = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def discard(self) -> None:
        """Stop, and leave no row, key or mail of the folder behind."""
        self.stop()
        if "DATABASE_URL" not in self.opciones.ajustes:
            Postgres(self.folder).discard()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def check(self) -> None:
        """Raise ProcesoCaido if a part ended by itself."""
        for proceso in self.procesos.values():
            proceso.check()

    def revive(self) -> None:
        """Start web or worker again if one fell; raise ProcesoCaido when it keeps falling."""
        starts = {"web": self._start_web, "trabajador": self.start_worker}
        for name, start in starts.items():
            if name in self.procesos and not self.procesos[name].alive:
                self._falls += 1
                if self._falls > FALLS_BORNE:
                    self.check()
                self.opciones.aviso(f"{name} se cayó y se levanta otra vez")
                start()
        self.check()

    # --- parts -------------------------------------------------------------------

    def _environment(self) -> dict[str, str]:
        outer = {k: v for k, v in os.environ.items() if k not in (*SETTINGS, *INHERITED_NEVER)}
        static = self.opciones.estaticos or self.folder / "estaticos"
        own = {
            "MODO": "demo",
            "DJANGO_SETTINGS_MODULE": "imss_portal.settings",
            "URL_PORTAL": f"http://{LOOPBACK}:{self._puerto}",
            "LLAVE_SELLO": str(self.folder / "llaves" / "sello.pem"),
            "DOCUMENTOS_DIR": str(self.folder / "documentos"),
            "STATIC_ROOT": str(static),
            "FUENTES_DIR": str(static.with_name("fuentes")),
            **keys_of(self.folder / "llaves"),
        }
        given = self.opciones.ajustes
        return {**outer, **own, **self._parts(given), **given}

    def _parts(self, given: Mapping[str, str]) -> dict[str, str]:
        """Start the parts that were not given, and return where they are."""
        parts: dict[str, str] = {}
        if ("DATABASE_URL" in given) != ("DATABASE_OWNER_URL" in given):
            raise PilaFallida("DATABASE_URL y DATABASE_OWNER_URL van juntas: da las dos o ninguna")
        if "DATABASE_URL" not in given:
            self.postgres = Postgres(self.folder, durable=self.opciones.durable)
            parts["DATABASE_URL"] = self.postgres.start()
            parts["DATABASE_OWNER_URL"] = self.postgres.url(OWNER)
        if "REDIS_URL" not in given:
            self.valkey = Valkey(self.folder, durable=self.opciones.durable)
            parts["REDIS_URL"] = self.valkey.start()
        if "EMAIL_URL" not in given:
            parts["EMAIL_URL"] = f"smtp://{LOOPBACK}:{self._start_smtp()}"
            parts["BUZON_DIR"] = str(self.folder / "buzon")
        return parts

    def _start_smtp(self) -> int:
        script = Path(__file__).with_name("buzon_smtp.py")
        with listening(0) as door:
            command = [sys.executable, "-P", str(script), str(self.folder / "buzon")]
            self._run("correo", [*command, str(door.fileno())], env=dict(os.environ), door=door)
            port: int = door.getsockname()[1]
        return port

    def _start_web(self) -> None:
        hidden = (*SECRETS_OF_THE_WORKER, *SECRETS_OF_THE_OWNER)
        env = {key: value for key, value in self.env.items() if key not in hidden}
        with listening(self._puerto) as door:
            command = [str(BIN / "gunicorn"), "imss_portal.wsgi", "--chdir", str(ROOT)]
            command += ["--bind", f"fd://{door.fileno()}", "--worker-class", "gthread"]
            command += ["--workers", "2", "--threads", "4", "--preload"]
            command += ["--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
            command += ["--log-level", "warning"]
            command += ["--logger-class", "comun.registro_gunicorn.Registro"]
            self._run("web", command, env=env, door=door)

    def start_worker(self) -> None:
        env = {key: self.env[key] for key in self.env if key not in SECRETS_OF_THE_OWNER}
        command = [str(BIN / "celery"), "--workdir", str(ROOT), "-A", "imss_portal", "worker"]
        command += ["-P", "prefork", "-c", "1", "-B", "-s", str(self.folder / "agenda")]
        command += ["-l", "warning", "--without-gossip", "--without-mingle"]
        self._run("trabajador", command, env=env)

    def _run(
        self,
        name: str,
        command: list[str],
        *,
        env: Mapping[str, str],
        door: socket.socket | None = None,
    ) -> None:
        self.procesos[name] = Proceso(name, command, env=env, folder=self.folder / "registros")
        self.procesos[name].start(pass_fds=(door.fileno(),) if door else ())

    # --- what tests and commands do with it ------------------------------------------

    def stop_worker(self) -> None:
        """Ask worker and beat to finish what they have in hand."""
        self.procesos.pop("trabajador").stop()

    def kill_worker(self) -> None:
        """SIGKILL to the worker, its child and beat at once."""
        self.procesos.pop("trabajador").kill()

    def restart_worker(self) -> None:
        if "trabajador" in self.procesos:
            self.stop_worker()
        self.start_worker()

    def flush_broker(self) -> None:
        """Lose every message, as an operator's FLUSHALL would."""
        url = self.env["REDIS_URL"].replace("redis+socket://", "unix://", 1)
        redis.Redis.from_url(url).flushall()

    def manage(self, *args: str) -> str:
        """Return what `manage.py ARGS` prints in this stack; raise OrdenFallida if it fails."""
        return self._begin(*args).finish()

    def _begin(self, *args: str) -> Orden:
        begun = Orden(self.env, *args)
        self._ordenes = [*(one for one in self._ordenes if one.child.poll() is None), begun]
        return begun

    def answers(self) -> bool:
        """Say if the web server is ready to serve."""
        self.check()
        try:
            url = f"http://{LOOPBACK}:{self._puerto}/salud/lista"
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def _describe(self) -> Entorno:
        ours = {k: v for k, v in self.env.items() if k in SETTINGS or k == "CAOS_DIR"}
        return Entorno(
            puerto=self._puerto,
            url=self.env["URL_PORTAL"],
            database_url=self.env["DATABASE_URL"],
            database_owner_url=self.env["DATABASE_OWNER_URL"],
            redis_url=self.env["REDIS_URL"],
            buzon=self.env.get("BUZON_DIR", ""),
            documentos=self.env["DOCUMENTOS_DIR"],
            pid=os.getpid(),
            env=ours,
        )

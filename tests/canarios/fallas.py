"""Errors forced on a running portal, each with somebody's data in its hands; all undone after."""

import pickle
import socket
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from kombu import Connection, Queue

from imss_portal.demo.estudiante import CAPTURA, TRAMITE, Estudiante, Tropiezo
from imss_portal.demo.pila import Pila
from imss_portal.demo.procesos import await_true
from tests.canarios.caminata import begin, sql, student
from tests.canarios.cebos import Cebo

REVISION = f"{TRAMITE}revision/"
Falla = Callable[["Forzado"], None]
FALLAS: dict[str, Falla] = {}


class Forzado:
    """A stack, somebody whose walk is over, and fresh people for errors that begin one."""

    def __init__(
        self, pila: Pila, cebo: Cebo, one: Estudiante, others: list[Cebo], direcciones: Path
    ) -> None:
        self.pila, self.cebo, self.one, self.others = pila, cebo, one, others
        self.direcciones, self.url = direcciones, pila.env["URL_PORTAL"]

    def fresh(self, **changes: str) -> tuple[Cebo, Estudiante]:
        cebo = self.others.pop()
        for name, value in changes.items():
            setattr(cebo, name, value)
        return cebo, student(self.pila, cebo, self.direcciones)

    def told(self) -> dict[str, str]:
        who = self.cebo.quien
        names = f"{who.nombres} {who.primer_apellido}"
        return {"curp": who.curp, "correo": self.cebo.correo, "n": names, "calle": self.cebo.calle}

    def status(self, path: str, data: bytes | None = None, **headers: str) -> int:
        """Ask as a stranger, without cookies."""
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as exc:
            return exc.code

    def log(self) -> str:
        return "".join(
            path.read_text(errors="replace") for path in self.pila.folder.glob("registros/*.log")
        )

    def await_log(self, text: str, seconds: float = 30) -> None:
        await_true(lambda: text in self.log(), seconds=seconds, what=f"«{text}» en el registro")


def falla(made: Falla) -> Falla:
    FALLAS[made.__name__] = made
    return made


@falla
def direccion_desconocida(f: Forzado) -> None:
    path = f"/no/{f.cebo.quien.curp}/{f.cebo.correo}/?{urlencode(f.told())}"
    assert f.status(path) == 404


@falla
def anfitrion_ajeno(f: Forzado) -> None:
    link = HTTPConnection(urlsplit(f.url).netloc, timeout=30)
    link.request("GET", "/", headers={"Host": f"{f.cebo.correo}.example"})
    assert link.getresponse().status == 400


@falla
def sin_galleta(f: Forzado) -> None:
    referer = f"{f.url}/?{urlencode(f.told())}"
    assert f.status(CAPTURA, urlencode(f.told()).encode(), Referer=referer) == 403


@falla
def demasiado_grande(f: Forzado) -> None:
    assert f.status(CAPTURA, urlencode(f.told()).encode() * 2000) in (400, 403, 413)


@falla
def peticion_sin_forma(f: Forzado) -> None:
    where = urlsplit(f.url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as door:
        door.sendall(f"GET /{f.cebo.quien.curp} HTTP/{f.cebo.correo}\r\n\r\n".encode())
        assert b"400" in door.recv(4096)


@falla
def entrada_del_personal(f: Forzado) -> None:
    page = f.one.web.abrir("/admin/login/")
    form = page.formulario("login-form")
    again = f.one.web.enviar(page, form, None, username=f.cebo.correo, password=f.cebo.quien.curp)
    assert "no son correctas" in again.texto


@falla
def regla_rota(f: Forzado) -> None:
    """CONCLUIR, long after it was concluded."""
    page = f.one.web.abrir(TRAMITE)
    token = next(c.value for c in f.one.web.cookies if "csrf" in c.name)
    data = urlencode({"csrfmiddlewaretoken": token, "accion": "concluir", **f.told()}).encode()
    cookies = "; ".join(f"{c.name}={c.value}" for c in f.one.web.cookies)
    status = f.status(
        REVISION, data, Cookie=cookies, Referer=page.url, Origin=f.url, Accept="text/html"
    )
    assert status in (200, 409), status


@falla
def sello_roto(f: Forzado) -> None:
    with _changed(f, "set_byte(datos, length(datos) - 1, get_byte(datos, length(datos) - 1) # 1)"):
        assert f.one.web.abrir(TRAMITE).status == 500
    f.await_log("SealBroken")


@falla
def llave_desconocida(f: Forzado) -> None:
    with _changed(f, "set_byte(datos, 1, get_byte(datos, 1) # 1)"):
        assert f.one.web.abrir(TRAMITE).status == 500
    f.await_log("KeyUnknown")


@contextmanager
def _changed(f: Forzado, expression: str) -> Iterator[None]:
    row = (f.one.folio,)
    ((before,),) = sql(f.pila, "SELECT datos FROM tramites_solicitud WHERE folio = %s", *row)
    sql(f.pila, f"UPDATE tramites_solicitud SET datos = {expression} WHERE folio = %s", *row)
    try:
        yield
    finally:
        sql(f.pila, "UPDATE tramites_solicitud SET datos = %s WHERE folio = %s", before, *row)


@falla
def base_que_cita(f: Forzado) -> None:
    """The database refuses the row, and its message and its detail name the person."""
    cebo, one = f.fresh()
    who = f"{cebo.quien.curp} {cebo.correo} {cebo.quien.nombres} {cebo.quien.primer_apellido}"
    sql(
        f.pila,
        "CREATE FUNCTION canario() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
        f" 'no cabe {who}' USING ERRCODE = 'unique_violation', DETAIL = 'Key (curp)=({who})';"
        " END $$; CREATE TRIGGER canario BEFORE INSERT ON tramites_solicitud FOR EACH ROW"
        " EXECUTE FUNCTION canario()",
    )
    try:
        with pytest.raises(Tropiezo, match="500"):
            one.capturar()
    finally:
        sql(f.pila, "DROP FUNCTION canario() CASCADE")
    f.await_log("IntegrityError < UniqueViolation")


@falla
def correo_que_rebota(f: Forzado) -> None:
    _cebo, one = f.fresh(correo="rebota@buzon-canario.example.org")
    one.capturar()
    query = "SELECT 1 FROM tramites_correo WHERE estado = 'rechazado' AND creado_en > now() - '1m'"
    await_true(lambda: bool(sql(f.pila, query + "::interval")), seconds=30, what="El rechazo")


@falla
def correo_que_espera(f: Forzado) -> None:
    _cebo, one = f.fresh(correo="espera@buzon-canario.example.org")
    one.capturar()
    query = "SELECT 1 FROM comun_pendiente WHERE error <> '' AND estado = 'pendiente'"
    await_true(lambda: bool(sql(f.pila, query)), seconds=30, what="La espera del correo")


@falla
def almacen_que_no_esta(f: Forzado) -> None:
    folder = Path(f.pila.env["DOCUMENTOS_DIR"])
    aside = folder.rename(folder.with_name("documentos-aparte"))
    folder.write_text("no es una carpeta")
    try:
        cebo, one = f.fresh()
        begin(cebo, one)
        sql(f.pila, "UPDATE comun_pendiente SET proximo = now() WHERE estado = 'pendiente'")
        one.esperar("requiere_domicilio", seconds=60)
        _conclude(one, cebo)
        f.await_log("no se pudo guardar un documento", seconds=60)
    finally:
        folder.unlink()
        aside.rename(folder)
    sql(f.pila, "UPDATE comun_pendiente SET proximo = now() WHERE estado = 'pendiente'")
    one.esperar("concluida", seconds=90)


def _conclude(one: Estudiante, cebo: Cebo) -> None:
    from imss_portal.demo.estudiante import Direccion

    one.dar_domicilio(Direccion(calle=cebo.calle))
    one.elegir_unidad()
    one.concluir()


@falla
def identidad_ilegible(f: Forzado) -> None:
    """The worker opens the person's row in the identity source, and it is not what was sealed."""
    cebo, one = f.fresh()
    begin_at = sql(f.pila, "SELECT count(*) FROM comun_pendiente WHERE error = 'SealBroken'")
    flip = "set_byte(datos, length(datos) - 1, get_byte(datos, length(datos) - 1) # 1)"
    sql(f.pila, f"UPDATE nss_personapadron SET datos = {flip}")
    try:
        begin(cebo, one)
        query = "SELECT count(*) FROM comun_pendiente WHERE error = 'SealBroken'"
        await_true(lambda: sql(f.pila, query) > begin_at, seconds=60, what="La falla del paso")
    finally:
        sql(f.pila, f"UPDATE nss_personapadron SET datos = {flip}")


@falla
def mensaje_de_otro(f: Forzado) -> None:
    """Three messages that somebody with the broker's socket left: unknown, pickled, no JSON."""
    mark = f.pila.folder / "tmp" / "abierto"
    told = list(f.told().values())
    head = {"task": f"ajena.{f.cebo.quien.curp}", "id": str(uuid.uuid4()), "lang": "py"}
    with Connection(f.pila.env["REDIS_URL"]) as link:
        send = link.Producer(routing_key="portal").publish
        queue = [Queue("portal")]
        send([told, {}, {}], serializer="json", headers=head, declare=queue)
        head = {"task": "comun.atender", "id": str(uuid.uuid4()), "lang": "py"}
        send(
            pickle.dumps(_Opens(str(mark))),
            content_type="application/x-python-serialize",
            content_encoding="binary",
            headers=head,
        )
        send(
            f"{{{f.cebo.quien.curp}".encode(),
            content_type="application/json",
            content_encoding="utf-8",
            headers=head,
        )
    f.await_log("celery.worker.consumer")
    client = Connection(f.pila.env["REDIS_URL"]).channel().client
    await_true(lambda: not client.llen("portal"), seconds=30, what="La cola vacía")
    f.pila.check()
    assert not mark.exists(), "the worker opened what was pickled"


class _Opens:
    """Unpickled, it leaves a file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return (open, (self.path, "w"))


@falla
def trabajador_muerto(f: Forzado) -> None:
    (Path(f.pila.env["CAOS_DIR"]) / "tras_reclamar").touch()
    cebo, one = f.fresh()
    begin(cebo, one)
    one.esperar("requiere_domicilio", seconds=90)

"""A student who walks the procedure over HTTP: one method per screen."""

import email
import email.policy
import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]

from imss_portal.demo.entorno import Entorno
from imss_portal.demo.navegador import Navegador
from imss_portal.demo.paginas import Formulario, Pagina

CAPTURA, TRAMITE = "/asignacion-nss/", "/asignacion-nss/mi-tramite/"
LINK = re.compile(r"https?://\S+/c/[\w-]+/?")
CODE = re.compile(r"(?<![\w-])(\d{6})(?![\w-])")
IMAGE = re.compile(r"/captcha/image/(\w+)/")
MAIL_WITHIN, WORK_WITHIN = 30, 90  # s
# States that somebody else than the student moves on; any other stays as it is.
MOVING = {"confirmada", "localizada", "por_asignar", "asignada", "documentada"}
CAMPO_CP, CAMPO_COLONIA = "cp", "asentamiento"


class Tropiezo(RuntimeError):
    """The portal did not do what the screen before promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direccion:
    """Where the student lives: the portal offers the colonias of the postal code."""

    cp: str = "40200"
    colonia: str = ""  # "": the first one offered
    calle: str = "Avenida de los Plateros"
    numero_exterior: str = "12"
    numero_interior: str = ""


class Estudiante:
    """Knows the address of the portal and, as only a test may, the answer of each captcha."""

    def __init__(self, entorno: Entorno, *, curp: str, correo: str) -> None:
        self.entorno, self.curp, self.correo = entorno, curp, correo
        self.web = Navegador(entorno.url)
        self.pagina = Pagina("", 0)
        self.folio: str | None = None
        self._since = time.time_ns()

    # --- the screens, in the order a person meets them ------------------------------

    def capturar(self) -> None:
        """CURP, mailbox twice, the characters of the image."""
        self.pagina = self.web.abrir(CAPTURA)
        form = self.pagina.formulario("form-captura")
        self._send(
            form,
            "continuar",
            curp=self.curp,
            correo=self.correo,
            correo_otra_vez=self.correo,
            captcha=self._captcha(),
        )
        if "form-captura" in self.pagina.formularios:
            raise Tropiezo(f"La captura no pasó: {self.pagina.resumen()}")

    def confirmar_por_liga(self) -> None:
        """Open the link of the newest mail and press its button."""
        self.pagina = self.web.abrir(self.leer_liga())
        form = self.pagina.formulario("form-confirmar")
        digits = {name: self.curp[-4:] for name in form.campos if "ultimos" in name}
        self._send(form, "", **digits)

    def confirmar_por_codigo(self) -> None:
        """Type the code of the newest mail in the browser that asked for it."""
        form = self.pagina.formulario("form-codigo")
        self._send(form, "", codigo=self.leer_codigo())

    def esperar(self, *estados: str, seconds: float = WORK_WITHIN) -> str:
        """Look at the status page until it shows one of `estados`; return it."""
        end = time.monotonic() + seconds
        while True:
            self.pagina = self.web.abrir(TRAMITE)
            self.folio = self.pagina.marca("folio") or self.folio
            estado = self.pagina.marca("estado")
            if estado in estados:
                return estado
            if estado not in MOVING or time.monotonic() > end:
                shown = f"{estado}: {self.pagina.resumen()}"
                raise Tropiezo(f"Se esperaba {' o '.join(estados)}; la página dice {shown}")
            time.sleep(0.2)

    def dar_domicilio(self, direccion: Direccion) -> None:
        """Postal code first, then the colonia it offers and the rest."""
        if "form-identidad" in self.pagina.formularios:
            self._send(self.pagina.formulario("form-identidad"), "Sí")
        self._go_to("form-domicilio")
        form = self.pagina.formulario("form-domicilio")
        if not _real(form.opciones.get(CAMPO_COLONIA, [])):
            self._send(form, "aceptar", **{CAMPO_CP: direccion.cp})
            form = self.pagina.formulario("form-domicilio")
        self._send(
            form,
            "continuar",
            calle=direccion.calle,
            numero_exterior=direccion.numero_exterior,
            numero_interior=direccion.numero_interior,
            **{CAMPO_CP: direccion.cp, CAMPO_COLONIA: _colonia(form, direccion)},
        )
        if "form-domicilio" in self.pagina.formularios:
            raise Tropiezo(f"El domicilio no pasó: {self.pagina.resumen()}")

    def elegir_unidad(self) -> None:
        """Take the clinic that is shown, or the first of those offered."""
        form = self.pagina.formulario("form-unidad")
        choices = {
            name: _real(options)[0][0]
            for name, options in form.opciones.items()
            if _real(options) and not form.campos.get(name)
        }
        self._send(form, "continuar", **choices)

    def concluir(self) -> None:
        """Press CONCLUIR on the check page."""
        self._send(self.pagina.formulario("form-revision"), "concluir")

    def descargar(self, tipo: str, folder: Path) -> Path:
        """Save one document and return where."""
        link = self.pagina.liga("documento", tipo)
        if not link:
            raise Tropiezo(f"La página no ofrece el documento {tipo}: {self.pagina.resumen()}")
        got = self.web.descargar(link)
        if got.tipo != "application/pdf" or not got.contenido.startswith(b"%PDF-"):
            raise Tropiezo(f"{tipo} no es un PDF: {got.tipo}, {len(got.contenido)} bytes")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{tipo}.pdf"
        path.write_bytes(got.contenido)
        return path

    def ver_comprobante(self) -> Pagina:
        """Open the printable slip of a procedure that could not be concluded."""
        link = self.pagina.liga("comprobante")
        if not link:
            raise Tropiezo(f"No hay comprobante: {self.pagina.resumen()}")
        return self.web.abrir(link)

    # --- the mailbox -----------------------------------------------------------------

    def leer_liga(self) -> str:
        return self._read(LINK)

    def leer_codigo(self) -> str:
        return self._read(CODE)

    def correos(self) -> list[EmailMessage]:
        """Return the mails this mailbox got since the student began, newest first."""
        found = []
        for path in sorted(Path(self.entorno.buzon).glob("*.eml"), reverse=True):
            if int(path.name.partition("-")[0]) < self._since:
                break
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if self.correo.lower() in str(message["Delivered-To"]).lower():
                found.append(message)
        return found

    def _read(self, shape: re.Pattern[str]) -> str:
        end = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < end:
            for message in self.correos():
                body = message.get_body(("plain",))
                if body and (match := shape.search(body.get_content())):
                    return match.group(match.lastindex or 0)
            time.sleep(0.1)
        raise Tropiezo(f"No llegó el correo en {MAIL_WITHIN} s")

    def olvidar_correos(self) -> None:
        """Read only what arrives from now on: an older code or link serves no more."""
        self._since = time.time_ns()

    # --- hands -------------------------------------------------------------------------

    def _send(self, form: Formulario, button: str, **campos: str) -> None:
        pressed = form.boton(button) if form.botones else None
        self.pagina = self.web.enviar(self.pagina, form, pressed, **campos)
        if self.pagina.status >= 400:
            raise Tropiezo(f"{form.id} contestó {self.pagina.status}: {self.pagina.resumen()}")

    def _go_to(self, form_id: str) -> None:
        """Follow the page's link to the screen that holds `form_id`, if it is not this one."""
        if form_id in self.pagina.formularios:
            return
        for tag, attrs in self.pagina.elementos:
            if tag == "a" and "domicilio" in attrs.get("href", ""):
                self.pagina = self.web.abrir(attrs["href"])
                return

    def _captcha(self) -> str:
        sources = (attrs.get("src", "") for tag, attrs in self.pagina.elementos if tag == "img")
        key = next((match.group(1) for src in sources if (match := IMAGE.search(src))), "")
        connection = psycopg2.connect(self.entorno.database_url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT challenge FROM captcha_captchastore WHERE hashkey = %s", [key]
                )
                row = cursor.fetchone()
        finally:
            connection.close()
        if row is None:
            raise Tropiezo("La página no tiene la imagen de los caracteres")
        return str(row[0])


def _real(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, text) for value, text in options if value]


def _colonia(form: Formulario, direccion: Direccion) -> str:
    offered = _real(form.opciones.get(CAMPO_COLONIA, []))
    for value, text in offered:
        if direccion.colonia.lower() in text.lower():
            return value
    raise Tropiezo(f"Ninguna colonia del C.P. {direccion.cp} es «{direccion.colonia}»: {offered}")

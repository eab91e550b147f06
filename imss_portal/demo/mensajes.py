"""The mails of the demo's mailbox, as a person reads them."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

SHOWN = 200  # newest mails in the list
_BREAKS = {"p", "div", "tr", "br", "h1", "h2", "h3", "li", "table"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjunto:
    nombre: str
    tipo: str
    contenido: bytes

    @property
    def kilobytes(self) -> int:
        return max(1, round(len(self.contenido) / 1024))


@dataclass(frozen=True, slots=True)
class Mensaje:
    """One .eml file, opened at the first look."""

    path: Path
    partes: EmailMessage

    @classmethod
    def read(cls, path: Path) -> "Mensaje":
        return cls(path, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))

    @property
    def clave(self) -> str:
        return self.path.stem

    @property
    def asunto(self) -> str:
        return str(self.partes["Subject"] or "(sin asunto)")

    @property
    def remitente(self) -> str:
        return str(self.partes["From"] or "")

    @property
    def destinatario(self) -> str:
        return str(self.partes["To"] or self.partes["Delivered-To"] or "")

    @property
    def recibido(self) -> datetime:
        """When the file was written, in the portal's time zone."""
        seconds = int(self.clave.partition("-")[0]) / 1e9
        return datetime.fromtimestamp(seconds).astimezone()

    @property
    def texto(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part as text: nothing of a mail runs or loads here."""
        return text_of(self._part("html"))

    def _part(self, kind: str) -> str:
        part = self.partes.get_body((kind,))
        return str(part.get_content()).strip() if part else ""

    @property
    def adjuntos(self) -> list[Adjunto]:
        found = []
        for part in self.partes.iter_attachments():
            content = part.get_content()
            found.append(
                Adjunto(
                    nombre=part.get_filename() or "adjunto",
                    tipo=part.get_content_type(),
                    contenido=content.encode() if isinstance(content, str) else bytes(content),
                )
            )
        return found


def newest(folder: Path) -> list[Mensaje]:
    """Return the mails of the folder, newest first, at most SHOWN."""
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.name, reverse=True)
    return [Mensaje.read(path) for path in paths[:SHOWN]]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.href = ""
        self.muted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.muted += tag in {"style", "head"}
        if tag in _BREAKS:
            self.pieces.append("\n")
        if tag == "a":
            self.href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self.muted -= tag in {"style", "head"}
        if tag in _BREAKS:
            self.pieces.append("\n")
        if tag == "a" and urlsplit(self.href).scheme in {"http", "https"}:
            self.pieces.append(f" {self.href} ")

    def handle_data(self, data: str) -> None:
        if not self.muted:
            self.pieces.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """Return what an HTML text says, line by line, each link followed by its address.

    >>> text_of('<p>Hola</p><p><a href="http://a.b/c">entra</a></p>')
    'Hola\\n\\nentra http://a.b/c'
    """
    parser = _Text()
    parser.feed(html)
    lines = [line.strip() for line in "".join(parser.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

"""Opening a file that came from outside: its size, its zip, its encoding."""

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalogos.errors import CatalogoInvalido

MB = 1024 * 1024
MAX_TOTAL = 200 * MB  # of a text, or of all that a zip unfolds to
MAX_TOTAL_XLSX = 600 * MB  # the national CLUES workbook unfolds to about 250
MAX_RATIO = 100  # unfolded ÷ folded; a page of text reaches 20
# What a zip that was cut or altered on its way raises, when opened or while it is read.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError)
_C1 = re.compile(rb"[\x80-\x9f]")  # no letter there in Latin-1, quotes in Windows-1252
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedencia:
    """Where the rows of a load come from."""

    fuente: str
    hash: str
    fecha_corte: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Texto:
    """The whole text of a file, lines ended by LF, and what identifies it."""

    nombre: str
    contenido: str
    codificacion: str
    hash: str


def read_text(path: Path) -> Texto:
    """Return the text of `path`, or of the only text inside a zip.

    The hash is that of the content: the same list, zipped or not, is the same.

    Raises
        CatalogoInvalido: no file, too big, a bomb, several texts, control characters.
    """
    require_file(path)
    nombre, raw = _unzip(path) if zipfile.is_zipfile(path) else (path.name, _read(path))
    contenido, codificacion = decode(raw)
    if bad := _CONTROL.search(contenido):
        linea = contenido.count("\n", 0, bad.start()) + 1
        raise CatalogoInvalido(f"línea {linea}: hay un carácter de control ({bad[0]!r})")
    return Texto(
        nombre=nombre,
        contenido=contenido,
        codificacion=codificacion,
        hash=hashlib.sha256(raw).hexdigest(),
    )


def decode(raw: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: UTF-8 if it can be, else Latin-1.

    >>> decode("Peñón\\r\\n".encode("latin-1"))
    ('Peñón\\n', 'latin-1')
    """
    try:
        text, name = raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        name = "cp1252" if _C1.search(raw) else "latin-1"
        text = raw.decode(name, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "), name


def require_file(path: Path) -> None:
    if not path.is_file():
        raise CatalogoInvalido(f"No existe el archivo {path}")


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_zip(path: Path, *, max_total: int) -> None:
    """Refuse a zip that unfolds to too much; an .xlsx is a zip too."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except DAMAGED as exc:
        raise CatalogoInvalido(f"{path.name} está dañado: no se puede abrir") from exc
    total = sum(member.file_size for member in members)
    folded = sum(member.compress_size for member in members)
    if total > max_total:
        raise CatalogoInvalido(
            f"{path.name} ocupa {total // MB} MB al abrirse; el límite es {max_total // MB} MB"
        )
    if total > MAX_RATIO * max(folded, 1):
        raise CatalogoInvalido(
            f"{path.name} crece más de {MAX_RATIO} veces al abrirse: parece una bomba de compresión"
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise CatalogoInvalido(f"{path.name} tiene contraseña: ábrelo y vuelve a comprimirlo")


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_TOTAL:
        raise CatalogoInvalido(f"{path.name} pasa de {MAX_TOTAL // MB} MB")
    return path.read_bytes()


def _unzip(path: Path) -> tuple[str, bytes]:
    check_zip(path, max_total=MAX_TOTAL)
    try:
        with zipfile.ZipFile(path) as packed:
            texts = [m for m in packed.infolist() if m.filename.lower().endswith((".txt", ".csv"))]
            if len(texts) != 1:
                raise CatalogoInvalido(
                    f"{path.name} debe traer un solo archivo .txt o .csv; trae {len(texts)}"
                )
            with packed.open(texts[0]) as member:
                raw = member.read(MAX_TOTAL + 1)  # the header may lie: never read more
    except DAMAGED as exc:
        raise CatalogoInvalido(f"{path.name} está dañado: no se puede abrir") from exc
    if len(raw) > MAX_TOTAL:
        raise CatalogoInvalido(f"{path.name} pasa de {MAX_TOTAL // MB} MB al abrirse")
    return texts[0].filename, raw

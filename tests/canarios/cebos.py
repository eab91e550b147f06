"""People made to be looked for: whatever names them is found nowhere but where it belongs."""

import base64
import csv
import hashlib
import quopri
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus

from nss.rules.derivacion import complete_curp, curp_root
from nss.values import Curp, Identidad
from tests.nss.personas import identidad

SURNAME = "CANARIO"
DIGESTS = (hashlib.md5, hashlib.sha1, hashlib.sha256)


@dataclass
class Cebo:
    """One person, and the secrets that came up as they walked."""

    quien: Identidad
    correo: str
    calle: str
    tokens: list[str] = field(default_factory=list)
    codigos: list[str] = field(default_factory=list)
    nss: str = ""

    def texts(self) -> list[str]:
        """Return what must not be read: a code of six digits apart, it is too short to be sure."""
        who = self.quien
        return [
            *(who.curp, f"{who.nombres} {who.primer_apellido}", who.segundo_apellido or ""),
            *(self.correo, self.calle, *self.tokens, *([self.nss] if self.nss else [])),
        ]

    def digests(self) -> Iterator[str]:
        """Yield the unkeyed digests of what identifies the person: easily reversed."""
        for text in filter(None, (self.quien.curp, self.correo, self.nss)):
            for written in {text, text.lower(), text.upper()}:
                for digest in DIGESTS:
                    value = digest(written.encode())
                    yield value.hexdigest()
                    yield value.hexdigest().upper()
                    yield base64.b64encode(value.digest()).decode().rstrip("=")


def people(tag: str, count: int) -> list[Cebo]:
    """Return people that no other test has; equal arguments give equal people."""
    return [_cebo(tag, n) for n in range(count)]


def _cebo(tag: str, n: int) -> Cebo:
    plain = identidad(n)
    names = {
        "nombres": f"{plain.nombres}NDRA",
        "primer_apellido": f"{SURNAME}{tag.upper()}",
        "segundo_apellido": f"{plain.segundo_apellido}OZA",
    }
    root = curp_root(**names, nacimiento=plain.fecha_nacimiento, sexo="M", entidad="OC")
    who = identidad(n, **names, curp=Curp(complete_curp(root, "A")))
    return Cebo(who, f"{tag}.canario.{n:04}@buzon.example.org", f"Privada Canaria {tag} {n:04}")


def as_csv(cebos: list[Cebo], path: Path) -> Path:
    columns = ("curp", "nombres", "primer_apellido", "segundo_apellido")
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows([getattr(one.quien, name) for name in columns] for one in cebos)
    return path


def written(text: str) -> set[str]:
    """Return the ways in which a text may lie about: clear, quoted, base 64, hexadecimal."""
    ways = {text, text.lower(), text.upper(), quote_plus(text)}
    ways.add(quopri.encodestring(text.encode()).decode().replace("=\n", ""))
    for case in (text, text.lower(), text.upper()):
        raw = case.encode()
        ways |= {raw.hex(), raw.hex().upper(), *_base64(raw)}
    return {way for way in ways if len(way) >= 8}


def _base64(raw: bytes) -> Iterator[str]:
    """Yield what is sure of it whatever stands before and after."""
    for before in range(3):
        text = base64.b64encode(bytes(before) + raw).decode().rstrip("=")
        first, last = (0, 2, 3)[before], len(text) - bool((before + len(raw)) % 3)
        sure = text[first:last]
        yield sure
        yield sure.replace("+", "-").replace("/", "_")

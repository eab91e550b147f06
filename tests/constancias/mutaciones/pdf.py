"""Forged PDF files."""

import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pypdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject
from pypdf.generic import DecodedStreamObject, NameObject

from constancias import rendering
from tests.constancias.mutaciones.escena import Base, Escena, signed_by

LINE = re.compile(rb"\[([^\]]{40,})\] TJ")
SIGN = re.compile(rb"<([0-9a-f]{4})>")
SIGNATURE = re.compile(rb"/Contents ?<([0-9a-fA-F]{1000,})>")


@dataclass(frozen=True, kw_only=True)
class Mutacion:
    """A forged file; `tamper` is what was done to the registry besides."""

    kind: str
    pdf: bytes
    tamper: Callable[[], object] = lambda: None


def mutations(escena: Escena, seed: int, count: int) -> Iterator[Mutacion]:
    """Yield `count` forgeries, none equal to a genuine file; a forged sheet is used as often as others."""
    rng = random.Random(seed)
    genuine = {base.pdf for base in escena.bases}
    sheets = forged_sheets(escena)
    made = 0
    while made < count:
        change = rng.choices(CHANGES, WEIGHTS)[0]
        kind, pdf = change.__name__, change(rng, rng.choice(escena.bases), escena)
        if rng.random() < 0.2:
            kind, pdf = rng.choice(sheets)
            if rng.random() < 0.5:  # and harmed as well
                kind, pdf = f"{kind}_alargada", pdf + rng.randbytes(rng.randrange(1, 40))
        if pdf not in genuine:
            made += 1
            yield Mutacion(kind=kind, pdf=pdf)


# --- bytes ------------------------------------------------------------------------------------


def flip(rng: random.Random, base: Base, escena: Escena) -> bytes:
    data = bytearray(base.pdf)
    for _ in range(rng.choice((1, 1, 1, 2, 8))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def delete(rng: random.Random, base: Base, escena: Escena) -> bytes:
    at, size = rng.randrange(len(base.pdf)), rng.choice((1, 2, 64, 4096))
    return base.pdf[:at] + base.pdf[at + size :]


def insert(rng: random.Random, base: Base, escena: Escena) -> bytes:
    at, extra = rng.randrange(len(base.pdf)), rng.randbytes(rng.choice((1, 2, 64)))
    return base.pdf[:at] + extra + base.pdf[at:]


def overwrite(rng: random.Random, base: Base, escena: Escena) -> bytes:
    size = rng.choice((4, 64, 1024))
    at = rng.randrange(len(base.pdf) - size)
    return base.pdf[:at] + rng.randbytes(size) + base.pdf[at + size :]


def cut(rng: random.Random, base: Base, escena: Escena) -> bytes:
    return base.pdf[: rng.randrange(len(base.pdf) // 2, len(base.pdf))]


def append(rng: random.Random, base: Base, escena: Escena) -> bytes:
    tails = (b"\n", b" ", b"%%EOF\n", bytes(16), rng.randbytes(20), base.pdf[-200:])
    return base.pdf + rng.choice(tails)


def crossed(rng: random.Random, base: Base, escena: Escena) -> bytes:
    """The first part of one document and the rest of another."""
    other = _other(rng, base, escena)
    at = rng.randrange(1, min(len(base.pdf), len(other.pdf)))
    return base.pdf[:at] + other.pdf[at:]


# --- the signature ----------------------------------------------------------------------------


def signature_digit(rng: random.Random, base: Base, escena: Escena) -> bytes:
    """One hex digit of the signature or of its padding."""
    start, end = _signature(base.pdf)
    at = rng.randrange(start, end)
    digit = rng.choice([d for d in b"0123456789abcdef" if d not in base.pdf[at : at + 1].lower()])
    return base.pdf[:at] + bytes([digit]) + base.pdf[at + 1 :]


def signature_blank(rng: random.Random, base: Base, escena: Escena) -> bytes:
    start, end = _signature(base.pdf)
    return base.pdf[:start] + b"0" * (end - start) + base.pdf[end:]


def signature_of_another(rng: random.Random, base: Base, escena: Escena) -> bytes:
    start, end = _signature(base.pdf)
    other = _other(rng, base, escena).pdf
    theirs = other[slice(*_signature(other))][: end - start].ljust(end - start, b"0")
    return base.pdf[:start] + theirs + base.pdf[end:]


def signature_removed(rng: random.Random, base: Base, escena: Escena) -> bytes:
    """The form that holds the signature, taken out of the signed file."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(base.pdf))
    for key in ("/AcroForm", "/Perms"):
        writer.root_object.pop(NameObject(key), None)
    return _written(writer)


def never_signed(rng: random.Random, base: Base, escena: Escena) -> bytes:
    return base.bare


def _signature(pdf: bytes) -> tuple[int, int]:
    found = SIGNATURE.search(pdf)
    assert found
    return found.span(1)


def _other(rng: random.Random, base: Base, escena: Escena) -> Base:
    return rng.choice([one for one in escena.bases if one is not base])


# --- updates appended to the file, as editors make them -----------------------------------------


def overlay(rng: random.Random, base: Base, escena: Escena) -> bytes:
    """White out a place and write a number over it."""
    x, y = rng.randrange(60, 400), rng.randrange(100, 700)
    paint = f"q 1 1 1 rg {x} {y} 160 14 re f 0 g BT /F0 11 Tf {x} {y} Td (72250700019) Tj ET Q"
    kind = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = _dictionary({name: generic.NameObject(value) for name, value in kind.items()})
    writer = IncrementalPdfFileWriter(io.BytesIO(base.pdf))
    stream = writer.add_object(generic.StreamObject(stream_data=paint.encode()))
    fonts = _dictionary({"/Font": _dictionary({"/F0": font})})
    writer.add_stream_to_page(0, stream, resources=fonts)
    return _written(writer)


def new_page(rng: random.Random, base: Base, escena: Escena) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(base.pdf))
    contents = generic.StreamObject(stream_data=b"0 g 0 0 %d 9 re f" % rng.randrange(1, 500))
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 612, 792)))
    writer.insert_page(PageObject(contents=writer.add_object(contents), media_box=box))
    return _written(writer)


def metadata(rng: random.Random, base: Base, escena: Escena) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(base.pdf))
    title = generic.TextStringObject(f"Constancia {rng.randrange(10**6)}")
    writer.set_info(writer.add_object(_dictionary({"/Title": title})))
    return _written(writer)


def language(rng: random.Random, base: Base, escena: Escena) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(base.pdf))
    writer.root["/Lang"] = generic.TextStringObject(rng.choice(("en", "fr", "qu")))
    writer.update_root()
    return _written(writer)


def _dictionary(pairs) -> generic.DictionaryObject:
    return generic.DictionaryObject({generic.NameObject(k): v for k, v in pairs.items()})


def _written(writer) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- what the sheet says --------------------------------------------------------------------------


def edited(rng: random.Random, base: Base, escena: Escena) -> bytes:
    """Exchange two signs of a line that people read; every offset is written again."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(base.pdf))
    page = rng.choice(writer.pages)
    data = page.get_contents().get_data()
    line = rng.choice([found for found in LINE.finditer(data) if _signs(found) > 1])
    signs = list(SIGN.finditer(data, *line.span(1)))
    a = rng.choice(signs)
    b = rng.choice([sign for sign in signs if sign[1] != a[1]])
    forged = bytearray(data)
    forged[a.start(1) : a.end(1)], forged[b.start(1) : b.end(1)] = b[1], a[1]
    stream = DecodedStreamObject()
    stream.set_data(bytes(forged))
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


def _signs(line: re.Match[bytes]) -> int:
    return len(set(SIGN.findall(line[1])))


def edited_and_signed(rng: random.Random, base: Base, escena: Escena) -> bytes:
    return signed_by(_without_form(edited(rng, base, escena)), escena.twin(base))


def _without_form(pdf: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    for key in ("/AcroForm", "/Perms"):
        writer.root_object.pop(NameObject(key), None)
    for page in writer.pages:
        page.pop(NameObject("/Annots"), None)
    return _written(writer)


def forged_sheets(escena: Escena) -> list[tuple[str, bytes]]:
    """Sheets laid out again: as ours, with other facts, or with another's QR and code.

    Each not signed at all, and signed by each key that must not count: a
    stranger's, one that copies ours in all but the key, and one of ours, retired.
    """
    sheets = []
    others = [*escena.bases[1:], escena.bases[0]]
    for base, other in zip(escena.bases, others, strict=True):
        facts = replace(base.hoja.facts, nss="72250700019", nombres="Otra Persona")
        replayed = replace(base.hoja, credencial=other.token, codigo=other.hoja.codigo)
        bares = {
            "igual": base.bare,
            "otros_datos": rendering.to_pdf(replace(base.hoja, facts=facts), base.row.sello),
            "qr_de_otro": rendering.to_pdf(replayed, base.row.sello),
        }
        keys = {"ajena": escena.stranger, "gemela": escena.twin(base), "retirada": escena.retired}
        for what, bare in bares.items():
            sheets.append((f"{what}_sin_firma", bare))
            sheets += [(f"{what}_llave_{name}", signed_by(bare, key)) for name, key in keys.items()]
        sheets.append(("igual_llave_propia", signed_by(base.bare, base.llave)))
    return sheets


WEIGHED = {
    flip: 8,
    delete: 3,
    insert: 3,
    overwrite: 3,
    cut: 2,
    append: 3,
    crossed: 2,
    signature_digit: 4,
    signature_blank: 1,
    signature_of_another: 2,
    signature_removed: 1,
    never_signed: 1,
    overlay: 2,
    new_page: 2,
    metadata: 2,
    language: 1,
    edited: 3,
    edited_and_signed: 2,
}
CHANGES, WEIGHTS = list(WEIGHED), list(WEIGHED.values())

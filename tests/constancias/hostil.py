"""What an attacker would put in a name, and what a PDF must never hold."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from constancias.documentos import Emisor, Hoja
from constancias.enums import Tipo
from tests.constancias import hojas

# {u}: an address that must never be asked. {s}: a file that must never be read.
PAYLOADS = (
    '<img src="{u}/1">',
    "<img src={u}/2 srcset='{u}/2b 2x'>",
    '<img src="file://{s}">',
    '<object data="{u}/3"></object>',
    '<object data="file://{s}"></object>',
    '<embed src="{u}/4">',
    '<iframe src="{u}/5"></iframe>',
    '<link rel="stylesheet" href="{u}/6">',
    '<link rel=attachment href="file://{s}">',
    '<a rel=attachment href="file://{s}">x</a>',
    '<link rel="attachment" href="{u}/7">',
    "<style>@import '{u}/8';</style>",
    "<style>@import url(file://{s});</style>",
    "<style>@font-face{{font-family:X;src:url({u}/9)}}p{{font-family:X}}</style>",
    "<style>body{{background:url({u}/10)}}</style>",
    "<style>@page{{background-image:url({u}/11)}}</style>",
    "<style>p::before{{content:url({u}/12)}}</style>",
    "<style>li{{list-style-image:url({u}/13)}}</style>",
    '<p style="background:url({u}/14)">x</p>',
    "<p style=\"content:url('{u}/15')\">x</p>",
    '<svg><image href="{u}/16"/></svg>',
    '<svg><image xlink:href="file://{s}"/></svg>',
    '<svg><use href="{u}/17#a"/></svg>',
    "<svg><style>@import '{u}/18';</style></svg>",
    "<svg><script>fetch('{u}/19')</script></svg>",
    '<svg onload="fetch(`{u}/20`)">',
    '<svg><foreignObject><img src="{u}/21"></foreignObject></svg>',
    '<video src="{u}/22" poster="{u}/22b"></video>',
    '<audio src="{u}/23"></audio>',
    '<input type="image" src="{u}/24">',
    '<body background="{u}/25">',
    '<table background="{u}/26"><td>x</table>',
    '<base href="{u}/27/"><img src="x">',
    '<meta http-equiv="refresh" content="0;url={u}/28">',
    '<meta name="author" content="otra persona">',
    "<script>fetch('{u}/29')</script>",
    '<script src="{u}/30"></script>',
    '<a href="javascript:app.alert(1)">x</a>',
    '<a href="{u}/31">x</a>',
    '<a href="file://{s}">x</a>',
    '<form action="{u}/32"><input name=x><button>x</button></form>',
    '<math href="{u}/33"><mi>x</mi></math>',
    "</td></tr></table><img src={u}/34>",
    '"><img src="{u}/35">',
    "'><img src='{u}/36'>",
    "</title><img src={u}/37>",
    "</style><img src={u}/38>",
    "<!--><img src={u}/39>-->",
    "<![CDATA[<img src={u}/40>]]>",
    "&lt;img src={u}/41&gt;",
    "&#60;img src={u}/42&#62;",
    "＜img src={u}/43＞",
    "{{{{ ''|safe }}}}{{% include '{s}' %}}<img src={u}/44>",
    "{{% load static %}}{{% debug %}}",
    "/JavaScript /JS (app.alert(1)) /OpenAction",
    "<< /S /Launch /F ({s}) >>",
    ") /AA << /O << /S /URI /URI ({u}/45) >> >> (",
    "stream endstream endobj /EmbeddedFile",
    "url({u}/46) expression(1) @import",
    "\\|||Folio:1|NSS:00000000000|| <img src={u}/47>",
)
FIELDS = (
    *("nss", "curp", "nombres", "primer_apellido", "segundo_apellido"),
    *("nombre", "contacto", "invocante"),
    *("secuencia", "serie", "codigo", "verificar"),
)
ACTIVE = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/Launch",
        "/OpenAction",
        "/AA",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/AF",
        "/SubmitForm",
        "/ImportData",
        "/RichMedia",
        "/GoToR",
        "/GoToE",
        "/URI",
        "/XFA",
    ]
)
# Control, invisible, bidirectional, and what no text may hold: refused wherever text comes in.
CONTROL = (
    *("\x00", "\x07", "\x0b", "\n", "\t", "\x1b", "\x7f", "\x85"),
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"),
    *("\u202a", "\u202e", "\u2066", "\u2069", "\u200f", "\u061c"),
    *("\u2028", "\u2029", "\ufffe", "\ue000", "\U000e0041"),
)


def sheet(field: str, text: str, number: int = 0) -> Hoja:
    """A sheet with `text` in one of its fields; `number` chooses the kind."""
    tipo = list(Tipo)[number % len(Tipo)]
    whole = hojas.hoja(tipo)
    if field in Emisor.__dataclass_fields__:
        return replace(whole, emisor=replace(hojas.EMISOR, **{field: text}))
    if field in Hoja.__dataclass_fields__:
        return replace(whole, **{field: text})
    return replace(whole, facts=replace(whole.facts, **{field: text}))


def active_keys(pdf: bytes) -> set[str]:
    """Return the names of ACTIVE that are a key, or the value of one, anywhere in the file."""
    reader = PdfReader(io.BytesIO(pdf))
    numbers = {(n, g) for g, table in reader.xref.items() for n in table}
    numbers |= {(n, 0) for n in reader.xref_objStm}
    roots = [
        reader.trailer,
        *(IndirectObject(n, g, reader).get_object() for n, g in sorted(numbers)),
    ]
    return {name for root in roots for name in _names(root)} & ACTIVE


def _names(thing: Any) -> Iterator[str]:
    """Every name in one object; what it refers to is visited on its own turn."""
    if isinstance(thing, DictionaryObject):
        for key, value in thing.items():
            yield str(key)
            yield from _names(value) if not isinstance(value, IndirectObject) else ()
    elif isinstance(thing, ArrayObject):
        for value in thing:
            yield from _names(value) if not isinstance(value, IndirectObject) else ()
    elif isinstance(thing, NameObject):
        yield str(thing)

"""The judge: finds the document of a PDF, a QR or a code, runs the checks, says one word."""

import hashlib
import re
from collections.abc import Mapping
from uuid import UUID

from comun import cripto
from constancias import codigo, credencial
from constancias.credencial import Credencial, CredencialInvalida
from constancias.enums import Dictamen, EstadoConstancia
from constancias.errors import CodigoMalformado, FileDamaged, PdfUnreadable
from constancias.llaves import public_key
from constancias.models import Constancia, ConstanciaQuerySet, LlaveSello
from constancias.sello import PublicKey
from constancias.services.archivo import read_pdf
from constancias.services.emision import CODIGO
from constancias.verificacion import campos, revisiones
from constancias.verificacion.lectura import Lectura, read
from constancias.verificacion.revisiones import Prueba, Revision, hoja_of
from constancias.verificacion.veredicto import Veredicto

_SECUENCIA = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODIGO = re.compile(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b")
CANDIDATES = 8  # of each kind looked up of one PDF
_SEPARATED = re.compile(r"-\s+|\s+-")

Llaves = Mapping[str, LlaveSello]


def judge(pdf: bytes, *, explain: bool = True) -> Veredicto:
    """Judge the bytes of a PDF; without `explain`, an altered one is not compared field by field.

    Raises
        PdfUnreadable: the bytes are no PDF, or one that takes too much to read.
    """
    llaves = {llave.serie: llave for llave in LlaveSello.objects.all()}
    roots = [llave.autoridad for llave in llaves.values()]
    exact = _rows().filter(sha256=hashlib.sha256(pdf).hexdigest()).first()
    read_by = read(pdf, autoridades=roots, con_texto=explain or exact is not None)
    row = exact or _named_by(read_by.texto)
    prueba = Prueba(
        row=row,
        hoja=hoja_of(row) if row else None,
        llave=llaves.get(read_by.serie),
        firmada=read_by.firmada,
        mismo=exact is not None,
        texto=read_by.texto,
    )
    checks = _run(revisiones.DE_PDF, prueba)
    word = _word(prueba, checks, signed=bool(read_by.serie))
    differ = _differing(prueba, read_by) if explain and word == Dictamen.ALTERADA else ()
    return _verdict(prueba, checks, word, differ)


def judge_token(text: str) -> Veredicto:
    """Judge the text of a QR: signed by us, printed on a document of ours, which is in force."""
    llaves = {llave.serie: llave for llave in LlaveSello.objects.all()}
    used: list[str] = []

    def keys(serie: str) -> PublicKey | None:
        used.append(serie)
        return public_key(llaves[serie].certificado) if serie in llaves else None

    try:
        told = credencial.decode(text.strip("\r\n"), keys)
    except CredencialInvalida as exc:
        return Veredicto(dictamen=_OF_REASON[exc.reason], revisiones={"firma": False})
    row = _rows().filter(indice=told.indice).first()
    hoja = hoja_of(row) if row else None
    prueba = Prueba(
        row=row,
        hoja=hoja,
        llave=llaves.get(used[-1]),
        mismo=hoja is not None and hoja.credencial == text.strip("\r\n"),
    )
    checks = _run(revisiones.DE_CREDENCIAL, prueba)
    word = _word(prueba, checks, signed=True)
    if word == Dictamen.ALTERADA and not _same_document(told, row):
        # Signed by us and never issued: a document that was being made and was made again.
        return Veredicto(dictamen=Dictamen.DESCONOCIDA, revisiones=checks)
    return _verdict(prueba, checks, word)


def judge_code(text: str) -> Veredicto:
    """Judge a code as somebody typed it.

    Raises
        CodigoMalformado: it cannot be a code; the message says why.
    """
    index = cripto.blind_index(CODIGO, codigo.normalise(text))
    row = _rows().filter(codigo_idx=index).first()
    prueba = Prueba(row=row, hoja=hoja_of(row) if row else None, llave=row.llave if row else None)
    checks = _run(revisiones.DE_CODIGO, prueba)
    return _verdict(prueba, checks, _word(prueba, checks, signed=False))


_OF_REASON = {
    "ilegible": Dictamen.ILEGIBLE,
    "firma": Dictamen.ALTERADA,
    "clave_desconocida": Dictamen.CLAVE_DESCONOCIDA,
}


def _rows() -> ConstanciaQuerySet:
    rows: ConstanciaQuerySet = Constancia.objects.select_related("llave")
    return rows


def _run(checks: Mapping[str, Revision], prueba: Prueba) -> dict[str, bool]:
    return {name: check(prueba) for name, check in checks.items()}


def _verdict(
    prueba: Prueba, checks: dict[str, bool], word: Dictamen, differ: tuple[str, ...] = ()
) -> Veredicto:
    return Veredicto(
        dictamen=word,
        revisiones=checks,
        constancia=prueba.row,
        hoja=prueba.hoja,
        serie=prueba.llave.serie if prueba.llave else "",
        campos=differ,
    )


def _word(prueba: Prueba, checks: dict[str, bool], *, signed: bool) -> Dictamen:
    """Return the one word; `signed`: what was brought has a signature that can be read."""
    failed = {name for name, holds in checks.items() if not holds}
    if not failed:
        return Dictamen.VIGENTE
    if prueba.row is None:
        return _word_of_stranger(prueba, signed=signed)
    if failed <= {"vigencia", "certificado"}:
        if prueba.row.estado != EstadoConstancia.VIGENTE:
            return Dictamen(prueba.row.estado)
        return Dictamen.CLAVE_DESCONOCIDA
    return Dictamen.ALTERADA


def _word_of_stranger(prueba: Prueba, *, signed: bool) -> Dictamen:
    if not signed:
        return Dictamen.DESCONOCIDA
    if prueba.llave is None:
        return Dictamen.CLAVE_DESCONOCIDA
    return Dictamen.DESCONOCIDA if prueba.firmada else Dictamen.ALTERADA


def _same_document(told: Credencial, row: Constancia | None) -> bool:
    return row is not None and (row.folio, row.tipo) == (told.folio, told.tipo)


def _named_by(texto: str) -> Constancia | None:
    """Return the document a sheet says it is, by what only its holder knows: secuencia or code.

    Never by its folio: that would tell whoever writes a folio on a sheet of
    theirs what the document of that folio is.
    """
    joined = _SEPARATED.sub("-", texto)
    secuencias = [UUID(text) for text in _SECUENCIA.findall(joined)[:CANDIDATES]]
    if row := _rows().filter(pk__in=secuencias).first():
        return row
    indexes = []
    for text in _CODIGO.findall(joined)[:CANDIDATES]:
        try:
            indexes.append(cripto.blind_index(CODIGO, codigo.normalise(text)))
        except CodigoMalformado:
            continue
    return _rows().filter(codigo_idx__in=indexes).first() if indexes else None


def _differing(prueba: Prueba, brought: Lectura) -> tuple[str, ...]:
    """Return what differs from the document it says it is: fields of the sheet, then the file."""
    names: tuple[str, ...] = ()
    if prueba.row and prueba.hoja:
        try:
            issued = read(read_pdf(prueba.row), autoridades=[])
        except (FileDamaged, PdfUnreadable):
            issued = brought  # nothing to compare with: only the file is told
        names = campos.differing(brought.texto, issued.texto, prueba.hoja, prueba.row.sello)
    if not brought.firmada:
        names += (campos.FIRMA,)
    return names or (campos.ARCHIVO,)

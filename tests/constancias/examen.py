"""A signed document as four independent programs judge it."""

import base64
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from constancias import firma, llaves, sello
from constancias.documentos import Hoja
from constancias.errors import PdfUnreadable
from constancias.models import Constancia, LlaveSello


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def faults(folder: Path, document: Constancia, pdf: bytes) -> list[str]:
    """Return who does not accept it: pdfsig (both lines), pyHanko, openssl over the sello, qpdf."""
    (folder / "d.pdf").write_bytes(pdf)
    found = []
    report = run(folder, "pdfsig", "-nocert", "d.pdf")
    for line in ("Signature is Valid.", "Total document signed"):
        if f"- {line}" not in report and f" {line}\n" not in report:
            found.append(f"pdfsig: {line}")
    if "Not total document signed" in report:
        found.append("pdfsig: not total")
    try:
        signature = firma.read(pdf, autoridades=[row.autoridad for row in LlaveSello.objects.all()])
    except PdfUnreadable:
        signature = None
    if signature is None or not signature.valida:
        found.append("pyhanko")
    hoja = Hoja.from_json(document.snapshot)
    (folder / "m.txt").write_bytes(sello.message(hoja.cadena, hoja.cadena_datos))
    (folder / "s.der").write_bytes(base64.b64decode(document.sello))
    key = llaves.public_key(document.llave.certificado)
    (folder / "k.pem").write_bytes(
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    check = ("openssl", "dgst", "-sha256", "-verify", "k.pem", "-signature", "s.der", "m.txt")
    if "Verified OK" not in run(folder, *check):
        found.append("openssl")
    if "No syntax or stream encoding errors found" not in run(folder, "qpdf", "--check", "d.pdf"):
        found.append("qpdf")
    return found

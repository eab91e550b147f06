"""Forgeries of a handful of genuine documents: of their bytes, meaning, signatures, QR and registry.

All chance comes from one `random.Random(seed)`: the same seed makes the same changes,
of documents that are new each time (their keys, codes and secuencias are random).
"""

from tests.constancias.mutaciones.credenciales import codes, tampered_tokens, tokens
from tests.constancias.mutaciones.escena import Base, Escena, issue, stage
from tests.constancias.mutaciones.pdf import Mutacion, mutations
from tests.constancias.mutaciones.registro import tampered, undone

__all__ = [
    "Base",
    "Escena",
    "Mutacion",
    "codes",
    "issue",
    "mutations",
    "stage",
    "tampered",
    "tampered_tokens",
    "tokens",
    "undone",
]

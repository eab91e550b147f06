"""Verbs of documents: issue one, read it, replace it, take it out of force, publish what stands."""

from constancias.services.archivo import ORPHAN_AFTER, read_pdf, sweep_orphans
from constancias.services.custodia import (
    install_certificate,
    new_key,
    request_certificate,
    revoke_key,
)
from constancias.services.emision import Preparado, issuer, prepare, record
from constancias.services.enmascarado import ask_masked, is_masking, issue_masked
from constancias.services.publicacion import publish_estados, refresh_estados
from constancias.services.vida import reissue, revoke

__all__ = [
    "ORPHAN_AFTER",
    "Preparado",
    "ask_masked",
    "install_certificate",
    "is_masking",
    "issue_masked",
    "issuer",
    "new_key",
    "prepare",
    "publish_estados",
    "read_pdf",
    "record",
    "refresh_estados",
    "reissue",
    "request_certificate",
    "revoke",
    "revoke_key",
    "sweep_orphans",
]

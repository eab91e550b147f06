"""The world the messy journeys happen in: places, series, a signing key."""

import pytest

from comun import reloj
from constancias import llaves
from tests.tramites import escena


@pytest.fixture
def mundo(db, settings, tmp_path):
    settings.LLAVE_SELLO = str(tmp_path / "sello.pem")
    settings.DOCUMENTOS_DIR = str(tmp_path / "documentos")
    llaves.create(now=reloj.now())
    escena.catalogue()
    escena.series()

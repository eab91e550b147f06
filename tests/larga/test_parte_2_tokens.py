"""2,000 tampered credenciales on the offline page, and genuine ones of three rotations of the key."""

from collections import Counter

import pytest

from tests.constancias.credenciales import page, token
from tests.constancias.verificador import mutations, offline_page

pytestmark = [pytest.mark.larga, pytest.mark.navegador, pytest.mark.timeout(1800)]

TAMPERED, GENUINE = 2000, 200
KEYS = ("ours", "first", "second", "third")


def test_no_tampered_credencial_is_accepted_offline(navegador, tmp_path, medida):
    html = page(**dict.fromkeys(KEYS[1:], "retirada")).html
    with offline_page(navegador, html, tmp_path) as verificador:
        tampered = verificador.texts(mutations(TAMPERED))
        whole = [token(KEYS[n % len(KEYS)], indice=9 + n % 90) for n in range(GENUINE)]
        genuine = Counter(name for name, _ in verificador.texts(whole))
    refused = Counter(name for name, _ in tampered)
    medida("credenciales_sin_conexion", {"alteradas": dict(refused), "genuinas": dict(genuine)})
    assert refused.total() == TAMPERED
    assert not any(shown for _, shown in tampered)
    assert set(refused) == {"firma", "ilegible", "clave_desconocida"}
    assert genuine == {"vigente": GENUINE}

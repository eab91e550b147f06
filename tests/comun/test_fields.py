"""Sealed columns: unreadable in the table, bound to their row."""

import uuid

import pytest

from comun import cripto


def test_sealed_value_opens_only_in_its_place():
    sealed = cripto.seal(b"hola", place="t:c:1")
    assert cripto.unseal(sealed, place="t:c:1") == b"hola"
    with pytest.raises(cripto.SealBroken):
        cripto.unseal(sealed, place="t:c:2")


@pytest.mark.parametrize("index", [0, 5, 20, -1])
def test_altered_bytes_do_not_open(index):
    sealed = bytearray(cripto.seal(b"hola", place="t:c:1"))
    sealed[index] ^= 1
    with pytest.raises((cripto.SealBroken, cripto.KeyUnknown)):
        cripto.unseal(bytes(sealed), place="t:c:1")


def test_two_seals_of_one_text_differ():
    assert cripto.seal(b"x", place="p") != cripto.seal(b"x", place="p")


def test_blind_index_is_steady_and_keyed_by_kind():
    word = str(uuid.uuid4())
    assert cripto.blind_index("curp", word) == cripto.blind_index("curp", word)
    assert cripto.blind_index("curp", word) != cripto.blind_index("correo", word)
    assert len(cripto.blind_index("curp", word)) == 16

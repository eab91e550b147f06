"""Base45 (RFC 9285): bytes in the 45 characters that a QR packs by pairs in 11 bits."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {char: value for value, char in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Return three characters for two bytes, and two for a last single one.

    >>> encode(b"base-45")
    'UJCLQE7W581'
    """
    text = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, value = divmod(number, 45)
            text.append(ALPHABET[value])
    return "".join(text)


def decode(text: str) -> bytes:
    """Return the bytes of a text that `encode` can have written.

    Raises
        ValueError: another character, another length, or a group above its bytes.
    """
    data = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or not all(char in _VALUES for char in group):
            raise ValueError("not base45")
        number = sum(_VALUES[char] * 45**place for place, char in enumerate(group))
        if number >= 256 ** (len(group) - 1):
            raise ValueError("not base45")
        data += number.to_bytes(len(group) - 1)
    return bytes(data)

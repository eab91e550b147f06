"""What the shared cache holds: whole numbers, so that nothing read from it is ever unpickled."""


class Enteros:
    """Django's serializer of the cache: whoever writes in it can change a count, and no more."""

    def dumps(self, value: object) -> int:
        if not isinstance(value, int):
            raise TypeError(f"the cache holds whole numbers, not {type(value).__name__}")
        return int(value)

    def loads(self, data: bytes) -> int:
        return int(data)

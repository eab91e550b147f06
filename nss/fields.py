"""The column that returns an Nss."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from nss.errors import MalformedNss
from nss.values import Nss


class NssField(models.CharField):  # type: ignore[type-arg]
    """VARCHAR(11) in Postgres, `Nss` in Python."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 11
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: object) -> Nss | None:
        return None if value is None else Nss(value)

    def to_python(self, value: Any) -> Nss | None:
        if value is None or isinstance(value, Nss):
            return value
        try:
            return Nss(value)
        except MalformedNss as exc:
            raise ValidationError(exc.message, code=exc.code) from exc

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)

"""Columns that keep a person's data: sealed JSON bound to its row, and blind indexes."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from comun import cripto

if TYPE_CHECKING:  # Django's Field takes parameters in the stubs alone
    JsonColumn = models.Field[Any, Any]
    BytesColumn = models.Field[bytes | None, bytes | None]
else:
    JsonColumn = BytesColumn = models.Field


class Sealed(bytes):
    """Bytes as they lie in the database, not opened yet."""

    __slots__ = ()


class _Opening:
    """Opens the column at the first look, so that listing rows decrypts nothing."""

    def __init__(self, field: "SealedJsonField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            value = json.loads(cripto.unseal(value, place=self.field.place(row)))
            row.__dict__[name] = value
        return value

    def __set__(self, row: models.Model, value: object) -> None:
        row.__dict__[self.field.attname] = value


class SealedJsonField(JsonColumn):
    """BYTEA in Postgres, a JSON value in Python, AES-256-GCM between.

    The additional data is "table:column:pk", so the model's pk must be known
    before the INSERT (a UUID default). `QuerySet.update` needs `sealed_for`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def place(self, row: models.Model) -> str:
        return self.place_of(row.pk)

    def place_of(self, pk: object) -> str:
        return f"{self.model._meta.db_table}:{self.column}:{pk}"

    def sealed_for(self, row: models.Model, value: object) -> Sealed:
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return Sealed(cripto.seal(plain, place=self.place(row)))

    def from_db_value(self, value: Any, *_: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, Sealed):  # not opened: but a key on its way out is not written again
            return value if cripto.is_current(value) else self.resealed(model_instance, value)
        return self.sealed_for(model_instance, value)

    def resealed(self, row: models.Model, value: bytes) -> Sealed:
        return Sealed(cripto.reseal(value, place=self.place(row)))

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name}: seal it for its row first (sealed_for)")
        return connection.Database.Binary(value)  # type: ignore[attr-defined]


class BlindIndexField(BytesColumn):
    """BYTEA of 16 bytes: finds a row by a value that is stored nowhere in clear."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, *_: object) -> bytes | None:
        return None if value is None else bytes(value)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        return None if value is None else connection.Database.Binary(bytes(value))  # type: ignore[attr-defined]

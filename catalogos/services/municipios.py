"""Finding, or adding, the municipio that a file names by key or by name."""

from dataclasses import dataclass

from catalogos.models import Municipio
from catalogos.rules import normalise


@dataclass(frozen=True, slots=True)
class Nombrado:
    """A municipio as a file names it; `clave` is the INEGI key or ""."""

    entidad: str
    nombre: str
    clave: str = ""


class Municipios:
    """All municipios in memory (2,500), by key and by name."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], Municipio] = {}
        self._by_name: dict[tuple[str, str], Municipio] = {}
        for row in Municipio.objects.all():
            self._note(row)

    def find(self, named: Nombrado) -> Municipio | None:
        """The key decides: names change and are spelt in many ways, keys are not."""
        return self._by_key.get((named.entidad, named.clave)) or self._by_name.get(
            (named.entidad, normalise(named.nombre))
        )

    def ensure(self, named: Nombrado) -> Municipio:
        """Return the municipio, added if it is new; a key it lacked is kept."""
        row = self.find(named)
        if row is None:
            row = Municipio.objects.create(
                entidad_id=named.entidad,
                clave_inegi=named.clave or None,
                nombre=named.nombre,
                nombre_normalizado=normalise(named.nombre),
            )
        elif named.clave and row.clave_inegi is None:
            row.clave_inegi = named.clave
            row.save(update_fields=("clave_inegi",))
        self._note(row)
        return row

    def ensure_all(self, names: set[Nombrado]) -> dict[Nombrado, int]:
        """Return the id of each; the names given here replace those of other files."""
        missing = [
            Municipio(
                entidad_id=named.entidad,
                clave_inegi=named.clave or None,
                nombre=named.nombre,
                nombre_normalizado=normalise(named.nombre),
            )
            for named in sorted(names, key=lambda n: (n.entidad, n.nombre))
            if self.find(named) is None
        ]
        for added in Municipio.objects.bulk_create(missing, batch_size=1000):
            self._note(added)
        found = {named: row for named in names if (row := self.find(named)) is not None}
        changed = [known for named, known in found.items() if self._adopt(known, named)]
        columns = ("clave_inegi", "nombre", "nombre_normalizado")
        Municipio.objects.bulk_update(changed, columns, batch_size=1000)
        return {named: known.pk for named, known in found.items()}

    def _adopt(self, row: Municipio, named: Nombrado) -> bool:
        """Take the key that was lacking, and the name unless another row bears it."""
        before = (row.clave_inegi, row.nombre)
        place = (named.entidad, normalise(named.nombre))
        row.clave_inegi = row.clave_inegi or named.clave or None
        if self._by_name.get(place, row) is row:
            row.nombre, row.nombre_normalizado = named.nombre, place[1]
        self._note(row)
        return (row.clave_inegi, row.nombre) != before

    def _note(self, row: Municipio) -> None:
        if row.clave_inegi:
            self._by_key[row.entidad_id, row.clave_inegi] = row
        self._by_name[row.entidad_id, row.nombre_normalizado] = row

"""Facts, what is known of a person's number; Hoja, all that one sheet prints."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Self

from constancias import rules
from constancias.enums import Tipo, Verbo
from constancias.errors import PlaceUnknown, TextUnprintable
from nss.values import Identidad

HOMOCLAVE_TRAMITE = "IMSS-02-008"
HOMOCLAVE_FORMATO = "FF-IMSS-013"
DEMOSTRACION = "DEMOSTRACIÓN · SIN VALIDEZ OFICIAL"
CLEAR = 4  # characters of a number that a sheet to be shown around leaves readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document tells of one person; nothing is looked up after this point.

    `sexo` is H, M or X and `entidad_nacimiento` the two letters of the CURP.
    Text is kept in NFC with single spaces; a surname that is not there is "".

    Raises
        TextUnprintable: a control, invisible or bidirectional character.
        FolioMalformed, PlaceUnknown: the field is not what its name says.
    """

    folio: str
    verbo: Verbo
    nss: str
    curp: str
    nombres: str
    primer_apellido: str
    segundo_apellido: str
    sexo: str
    fecha_nacimiento: date
    entidad_nacimiento: str

    @classmethod
    def of(cls, identidad: Identidad, *, folio: str, verbo: Verbo, nss: str) -> Self:
        """Return what a document tells of the person as the identity source knows them."""
        return cls(
            folio=folio,
            verbo=verbo,
            nss=nss,
            curp=identidad.curp,
            nombres=identidad.nombres,
            primer_apellido=identidad.primer_apellido,
            segundo_apellido=identidad.segundo_apellido,
            sexo=identidad.sexo,
            fecha_nacimiento=identidad.fecha_nacimiento,
            entidad_nacimiento=identidad.entidad,
        )

    def __post_init__(self) -> None:
        _clean_texts(self)
        rules.folio_instant(self.folio)
        object.__setattr__(self, "verbo", Verbo(self.verbo))
        if self.sexo not in rules.SEXOS or self.entidad_nacimiento not in rules.LUGARES:
            raise PlaceUnknown(folio=self.folio)

    @property
    def fecha(self) -> datetime:
        return rules.folio_instant(self.folio)

    @property
    def nombre_completo(self) -> str:
        return " ".join(filter(None, (self.nombres, self.primer_apellido, self.segundo_apellido)))

    def for_sheet(self, tipo: Tipo) -> "Facts":
        """Return these facts with what a sheet of `tipo` must not tell veiled: it is gone."""
        if tipo == Tipo.COMPROBANTE:
            return replace(self, nss=rules.veil(self.nss, clear=CLEAR))
        if tipo == Tipo.ENMASCARADA:
            nss, curp = (rules.veil(text, clear=CLEAR) for text in (self.nss, self.curp))
            return replace(self, nss=nss, curp=curp)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Emisor:
    """Who issues, as printed on the sheet; `demo` prints that it has no validity."""

    nombre: str
    contacto: str
    invocante: str
    demo: bool

    def __post_init__(self) -> None:
        _clean_texts(self)

    @property
    def validez(self) -> str:
        return DEMOSTRACION if self.demo else "Documento firmado por quien lo emite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hoja:
    """One sheet: same Hoja, same cadenas and same bytes before signing.

    `credencial` is the signed text of the QR and `codigo` what is typed instead
    (12 characters, no hyphens); sheets of design 1 have neither. `sustituye` is
    the folio this one replaces. `copias`: how many cards one sheet carries.
    """

    tipo: Tipo
    facts: Facts
    emisor: Emisor
    plantilla: str
    secuencia: str
    serie: str
    codigo: str = ""
    credencial: str = ""
    sustituye: str = ""
    verificar: str = ""  # address where anyone checks it
    copias: int = 1

    def __post_init__(self) -> None:
        _clean_texts(self, but="credencial")  # its alphabet has the space: nothing is squeezed
        if rules.clean(self.credencial) is None:
            raise TextUnprintable(campo="credencial")

    @property
    def cadena(self) -> str:
        return rules.compose_cadena(
            (
                ("Invocante", self.emisor.invocante),
                ("Tipo de trámite", self.facts.verbo.label),
                ("Fecha", rules.long_date(self.facts.fecha)),
                ("Folio", self.facts.folio),
            )
        )

    @property
    def cadena_datos(self) -> str:
        return rules.compose_cadena(self.printed())

    def printed(self) -> list[tuple[str, str]]:
        """Return every field this sheet prints, in its order, under its name."""
        facts, emisor = self.facts, self.emisor
        formato = [("Homoclave del formato", HOMOCLAVE_FORMATO)]
        persona = [
            ("Sexo", rules.SEXOS[facts.sexo]),
            ("Fecha de nacimiento", rules.short_date(facts.fecha_nacimiento)),
            ("Lugar de nacimiento", rules.LUGARES[facts.entidad_nacimiento]),
        ]
        whole = self.tipo == Tipo.CONSTANCIA
        return [
            ("Documento", self.tipo.label),
            ("Homoclave del trámite", HOMOCLAVE_TRAMITE),
            *(formato if whole else ()),
            ("Folio", facts.folio),
            *((("Sustituye al folio", self.sustituye),) if self.sustituye else ()),
            ("Fecha de solicitud", rules.short_date(facts.fecha)),
            ("Emisor", emisor.nombre),
            ("Hace constar que", facts.verbo.frase),
            ("Número de Seguridad Social", facts.nss),
            ("CURP", facts.curp),
            ("Nombre(s)", facts.nombres),
            ("Primer apellido", facts.primer_apellido),
            ("Segundo apellido", facts.segundo_apellido),
            *(persona if whole else ()),
            ("Contacto", emisor.contacto),
            ("Validez", emisor.validez),
            ("Plantilla", self.plantilla),
            *((("Código de verificación", self.codigo),) if self.codigo else ()),
            *((("Se verifica en", self.verificar),) if self.verificar else ()),
            ("Secuencia notarial", self.secuencia),
            ("Número de serie", self.serie),
        ]

    def as_json(self) -> dict[str, Any]:
        whole = asdict(self)
        whole["facts"]["fecha_nacimiento"] = self.facts.fecha_nacimiento.isoformat()
        return whole

    @classmethod
    def from_json(cls, whole: dict[str, Any]) -> Self:
        facts = dict(whole["facts"])
        facts["fecha_nacimiento"] = date.fromisoformat(facts["fecha_nacimiento"])
        own = {**whole, "tipo": Tipo(whole["tipo"])}
        return cls(**{**own, "facts": Facts(**facts), "emisor": Emisor(**whole["emisor"])})


def _clean_texts(holder: Any, *, but: str = "") -> None:
    """Put every text of a dataclass in its printed form, or refuse it by its field's name."""
    for field in fields(holder):
        value = getattr(holder, field.name)
        if not isinstance(value, str) or field.name == but:
            continue
        if (cleaned := rules.clean(value)) is None:
            raise TextUnprintable(campo=field.name)
        if cleaned != value:
            object.__setattr__(holder, field.name, cleaned)

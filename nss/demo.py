"""Demonstration people, one per outcome, all fictional; and strangers of the synthetic padrón."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from django.db import transaction
from django.db.models import Exists, OuterRef

from nss.enums import Estatus
from nss.models import Asegurado, Numero, PersonaPadron
from nss.rules.derivacion import complete_curp, curp_root
from nss.services import Lugar, assign_nss, locate
from nss.services.padron import load_personas
from nss.services.registro import NumeroAjeno, register_numero, replace_curp
from nss.services.sintetico import DEMO_PREFIX, ensure_demo_prefix
from nss.values import Curp, Identidad, Nss

Kind = Literal["localizado", "asignado", "inconcluso"]
ALTA = datetime(2024, 8, 15, 18, tzinfo=UTC)  # when the numbers of the registered ones were given
_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaDemo:
    """Who to be, what will happen, and the postal code and mailbox to give if it matters."""

    clave: str
    desenlace: str
    identidad: Identidad
    cp: str = ""
    correo: str = ""
    en_padron: bool = True
    registrada: bool = False

    @property
    def curp(self) -> Curp:
        return self.identidad.curp


def _identidad(  # noqa: PLR0913 - a table of people reads best as one line each
    nombres: str,
    primer_apellido: str,
    segundo_apellido: str,
    nacio: date,
    sexo: str,
    entidad: str,
    *,
    marca: str = "A",
    estatus: Estatus = Estatus.AN,
    curps_anteriores: tuple[Curp, ...] = (),
) -> Identidad:
    root = curp_root(
        nombres=nombres,
        primer_apellido=primer_apellido,
        segundo_apellido=segundo_apellido,
        nacimiento=nacio,
        sexo=sexo,
        entidad=entidad,
    )
    return Identidad(
        curp=Curp(complete_curp(root, marca)),
        estatus=estatus,
        nombres=nombres,
        primer_apellido=primer_apellido,
        segundo_apellido=segundo_apellido,
        sexo=sexo,
        fecha_nacimiento=nacio,
        entidad=entidad,
        acta_anio=nacio.year,
        acta_numero="00123",
        curps_anteriores=curps_anteriores,
    )


_LARGO = "MARÍA DE LOS ÁNGELES GUADALUPE BEGOÑA DEL NIÑO JESÚS E ÍÑIGA"
_ANTES = _identidad("PAOLA", "TREJO", "NÁJERA", date(2005, 6, 15), "M", "PL", estatus=Estatus.BCC)
_GEMELA = _identidad("RENATA", "SOLÍS", "VARGAS", date(2006, 9, 9), "M", "VZ", marca="A")

PERSONAS: tuple[PersonaDemo, ...] = (
    PersonaDemo(
        clave="localizado",
        desenlace="Ya tiene NSS: se localiza",
        identidad=_identidad("LUCÍA", "HERNÁNDEZ", "ZAMORA", date(2005, 4, 12), "M", "OC"),
        registrada=True,
    ),
    PersonaDemo(
        clave="asignado",
        desenlace="Se asigna; Taxco: delegación 12, subdelegación 3, UMF 5",
        identidad=_identidad("ANA SOFÍA", "LÓPEZ", "RIVERA", date(2007, 5, 14), "M", "GR"),
        cp="40200",
    ),
    PersonaDemo(
        clave="muchas-colonias",
        desenlace="Se asigna; el código postal tiene más de 300 colonias",
        identidad=_identidad("DIEGO", "FLORES", "MÉNDEZ", date(2006, 8, 23), "H", "SR"),
        cp="85203",
    ),
    PersonaDemo(
        clave="una-colonia",
        desenlace="Se asigna; el código postal tiene una sola colonia",
        identidad=_identidad("JIMENA", "CAMPOS", "LARA", date(2007, 1, 30), "M", "GR"),
        cp="39012",
    ),
    PersonaDemo(
        clave="sin-umf",
        desenlace="Se asigna; no hay UMF para el domicilio: queda por confirmar",
        identidad=_identidad("MATEO", "NAVA", "URIBE", date(2006, 3, 3), "H", "GR"),
        cp="39162",
    ),
    PersonaDemo(
        clave="sexo-x",
        desenlace="Se asigna; CURP con sexo X",
        identidad=_identidad("RENÉ", "BARRERA", "OSUNA", date(2003, 7, 7), "X", "DF"),
        cp="40200",
    ),
    PersonaDemo(
        clave="un-apellido",
        desenlace="Se asigna; un solo apellido, nacido un 29 de febrero",
        identidad=_identidad("LUIS", "HERNÁNDEZ", "", date(2008, 2, 29), "H", "NT"),
        cp="40200",
    ),
    PersonaDemo(
        clave="nacido-fuera",
        desenlace="Se asigna; nacido en el extranjero",
        identidad=_identidad("JOSÉ ÁNGEL", "DE LA CRUZ", "MC GREGOR", date(2005, 1, 1), "H", "NE"),
        cp="40200",
    ),
    PersonaDemo(
        clave="nombre-largo",
        desenlace="Se asigna; nombres de 60 caracteres con Ñ",
        identidad=_identidad(
            _LARGO,
            "NÚÑEZ DE LA PEÑA Y CASTAÑEDA DEL MONTE DE SANTA BEGOÑA ÑANDÚ",
            "MUÑIZ Y ORDÓÑEZ DE LAS VIÑAS DEL CARREÑO Y LA MONTAÑA ZÚÑIGA",
            date(2004, 12, 12),
            "M",
            "NL",
        ),
        cp="40200",
    ),
    PersonaDemo(
        clave="no-encontrado",
        desenlace="Inconcluso: la CURP no se encuentra",
        identidad=_identidad("BRUNO", "LEDESMA", "TELLO", date(2005, 10, 5), "H", "JC"),
        en_padron=False,
    ),
    PersonaDemo(
        clave="sustituida",
        desenlace="Inconcluso: hay una CURP más nueva",
        identidad=_ANTES,
    ),
    PersonaDemo(
        clave="sustituida-nueva",
        desenlace="Se localiza el NSS que se dio con la CURP anterior",
        identidad=_identidad(
            "PAOLA",
            "TREJO",
            "NÁJERA",
            date(2005, 6, 16),
            "M",
            "PL",
            estatus=Estatus.RCC,
            curps_anteriores=(_ANTES.curp,),
        ),
    ),
    PersonaDemo(
        clave="baja",
        desenlace="Inconcluso: CURP dada de baja por defunción",
        identidad=_identidad(
            "GERARDO", "PACHECO", "OLVERA", date(2001, 11, 20), "H", "MC", estatus=Estatus.BD
        ),
    ),
    PersonaDemo(
        clave="homonimo",
        desenlace="Inconcluso: alguien con los mismos datos ya está registrado",
        identidad=_identidad(
            "RENATA",
            "SOLÍS",
            "VARGAS",
            date(2006, 9, 9),
            "M",
            "VZ",
            marca="B",
            estatus=Estatus.AH,
        ),
    ),
    PersonaDemo(
        clave="varios-nss",
        desenlace="Inconcluso: tiene dos NSS, uno por aclarar",
        identidad=_identidad("OMAR", "REYES", "GALINDO", date(2003, 2, 17), "H", "TC"),
        registrada=True,
    ),
    PersonaDemo(
        clave="correo-vinculado",
        desenlace="Con su correo se localiza; con otro queda retenida 72 horas",
        identidad=_identidad("NATALIA", "FUENTES", "DURÁN", date(2006, 5, 25), "M", "QT"),
        correo="natalia.fuentes@example.org",
        registrada=True,
    ),
)
_BY_CLAVE = {persona.clave: persona for persona in PERSONAS}


def persona(clave: str) -> PersonaDemo:
    """Return the person of an outcome.

    Raises
        KeyError: there is no such outcome.
    """
    return _BY_CLAVE[clave]


@transaction.atomic
def load_demo_people(now: datetime) -> None:
    """Put everybody where their outcome needs them; a second time changes nothing."""
    ensure_demo_prefix()
    known = [one.identidad for one in PERSONAS if one.en_padron]
    load_personas([*known, _GEMELA], origen=PersonaPadron.Origen.DEMO)
    for identidad in (
        *(one.identidad for one in PERSONAS if one.registrada),
        _GEMELA,
        _ANTES,
    ):
        if locate(identidad=identidad).kind == "ninguno":
            assign_nss(titular=identidad, lugar=Lugar(), now=ALTA)
    _change_key()
    _give_second_number(now)


def _change_key() -> None:
    new = persona("sustituida-nueva").identidad
    for asegurado in Asegurado.objects.of_keys([_ANTES.curp]):
        replace_curp(asegurado_id=asegurado.pk, identidad=new)


def _give_second_number(now: datetime) -> None:
    """A number of childhood, from another registry: nobody else is numbered so young."""
    titular = persona("varios-nss").identidad
    fecha = date(2010, 9, 1)
    nss = Nss.compose(
        prefijo=DEMO_PREFIX,
        alta=fecha.year,
        nacimiento=titular.fecha_nacimiento.year,
        consecutivo=0,
    )
    numero = NumeroAjeno(nss=nss, estado=Numero.Estado.POR_ACLARAR, fecha_alta=fecha)
    register_numero(titular=titular, numero=numero, now=now)


def unused(kind: Kind, used: Collection[str] = frozenset()) -> Iterator[Curp]:
    """Yield keys of the synthetic padrón that end in `kind` and are not in `used`."""
    active = [estatus.value for estatus in Estatus if estatus.is_active]
    numbered = Exists(Numero.objects.vigentes().filter(asegurado__curp_idx=OuterRef("curp_idx")))
    everybody = PersonaPadron.objects.filter(origen=PersonaPadron.Origen.SINTETICO).order_by("pk")
    people = {
        "localizado": everybody.filter(numbered, estatus__in=active),
        "asignado": everybody.filter(~numbered, estatus__in=active),
        "inconcluso": everybody.exclude(estatus__in=active),
    }[kind]
    page = list(people[:_PAGE])
    while page:
        for row in page:
            if (curp := row.identidad.curp) not in used:
                yield curp
        page = list(people.filter(pk__gt=page[-1].pk)[:_PAGE])


def next_unused(kind: Kind, used: Collection[str] = frozenset()) -> Curp | None:
    """Return the first of `unused`, or None if the padrón has nobody left."""
    return next(unused(kind, used), None)

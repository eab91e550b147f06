"""The copy of one's data: every personal field of the inventory, and nothing of anybody else."""

import json

import pytest
from django.apps import apps
from model_bakery import baker

from catalogos.models import Delegacion, Entidad, UnidadMedica
from comun import reloj
from comun.inventario import Clase, tables
from comun.personal.enums import Dato, Motivo
from comun.personal.services import revelaciones
from constancias.enums import Canal, Dictamen, Medio
from constancias.models import Constancia, Verificacion
from nss.models import Asegurado, CurpAnterior, curp_index
from nss.values import Curp
from tests.personal.entrada import account
from tramites import models as tramites
from tramites.derechos import fuentes
from tramites.derechos.enums import Derecho
from tramites.derechos.expediente import compile_expediente, flat
from tramites.derechos.fuentes import APART, FUENTES
from tramites.derechos.services import peticiones
from tramites.models import Solicitud, VinculoCorreo

pytestmark = pytest.mark.django_db
OTRO_CORREO, OLD_CURP = "intruso@example.org", Curp("LORA070514MGRPVNB2")
PERSONAL = [
    (tabla.modelo, name)
    for tabla in tables()
    for name, campo in tabla.campos.items()
    if campo.clase == Clase.PERSONAL
]


@pytest.fixture
def whole(ana, begin, taxco, numbered, pide, attend_all) -> Solicitud:
    """Ana with a row in every table that may speak of her: number, documents, petition and all."""
    pide(texto="PETICION-CANARIO")
    tramite = begin(ana.curp)
    tramite.confirm()
    row = tramite.conclude(taxco)
    now = reloj.now()
    pair = {"curp_idx": row.curp_idx, "correo_idx": row.correo_idx}
    tramites.IntentoActa.objects.create(**pair, fecha=now)
    tramites.AmpliacionBuzon.objects.create(
        correo_idx=row.correo_idx, curps=20, motivo="familia", creada_en=now
    )
    tramites.CasoVinculo.objects.create(
        curp_idx=row.curp_idx,
        datos={"curp": str(row.curp), "correo": row.correo},
        origen="no_fui_yo",
        motivo="objecion",
        estado="abierto",
        creado_en=now,
    )
    Asegurado.objects.filter(pk=row.asegurado_id).update(umf=_clinic(), entidad="GR")
    CurpAnterior.objects.create(curp_idx=curp_index(OLD_CURP), asegurado=row.asegurado)
    Verificacion.objects.create(
        medio=Medio.CODIGO,
        canal=Canal.PAGINA,
        dictamen=next(iter(Dictamen)),
        constancia=Constancia.objects.first(),
        fecha=now,
    )
    revelaciones.note(account()[0], a_look(row), now=now)
    attend_all()
    return row


def a_look(row: Solicitud) -> revelaciones.Pregunta:
    facts = {"sujeto": row.curp_idx, "objeto": "tramites.solicitud:1", "referencia": "Caso 7"}
    return revelaciones.Pregunta(dato=Dato.CURP, motivo=Motivo.PETICION, **facts)


def _clinic() -> UnidadMedica:
    entidad = Entidad.objects.get(clave_curp="GR")
    delegacion = baker.make(Delegacion, clave="12", nombre="Guerrero")
    return baker.make(
        UnidadMedica,
        delegacion=delegacion,
        entidad=entidad,
        numero="5",
        tipo="UMF",
        nombre="UMF 005",
    )


def told(solicitud: Solicitud) -> dict:
    """What the file says, after the way through JSON."""
    made = compile_expediente(solicitud, now=reloj.now())
    return json.loads(json.dumps(made, ensure_ascii=False))


def by_table(expediente: dict) -> dict[str, list[dict]]:
    return {tabla["tabla"]: tabla["filas"] for tabla in expediente["tablas"]}


def test_every_personal_field_of_the_inventory_is_told(whole):
    """Generated from the inventory: a field added tomorrow is in the copy, or fails here."""
    tables_told, missing = by_table(told(whole)), []
    for modelo, name in PERSONAL:
        if modelo in APART:
            continue
        values = [row[name]["valor"] for row in tables_told.get(modelo, ()) if name in row]
        if not any(value not in (None, "", {}) for value in values):
            missing.append(f"{modelo}.{name}")
    assert missing == []
    assert len(PERSONAL) > 20


def test_every_table_with_something_personal_has_a_source_or_a_reason():
    labels = {modelo for modelo, _ in PERSONAL}
    assert sorted(labels - set(FUENTES) - set(APART)) == []
    known = {model._meta.label for model in apps.get_models()}
    assert sorted((set(FUENTES) | set(APART)) - known) == []
    assert not set(FUENTES) & set(APART)
    assert all(reason.endswith(".") for reason in APART.values())


def test_every_source_brings_its_rows(whole):
    assert sorted(set(FUENTES) - set(by_table(told(whole)))) == []


def test_what_the_person_is_and_wrote_is_there(whole, ana):
    text = json.dumps(told(whole), ensure_ascii=False)
    for known in (
        *(ana.curp, ana.nombres, ana.primer_apellido, whole.correo, whole.numero.nss),
        *("Calle de la Amargura", "40200", "2007-05-14", "PETICION-CANARIO", whole.folio),
    ):
        assert known in text


def test_no_account_of_the_staff_is_told(whole, pide):
    made = pide(Derecho.OPOSICION)
    peticiones.grant(peticion_id=made.pk, respuesta="Sí.", now=reloj.now(), actor="usuario:77")
    assert "usuario:77" not in json.dumps(told(whole), default=str)
    assert made.folio in json.dumps(told(whole), default=str)


def test_no_secret_and_no_key_is_told(whole):
    secret = {
        (tabla.modelo, name)
        for tabla in tables()
        for name, campo in tabla.campos.items()
        if campo.clase == Clase.SECRETA or name.endswith("_idx")
    }
    found = {
        (modelo, name)
        for modelo, rows in by_table(told(whole)).items()
        for row in rows
        for name in row
    }
    assert secret
    assert not secret & found


def test_nothing_of_another_person_is_told(whole, begin, numbered, attend_all):
    other = begin(Curp("PEGJ900101HDFRRN09"), "pepe@example.org").confirm()
    text = json.dumps(told(whole), ensure_ascii=False)
    assert other.folio not in text
    assert "pepe@example.org" not in text
    mine = json.dumps(told(other), ensure_ascii=False)
    for canary in (whole.curp, whole.correo, whole.numero.nss, whole.folio, "LÓPEZ", "Amargura"):
        assert canary not in mine


def test_mailbox_without_the_voice_reads_what_it_wrote_and_no_more(whole, begin, attend_all):
    """Somebody else's mailbox on Ana's CURP: held, and told neither her data nor her mailbox."""
    held = begin(whole.curp, OTRO_CORREO).confirm()
    made = told(held)
    assert not made["completa"]
    text = json.dumps(made, ensure_ascii=False)
    assert held.folio in text
    assert OTRO_CORREO in text
    for canary in (whole.correo, whole.numero.nss, whole.folio, "LÓPEZ", "ANA", "Amargura"):
        assert canary not in text
    [solicitud] = by_table(made)["tramites.Solicitud"]
    assert sorted(solicitud["datos"]["valor"]) == ["correo", "curp"]
    assert {"estado", "razon", "verbo"}.isdisjoint(solicitud)


def test_bound_mailbox_is_not_told_the_other_one(whole, begin, attend_all):
    begin(whole.curp, OTRO_CORREO).confirm()
    tramites.CasoVinculo.objects.create(
        curp_idx=whole.curp_idx,
        datos={"curp": str(whole.curp), "correo": OTRO_CORREO},
        origen="no_fui_yo",
        motivo="objecion",
        estado="abierto",
        creado_en=reloj.now(),
    )
    made = told(whole)
    assert OTRO_CORREO not in json.dumps(made, ensure_ascii=False)
    warned = [row["clase"]["valor"] for row in by_table(made)["tramites.Correo"]]
    assert (
        "Aviso de cambio de correo" in warned
    )  # it went to this mailbox, whoever's request it was


def test_who_lost_the_voice_reads_no_more(whole):
    assert told(whole)["completa"]
    VinculoCorreo.objects.filter(curp_idx=whole.curp_idx).update(estado="retirado")
    made = told(whole)
    assert not made["completa"]
    assert whole.numero.nss not in json.dumps(made, ensure_ascii=False)


def test_leaves_are_told_by_their_path():
    value = {"a": {"b_c": 1, "d": None}, "e": ["x", {"f": True}], "g": ""}
    assert list(flat(value, "datos")) == [
        *(("datos · a · b c", "1"), ("datos · e", "x"), ("datos · e · f", "sí"))
    ]


def test_source_of_a_table_nobody_knows_is_empty(whole):
    persona = fuentes.Persona.of(whole)
    assert fuentes.rows_of(persona, "auth.User") == []

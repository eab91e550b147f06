"""The life of a document after it was issued: another takes its place, or two people revoke it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from comun import bitacora
from constancias import rules
from constancias.documentos import Facts, Hoja
from constancias.enums import (
    DE_REVOCACION,
    DE_SUSTITUCION,
    REEXPEDIBLES,
    EstadoConstancia,
    Motivo,
    Tipo,
)
from constancias.errors import MotivoUnfit, NothingInForce, SamePerson, TextUnprintable
from constancias.models import Constancia, ConstanciaQuerySet
from constancias.services.emision import prepare, record
from constancias.services.publicacion import ask_publication
from nss.identidad import Identidad

ACTOR_MAX = 80  # characters, as the audit keeps them


def reissue(
    *,
    folio: str,
    motivo: Motivo,
    actor: str,
    now: datetime,
    identidad: Identidad | None = None,
) -> str:
    """Make the documents of `folio` again under a new folio, same NSS, and return that folio.

    The old ones become sustituida in the same transaction that records the new.
    `identidad` is the person as the source tells them today, when data were
    corrected; without it the new ones repeat the old.

    Raises
        NothingInForce: that folio has no document that can be replaced, or lost the race.
        MotivoUnfit, TextUnprintable: the reason or the actor's name will not do.
        SelloUnavailable, StorageUnavailable, TimeUnavailable: worth trying again.
    """
    if motivo not in DE_SUSTITUCION:
        raise MotivoUnfit(motivo=motivo)
    person, old = _person(actor), list(_replaceable(folio))
    if not old:
        raise NothingInForce(folio=folio)
    facts = _facts_again(old, rules.mint_folio(now), identidad)
    prepared = [prepare(facts=facts, tipo=Tipo(row.tipo), sustituye=folio) for row in old]
    with transaction.atomic():
        pks = [row.pk for row in old]
        held = list(_replaceable(folio).filter(pk__in=pks).select_for_update(of=("self",)))
        if len(held) != len(old):
            raise NothingInForce(folio=folio)
        Constancia.objects.filter(pk__in=pks).end(
            estado=EstadoConstancia.SUSTITUIDA, motivo=motivo, now=now
        )
        ask_publication(now=now)
        for row, preparado in zip(old, prepared, strict=True):
            record(preparado=preparado, numero=row.numero, now=now, reemplaza=row)
        _note("constancia.sustituida", f"{folio} {facts.folio}", person, motivo, now)
    return facts.folio


def _replaceable(folio: str) -> ConstanciaQuerySet:
    rows = Constancia.objects.of_folio(folio).in_force().filter(tipo__in=REEXPEDIBLES)
    return rows.select_related("numero").order_by("tipo")


def _facts_again(old: list[Constancia], folio: str, identidad: Identidad | None) -> Facts:
    """Return what the new documents tell, from one of the old that tells all."""
    whole = next((row for row in old if row.tipo != Tipo.ENMASCARADA), None)
    if whole is None:
        raise NothingInForce(folio=old[0].folio)
    facts = Hoja.from_json(whole.snapshot).facts
    if identidad is None:
        return replace(facts, folio=folio)
    return Facts.of(identidad, folio=folio, verbo=facts.verbo, nss=facts.nss)


@transaction.atomic
def revoke(
    *, folio: str, motivo: Motivo, solicita: str, aprueba: str, now: datetime
) -> list[Constancia]:
    """Take every document in force of `folio` out of force for good; return them.

    Raises
        SamePerson: one person asks and approves.
        NothingInForce: that folio has none.
        MotivoUnfit, TextUnprintable: the reason or a name will not do.
    """
    if motivo not in DE_REVOCACION:
        raise MotivoUnfit(motivo=motivo)
    first, second = two_people(solicita, aprueba)
    rows = list(Constancia.objects.of_folio(folio).in_force().select_for_update())
    if not rows:
        raise NothingInForce(folio=folio)
    Constancia.objects.filter(pk__in=[row.pk for row in rows]).end(
        estado=EstadoConstancia.REVOCADA, motivo=motivo, now=now
    )
    ask_publication(now=now)
    _note("constancia.revocacion_solicitada", folio, first, motivo, now)
    _note("constancia.revocada", folio, second, motivo, now)
    return rows


def two_people(solicita: str, aprueba: str) -> tuple[str, str]:
    """Return both names as kept; raise SamePerson if they are one, however it is written."""
    first, second = _person(solicita), _person(aprueba)
    if rules.fold(first) == rules.fold(second):
        raise SamePerson
    return first, second


def _person(name: str) -> str:
    cleaned = rules.clean(name)
    if not cleaned or len(cleaned) > ACTOR_MAX:
        raise TextUnprintable(campo="actor")
    return cleaned


def _note(accion: str, objeto: str, actor: str, motivo: str, now: datetime) -> None:
    bitacora.append(accion=accion, objeto=objeto, actor=actor, razon=motivo, now=now)

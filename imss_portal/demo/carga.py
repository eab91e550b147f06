"""What a demo needs in its database before the first student: loaded once, kept afterwards."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command

from catalogos.models import Asentamiento, Delegacion
from comun import reloj
from nss.demo import PERSONAS, unused
from nss.models import PersonaPadron
from tramites.models import Ficha
from tramites.services.demo import bind_demo_people

SEED = 1
FREE_NAMED = 20  # people without a number that a start names, for its sample procedure
Say = Callable[[str], None]


def load(*, sepomex: Path | None, personas: int, say: Say) -> None:
    """Fill what is empty. Each loader is one transaction, so an interrupted start goes on here."""
    call_command("llaves_sello", "crear", "--si-falta", verbosity=0)
    if not Asentamiento.objects.exists():
        say("códigos postales")
        call_command("cargar_sepomex", sepomex or "--paquete", "--aplicar", verbosity=0)
    if not Delegacion.objects.exists():
        say("delegaciones, subdelegaciones y unidades médicas")
        call_command("cargar_catalogos", "--aplicar", verbosity=0)
    if not Ficha.objects.exists():
        call_command("cargar_fichas", "--aplicar", verbosity=0)
    padron_is_new = PersonaPadron.objects.count() < personas
    call_command("cargar_demo", verbosity=0)
    bind_demo_people(reloj.now())
    if padron_is_new:
        say(f"padrón sintético de {personas} personas")
        call_command("generar_padron", "--personas", personas, "--semilla", SEED, verbosity=0)


def describe() -> dict[str, Any]:
    """Return the sample people, one per outcome, and some of the padrón who have no number yet."""
    people = [
        {"curp": one.curp, "desenlace": one.desenlace, "cp": one.cp, "correo": one.correo}
        for one in PERSONAS
    ]
    return {"personas": people, "sin_numero": list(islice(unused("asignado"), FREE_NAMED))}

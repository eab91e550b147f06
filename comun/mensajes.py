"""What the broker carries: the number of a row and the reference of a request, nothing else."""

import json
import re
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun

from comun import registro

HEADER = "referencia"
REFERENCE = re.compile(r"[0-9A-F]{8}")
PERSONAL = {
    "una CURP": re.compile(r"(?<![A-Z0-9])[A-Z]{4}\d{6}[A-Z]{6}[A-Z0-9]\d(?![A-Z0-9])", re.I),
    "un NSS": re.compile(r"(?<!\d)\d{11}(?!\d)"),
    "un correo": re.compile(r"[^\s\"@]+@[^\s\"@]+\.[a-z]{2,}", re.I),
}


class PersonalDataInMessage(RuntimeError):
    """A task was about to carry a person's data; the message says which kind, not which."""


class Mensajero(Celery):
    """Celery, that sends no person's data.

    A class and not a signal: what a receiver of Celery's signals raises is logged,
    and the message goes out all the same.
    """

    def send_task(  # type: ignore[override] # Celery calls it so, never by position
        self, name: str, args: Any = None, kwargs: Any = None, **options: Any
    ) -> Any:
        refuse_personal_data(name, args, kwargs)
        headers = {**(options.pop("headers", None) or {}), HEADER: registro.referencia.get()}
        return super().send_task(name, args, kwargs, headers=headers, **options)


def refuse_personal_data(name: str, *arguments: Any) -> None:
    """Raise PersonalDataInMessage if the arguments hold a CURP, an NSS or a mailbox."""
    text = json.dumps(arguments, default=str, ensure_ascii=False)
    for kind, pattern in PERSONAL.items():
        if pattern.search(text):
            raise PersonalDataInMessage(f"la tarea {name} llevaba {kind}")


@task_prerun.connect(dispatch_uid="comun.mensajes.tomar")
def take_reference(task: Any, **_: Any) -> None:
    """Let the worker's lines bear the reference of the request that rang."""
    found = str(task.request.get(HEADER) or "")
    registro.referencia.set(found if REFERENCE.fullmatch(found) else "")


@task_postrun.connect(dispatch_uid="comun.mensajes.soltar")
def drop_reference(**_: Any) -> None:
    registro.referencia.set("")

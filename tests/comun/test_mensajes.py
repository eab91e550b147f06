"""The broker carries numbers and references: a message that would carry a person is not sent."""

import pytest

from comun import mensajes, registro
from comun.mensajes import PersonalDataInMessage, refuse_personal_data
from imss_portal.celery import app


def publish(*args: object, **kwargs: object) -> None:
    refuse_personal_data("comun.atender", args, kwargs)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("LORA070514MGRPVNA4", "una CURP"),
        ("la curp lora070514mgrpvna4 de", "una CURP"),
        ({"nss": "92919084431"}, "un NSS"),
        (92919084431, "un NSS"),
        (["ana@example.org"], "un correo"),
    ],
)
@pytest.mark.parametrize("named", [False, True])
def test_task_with_a_persons_data_raises_and_does_not_repeat_it(value, kind, named):
    with pytest.raises(PersonalDataInMessage, match=f"comun.atender llevaba {kind}") as refused:
        publish(dato=value) if named else publish(value)
    assert str(value) not in str(refused.value)


@pytest.mark.parametrize("value", [7, "550e8400-e29b-41d4-a716-446655440000", "1" * 23, "barrer"])
def test_numbers_of_rows_and_references_pass(value):
    publish(value)


@pytest.fixture
def broker():
    """A queue of the test's own, read as the worker would."""
    with app.connection_for_write() as link:
        queue = link.SimpleQueue("pruebas")
        yield lambda name, *args: app.send_task(name, args, connection=link, queue="pruebas"), queue
        queue.clear()


def test_it_stands_in_celerys_own_way_out(broker):
    send, queue = broker
    with pytest.raises(PersonalDataInMessage):
        send("pruebas.lleva", "ana@example.org")
    assert queue.channel.client.llen("pruebas") == 0


def test_step_bears_the_reference_of_the_request_that_rang(broker):
    send, queue = broker
    mark = registro.referencia.set("0A1B2C3D")
    try:
        send("comun.atender", 7)
    finally:
        registro.referencia.reset(mark)
    assert queue.get(timeout=5).headers["referencia"] == "0A1B2C3D"


@pytest.mark.parametrize(("sent", "taken"), [("0A1B2C3D", "0A1B2C3D"), ("ana@example.org", "")])
def test_worker_takes_a_reference_and_nothing_else(sent, taken):
    class Task:
        request = {"referencia": sent}

    mensajes.take_reference(task=Task())
    assert registro.referencia.get() == taken
    mensajes.drop_reference()
    assert registro.referencia.get() == ""

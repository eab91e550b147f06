"""Sweeps and farms are seen, a school's morning is not; what is kept of either names nobody."""

import random
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comun import reloj
from comun.models import Bitacora
from nss.values import Curp
from tests.nss.personas import identidad
from tests.personal.entrada import come_in, staff
from tests.tramites.escena import CORREO, PASO1, WAIT
from tests.tramites.visita import Visita
from tramites.models import Alerta, Rastro, SalDeRastro, Solicitud
from tramites.services import rastros
from tramites.services.captura import open_solicitud
from tramites.sospechas import likeness

pytestmark = pytest.mark.django_db
SCHOOL, HOME = "203.0.113.5", "198.51.100.7"
GIVEN = "ana luis maria jose juan sofia diego valeria carlos fernanda jorge daniela miguel andrea"
FAMILY = (
    "lopez perez garcia ramirez hernandez flores gomez cruz morales reyes ortiz castillo mendoza"
)


@pytest.fixture
def noon() -> datetime:
    """An instant far from where one day's salt ends."""
    today = reloj.local_date(reloj.now())
    return datetime.combine(today, time(12), timezone.get_current_timezone())


def enter(curp, correo, *, now, red=HOME, con_pase=False, proves=False) -> None:
    row = open_solicitud(curp=curp, correo=correo, now=now)
    rastros.leave(solicitud=row, red=red, con_pase=con_pase, now=now)
    if proves:
        Solicitud.objects.filter(pk=row.pk).update(confirmada_en=now)


def word(n: int) -> str:
    """A mailbox of its own, that no other looks like."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{n:04}")


def curp(n):
    return identidad(n).curp


def seen(now) -> set[str]:
    rastros.detect(now)
    return set(Alerta.objects.values_list("clase", flat=True))


# --- who does no harm --------------------------------------------------------------------------


def test_a_mornings_school_raises_nothing(noon):
    """300 students behind one address: names with numbers, school mailboxes, 15 % give up, some err."""
    chance = random.Random(7)
    for n in range(300):
        moment = noon + timedelta(seconds=10 * n)
        name = (
            f"{chance.choice(GIVEN.split())}.{chance.choice(FAMILY.split())}{chance.randrange(100)}"
        )
        public = f"{name}{n}@{chance.choice(('gmail.com', 'hotmail.com', 'outlook.com'))}"
        correo = public if n % 5 else f"al2023{n:04}@cetis26.edu.mx"
        if n % 20 == 0:  # a mailbox mistyped, then put right
            enter(curp(n), f"x{correo}", now=moment, red=SCHOOL)
        enter(curp(n), correo, now=moment, red=SCHOOL, proves=chance.random() < 0.85)
        if n % 60 == 0:
            assert seen(moment) == set()
    assert seen(noon + timedelta(minutes=50)) == set()


def test_families_and_kind_neighbours_raise_nothing(noon):
    for n in range(3):
        enter(curp(n), CORREO, now=noon, proves=True)
    for n in range(4):
        enter(curp(9), f"mio{n}@example.org", now=noon)
    assert seen(noon + timedelta(hours=1)) == set()


# --- attackers ------------------------------------------------------------------------------------


def test_a_sweep_of_curps_from_one_network(noon):
    for n in range(45):
        enter(curp(n), f"{word(n)}@gmail.com", now=noon + timedelta(seconds=n))
    assert seen(noon + timedelta(minutes=30)) == {"barrido"}
    assert Alerta.objects.get().cuenta == 45


def test_a_slow_sweep_is_seen_by_the_day(noon):
    for n in range(160):
        enter(curp(n), f"{word(n)}@gmail.com", now=noon - timedelta(minutes=4 * n))
    assert "barrido" in seen(noon + timedelta(minutes=20))


def test_a_network_with_a_pass_is_no_sweep(noon):
    for n in range(45):
        enter(curp(n), f"{word(n)}@gmail.com", now=noon, red=SCHOOL, con_pase=True)
    assert seen(noon + timedelta(minutes=30)) == set()


def test_guessing_the_end_of_a_curp_from_many_networks(noon):
    root = curp(1)[:16]
    guesses = []
    for letter in "ABCDEFGH":
        for digit in "0123456789":
            try:
                guesses.append(Curp(root + letter + digit))
            except Exception:  # the check digit of another
                continue
    for n, guess in enumerate(guesses[:4]):
        enter(guess, f"{word(n)}@gmail.com", now=noon, red=f"198.51.{n}.1")
    assert seen(noon) == {"candidatas"}


def test_one_curp_from_many_mailboxes(noon):
    for n in range(5):
        enter(curp(1), f"{'abcde'[n]}@example.org", now=noon, red=f"198.51.{n}.1")
    assert seen(noon) == {"buzones"}


def test_one_mailbox_spelled_in_many_ways(noon):
    for n, spelled in enumerate(("ana.lopez", "a.nalopez+1", "analopez+2")):
        enter(curp(n), f"{spelled}@gmail.com", now=noon, red=f"198.51.{n}.1")
    assert seen(noon) == {"alias"}


def test_a_farm_that_numbers_its_mailboxes(noon):
    for n in range(6):
        enter(curp(n), f"granja{n}@gmail.com", now=noon, proves=True)
    assert seen(noon) == {"numerados"}


def test_a_farm_of_rare_domains(noon):
    for n in range(8):
        enter(curp(n), f"a@dominio{n}.xyz", now=noon, proves=True)
    assert seen(noon) == {"dominios"}


def test_a_burst_of_throwaway_mailboxes(noon):
    for n in range(4):
        enter(curp(n), f"{'abcd'[n]}@yopmail.com", now=noon, red=f"198.51.{n}.1")
    assert seen(noon) == {"desechables"}


# --- what is kept ---------------------------------------------------------------------------------


def test_an_alert_is_told_once_and_grows(noon, caplog):
    for n in range(5):
        enter(curp(1), f"{'abcde'[n]}@example.org", now=noon)
    assert rastros.detect(noon) == 1
    enter(curp(1), "f@example.org", now=noon)
    assert rastros.detect(noon) == 0
    assert Alerta.objects.get().cuenta == 6
    told = [line.getMessage() for line in caplog.records if "abuso" in line.getMessage()]
    assert told == ["alerta de abuso: buzones, 5"]


def test_traces_name_nobody_and_are_gone_in_two_days(noon):
    enter(curp(1), CORREO, now=noon)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tramites_rastro t")
        text = cursor.fetchone()[0]
    for secret in (curp(1), CORREO, HOME):
        assert secret not in text
        assert secret.encode().hex() not in text
    rastros.detect(noon + timedelta(hours=49))
    assert not Rastro.objects.exists()
    rastros.detect(noon + timedelta(days=3))
    assert not SalDeRastro.objects.exists()


def test_days_cannot_be_joined(noon):
    for days in (0, 1):
        enter(curp(1), CORREO, now=noon + timedelta(days=days))
    first, second = Rastro.objects.all()
    for name in ("red", "curp", "tallo", "correo", "alias", "dominio", "par"):
        assert getattr(first, name) != getattr(second, name), name


def test_what_makes_mailboxes_alike():
    assert likeness("a.b+c@gmail.com").alias == "ab@gmail.com"
    assert likeness("+c@gmail.com").alias == "+c@gmail.com"
    assert likeness("123@gmail.com").familia == "123@gmail.com"
    assert likeness("al123@escuela.edu.mx").dominio == "escuela.edu.mx"


# --- by the pages ---------------------------------------------------------------------------------


def test_each_capture_and_each_change_of_mailbox_leave_one_trace(settings):
    settings.REENVIO_SEGUNDOS = 0
    browser = Visita()
    browser.capture(curp=curp(1), correo=CORREO)
    browser.post(f"{WAIT}correo/", {"correo": "eva@example.org"})
    one, other = Rastro.objects.order_by("pk")
    assert one.curp == other.curp
    assert one.correo != other.correo


def send_without_image(browser, n):
    form = browser.get(PASO1).form("form-captura")
    correo = f"{'abcdefghijklmnop'[n]}@example.org"
    typed = {"curp": curp(n), "correo": correo, "correo_otra_vez": correo}
    return browser.post(PASO1, form | typed)


def test_by_suspicion_the_image_is_asked_where_many_come(settings):
    settings.CAPTCHA = "sospecha"
    ends = [send_without_image(Visita(), n).url for n in range(12)]
    assert ends == [WAIT] * 10 + [""] * 2
    assert "caracteres de la imagen" in Visita().get(PASO1).text


def test_by_default_everybody_is_asked():
    page = send_without_image(Visita(), 1)
    assert "Escribe los caracteres de la imagen nueva" in page.text


def test_an_open_alert_of_the_network_asks_until_staff_attend_it(settings, client):
    settings.CAPTCHA = "sospecha"
    now = reloj.now()
    for n in range(8):
        enter(curp(n), f"a@dominio{n}.xyz", now=now, red="127.0.0.1", proves=True)
    rastros.detect(now)
    Rastro.objects.update(momento=now - timedelta(hours=1))
    assert send_without_image(Visita(), 9).url == ""
    alert = Alerta.objects.get()
    come_in(client, staff_who_attends())
    address = reverse("admin:tramites_alerta_change", args=(alert.pk,))
    assert "obligatorio" in client.post(address, {"motivo": ""}).content.decode()
    assert client.post(address, {"motivo": "falsa"}).status_code == 302
    alert.refresh_from_db()
    assert alert.atendida_en is not None
    assert Bitacora.objects.get(accion="alerta.atendida").razon == "falsa"
    assert send_without_image(Visita(), 9).url == WAIT


def staff_who_attends():
    from django.contrib.auth.models import Permission

    user = staff()
    names = ("view_alerta", "change_alerta")
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return user

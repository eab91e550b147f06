"""Can anybody outside tell six kinds of CURP apart? A classifier tries, after it proved it sees 2 ms."""

import os
import random
import re
import statistics
from itertools import combinations

import pytest
from django.core.management import call_command

from comun.models import Pendiente
from tests.larga.enumeracion.buzon import Recibido, deliver
from tests.larga.enumeracion.clasificador import balanced_accuracy
from tests.larga.enumeracion.cronometro import Conexion, Visto, serving, visits
from tests.nss.personas import identidad
from tests.tramites import seis

pytestmark = [
    pytest.mark.larga,
    pytest.mark.timeout(7200),
    pytest.mark.django_db(transaction=True),
]
EACH, TRIES = 1_000, 4  # CURPs of each kind; answers of each CURP
PLANTED, PLANTED_TRIES = 300, 20
MAIL_SECONDS = 0.020  # planted: each person gets one mail, not twenty answers
CHANCE = re.compile(
    rb"(?m)^(Date|Expires|X-Referencia): [^\r]*|(?<=sesion=)\w+|(?<=expires=)[^;]*|(?<=csrf=)\w+"
)
SHARES = {"maximo": 0.55, "plantada": 0.95}


def measure(port: int, people: list[seis.Caso], tries: int, seed: int) -> list[Visto]:
    """Enter with everybody, `tries` times, each round in an order of its own."""
    found = [Visto(caso) for caso in people]
    line, chance = Conexion(port), random.Random(seed)
    for visit in visits(100):  # nobody's: the server warms up
        line.enter(people[0], visit)
    for _ in range(tries):
        order = list(found)
        chance.shuffle(order)
        for seen, visit in zip(order, visits(len(order)), strict=True):
            seconds, answer = line.enter(seen.caso, visit)
            seen.segundos.append(seconds)
            seen.respuestas.add(CHANCE.sub(b"", answer))
    return found


def features(seen: Visto) -> tuple[object, ...]:
    """Status, headers and bytes as one label; times as the least, the middle and the first."""
    times = seen.segundos
    return (frozenset(seen.respuestas), min(times), statistics.median(times), times[0])


def planted(folder) -> tuple[float, float]:
    """Return how well it tells, of one kind of CURP, the half whose answer is 2 ms late, or mail 20."""
    people = [
        seis.Caso("lenta" if n % 2 else "normal", identidad(50_000 + n), f"p{n:06}@example.org")
        for n in range(2 * PLANTED)
    ]
    slow = [caso for caso in people if caso.clase == "lenta"]
    with serving(folder, [str(caso.quien.curp) for caso in slow]) as port:
        seen = measure(port, people, PLANTED_TRIES, seed=2)
    kinds = [one.caso.clase for one in seen]
    got = deliver([caso.correo for caso in slow], by=MAIL_SECONDS, seed=2)
    return (
        balanced_accuracy([features(one) for one in seen], kinds),
        balanced_accuracy([mails(got[one.caso.correo]) for one in seen], kinds),
    )


def mails(got: Recibido) -> tuple[object, ...]:
    """Number and size of the mails as one label; how long they took."""
    return (got.bytes, got.segundos)


def test_nobody_tells_six_kinds_of_curp_apart(tmp_path, medida):
    call_command("cargar_fichas", "--aplicar", verbosity=0)
    sees, sees_mails = planted(tmp_path)
    Pendiente.objects.all().delete()
    people = list(seis.all_kinds(EACH))
    with serving(tmp_path, ()) as port:
        seen = measure(port, people, TRIES, seed=1)
    got = deliver()
    rows = [(*features(one), *mails(got[one.caso.correo])) for one in seen]
    kinds = [one.caso.clase for one in seen]
    pairs = {
        f"{a}/{b}": balanced_accuracy(
            *zip(*[(r, k) for r, k in zip(rows, kinds, strict=True) if k in (a, b)], strict=True)
        )
        for a, b in combinations(seis.KINDS, 2)
    }
    answers = {answer for one in seen for answer in one.respuestas}
    cifras = {
        "curp_por_clase": EACH,
        "clases": len(seis.KINDS),
        "respuestas_por_curp": TRIES,
        "respuestas_distintas": len(answers),
        "correos": sum(len(one.bytes) for one in got.values()),
        "tamanos_de_correo": len({one.bytes for one in got.values()}),
        "exactitud_con_2_ms_de_mas": round(sees, 3),
        "exactitud_con_20_ms_de_mas_en_el_correo": round(sees_mails, 3),
        "exactitud_por_pares": {name: round(share, 3) for name, share in pairs.items()},
        "exactitud_entre_seis": round(balanced_accuracy(rows, kinds), 3),
        "mediana_ms": round(1000 * statistics.median(t for one in seen for t in one.segundos), 2),
        "mediana_del_correo_ms": round(
            1000 * statistics.median(one.segundos for one in got.values()), 2
        ),
        "carga": round(os.getloadavg()[0], 1),
    }
    medida("enumeracion", cifras)
    assert min(sees, sees_mails) >= SHARES["plantada"], cifras
    assert len(answers) == 1
    assert {len(one.bytes) for one in got.values()} == {1}
    assert max(pairs.values()) <= SHARES["maximo"], cifras

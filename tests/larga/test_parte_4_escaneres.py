"""wapiti and sqlmap on the running portal: nothing grave; and each finds the hole that is planted."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from imss_portal.demo.estudiante import Estudiante
from imss_portal.demo.pila import Pila
from tests.larga.escaneres import GRAVE, install, sqlmap, wapiti
from tests.larga.trampa import trampa

pytestmark = [pytest.mark.larga, pytest.mark.pila, pytest.mark.timeout(1800)]
# What wapiti calls medium and is no flaw here, each with its reason.
EXPLICADO = {
    (
        "Cross Site Request Forgery",
        "/verificar/pdf/",
    ): "after 20 a minute it says so before the form"
    " is read; until then it asks for the token (tests/constancias/test_publico.py, and the proxy's)",
}
STARTS = (
    *("/tramites/", "/asignacion-nss/", "/verificar/", "/admin/login/", "/buscar/?q=seguro"),
    *("/directorio/", "/datos/", "/privacidad/", "/quiosco/", "/ayuda/curp/", "/componentes/"),
)
OF_THE_PERSON = ("/asignacion-nss/mi-tramite/", "/asignacion-nss/mi-tramite/domicilio/")
# Every address of the portal that takes a value from whoever asks: what is attacked in it.
DOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/buscar/?q=seguro", ("-p", "q")),
    ("/tramites/imss-02-008*/", ()),
    ("/para/derechohabientes*/empleo/", ()),
    ("/c/nada*", ()),
    ("/asignacion-nss/revisar-curp/", ("--data", "curp=LORA070514MGRPVNA1", "-p", "curp")),
    ("/verificar/?c=ABCDE-FGHJK", ("-p", "c")),
    (
        "/admin/login/",
        ("--data", "username=ana&password=x", "-p", "username"),
    ),
)


@pytest.fixture(scope="module")
def programas(request) -> Path:
    return install(Path(request.config.cache.mkdir("escaneres")))


@pytest.fixture(scope="module")
def portal(tmp_path_factory, opciones):
    """A stack that counts no visits: what is measured is the code, not the limits before it."""
    folder = tmp_path_factory.mktemp("escaneado")
    made = opciones(folder)
    free = {"LIMITE_MINUTO": "1000000", "LIMITE_HORA": "10000000"}
    stack = Pila(folder, replace(made, ajustes={**made.ajustes, **free}))
    try:
        stack.start()
        yield stack
    finally:
        stack.discard()


@pytest.fixture(scope="module")
def sesion(portal) -> str:
    """The cookies of somebody in the middle of their trámite."""
    assert portal.entorno
    curp = portal.manage("persona_libre", "--caso", "asignado").split()[0]
    one = Estudiante(portal.entorno, curp=curp, correo="escaneada@example.org")
    one.capturar()
    one.confirmar_por_codigo()
    one.esperar("requiere_domicilio")
    return ";".join(f"{cookie.name}={cookie.value}" for cookie in one.web.cookies)


def grave(found):
    return [one for one in found if one.nivel >= GRAVE and (one.clase, one.camino) not in EXPLICADO]


def test_scanners_find_nothing_grave_in_the_portal_and_the_planted_holes(
    portal, sesion, programas, tmp_path, medida
):
    url, seen, pages = portal.env["URL_PORTAL"], [], 0
    for name, starts, cookie in (("anonima", STARTS, ""), ("persona", OF_THE_PERSON, sesion)):
        (folder := tmp_path / name).mkdir()
        found, looked = wapiti(programas, folder, url, starts=starts, cookie=cookie)
        seen, pages = seen + found, pages + looked
    open_doors = []
    for n, (door, more) in enumerate(DOORS):
        (folder := tmp_path / f"puerta-{n}").mkdir()
        into, _ = sqlmap(programas, folder, url + door, "--dbms", "postgresql", *more)
        open_doors += [door] if into else []
    (folder := tmp_path / "trampa").mkdir()
    with trampa() as bad:
        planted, _ = wapiti(programas, folder, bad)
        into, _ = sqlmap(programas, folder, f"{bad}/fila?id=1", "-p", "id")
        not_into, _ = sqlmap(programas, folder, f"{bad}/eco?q=1", "-p", "q")
    kinds = Counter(one.clase for one in planted)
    figures = {
        "wapiti": {
            "paginas": pages,
            "por_nivel": dict(Counter(str(one.nivel) for one in seen)),
            "leves": sorted({f"{one.clase}: {one.dicho}" for one in seen if one.nivel < GRAVE}),
            "graves_sin_explicar": len(grave(seen)),
        },
        "sqlmap": {"puertas": len(DOORS), "abiertas": len(open_doors)},
        "plantados": {
            "wapiti": sorted(kinds),
            "sqlmap_entra_en_la_mala": into,
            "sqlmap_entra_en_la_buena": not_into,
        },
        "carga": round(os.getloadavg()[0], 1),
    }
    medida("escaneres", figures)
    assert {"SQL Injection", "Reflected Cross Site Scripting", "Open Redirect"} <= set(kinds)
    assert (into, not_into) == (True, False)
    assert grave(seen) == []
    assert open_doors == []
    assert pages > 20

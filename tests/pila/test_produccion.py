"""MODO=produccion: what is half configured does not start and says why; what is whole serves."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.pila.puesta import HOST, beat, complete, key, start, start_web, worker

SAME = key("k1")
# What is changed in a whole set-up (None: taken away), and what the refusal has to say.
HALVES: dict[str, tuple[dict[str, str | None], str]] = {
    "emisor-ausente": ({"EMISOR_NOMBRE": None}, "EMISOR_NOMBRE falta o es el de la demostración"),
    "emisor-de-demo": ({"EMISOR_NOMBRE": "Portal NSS (demostración)"}, "portal.E101"),
    "contacto-ausente": ({"EMISOR_CONTACTO": None}, "EMISOR_CONTACTO falta"),
    "invocante-ausente": ({"INVOCANTE": None}, "INVOCANTE falta"),
    "correo-ausente": ({"EMAIL_URL": None}, "EMAIL_URL falta o lleva al buzón"),
    "correo-de-demo": ({"EMAIL_URL": "smtp://127.0.0.1:40125"}, "127.0.0.1:40125"),
    "correo-a-consola": ({"EMAIL_URL": "consolemail://"}, "EMAIL_URL no entrega correos"),
    "correo-sin-cifrar": ({"EMAIL_URL": "smtp://correo.unam.mx:25"}, "sin cifrar"),
    "buzon-abierto": ({"BUZON_DIR": "/tmp/buzon"}, "BUZON_DIR es de la demostración"),
    "remitente-ausente": ({"CORREO_REMITENTE": None}, "CORREO_REMITENTE falta"),
    "remitente-de-ejemplo": ({"CORREO_REMITENTE": "nss@example.org"}, "CORREO_REMITENTE falta"),
    "sin-https": ({"URL_PORTAL": f"http://{HOST}"}, "URL_PORTAL no es https"),
    "url-ausente": ({"URL_PORTAL": None}, "«127.0.0.1» es de ejemplo o de esta máquina"),
    "url-de-ejemplo": (
        {"URL_PORTAL": "https://nss.escuela.example", "ALLOWED_HOSTS": "nss.escuela.example"},
        "URL_PORTAL no tiene un dominio propio",
    ),
    "url-local": (
        {"URL_PORTAL": "https://localhost:8443", "ALLOWED_HOSTS": "localhost"},
        "URL_PORTAL no tiene un dominio propio",
    ),
    "hosts-cualquiera": ({"ALLOWED_HOSTS": f"{HOST} *"}, "deja pasar cualquier nombre: *"),
    "hosts-ausente": ({"ALLOWED_HOSTS": None}, f"no tiene el nombre de URL_PORTAL: «{HOST}»"),
    "hosts-de-mas": ({"ALLOWED_HOSTS": f"{HOST} otro.mx"}, "no son el de URL_PORTAL: otro.mx"),
    "sin-proxy": ({"PROXIES_CONFIABLES": None}, "PROXIES_CONFIABLES está vacío"),
    "proxy-de-todos": ({"PROXIES_CONFIABLES": "0.0.0.0/0"}, "demasiado amplio: 0.0.0.0/0"),
    "un-solo-rol": (
        {"DATABASE_OWNER_URL": "postgres://servicio@/portal?host=/nonexistent"},
        "usan el mismo rol: servicio",
    ),
    "base-sin-clave": ({"DATABASE_URL": "postgres://servicio@base/portal"}, "no lleva clave"),
    "base-de-ejemplo": (
        {"DATABASE_URL": "postgres://servicio:clave-del-servicio@base/portal"},
        "la de .env.example",
    ),
    "cola-sin-clave": (
        {"REDIS_URL": "redis://redis:6379/0", "CACHE_URL": "redis://cache:x@redis:6379/0"},
        "REDIS_URL no lleva clave",
    ),
    "cache-sin-clave": ({"CACHE_URL": "redis://redis:6379/0"}, "CACHE_URL no lleva clave"),
    "secreto-corto": ({"SECRET_KEY": "abc123"}, "SECRET_KEY es corta"),
    "secreto-de-ejemplo": (
        {"SECRET_KEY": "cambia-esto-por-50-caracteres-al-azar-0123456789-abcdefghij"},
        "SECRET_KEY es corta, repetida o de ejemplo",
    ),
    "llave-de-ejemplo": ({"LLAVES_DATOS": "d1:" + "A" * 43 + "="}, "LLAVES_DATOS tiene una llave"),
    "llaves-ausentes": ({"LLAVES_DATOS": "", "LLAVES_INDICE": ""}, "comun.E001"),
    "llaves-iguales": ({"LLAVES_DATOS": SAME, "LLAVES_INDICE": SAME}, "comparten una llave"),
    "sin-prueba-de-identidad": ({"PRUEBA_IDENTIDAD": "ninguna"}, "PRUEBA_IDENTIDAD=ninguna"),
    "con-caos": ({"CAOS_DIR": "/tmp/caos"}, "CAOS_DIR es solo para pruebas"),
    "sin-domicilio": ({"EMISOR_DOMICILIO": None}, "Falta EMISOR_DOMICILIO"),
    "fuente-sin-direccion": ({"FUENTE_IDENTIDAD": "http"}, "pide IDENTIDAD_URL con https"),
    "fuente-de-pruebas": ({"FUENTE_IDENTIDAD": "tests.fuentes.Falsa"}, "FUENTE_IDENTIDAD no es"),
    "trabajo-nulo": ({"TRABAJO_BITS": "1"}, "TRABAJO_BITS=1"),
    "trabajo-sin-fin": ({"TRABAJO_BITS": "40"}, "TRABAJO_BITS=40"),
    "enlace-de-un-mes": ({"ENLACE_HORAS": "720"}, "ENLACE_HORAS=720"),
    "retencion-de-una-hora": ({"RETENCION_HORAS": "1"}, "RETENCION_HORAS=1"),
    "documentos-a-la-vista": ({"DOCUMENTOS_DIR": "relativa"}, "DOCUMENTOS_DIR está donde"),
    "sello-en-la-web": ({"LLAVE_SELLO": "/datos/sello.pem"}, "al alcance de web"),
}
AT_ONCE = 2


def spoilt(env: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in {**env, **changes}.items() if value is not None}


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    """Start the web server of each half, two at a time; what each printed and its code."""
    folder = tmp_path_factory.mktemp("puestas")
    whole = complete(folder)

    def run(name: str) -> tuple[int, str]:
        door = f"unix:{folder / name}.sock"
        ended = start_web(spoilt(whole, HALVES[name][0]), door)
        return ended.returncode, ended.stderr

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(HALVES, pool.map(run, HALVES), strict=True))


@pytest.mark.parametrize("name", HALVES)
def test_half_a_set_up_does_not_start_and_says_why(refusals, name):
    code, told = refusals[name]
    assert code == 3
    assert "web no arranca" in told
    assert HALVES[name][1] in told
    assert "Traceback" not in told


def test_only_what_is_wrong_is_told(refusals):
    """A whole set-up but for one thing gets one reason: the others were found to be right."""
    single = [name for name, (changes, _) in HALVES.items() if len(changes) == 1]
    counts = {name: len(re.findall(r"^  \(\w+\.E", refusals[name][1], re.M)) for name in single}
    several = {"url-ausente": 3}  # no https, no domain, and not what ALLOWED_HOSTS says
    assert {name: n for name, n in counts.items() if n != several.get(name, 1)} == {}


@pytest.mark.parametrize("papel", ["trabajador", "agenda", "manage.py"])
def test_every_process_refuses(tmp_path, papel):
    env = spoilt(complete(tmp_path), {"INVOCANTE": None, "URL_PORTAL": "http://127.0.0.1"})
    command = {
        "trabajador": worker(),
        "agenda": beat(tmp_path),
        "manage.py": ("python", "manage.py", "reintentar", "--todas"),
    }[papel]
    ended = start(env, *command)
    assert ended.returncode != 0
    assert "INVOCANTE falta" in ended.stderr
    assert "URL_PORTAL no es https" in ended.stderr


def test_worker_without_its_key_is_refused(tmp_path):
    ended = start(complete(tmp_path), *worker())
    assert (ended.returncode, "Falta LLAVE_SELLO" in ended.stderr) == (3, True)


def test_keys_of_this_machines_demo_are_refused(tmp_path):
    env = complete(tmp_path)
    demo = Path(env["DATOS_DIR"]) / "llaves"
    demo.mkdir(parents=True)
    for name in ("SECRET_KEY", "LLAVES_DATOS", "LLAVES_INDICE"):
        (demo / name.lower()).write_text(env[name])
    (demo / "sello.pem").write_text("llave")
    (copy := tmp_path / "copia.pem").write_text("llave")
    copy.chmod(0o644)
    told = start(env | {"LLAVE_SELLO": str(copy)}, *worker()).stderr
    for name in ("SECRET_KEY", "LLAVES_DATOS", "LLAVES_INDICE"):
        assert f"{name} es la de la demostración" in told
    assert "LLAVE_SELLO es la llave de la demostración" in told
    assert "LLAVE_SELLO la pueden leer otros" in told


def test_check_of_django_has_nothing_to_say_of_a_whole_one(tmp_path):
    ended = start(
        complete(tmp_path), "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"
    )
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout

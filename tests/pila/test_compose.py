"""The production-like layout, read as a person reviewing it would."""

import re
from pathlib import Path

import pytest
import yaml

from tests.pila import puesta

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
SETTINGS = (ROOT / "imss_portal" / "settings.py").read_text()
OURS = ("web", "worker", "beat", "migrar")
# Variables that the portal reads and the file passes to no service, and why.
NOT_PASSED = {
    "BARRIDO_CADA": "the pace of the queue, as it was proved",
    "ARRIENDO": "the pace of the queue, as it was proved",
    "REAVISO": "the pace of the queue, as it was proved",
    "STATIC_ROOT": "the image sets it",
    "FUENTES_DIR": "the image sets it",
    "BUZON_DIR": "of the demo alone",
    "CAOS_DIR": "of the tests alone",
}


def test_all_parts_are_there():
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrar", "postgres", "redis"}


@pytest.mark.parametrize("kind", ["volumes", "networks", "configs", "secrets"])
def test_everything_named_is_declared_and_used(kind):
    declared = set(COMPOSE[kind])
    named = set()
    for service in SERVICES.values():
        for entry in service.get(kind, []):
            named.add(entry["source"] if isinstance(entry, dict) else entry.partition(":")[0])
    assert named == declared


def test_waiting_is_for_services_that_can_say_they_are_ready():
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other]
            else:
                assert how["condition"] == "service_completed_successfully"
                assert SERVICES[other]["restart"] == "no"


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["datos"] == {"internal": True}
    assert "datos" not in SERVICES["proxy"]["networks"]


def test_every_long_service_is_watched_and_comes_back():
    long_lived = {name: s for name, s in SERVICES.items() if name != "migrar"}
    assert all("healthcheck" in service for service in long_lived.values())
    assert {service["restart"] for service in long_lived.values()} == {"unless-stopped"}


def test_secrets_reach_only_who_needs_them():
    holders = {
        name: {service for service in OURS if name in SERVICES[service]["environment"]}
        for name in ("LLAVE_SELLO", "DATABASE_OWNER_URL")
    }
    assert holders == {"LLAVE_SELLO": {"worker"}, "DATABASE_OWNER_URL": {"migrar"}}
    assert [name for name, s in SERVICES.items() if "llaves:/datos/llaves" in s.get("volumes", [])]


def test_no_secret_has_a_value_in_the_file():
    for name in ("SECRET_KEY", "LLAVES_DATOS", "LLAVES_INDICE", "POSTGRES_PASSWORD"):
        assert re.search(rf"{name}: \$\{{\w+:\?\}}", TEXT), name


def test_what_it_asks_of_the_operator_is_enough_to_start(tmp_path):
    values = puesta.complete(tmp_path)
    given = {name: values.get(name, "clave") for name in re.findall(r"\$\{(\w+):\?\}", TEXT)}
    env = {name: values[name] for name in ("PATH", "STATIC_ROOT")}
    for name, value in SERVICES["web"]["environment"].items():
        asked = re.sub(r"\$\{(\w+):\?\}", lambda found: given[found[1]], str(value))
        env[name] = re.sub(r"\$\{\w+:?-([^}]*)\}", r"\1", asked)
    done = puesta.start(env, "python", "manage.py", "check", "--deploy")
    assert done.returncode == 0, done.stderr
    del env["EMISOR_DOMICILIO"]
    assert puesta.start(env, "python", "manage.py", "check", "--deploy").returncode


def test_every_variable_that_the_portal_reads_can_be_set_and_no_other():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', SETTINGS)) | {"DATABASE_OWNER_URL"}
    passed = set().union(*(SERVICES[service]["environment"] for service in OURS))
    assert read - passed == set(NOT_PASSED)
    assert passed - read == set()
    assert {
        name for name in NOT_PASSED if name.endswith(("ROOT", "_DIR")) and name in DOCKERFILE
    } == {
        "STATIC_ROOT",
        "FUENTES_DIR",
    }


def test_the_example_names_every_variable_that_the_file_asks_for():
    asked = set(re.findall(r"\$\{(\w+)(?::\?|:?-)", TEXT))
    told = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert asked - told == {"VERSION", "PUERTO_HTTP", "PUERTO_HTTPS", "RED_FRENTE"}


def test_our_containers_may_do_little():
    for name in OURS:
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]


def test_images_are_named_by_version():
    images = [s["image"] for s in SERVICES.values() if not s["image"].startswith("portal-nss")]
    assert all(re.search(r":\d", image) for image in images), images


def test_proxy_bounds_slow_and_large_requests_and_logs_no_token():
    conf = COMPOSE["configs"]["nginx"]["content"]
    for bound in ("client_body_timeout 10s", "client_header_timeout 10s", "limit_conn conexiones"):
        assert bound in conf
    assert "client_max_body_size 64k" in conf
    (logged,) = re.findall(r"log_format \w+ '([^']+)'", conf)
    assert not re.search(r"request_uri|\$request |args|\$uri|referer|user_agent", logged)
    assert "error_log /dev/stderr emerg" in conf
    assert not re.search(r"(?<!\$)\$(?!\$)", conf)  # compose would take a single $ for its own


def test_image_runs_as_nobody_in_particular_on_pinned_packages():
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["10001"]
    assert DOCKERFILE.count("--require-hashes") == 2
    assert "demo.txt" not in DOCKERFILE


def test_image_gets_every_app_and_nothing_of_the_checkout_besides():
    copied = set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    assert copied == {
        *(
            "imss_portal",
            "tramites",
            "constancias",
            "nss",
            "catalogos",
            "comun",
        ),
        *("templates", "static"),
    }
    assert "*" in ignore
    assert {f"!{name}" for name in copied} <= set(ignore)

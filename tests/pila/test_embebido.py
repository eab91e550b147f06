"""PostgreSQL where user namespaces are denied, as in a container: it runs as nobody, and goes."""

import os
import shutil
from pathlib import Path

import pytest

from imss_portal.demo.anclaje import LONGEST_SOCKET_DIR, socket_dir
from imss_portal.demo.embebido import NOBODY, OWNER, RUNTIME, Postgres
from imss_portal.demo.valkey import Valkey


@pytest.fixture
def no_unshare(tmp_path, monkeypatch):
    """A machine whose only tool is setpriv."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "setpriv").symlink_to(shutil.which("setpriv"))
    monkeypatch.setenv("PATH", str(tools))


def test_root_without_namespaces_serves_as_nobody_and_leaves_nothing(tmp_path, no_unshare):
    server = Postgres(tmp_path / "base", durable=False)
    try:
        server.start()
        owner = Path(f"/proc/{server.process.pid}").stat().st_uid
        assert server.sql("SELECT 1") == "1"
        assert owner == (os.geteuid() or NOBODY)
    finally:
        server.stop()
        server.discard()
    assert server.data.exists() == bool(os.geteuid())  # a user's own rows lie in the base folder


@pytest.fixture
def server(tmp_path):
    server = Postgres(tmp_path, durable=False)
    server.start()
    yield server
    server.stop()


def test_neither_role_is_a_superuser_and_only_the_owner_makes_tables(server):
    roles = server.sql(
        "SELECT rolname, rolsuper FROM pg_roles WHERE rolname IN ('dueno','servicio')"
    )
    owner = server.sql("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'")
    may = server.sql(f"SELECT has_schema_privilege('{RUNTIME}', 'public', 'CREATE')", name="portal")
    assert set(roles.splitlines()) == {"dueno|f", "servicio|f"}
    assert owner == OWNER
    assert may == "f"


def test_server_listens_on_no_port(server):
    assert server.sql("SHOW listen_addresses") == ""
    assert (server.run / ".s.PGSQL.5432").exists()


def test_second_start_of_one_folder_finds_the_first(server):
    twin = Postgres(server.base, durable=False)
    assert twin.start() == server.url()
    assert twin.process is None


def test_broker_answers_and_refuses_nothing_it_should_not(tmp_path):
    broker = Valkey(tmp_path, durable=False)
    assert not broker.ready()
    assert broker.start() == f"redis+socket://{broker.socket}"
    assert broker.ready()
    broker.stop()
    assert not broker.ready()


def test_deep_folder_gets_a_short_private_place_for_sockets(tmp_path):
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    place = socket_dir(deep)
    assert len(str(place)) <= LONGEST_SOCKET_DIR
    assert place.stat().st_mode & 0o777 == 0o700
    place.rmdir()

"""What .ci/preparar.sh promises without touching this machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
PINNED = re.compile(r"^([a-z0-9._\[\]-]+==[^ ;\\]+)", re.MULTILINE)


def pinned(group: str) -> set[str]:
    return set(PINNED.findall((ROOT / "requirements" / f"{group}.txt").read_text()))


@pytest.mark.parametrize(("smaller", "larger"), [("base", "demo"), ("demo", "test")])
def test_each_list_holds_the_one_below(smaller, larger):
    assert pinned(smaller)
    assert pinned(smaller) <= pinned(larger)


@pytest.mark.parametrize("group", ["base", "demo", "test", "uv", "revision", "escaneres"])
def test_every_package_is_bound_by_hash_and_by_no_address(group):
    text = (ROOT / "requirements" / f"{group}.txt").read_text()
    entries = re.split(r"(?m)^(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())
    assert "://" not in text


@pytest.fixture
def bare(tmp_path):
    """A checkout on a machine without libraries, seen by a user who may not install any."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, code in {"ldconfig": 0, "sudo": 1, "apt-get": 97, "pdfsig": 0}.items():
        (tools / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tools / name).chmod(0o755)
    for path in [tmp_path, *tmp_path.parents][:-1]:
        if (
            path.owner() == "root"
            and os.geteuid() == 0
            and path.name.startswith(("pytest", "popen", "test"))
        ):
            path.chmod(0o755)
    return tmp_path


def test_user_without_rights_gets_the_one_line_and_nothing_is_done(bare):
    drop = ["setpriv", f"--reuid={NOBODY}", "--clear-groups", "--"] if os.geteuid() == 0 else []
    env = {"PATH": f"{bare / 'bin'}:{os.environ['PATH']}"}
    run = subprocess.run(
        [*drop, "sh", ".ci/preparar.sh", "demo"],
        cwd=bare,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    (line,) = [line.strip() for line in run.stderr.splitlines() if "apt-get install" in line]
    assert run.returncode == 1
    assert line.startswith("apt-get install -y --no-install-recommends ")
    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"} <= set(line.split())
    assert not (bare / ".venv").exists()


def test_unknown_group_is_refused():
    run = subprocess.run(["sh", ".ci/preparar.sh", "nada"], cwd=ROOT, check=False)
    assert run.returncode == 2

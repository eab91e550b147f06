"""wapiti and sqlmap, each run as a stranger would, against an address of this machine only."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "requirements" / "escaneres.txt"
# Nothing that asks a machine of somebody else's (ssrf, xxe, log4shell) or fetches lists of theirs.
MODULES = "cookieflags,crlf,csp,csrf,exec,file,http_headers,methods,permanentxss,redirect,sql,xss"
GRAVE = 2  # wapiti: 1 low, 2 medium, 3 high, 4 critical
FOUND = "sqlmap identified the following injection point"


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """What wapiti says of one address."""

    clase: str
    nivel: int
    camino: str
    dicho: str


def install(folder: Path) -> Path:
    """Make their environment once, each package by its hash; return where the programs are."""
    home, done = folder / "venv", folder / "listo"
    if not done.exists() or done.read_text() != LIST.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        uv = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "-q",
            "--python",
            str(home / "bin" / "python"),
        ]
        subprocess.run([*uv, "--require-hashes", "-r", str(LIST)], check=True)
        done.write_text(LIST.read_text())
    return home / "bin"


def _run(command: list[str], folder: Path, seconds: float) -> str:
    env = {**os.environ, "HOME": str(folder), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout + done.stderr


def wapiti(
    programs: Path, folder: Path, url: str, *, starts: tuple[str, ...] = (), cookie: str = ""
) -> tuple[list[Hallazgo], int]:
    """Return what it found, and how many addresses it looked at."""
    assert urlsplit(url).hostname == "127.0.0.1"
    report = folder / "wapiti.json"
    command = [
        str(programs / "wapiti"),
        "-u",
        f"{url}/",
        "-m",
        MODULES,
        "-f",
        "json",
        "-o",
        str(report),
    ]
    command += ["--flush-session", "--no-bugreport", "--store-session", str(folder / "w")]
    command += ["--max-scan-time", "30", "--max-attack-time", "10", "-S", "normal", "-v", "0"]
    command += ["--store-config", str(folder / "c"), "-x", rf"{url}/asignacion-nss/salir/"]
    for start in starts:
        command += ["-s", url + start]
    told = _run([*command, *(["-C", cookie] if cookie else [])], folder, 600)
    assert report.exists(), told[-2000:]
    text = json.loads(report.read_text())
    found = [
        Hallazgo(kind, one["level"], one["path"], one["info"])
        for part in ("vulnerabilities", "anomalies")
        for kind, each in text[part].items()
        for one in each
    ]
    return found, int(text["infos"]["crawled_pages_nbr"])


def sqlmap(programs: Path, folder: Path, url: str, *more: str) -> tuple[bool, str]:
    """Return if it found a way into the database, and what it said."""
    assert urlsplit(url).hostname == "127.0.0.1"
    command = [str(programs / "sqlmap"), "-u", url, "--batch", "--disable-coloring", "--level", "2"]
    command += ["--technique", "BEU", "--flush-session", "--output-dir", str(folder / "s")]
    command += ["--timeout", "10", "--retries", "1", "--threads", "2", *more]
    command += ["--ignore-code", "400,401,403,404,405,409"]  # a "no" of the portal is an answer
    told = _run(command, folder, 400)
    tested = re.search(r"all tested parameters do not appear to be injectable", told)
    assert FOUND in told or tested, told[-2000:]
    return FOUND in told, told

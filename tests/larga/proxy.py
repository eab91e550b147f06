"""The proxy of docker-compose.yml, started by Debian's nginx on this machine."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from imss_portal.demo.procesos import await_true
from tests.pila.puesta import HOST

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def program() -> str:
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    assert found, "Falta nginx para esta medida. En Debian: apt-get install nginx-light"
    return found


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate of this test's own for the portal's name."""
    pem, key = folder / "certificado.pem", folder / "llave.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += [
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={HOST}",
        "-addext",
        f"subjectAltName=DNS:{HOST}",
    ]
    command += ["-keyout", str(key), "-out", str(pem)]
    subprocess.run(command, check=True, capture_output=True)
    return pem, key


def written(folder: Path, *, portal: int, http: int, https: int) -> str:
    """Return the configuration as it is shipped, but for the places of this machine."""
    pem, key = certificate(folder)
    conf = COMPOSE["configs"]["nginx"]["content"].replace("$$", "$")
    places = {
        "/tmp/": "%AQUI%/",  # first: other places are under it
        "server web:8000;": f"server 127.0.0.1:{portal};",
        "listen 8080": f"listen 127.0.0.1:{http}",
        "listen 8443": f"listen 127.0.0.1:{https}",
        "/run/secrets/tls_certificado": str(pem),
        "/run/secrets/tls_llave": str(key),
        "/dev/stdout": str(folder / "accesos.log"),
        "/dev/stderr": str(folder / "errores.log"),
    }
    for shipped, here in places.items():
        assert shipped in conf, shipped
        conf = conf.replace(shipped, here)
    conf = conf.replace("%AQUI%", str(folder))
    version = subprocess.run([program(), "-v"], capture_output=True, text=True, check=True).stderr
    if re.search(r"nginx/1\.(\d|1\d|2[0-4])\.", version):
        conf = conf.replace("http2 on;", "")  # a word that this older nginx does not know
    return ("user root;\n" if os.geteuid() == 0 else "") + conf


@contextmanager
def proxy(folder: Path, *, portal: int, http: int, https: int) -> Iterator[None]:
    conf = folder / "nginx.conf"
    conf.write_text(written(folder, portal=portal, http=http, https=https))
    command = [program(), "-c", str(conf), "-p", str(folder), "-g", "daemon off;"]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    def listens() -> bool:
        assert child.poll() is None, child.communicate()[1]
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", https)) == 0

    try:
        await_true(listens, seconds=10, what="nginx")
        yield
    finally:
        child.terminate()
        child.communicate(timeout=20)


def believing(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "certificado.pem"))

"""Runs `check --deploy` as a whole production set-up would: nothing may be said of it."""

import base64
import os
import secrets
import subprocess
import sys


def key() -> str:
    return "p1:" + base64.b64encode(secrets.token_bytes(32)).decode()


def production() -> dict[str, str]:
    """Return the environment of a portal that would serve the world."""
    return {
        "PATH": os.environ["PATH"],
        "MODO": "produccion",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "URL_PORTAL": "https://nss.tec-taxco.edu.mx",
        "ALLOWED_HOSTS": "nss.tec-taxco.edu.mx",
        "PROXIES_CONFIABLES": "172.30.0.0/24",
        "DATABASE_URL": "postgres://servicio:al-azar@base/portal",
        "DATABASE_OWNER_URL": "postgres://dueno:al-azar@base/portal",
        "REDIS_URL": "redis://cola:al-azar@cola:6379/0",
        "EMAIL_URL": "smtp+tls://usuario:al-azar@correo:587",
        "CORREO_REMITENTE": "Portal NSS <nss@tec-taxco.edu.mx>",
        "EMISOR_NOMBRE": "Instituto Tecnológico de Taxco",
        "EMISOR_CONTACTO": "Servicios Escolares",
        "EMISOR_DOMICILIO": "Calle Uno 1, Taxco, Guerrero.",
        "INVOCANTE": "ittaxco",
        "LLAVES_DATOS": key(),
        "LLAVES_INDICE": key(),
        "DOCUMENTOS_DIR": "/datos/documentos",
    }


def main() -> int:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=production(), capture_output=True, text=True, check=False)
    if run.returncode:
        print(run.stdout, run.stderr)
    else:
        print("check --deploy: nada")
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())

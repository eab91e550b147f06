"""Runs `check --deploy` as a production set-up would be: only the refusal of production may speak."""

import base64
import os
import re
import secrets
import subprocess
import sys

# MODO=produccion is refused until its last doors are built; nothing else may be said of it.
ALLOWED = {"comun.E002"}
FINDING = re.compile(r"^\S+: \(([a-z_]+\.[A-Z]\d+)\)", re.MULTILINE)


def key() -> str:
    return "p1:" + base64.b64encode(secrets.token_bytes(32)).decode()


def production() -> dict[str, str]:
    """Return the environment of a portal that would serve the world."""
    return {
        "PATH": os.environ["PATH"],
        "MODO": "produccion",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "URL_PORTAL": "https://nss.escuela.example",
        "ALLOWED_HOSTS": "nss.escuela.example",
        "DATABASE_URL": "postgres://servicio:clave@base/portal",
        "DATABASE_OWNER_URL": "postgres://dueno:clave@base/portal",
        "REDIS_URL": "redis://cola:6379/0",
        "EMAIL_URL": "smtp+tls://usuario:clave@correo:587",
        "EMISOR_NOMBRE": "Escuela de Ejemplo",
        "EMISOR_CONTACTO": "Servicios Escolares",
        "EMISOR_DOMICILIO": "Calle Uno 1, Taxco, Guerrero.",
        "LLAVES_DATOS": key(),
        "LLAVES_INDICE": key(),
    }


def main() -> int:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=production(), capture_output=True, text=True, check=False)
    found = set(FINDING.findall(run.stderr))
    if found <= ALLOWED and (found or run.returncode == 0):
        print(f"check --deploy: {', '.join(sorted(found)) or 'nada'}, y nada más")
        return 0
    print(run.stdout, run.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

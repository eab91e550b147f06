"""Tests: the real settings, on a real Postgres and broker; only hashing and waiting are made cheap."""

import base64
import os
import tempfile
from pathlib import Path

_KEY = base64.b64encode(bytes(range(32))).decode()
os.environ.setdefault("SECRET_KEY", "solo-para-pruebas-" + "x" * 50)
os.environ.setdefault("LLAVES_DATOS", f"p1:{_KEY}")
os.environ.setdefault("LLAVES_INDICE", f"i1:{_KEY}")
os.environ.setdefault("DATABASE_URL", "postgres://servicio@/portal")
os.environ.setdefault("DATABASE_OWNER_URL", "postgres://dueno@/portal")
os.environ.setdefault("REDIS_URL", "redis+socket:///nonexistent/valkey.sock")
os.environ.setdefault("DOCUMENTOS_DIR", str(Path(tempfile.gettempdir()) / "portal-documentos"))
os.environ["BASE_COMO"] = "dueno"  # tests build and flush as the owner

from imss_portal.settings import *  # noqa: E402, F403
from imss_portal.settings import STORAGES, TEMPLATES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LIMITE_MINUTO = LIMITE_HORA = (
    10**6
)  # every test comes from one address; test_puerta sets the real ones
# A name the template asks for and the view does not send shows up as this text.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "¡¡%s!!"

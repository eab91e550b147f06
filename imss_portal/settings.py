"""Settings, safe for production as they stand.

Every value that differs between machines comes from the environment; nothing
secret has a default. `make demo` writes its own environment in .datos/, tests
relax through settings_test.py, so there is one list of apps and one of middleware.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from imss_portal import env, fuentes, registros

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Core --------------------------------------------------------------------
MODO = env.choice("MODO", "demo", ("demo", "produccion"))
DEMO = MODO == "demo"
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
URL_PORTAL = env.text("URL_PORTAL", "http://127.0.0.1:8000").rstrip("/")
ROOT_URLCONF = "imss_portal.urls"
WSGI_APPLICATION = "imss_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

INSTALLED_APPS = [
    "comun.personal.apps.AdminDelPortal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "captcha",
    "imss_portal",
    "tramites.derechos",
    "tramites",
    "constancias",
    "nss",
    "catalogos",
    "comun.personal",
    "comun",
]
MIDDLEWARE = [
    "comun.cabeceras.Cabeceras",
    "comun.middleware.Referencia",
    "comun.middleware.DemoGuard",
    "comun.procedencia.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comun.middleware.PackedPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tramites.pasos.quiosco.QuioscoMiddleware",
    "comun.middleware.MethodPages",
    "comun.middleware.DomainErrors",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comun.context.portal",
            ],
        },
    },
]

# --- Identity of whoever runs this portal --------------------------------------
EMISOR_NOMBRE = env.text("EMISOR_NOMBRE", "Portal NSS (demostración)")
EMISOR_CONTACTO_DE_DEMO = "Mesa de ayuda de tu escuela: Servicios Escolares"
EMISOR_CONTACTO = env.text("EMISOR_CONTACTO", EMISOR_CONTACTO_DE_DEMO)
INVOCANTE = env.text("INVOCANTE", "portalnssdemo")
# What the privacy notice says of whoever runs this; which of the two laws binds them.
EMISOR_DOMICILIO = env.text(
    "EMISOR_DOMICILIO", "no tiene, porque es una demostración." if DEMO else ""
)
EMISOR_TRANSPARENCIA = env.text("EMISOR_TRANSPARENCIA", "") or EMISOR_CONTACTO
EMISOR_REGIMEN = env.choice("EMISOR_REGIMEN", "publico", ("publico", "privado"))
AVISOS_DIR = env.text("AVISOS_DIR", "")  # notices of the operator's own; empty: the portal's
DIAS_INHABILES = env.text(
    "DIAS_INHABILES", ""
)  # file of days that no term counts (tramites.derechos.rules)

# --- Database: the owner migrates, the runtime role serves ----------------------
DATABASE = env.database(
    "DATABASE_OWNER_URL" if os.environ.get("BASE_COMO") == "dueno" else "DATABASE_URL"
)
ROL_SERVICIO = env.database("DATABASE_URL")["USER"]  # receives the grants after migrate
ROL_DUENO = env.user_of("DATABASE_OWNER_URL")  # "" where only the role that serves is known
DATABASES = {
    "default": {
        **DATABASE,
        "CONN_MAX_AGE": 60,  # s
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **DATABASE.get("OPTIONS", {}),
            "connect_timeout": 3,  # s
            "options": "-c statement_timeout=30000 -c lock_timeout=10000"  # ms
            " -c idle_in_transaction_session_timeout=60000",
        },
    }
}

# --- Background work -------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL")
CACHE_URL = env.text("CACHE_URL", "") or REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.cache_of_redis(CACHE_URL),
        "OPTIONS": {
            "socket_timeout": 1,  # s
            "socket_connect_timeout": 1,  # s
            "serializer": "comun.cache.Enteros",
        },
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True  # the message leaves the broker after the work, not before
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # a killed child gives its message back
CELERY_TASK_SOFT_TIME_LIMIT = 20  # s
CELERY_TASK_TIME_LIMIT = 30  # s
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # with late acks, do not hoard what you may lose
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a hint that fails is no error: the sweeper finds the row
# Redis redelivers an unacknowledged message after this long: keep it above any time limit.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,  # s
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    # A page never waits for a broker that is away: one try (kombu would take 6 s for its own).
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
BARRIDO_CADA = env.number("BARRIDO_CADA", 10)  # s between two sweeps
ARRIENDO = env.number("ARRIENDO", 45)  # s a worker may hold a step: above the hard time limit
REAVISO = env.number("REAVISO", 30)  # s before the sweeper rings again for the same row
COLAS: dict[str, str] = {}  # queue of a step, when not the default one
CELERY_BEAT_SCHEDULE = {
    "barrer": {"task": "comun.barrer", "schedule": timedelta(seconds=BARRIDO_CADA)},
    "vigilar": {"task": "tramites.vigilar", "schedule": timedelta(seconds=BARRIDO_CADA)},
    "detectar": {"task": "tramites.detectar", "schedule": timedelta(minutes=1)},
    "estados": {"task": "constancias.refrescar_estados", "schedule": timedelta(minutes=1)},
    "consultas": {"task": "constancias.olvidar_consultas", "schedule": timedelta(minutes=1)},
    "copias": {"task": "derechos.olvidar_copias", "schedule": timedelta(minutes=5)},
    "plazos": {"task": "derechos.recontar", "schedule": timedelta(hours=1)},
    "archivos": {"task": "constancias.barrer_archivos", "schedule": timedelta(days=1)},
    "depurar": {"task": "comun.depurar", "schedule": timedelta(hours=1)},
    "bitacora": {"task": "comun.cabeza", "schedule": timedelta(days=1)},
}

# --- Mail --------------------------------------------------------------------------
vars().update(env.mail("EMAIL_URL", "smtp://127.0.0.1:2525"))
EMAIL_TIMEOUT = 10  # s
DEFAULT_FROM_EMAIL = env.text("CORREO_REMITENTE", "Portal NSS <no-responder@portal.invalid>")
BUZON_PEDIDO = env.text("BUZON_DIR", "")  # demo mailbox: .eml files, loopback only
BUZON_DIR = BUZON_PEDIDO if DEMO else ""

# --- Keys: a ring each, "id:base64 of 32 bytes", the first one writes ---------------
LLAVES_DATOS = env.words("LLAVES_DATOS")
LLAVES_INDICE = env.words("LLAVES_INDICE")
LLAVE_SELLO = env.text("LLAVE_SELLO", "")  # PEM file of the private key: the worker's alone
# RFC 3161 authority that dates the signatures (PAdES B-T); empty: B-B. Its roots: a PEM file.
TSA_URL = env.text("TSA_URL", "")
TSA_AUTORIDAD = env.text("TSA_AUTORIDAD", "")
TARJETAS_POR_HOJA = env.number("TARJETAS_POR_HOJA", 1)  # 1 or 2
DOCUMENTOS_DIR = env.text("DOCUMENTOS_DIR", str(BASE_DIR / ".datos" / "documentos"))

# --- The procedure -------------------------------------------------------------------
ENLACE_HORAS = env.number("ENLACE_HORAS", 24)
RETENCION_HORAS = env.number("RETENCION_HORAS", 72)
REENVIO_SEGUNDOS = env.number("REENVIO_SEGUNDOS", 60)
PRUEBA_IDENTIDAD = env.choice(
    "PRUEBA_IDENTIDAD", "ninguna" if DEMO else "acta", ("ninguna", "acta")
)
# Forms that one address (an IPv4, the /64 of an IPv6) may send in a minute and in an hour.
LIMITE_MINUTO, LIMITE_HORA = env.number("LIMITE_MINUTO", 60), env.number("LIMITE_HORA", 600)
# The image of Paso 1: for everybody, or only where a network looks like a machine.
CAPTCHA = env.choice("CAPTCHA", "siempre", ("siempre", "sospecha"))
# Domains where each person has one mailbox, besides .edu.mx and the well-known providers: wrong
# answers about a certificate are not counted over all of them.
DOMINIOS_COMPARTIDOS = env.domains("DOMINIOS_COMPARTIDOS", "comunidad.unam.mx alumno.ipn.mx")
# Who knows people by their CURP: padron (the table in this database) or http (IDENTIDAD_URL).
FUENTE_IDENTIDAD = env.text("FUENTE_IDENTIDAD", "padron")
IDENTIDAD_URL = env.text("IDENTIDAD_URL", "")
IDENTIDAD_CREDENCIAL = env.text("IDENTIDAD_CREDENCIAL", "")  # the worker's alone
IDENTIDAD_AUTORIDAD = env.text("IDENTIDAD_AUTORIDAD", "")
IDENTIDAD_CERTIFICADO = env.text("IDENTIDAD_CERTIFICADO", "")
IDENTIDAD_LLAVE = env.text("IDENTIDAD_LLAVE", "")
IDENTIDAD_ESPERA = (3, 8)  # s to connect, and in all: under CELERY_TASK_SOFT_TIME_LIMIT
CAOS_DIR = env.text("CAOS_DIR", "")  # tests only: files here arm the fault points of comun.caos

# --- Language, files, sessions ---------------------------------------------------------
LANGUAGE_CODE = "es-mx"
TIME_ZONE = "America/Mexico_City"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
FUENTES = False  # are the portal's own letters there to be served?
if folder := env.text("FUENTES_DIR", ""):
    STATICFILES_DIRS.append(Path(folder))
    FUENTES = fuentes.is_made(Path(folder))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}CommonPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 2 * 3600  # s
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A shared computer (/quiosco/): s without a sign of anybody until it asks, and from there to the end.
QUIOSCO_ESPERA, QUIOSCO_AVISO = env.number("QUIOSCO_ESPERA", 180), env.number("QUIOSCO_AVISO", 60)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Doors: cookie names and flags follow the scheme, so http works in the demo --------
HTTPS = URL_PORTAL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sesion" if HTTPS else "sesion"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "comun.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
# How long a browser comes back by https alone: shorten it only while the certificate is new.
SECURE_HSTS_SECONDS = env.number("HSTS_SEGUNDOS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Not "no-referrer": with it browsers send "Origin: null" and every form fails the CSRF check.
# Nothing leaves this origin either way; the page of a link says "no-referrer" itself.
SECURE_REFERRER_POLICY = "same-origin"
# Proxies of ours: only what these say of the client's address and scheme is believed.
PROXIES_CONFIABLES = env.networks("PROXIES_CONFIABLES")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024  # bytes
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Captcha: exact case, secure generator, burnt at the first try (comun.captcha) -------
CAPTCHA_CHALLENGE_FUNCT = "comun.captcha.challenge"
CAPTCHA_TIMEOUT = 5  # minutes
CAPTCHA_IMAGE_SIZE = (190, 64)
CAPTCHA_FONT_SIZE = 38
CAPTCHA_LETTER_ROTATION = (-18, 18)
CAPTCHA_BACKGROUND_COLOR = "#f6f3ea"
CAPTCHA_FOREGROUND_COLOR = "#003a33"
TRABAJO_BITS = env.number("TRABAJO_BITS", 14)  # of each of 16 searches: some 1.3 s on a phone

# --- Log: lines of code and context, never a person's data --------------------------------
LOGGING = registros.LOGGING
DEFAULT_EXCEPTION_REPORTER = "comun.reporte.Reporte"
DEFAULT_EXCEPTION_REPORTER_FILTER = "comun.reporte.Filtro"

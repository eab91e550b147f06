"""Which loggers speak and how loud; comun.registro says what of it may be written."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linea": {"()": "comun.registro.Lineas"}},
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "linea"}},
    "root": {"handlers": ["consola"], "level": "INFO"},
    "loggers": {
        # No handler of Django's own: one of them mails the whole request to the administrators.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "weasyprint": {"level": "ERROR"},
        "mail.log": {"level": "WARNING"},  # aiosmtpd would log every address
        "fontTools": {"level": "WARNING"},
        "pyhanko": {"level": "WARNING"},
        "pyhanko_certvalidator": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
    },
}

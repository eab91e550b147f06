"""gunicorn's own lines, in the same form as ours: it may quote the address of a request."""

from typing import Any

from gunicorn.glogging import Logger

from comun.registro import Lineas


class Registro(Logger):  # type: ignore[misc]
    """`gunicorn --logger-class comun.registro_gunicorn.Registro`"""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(Lineas())

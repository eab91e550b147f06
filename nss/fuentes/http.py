"""The population registry over HTTP: asked with a deadline, believed only when all of it is right."""

import json
import logging
import time

from django.conf import settings

from comun import cripto, reloj
from comun.cortacircuito import Corte
from comun.errors import Transient
from nss.errors import FuenteAusente, RespuestaDudosa
from nss.fuentes.esquema import VERSION, read_answer
from nss.fuentes.llamada import Destino, Espera, post
from nss.values import Curp, Identidad

log = logging.getLogger(__name__)

CORTE = Corte("identidad")


class FuenteHttp:
    """Whatever stands at settings.IDENTIDAD_URL and speaks docs/fuente-de-identidad.md."""

    def __init__(self) -> None:
        self.destino = Destino(
            url=settings.IDENTIDAD_URL,
            credencial=settings.IDENTIDAD_CREDENCIAL,
            autoridad=settings.IDENTIDAD_AUTORIDAD,
            certificado=settings.IDENTIDAD_CERTIFICADO,
            llave=settings.IDENTIDAD_LLAVE,
        )
        self.espera = Espera(*settings.IDENTIDAD_ESPERA)

    def look_up(self, curp: Curp) -> Identidad | None:
        """Return the person, or None if the source says that it knows no such key.

        Raises
            FuenteAusente: no answer, or its breaker is open.
            RespuestaDudosa: an answer that cannot be believed.
        """
        if not CORTE.lets_through():
            raise FuenteAusente("cortada")
        begun = time.monotonic()
        try:
            found = self._ask(curp)
        except Transient as exc:
            # Never the answer nor the key: a code, and how long it took.
            log.warning("fuente de identidad: %s en %.1f s", exc, time.monotonic() - begun)
            CORTE.failed(about=_subject(curp) if isinstance(exc, RespuestaDudosa) else "")
            raise
        CORTE.succeeded()
        return found

    def _ask(self, curp: Curp) -> Identidad | None:
        body = json.dumps({"version": VERSION, "curp": str(curp)}).encode()
        answer = post(self.destino, body, self.espera)
        return read_answer(answer, asked=curp, today=reloj.local_date(reloj.now()))


def _subject(curp: Curp) -> str:
    return cripto.keyed_digest("fuente", curp.encode()).hex()[:32]

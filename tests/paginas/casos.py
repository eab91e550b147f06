"""All cases: importing this registers them."""

from tests.paginas import (  # noqa: F401
    casos_acta,
    casos_correo,
    casos_derechos,
    casos_entrada,
    casos_errores,
    casos_personal,
    casos_quiosco,
    casos_resultado,
    casos_tramite,
    casos_verificar,
    casos_vinculo,
)
from tests.paginas.registro import CASOS

__all__ = ["CASOS"]

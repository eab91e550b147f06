"""Says of a PDF, a QR or a code that somebody brings whether it is one of ours, check by check."""

from constancias.verificacion.juez import judge, judge_code, judge_token
from constancias.verificacion.lectura import LARGEST
from constancias.verificacion.revisiones import sello_holds
from constancias.verificacion.veredicto import Veredicto

__all__ = ["LARGEST", "Veredicto", "judge", "judge_code", "judge_token", "sello_holds"]

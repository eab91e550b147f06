"""What a person reads when a Solicitud is inconclusa: why, what to bring, where."""

from dataclasses import dataclass

from tramites.enums import Razon

ACTA = "Acta de nacimiento de la persona a la que se le va a asignar el Número de Seguridad Social"
CURP = "CURP"
IDENTIFICACION = (
    "Identificación oficial: credencial para votar, pasaporte vigente mexicano o extranjero,"
    " cartilla del Servicio Militar Nacional o cédula profesional"
)
PAPELES = (ACTA, CURP, IDENTIFICACION)


@dataclass(frozen=True, slots=True)
class Explicacion:
    """Spanish sentences: `titulo` says what happened, `porque` why, `haz` what to do first."""

    titulo: str
    porque: str
    haz: str
    papeles: tuple[str, ...] = PAPELES


EXPLICACIONES: dict[Razon, Explicacion] = {
    Razon.CURP_NO_ENCONTRADA: Explicacion(
        "No encontramos tu CURP en el registro de población",
        "La clave está bien escrita, pero el registro que consultamos no la tiene.",
        "Compárala letra por letra con tu constancia de CURP. Si es la misma, acude con tus"
        " documentos: ahí la verifican y tu solicitud sigue con este mismo folio.",
    ),
    Razon.CURP_SUSTITUIDA: Explicacion(
        "Tu CURP fue reemplazada por una más reciente",
        "El registro de población emitió otra clave para ti. La que escribiste ya no se usa.",
        "Consulta tu CURP actual en el registro de población y empieza de nuevo con ella:"
        " si ya tenías un Número de Seguridad Social, lo encontraremos.",
    ),
    Razon.CURP_BAJA: Explicacion(
        "Tu CURP no está vigente en el registro de población",
        "El registro la tiene dada de baja. A veces es un error que se corrige con tu acta.",
        "Acude con tus documentos para aclararlo; tu solicitud sigue con este mismo folio.",
    ),
    Razon.DATOS_NO_COINCIDEN: Explicacion(
        "Tus datos no coinciden con los del registro",
        "Lo que dijiste no es igual a lo que tiene el registro de población con esa CURP.",
        "Compara tu CURP letra por letra con tu constancia. Si la escribiste mal, sal y empieza"
        " otra vez. Si está bien, acude con tus documentos para comprobar quién eres.",
    ),
    Razon.VARIOS_NSS: Explicacion(
        "Encontramos más de un Número de Seguridad Social a tu nombre",
        "Cada persona debe tener uno solo. Para no darte el equivocado, una persona del"
        " Instituto tiene que unirlos.",
        "Acude a la subdelegación y pide la unificación de tus números. Lleva también cualquier"
        " papel donde aparezca alguno de ellos.",
    ),
    Razon.HOMONIMIA: Explicacion(
        "Hay otra persona con tus mismos datos",
        "Otra CURP tiene tu mismo nombre, fecha y lugar de nacimiento. Para no mezclar sus"
        " historias con la tuya, no asignamos el número en automático.",
        "Acude con tus documentos: ahí comprueban que eres tú y tu solicitud sigue con este"
        " mismo folio.",
    ),
    Razon.ACTA: Explicacion(
        "No pudimos comprobar que esta CURP es tuya",
        "Lo que sabemos de esa CURP no alcanza para comprobarlo con lo que escribiste del acta.",
        "Revisa el año de registro y el número en tu acta de nacimiento y escríbelos otra vez."
        " Si son los mismos, acude con tus documentos: tu solicitud sigue con este mismo folio.",
    ),
    Razon.SIN_RESPUESTA: Explicacion(
        "El registro de población no respondió",
        "Lo intentamos durante 24 horas y no contestó. No es por tus datos.",
        "Vuelve a abrir tu solicitud mañana con la misma CURP y el mismo correo: conservamos"
        " tu folio y lo intentamos otra vez.",
        (),
    ),
}

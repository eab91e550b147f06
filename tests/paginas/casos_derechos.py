"""Mis datos: the rights for anybody, and a petition in every state."""

from functools import partial

from django.urls import reverse

from comun import reloj
from nss.values import Curp
from tests.derechos.conftest import back, received_on
from tests.paginas.casos_personal import staff
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tramites.derechos.enums import COPIAR, Causa, Derecho, Estado
from tramites.derechos.models import Peticion
from tramites.derechos.services import copias, peticiones, prevenciones
from tramites.pasos.quiosco import COOKIE
from tramites.services import captura

HOME, FORM = "/mis-datos/", "form-peticion"

direccion("mis-datos", HOME, "derechos:inicio")
direccion("mis-datos-sin-sesion", f"{HOME}pedir/", estado=403)


def asked(mesa: Mesa, derecho: Derecho = Derecho.ACCESO) -> Peticion:
    """Somebody's petition, in the browser of whoever made it."""
    row, now = mesa.sala.confirmada(), reloj.now()
    mesa.entrar(row)
    text = "Quiero saber qué datos míos hay.\nGracias."
    return peticiones.receive(solicitud=row, derecho=derecho, texto=text, now=now)


@caso("mis-datos-sin-peticiones")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir(HOME)


@caso("mis-datos-con-peticiones")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(HOME)


@caso("peticion-nueva", "derechos:pedir", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir(f"{HOME}pedir/")


@caso("peticion-vacia", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir(f"{HOME}pedir/")
    mesa.enviar(FORM)


@caso("peticion-repetida")
def _(mesa: Mesa) -> None:
    asked(mesa)
    mesa.ir(f"{HOME}pedir/")
    mesa.page.get_by_label("Acceso").check()
    mesa.enviar(FORM, texto="Otra vez")


def state(estado: Estado) -> None:
    """Register the page of a petition in that state, as the desk brings it there."""

    @caso(f"peticion-{estado}", "derechos:peticion")
    def _(mesa: Mesa) -> None:
        made = asked(mesa)
        facts = {"peticion_id": made.pk, "now": reloj.now(), "actor": "sistema"}
        words = {"respuesta": "Aquí está la respuesta.\nCon dos renglones."}
        if estado in (Estado.PREVENIDA, Estado.CADUCADA):
            prevenciones.warn(falta="¿De qué domicilio hablas?\nEscribe su calle.", **facts)
        if estado == Estado.CADUCADA:
            Peticion.objects.filter(pk=made.pk).update(vence=back(1))
            prevenciones.lapse(reloj.now())
        grant = partial(peticiones.grant, **facts, **words)
        if estado in (Estado.PROCEDENTE, Estado.EFECTIVA):
            grant()
        if estado == Estado.EFECTIVA:
            peticiones.make_good(**facts)
        if estado == Estado.IMPROCEDENTE:
            peticiones.refuse(causa=Causa.OBLIGACIONES, **facts, **words)
        mesa.ir(f"{HOME}peticiones/{made.folio}/")


for one in sorted(set(Estado) - {Estado.DESISTIDA}):
    state(one)


@caso("peticion-sin-aclarar", "derechos:aclarar", sin_js=True)
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    facts = {"peticion_id": made.pk, "now": reloj.now(), "actor": "sistema"}
    prevenciones.warn(falta="¿De qué domicilio hablas?", **facts)
    mesa.ir(f"{HOME}peticiones/{made.folio}/")
    mesa.enviar("form-aclarar")


@caso("peticion-aclarada")
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    facts = {"peticion_id": made.pk, "now": reloj.now(), "actor": "sistema"}
    prevenciones.warn(falta="¿De qué domicilio hablas?", **facts)
    mesa.ir(f"{HOME}peticiones/{made.folio}/")
    mesa.enviar("form-aclarar", aclaracion="Del de Taxco, el de la calle de los Plateros.")


@caso("peticion-por-aclarar-vencida")
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    prevenciones.warn(peticion_id=made.pk, falta="¿Cuál?", now=reloj.now(), actor="sistema")
    Peticion.objects.filter(pk=made.pk).update(vence=back(1))
    mesa.ir(f"{HOME}peticiones/{made.folio}/")


@caso("admin-peticion-por-aclarar", ajena=True)
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    prevenciones.warn(peticion_id=made.pk, falta="¿Cuál?", now=reloj.now(), actor="sistema")
    mesa.mirada.context.clear_cookies()
    staff(mesa, root=True)
    mesa.ir(reverse("admin:derechos_peticion_change", args=(made.pk,)))


@caso("peticion-desistida", "derechos:retirar", sin_js=True)
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    mesa.ir(f"{HOME}peticiones/{made.folio}/")
    mesa.presiona("Retirar esta petición")


@caso("peticion-de-cancelacion-hecha")
def _(mesa: Mesa) -> None:
    made = asked(mesa, Derecho.CANCELACION)
    facts = {"peticion_id": made.pk, "now": reloj.now(), "actor": "sistema"}
    peticiones.grant(respuesta="Borramos lo que escribiste.", **facts)
    peticiones.make_good(**facts)
    # The session that asked was emptied: whoever comes back with the same mailbox reads it.
    again = captura.open_solicitud(
        curp=Curp(made.datos["curp"]), correo=made.correo, now=reloj.now()
    )
    mesa.entrar(again)
    mesa.ir(f"{HOME}peticiones/{made.folio}/")


@caso("peticion-ampliada")
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    facts = {"motivo": "Hay que buscar en papel.", "now": reloj.now(), "actor": "sistema"}
    peticiones.extend(peticion_id=made.pk, dias=10, **facts)
    mesa.ir(f"{HOME}peticiones/{made.folio}/")


@caso("peticion-vencida")
def _(mesa: Mesa) -> None:
    made = received_on(asked(mesa), back(90))
    mesa.ir(f"{HOME}peticiones/{made.folio}/")


@caso("peticion-ajena", estado=409)
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    mesa.entrar(mesa.sala.confirmada())
    mesa.ir(f"{HOME}peticiones/{made.folio}/")


# --- the copy of one's data --------------------------------------------------------------------


@caso("copia-en-camino", "derechos:copia", sin_js=True)
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.concluida)
    mesa.ir(HOME)
    mesa.presiona("Pedir mi copia")


@caso("copia-lista", sin_js=True)
def _(mesa: Mesa) -> None:
    row = mesa.sala.concluida
    mesa.entrar(row)
    copias.ask(solicitud=row, now=reloj.now())
    mesa.sala.attend(COPIAR)
    mesa.ir(f"{HOME}copia/")


@caso("copia-corta")
def _(mesa: Mesa) -> None:
    row = mesa.sala.confirmada()
    mesa.entrar(row)
    copias.ask(solicitud=row, now=reloj.now())
    mesa.sala.attend(COPIAR)
    mesa.ir(f"{HOME}copia/")


@caso("mis-datos-en-equipo-compartido")
def _(mesa: Mesa) -> None:
    mesa.entrar(mesa.sala.concluida)
    mesa.mirada.context.add_cookies([{"name": COOKIE, "value": "1", "url": mesa.mirada.base}])
    mesa.ir(HOME)


@caso("admin-revelar-peticion", "admin:derechos_peticion_revelar", ajena=True)
def _(mesa: Mesa) -> None:
    made = asked(mesa)
    mesa.mirada.context.clear_cookies()
    staff(mesa, root=True)
    mesa.ir(reverse("admin:derechos_peticion_revelar", args=(made.pk,)))

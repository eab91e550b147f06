"""The mailbox that speaks for a CURP: held, objected to, moved away."""

from django.contrib.auth.models import User
from django.urls import reverse

from comun import reloj
from tests.paginas.casos_personal import staff
from tests.paginas.mesa import Mesa
from tests.paginas.registro import caso, direccion
from tests.tramites.escena import LINK, MINE, PASO1, WAIT
from tramites.enums import DE_RETENCION
from tramites.models import Objecion, VinculoCorreo
from tramites.services import casos, vigilancia

NOTICE = "form-no-fui-yo"


def noticed(mesa: Mesa) -> str:
    """Come to the page of the notice; return the end of the CURP it asks for."""
    row = mesa.sala.retenida()
    mesa.ir(mesa.sala.aviso())
    return row.curp[-4:]


@caso("admin-caso", "admin:tramites_casovinculo_revelar", ajena=True)
def _(mesa: Mesa) -> None:
    """What the one who decides opens before approving."""
    row = mesa.sala.confirmada()
    staff(mesa, root=True)
    asks = User.objects.get_or_create(username="pide-un-cambio", is_staff=True)[0]
    facts = {"motivo": casos.Motivo.PERDIO_CORREO, "razon": "Mostró su pasaporte"}
    made = casos.request_change(
        curp=row.curp, correo="nuevo@example.org", user_id=asks.pk, now=reloj.now(), **facts
    )
    mesa.ir(reverse("admin:tramites_casovinculo_revelar", args=(made.pk,)))


@caso("no-fui-yo", "tramites:aviso", "tramites:no_fui_yo", sin_js=True)
def _(mesa: Mesa) -> None:
    noticed(mesa)


@caso("no-fui-yo-mal")
def _(mesa: Mesa) -> None:
    noticed(mesa)
    mesa.enviar(NOTICE, ultimos4="ZZZ9")


@caso("no-fui-yo-vacio")
def _(mesa: Mesa) -> None:
    noticed(mesa)
    mesa.enviar(NOTICE, ultimos4="")


@caso("no-fui-yo-detenido")
def _(mesa: Mesa) -> None:
    mesa.enviar(NOTICE, ultimos4=noticed(mesa))


@caso("no-fui-yo-agotado", estado=410)
def _(mesa: Mesa) -> None:
    row = mesa.sala.retenida()
    Objecion.objects.filter(solicitud=row).update(intentos=99)
    mesa.ir(mesa.sala.aviso())


direccion("no-fui-yo-desconocido", f"{LINK}no-fui-yo/no-existe", estado=410)


@caso("no-fui-yo-terminado")
def _(mesa: Mesa) -> None:
    row = mesa.sala.retenida()
    mesa.sala.libera(row)
    mesa.ir(mesa.sala.aviso())


@caso("retenida-con-plazo-pasado")
def _(mesa: Mesa) -> None:
    row = mesa.sala.retenida()
    mesa.sala.reposa(row, hours=80)
    mesa.entrar(row)
    mesa.ir(MINE)


@caso("retenida-de-nuevo")
def _(mesa: Mesa) -> None:
    """No notice reached the bound mailbox in three days: they are counted again."""
    row = mesa.sala.retenida()
    mesa.sala.reposa(row, hours=73)
    row.correos.filter(clase__in=DE_RETENCION).update(estado="pendiente")
    vigilancia.watch(reloj.now())
    mesa.entrar(row)
    mesa.ir(MINE)


@caso("otro-correo", estado=403)
def _(mesa: Mesa) -> None:
    row = mesa.sala.pide_domicilio()
    VinculoCorreo.objects.of_pair(row).update(estado=VinculoCorreo.Estado.RETIRADO)
    mesa.entrar(row)
    mesa.ir(MINE)


def own(mesa: Mesa) -> None:
    """Prove a mailbox in a browser that is called one's own, and leave."""
    row = mesa.sala.abierta()
    mesa.empezar(row)
    mesa.ir(WAIT)
    mesa.page.locator("#es_mi_equipo").check()
    mesa.enviar("form-codigo", codigo=mesa.sala.codigo(row))


@caso("es-mi-equipo", sin_js=True)
def _(mesa: Mesa) -> None:
    own(mesa)
    mesa.ir(PASO1)


@caso("es-mi-equipo-olvidado", "tramites:olvidar_equipo")
def _(mesa: Mesa) -> None:
    own(mesa)
    mesa.ir(PASO1)
    mesa.presiona("Ya no es mi equipo")

"""What goes wrong: each act is one clumsy, hasty or unlucky thing a person does at a screen."""

from collections.abc import Callable
from datetime import timedelta

from captcha.models import CaptchaStore

from comun import reloj
from tests.desorden.alumna import FORM_OF, Alumna, button_of
from tests.desorden.formas import Bien
from tests.desorden.mundo import let_pass, person, work
from tests.tramites.escena import MINE, WAIT
from tests.tramites.visita import Visita, answer

ACTOS: dict[str, Callable[..., None]] = {}


def acto(act: Callable[..., None]) -> Callable[..., None]:
    ACTOS[act.__name__] = act
    return act


@acto
def teclear(a: Alumna, en: str = "", **campos: str) -> None:
    """Fill this screen with `campos` in place of what is right, and send it."""
    screen = en or a.screen
    right = a.right(screen, a.page)
    right |= {"curp": a.who.curp, "correo": a.correo} | {k: v for k, v in right.items() if v}
    typed = {
        k: v.format(Bien(right.get(k, "")), Bien(right.get(k, "")), curp=a.who.curp)
        for k, v in campos.items()
    }
    a.send(screen, **typed)


@acto
def dos_veces(a: Alumna) -> None:
    a.send(a.screen)
    a.send_again()


@acto
def cuatro_veces(a: Alumna) -> None:
    a.send(a.screen)
    for _ in range(3):
        a.send_again()


@acto
def dos_pestanas(a: Alumna) -> None:
    """The same screen in two tabs, both sent, the older last."""
    screen, first, url = a.screen, a.page, a.page.response.request["PATH_INFO"]
    second = a.go(url)
    a.send(screen, page=second)
    a.send(screen, page=first)


@acto
def recargar(a: Alumna, veces: int = 3) -> None:
    for _ in range(veces):
        a.go(a.page.response.request["PATH_INFO"])


@acto
def atras(a: Alumna, a_pantalla: str) -> None:
    """Back to an earlier screen, as the browser remembers it, and send it once more."""
    a.send(a_pantalla, page=a.left[a_pantalla])


@acto
def mirar_atras(a: Alumna, a_pantalla: str) -> None:
    """Back to an earlier screen, only to look."""
    a.go(a.left[a_pantalla].response.request["PATH_INFO"])


@acto
def enter(a: Alumna) -> None:
    """Enter in a field: the browser presses the first button of the form."""
    a.send(a.screen, **button_of(a.page, FORM_OF[a.screen]))


@acto
def vacio(a: Alumna) -> None:
    """Press the button without filling anything."""
    form = a.right(a.screen, a.page)
    a.send(a.screen, **{name: "" for name in form if name != "accion"})


@acto
def ir(a: Alumna, a_direccion: str) -> None:
    a.go(a_direccion)


@acto
def perder_sesion(a: Alumna) -> None:
    """The cookies are gone: she presses the button of the page that is still open."""
    a.browser.client.cookies.clear()
    if a.screen in ("otra", "resultado") or a.screen not in a.left or not a.sent:
        a.go(MINE)
        return
    action, filled = a.sent
    a.show(a.browser.post(action, filled))


@acto
def cerrar_navegador(a: Alumna) -> None:
    """She closes the window and comes back to the address she remembers."""
    a.browser = Visita(csrf=True)
    a.go(MINE)


@acto
def otro_equipo(a: Alumna) -> None:
    """Another machine, and the link of the mail there."""
    work()
    a.browser = Visita(csrf=True)
    a.go(a.link())


@acto
def abrir_liga(a: Alumna, veces: int = 1, atrasada: int = 1) -> None:
    work()
    for _ in range(veces):
        a.go(a.link(back=atrasada))


@acto
def liga_cortada(a: Alumna) -> None:
    """The mail program broke the link at the end of the line."""
    work()
    a.go(a.link()[:-9])


@acto
def telefono_con_liga_vieja(a: Alumna) -> None:
    a.browser = Visita(csrf=True)
    a.go(a.link(back=2))


@acto
def otro_correo(a: Alumna, correo: str) -> None:
    """Another day, another browser, another mailbox: who holds the number is protected."""
    a.browser = Visita(csrf=True)
    a.correo = correo
    a.correos = {correo}
    a.go("/asignacion-nss/")
    a.send("captura")


@acto
def pariente(a: Alumna) -> None:
    """Somebody else at home opens the link on the phone, and tries three endings."""
    work()
    home, a.browser = a.browser, Visita(csrf=True)
    a.go(a.link())
    for typed in ("AAA1", "BBB2", "CCC3"):
        a.send("liga", ultimos4=typed)
    a.browser = home
    a.go(WAIT)


@acto
def en_el_telefono_y_aqui(a: Alumna) -> None:
    """The link is confirmed on the phone; at the school's computer the code is typed after it."""
    work()
    home, a.browser = a.browser, Visita(csrf=True)
    a.go(a.link())
    a.send("liga")
    a.browser = home
    a.go(WAIT)


@acto
def pedir_otro(a: Alumna, espera: int = 61) -> None:
    work()
    if espera:
        let_pass(seconds=espera)
    a.show(a.browser.post(WAIT + "reenviar/", a.page.form("form-reenviar")))
    work()


@acto
def esperar(a: Alumna, **cuanto: int) -> None:
    work()
    let_pass(**cuanto)
    work()


@acto
def mirar_despues(a: Alumna, **cuanto: int) -> None:
    """She leaves the page open, time passes, and then she reloads it."""
    esperar(a, **cuanto)
    a.go(a.page.response.request["PATH_INFO"])


@acto
def caduca_imagen(a: Alumna) -> None:
    """The characters were right, five minutes ago."""
    key = a.page.form("form-captura")["captcha_llave"]
    typed = answer(key)
    past = reloj.now() - timedelta(seconds=1)
    CaptchaStore.objects.filter(hashkey=key).update(expiration=past)
    a.send("captura", captcha=typed)


@acto
def codigo_ajeno(a: Alumna) -> None:
    """The code of a classmate's mail, who began at the same time."""
    other = Alumna(person("nueva"), "companera@example.org")
    other.go("/asignacion-nss/")
    other.send("captura")
    work()
    a.send("confirmacion", codigo=other.code())


@acto
def codigo_viejo(a: Alumna) -> None:
    work()
    a.send("confirmacion", codigo=a.code(back=2))


@acto
def codigo_mal(a: Alumna, veces: int) -> None:
    work()
    for _ in range(veces):
        a.send("confirmacion", codigo=f"{(int(a.code()) + 1) % 10**6:06}")


@acto
def cambiar_de_correo(a: Alumna, correo: str, *, mal: str = "") -> None:
    """The mailbox was mistyped: she puts it right from the waiting page."""
    work()
    let_pass(seconds=61)
    a.go(WAIT + "correo/")
    if mal:
        a.send("cambiar_correo", correo=mal)
    a.correo = correo
    a.correos.add(correo)
    a.send("cambiar_correo", correo=correo)
    work()


@acto
def con_guiones(a: Alumna, vista: str, **campos: str) -> None:
    """With JavaScript, a field tells the server that it changed; then the script dies."""
    token = {"csrfmiddlewaretoken": a.page.form(FORM_OF[a.screen])["csrfmiddlewaretoken"]}
    answer = a.browser.post(vista, {**token, **campos}, htmx=True)
    assert answer.status == 200


@acto
def salir(a: Alumna) -> None:
    a.show(a.browser.post("/asignacion-nss/salir/", a.page.form("/asignacion-nss/salir/")))


@acto
def no_soy_yo(a: Alumna) -> None:
    a.go(MINE + "no-soy-yo/")
    a.send("no_soy_yo")


@acto
def buscar_colonia(a: Alumna, colonia: str) -> None:
    """She does not know her postal code: the colonia, as far as she can spell it."""
    a.go(MINE + "domicilio/buscar/")
    a.send("buscar_cp", entidad="GR", colonia=colonia)
    a.send("elegir_cp")


@acto
def quiosco(a: Alumna) -> None:
    """The computer is the school's."""
    page = a.browser.get("/quiosco/")
    a.browser.post("/quiosco/poner/", page.form("form-poner"))
    a.go("/quiosco/")


@acto
def se_va(a: Alumna, segundos: int) -> None:
    """She walks away from the school's computer for a while."""
    session = a.browser.session
    session["quiosco_visto"] -= segundos
    session.save()
    a.go(a.page.response.request["PATH_INFO"])


@acto
def terminar(a: Alumna) -> None:
    a.show(a.browser.post("/quiosco/terminar/", a.page.form("form-terminar")))


@acto
def finalizar(a: Alumna) -> None:
    a.show(a.browser.post(MINE + "finalizar/", a.page.form("form-finalizar")))

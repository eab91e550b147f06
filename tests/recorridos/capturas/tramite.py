"""Every page and state of a procedure, as students of each outcome meet them."""

from tests.recorridos.capturas.sesion import Sesion
from tests.recorridos.visitante import DOMICILIO, TRAMITE, Visitante

STOPPED = {
    "no-encontrada": "Inconcluso: la CURP no",
    "sustituida": "Inconcluso: hay una CURP más",
    "baja": "Inconcluso: CURP dada de baja",
    "homonimia": "Inconcluso: alguien",
    "varios-nss": "Inconcluso: tiene dos",
}


def begin(session: Sesion) -> None:
    """The entrance, Paso 1 with its faults, the mail."""
    with session.visitor("Se asigna; nombres de 60", "inicio") as one:
        one.open("/")
        session.shot(one, "inicio")
        one.open("/asignacion-nss/")
        session.shot(one, "captura")
        one.press("Continuar")
        session.shot(one, "captura-vacia")
        one.type_capture(captcha="zzzzz")
        one.field("Correo electrónico").fill("ana@gmial.com")
        one.page.get_by_text("Escuchar los caracteres").click()
        one.press("Continuar")
        one.page.get_by_role("button", name="Usar ana@gmail.com").wait_for()
        session.shot(one, "captura-correo-sugerido")
        one.type_capture(captcha="zzzzz")
        one.field("CURP").fill(one.persona.curp[:-1] + "Ñ")
        one.press("Continuar")
        session.shot(one, "captura-con-errores")
        one.type_capture()
        one.field("CURP").fill(one.persona.curp[:-2])
        one.press("Continuar")
        session.shot(one, "captura-imagen-leida")
        one.field("CURP").fill(one.persona.curp)
        one.press("Continuar")
        one.reads("Revisa tu correo")
        session.shot(one, "confirmacion")
        one.buzon.leer_codigo()
        one.type_code("000000")
        session.shot(one, "codigo-malo")
        one.press("Enviar otra vez")
        session.shot(one, "reenviar-pronto")
        one.page.get_by_role("link", name="Cambiar el correo").click()
        session.shot(one, "cambiar-correo")
        _mailbox(session, one)
        _links(session, one)


def _mailbox(session: Sesion, one: Visitante) -> None:
    one.open("/buzon/")
    session.shot(one, "buzon")
    one.page.locator("td a").first.click()
    session.shot(one, "buzon-correo")


def _links(session: Sesion, one: Visitante) -> None:
    one.follow_link()
    session.shot(one, "liga-mismo-navegador")
    with session.visitor("Se asigna; nombres de 60", "inicio") as phone:
        phone.open(one.buzon.leer_liga())
        session.shot(phone, "liga-otro-navegador")
        phone.type_last4("ZZZ9")
        session.shot(phone, "liga-ultimos-mal")
        while phone.title() == "Confirma tu correo electrónico":
            phone.type_last4("ZZZ9")
        session.shot(phone, "liga-agotada")
        phone.open("/c/no-existe")
        session.shot(phone, "liga-desconocida")
        phone.open(TRAMITE)
        session.shot(phone, "sin-sesion")
        phone.open("/no/existe")
        session.shot(phone, "404")


def located(session: Sesion) -> None:
    """A number that exists, its papers, the end; and what others see of it."""
    with session.visitor("Ya tiene NSS", "lucia") as one:
        one.capture()
        one.confirm()
        one.number()
        one.mail_is_sent()
        session.shot(one, "resultado-localizado")
        session.printed(one, "resultado-localizado-impreso")
        with one.nobody_works():
            one.press("Pedir constancia con NSS enmascarado")
            one.page.locator("#enmascarada").wait_for()
            session.shot(one, "enmascarada-en-camino")
        one.page.locator("[data-documento=enmascarada]").wait_for()
        session.shot(one, "enmascarada-lista")
        session.keep_papers(one, "localizado")
        one.page.get_by_role("button", name="Reenviar").first.click()
        session.shot(one, "resultado-reenviado")
        one.press("Finalizar trámite")
        session.shot(one, "fin")
        one.open(one.buzon.leer_liga())
        session.shot(one, "liga-usada")
    with session.visitor("Con su correo se localiza", "otra") as other:
        other.capture()
        other.confirm()
        other.waits_for("retenida")
        session.shot(other, "retenida")
        other.press("Salir")
        session.shot(other, "salio")


def assigned(session: Sesion) -> None:
    """The address, the clinic, the last look, a new number."""
    outcome = "Se asigna; Taxco" if session.javascript else "Se asigna; CURP con sexo X"
    with session.visitor(outcome, "ana") as one:
        one.capture()
        one.confirm()
        one.reads("¿Eres tú?")
        session.shot(one, "eres-tu")
        one.page.get_by_role("link", name="No soy yo o hay un error").click()
        session.shot(one, "no-soy-yo")
        one.page.get_by_role("link", name="REGRESAR").click()
        one.says_it_is_them()
        session.shot(one, "domicilio")
        one.click("Búscalo por tu colonia")
        session.shot(one, "buscar-cp")
        one.page.get_by_label("Estado").select_option(label="Guerrero")
        one.page.get_by_label("Colonia, pueblo o ranchería").fill("sentro")
        one.press("Buscar")
        session.shot(one, "buscar-cp-encuentra")
        one.open(DOMICILIO)
        one.type_cp("99998")
        session.shot(one, "domicilio-cp-malo")
        for cp in ("06600", "39162", "63010"):
            _clinic(session, one, cp)
        one.open(DOMICILIO)
        one.type_address()
        session.shot(one, "domicilio-lleno")
        one.press("CONTINUAR")
        session.shot(one, "unidad")
        one.press("CONTINUAR")
        session.shot(one, "revision")
        _conclude(session, one)


def _clinic(session: Sesion, one: Visitante, cp: str) -> None:
    one.open(DOMICILIO)
    one.type_address(cp)
    one.page.get_by_label("Número exterior").fill("")
    one.press("CONTINUAR")
    session.shot(one, f"domicilio-{cp}-falta-numero")
    one.page.get_by_label("Número exterior").fill("S/N")
    one.press("CONTINUAR")
    session.shot(one, f"unidad-{cp}")


def _conclude(session: Sesion, one: Visitante) -> None:
    session.pila.stop_worker()
    one.press("CONCLUIR")
    one.waits_for("por_asignar")
    session.shot(one, "proceso-por-asignar")
    session.put(one, "en_espera_serie")
    session.shot(one, "espera-serie")
    session.put(one, "por_asignar")
    session.pila.start_worker()
    one.number()
    session.shot(one, "resultado-asignado")
    session.keep_papers(one, "asignado")
    one.context.clear_cookies()
    one.page.get_by_role("button", name="Reenviar").first.click()
    session.shot(one, "formulario-sin-sesion")


def stopped(session: Sesion) -> None:
    """Each reason with its slip; and the states that need a day or a fault to come about."""
    for name, outcome in STOPPED.items():
        with session.visitor(outcome, name) as one:
            one.capture()
            one.confirm()
            one.waits_for("inconclusa")
            session.shot(one, f"inconclusa-{name}")
            if name == "no-encontrada":
                one.page.get_by_label("Busca tu subdelegación").fill("40200")
                one.press("Buscar")
                session.shot(one, "inconclusa-con-oficina")
            if name == "baja":
                one.page.get_by_role("link", name="Comprobante para imprimir").click()
                session.shot(one, "comprobante")
                session.printed(one, "comprobante-impreso")
                one.open(TRAMITE)
                session.put(one, "vencida")
                session.shot(one, "vencida")
    with session.visitor("Inconcluso: la CURP no", "paciente") as one:
        one.capture()
        one.buzon.leer_liga()
        session.pila.stop_worker()
        one.confirm()
        one.waits_for("confirmada")
        session.shot(one, "proceso-confirmada")
        session.put(one, "en_espera_identidad")
        session.shot(one, "espera-identidad")
        session.put(one, "fallo_tecnico", before="confirmada")
        session.shot(one, "fallo-tecnico")
        session.put(one, "confirmada")
        session.put(one, "cancelada")
        session.shot(one, "cancelada")
        session.pila.start_worker()

"""The pages that need no procedure: the entrance, the frame, the verifier."""

from tests.recorridos.capturas.sesion import Sesion

ANYBODY = "Ya tiene NSS"
FICHA = "/tramites/imss-02-008/"
PAGES = {
    "inicio": "/",
    "publico": "/para/derechohabientes/",
    "publico-sin-nada": "/para/patrones/",
    "etapa": "/para/derechohabientes/empleo/",
    "etapa-sin-nada": "/para/derechohabientes/empleo/salud/",
    "consulta": "/tramites/",
    "ficha": FICHA,
    "ficha-066": "/tramites/imss-02-066/",
    "vigencia": "/vigencia/",
    "introduccion": f"{FICHA}iniciar/",
    "bienvenida": f"{FICHA}bienvenida/",
    "captura-desde-ficha": "/asignacion-nss/?desde=ficha",
    "buscar": "/buscar/",
    "buscar-encuentra": "/buscar/?q=clinica",
    "buscar-nada": "/buscar/?q=pasaporte",
    "buscar-personal": "/buscar/?q=LORA070514MGRPVNA4",
    "micrositio": "/afiliatealimss/",
    "conoce": "/conoce/",
    "transparencia": "/transparencia/",
    "directorio": "/directorio/",
    "contacto": "/contacto/",
    "gobierno": "/gobierno/",
    "participa": "/participa/",
    "datos": "/datos/",
    "privacidad": "/privacidad/",
    "ayuda-curp": "/ayuda/curp/",
    "componentes": "/componentes/",
    "quiosco": "/quiosco/",
    "entrada-del-personal": "/admin/login/",
}


def site(session: Sesion) -> None:
    """Each page of the entrance; the menu of a phone open; the welcome."""
    with session.visitor(ANYBODY, "nadie") as one:
        for name, path in PAGES.items():
            one.open(path)
            session.shot(one, name)
        one.page.set_viewport_size({"width": 360, "height": 740})
        one.open("/")
        one.page.get_by_text("Menú", exact=True).click()
        session.shot(one, "menu-abierto", whole=False)
        one.open(f"{FICHA}iniciar/")
        one.click("INICIAR")
        one.page.get_by_role("heading", name="Bienvenido").wait_for()
        session.shot(one, "ventana-bienvenida", whole=False)
        one.open("/quiosco/")
        one.press("Poner el modo compartido")
        one.open("/asignacion-nss/")
        session.shot(one, "equipo-compartido")


def verifier(session: Sesion) -> None:
    """The three ways, and what is answered of a paper of ours, an altered one and a foreign one."""
    paper = next(session.folder.glob("localizado-*.pdf")).read_bytes()
    papers = {
        "vigente": paper,
        "alterado": paper.replace(b"/Producer", b"/Producir") + b"\n% otra cosa\n",
        "ilegible": b"%PDF-1.7 nada",
    }
    with session.visitor(ANYBODY, "secretaria") as one:
        one.open("/verificar/")
        session.shot(one, "verificar")
        one.page.get_by_label("Código de verificación").fill("AAAA-BBBB")
        one.press("Verificar código")
        session.shot(one, "verificar-codigo-mal")
        one.open("/verificar/sin-conexion/")
        session.shot(one, "verificar-sin-conexion")
        for name, content in papers.items():
            one.open("/verificar/")
            upload = {"name": "constancia.pdf", "mimeType": "application/pdf", "buffer": content}
            one.page.locator("#forma-pdf input[type=file]").set_input_files(upload)
            one.press("Verificar PDF")
            one.page.locator(".dictamen").wait_for(timeout=30_000)
            session.shot(one, f"verificar-{name}")
        one.open("/verificar/consulta/00000000-0000-4000-8000-000000000000/")
        session.shot(one, "verificar-olvidada")

"""The offline verifier in Chromium with the network off: what is genuine passes, nothing else does."""

import base64
import hashlib
import http.server
import random
import re
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

from comun import reloj
from constancias import credencial, estados, offline, rendering
from constancias.enums import Tipo
from constancias.models import ListaEstados
from tests.constancias import hojas, imagenes
from tests.constancias.credenciales import (
    LONGEST_NAME,
    NOW,
    Firmante,
    firmante,
    lista,
    page,
    token,
    told,
)
from tests.constancias.verificador import SEEN, Verificador, in_own_browser, mutations, offline_page

pytestmark = pytest.mark.navegador
VENDOR = Path(offline.settings.BASE_DIR) / "static" / "vendor" / "qr-0.7.0"


@pytest.fixture
def make_verificador(navegador, tmp_path):
    """Open a page from a file, without network; whatever asks for something fails the test."""
    with ExitStack() as stack:
        yield lambda html: stack.enter_context(offline_page(navegador, html, tmp_path))


@pytest.fixture
def verificador(make_verificador):
    return make_verificador(page().html)


def test_genuine_picture_is_accepted_and_its_fields_are_shown(verificador):
    assert verificador.picture(imagenes.qr_of(token())) == "vigente"
    assert verificador.shown() == {
        "Documento": "Constancia de NSS",
        "Número de Seguridad Social": "92 91 90 8443-1",
        "Nombre": "María Guadalupe Hernández Rodríguez",
        "CURP": "LORA070514MGRPVNA4",
        "Trámite": "Asignación de NSS",
        "Fecha de emisión": "20 de noviembre de 2026",
        "Folio": hojas.FOLIO,
        "Emitido por": "Portal NSS (demostración)",
    }
    assert "21 de noviembre de 2026" in verificador.page.inner_text("#lista")


def test_sheet_drawn_at_150_dpi_is_read_worn_too(verificador, tmp_path):
    chance, text = random.Random(3), token()
    pdf = rendering.to_pdf(hojas.hoja(own={"credencial": text}), "MEUCIQ==")
    sheet = imagenes.draw(pdf, tmp_path)
    assert verificador.picture(sheet) == "vigente"
    copy = imagenes.cut_out(sheet)
    answers = [verificador.picture(imagenes.worn(copy, chance)) for _ in range(10)]
    assert answers.count("vigente") >= 9
    assert set(answers) <= {"vigente", "sin_qr"}


@pytest.mark.parametrize(
    "changes",
    [
        {"tipo": Tipo.ENMASCARADA, "nss": "*******4431", "curp": "**************VNA4"},
        {"tipo": Tipo.TARJETA, "nss": "00000000018", "curp": "0" * 17 + "A"},
        {"indice": 0, "nombre": "Ñ'Ö <b>&amp;</b> \u00ad"},
    ],
)
def test_page_reads_what_python_wrote(verificador, changes):
    whole = told(**changes)
    assert verificador.text(token(**changes)) == "vigente"
    shown = verificador.shown()
    assert shown["Número de Seguridad Social"].replace(" ", "").replace("-", "") == whole.nss
    assert shown["CURP"] == whole.curp
    assert shown["Nombre"] == whole.nombre


def test_cut_name_says_that_it_is_cut(verificador):
    assert verificador.text(token(nombre=LONGEST_NAME)) == "vigente"
    assert "está recortada" in verificador.shown()["Nombre"]


def test_estado_of_the_list_is_told(verificador):
    indices = {6: "vigente", 7: "revocada", 8: "sustituida", 9: "vigente", 100: "posterior"}
    for indice, name in indices.items():
        assert verificador.text(token(indice=indice)) == name


def test_50_mutations_are_refused_and_show_no_field(verificador):
    answers = verificador.texts(mutations(50))
    assert set(answers) == {(name, False) for name in ("firma", "ilegible", "clave_desconocida")}
    assert verificador.text(token()) == "vigente"  # it still knows a genuine one


def test_mutations_are_noticed_by_a_page_that_checks_no_signature(make_verificador):
    """The harness sees what it must: the same page with that one check taken away."""
    holds = "return crypto.subtle.verify(how, key, signature, bytes);"
    html = page().html
    assert html.count(holds) == 1
    blind = re.sub("<meta http-equiv[^>]*>", "", html.replace(holds, "return true;"))
    verificador = make_verificador(blind)
    assert ("vigente", True) in verificador.texts(mutations(50))


def test_qr_of_another_document_with_changed_text_is_refused(verificador):
    genuine = token(nss="12345678903", nombre="OTRA PERSONA")
    forged = told()
    fake = Firmante(serie=firmante().serie, key=firmante("stranger").key, certificado="")
    assert verificador.picture(imagenes.qr_of(genuine)) == "vigente"
    assert verificador.shown()["Nombre"] == "OTRA PERSONA"  # never the name on the paper
    assert verificador.picture(imagenes.qr_of(credencial.encode(forged, fake))) == "firma"


def test_keys_unknown_retired_and_revoked(make_verificador):
    verificador = make_verificador(page(retired="retirada", stolen="revocada").html)
    assert verificador.text(token("stranger")) == "clave_desconocida"
    assert verificador.text(token("retired")) == "vigente"
    assert verificador.text(token("stolen")) == "clave_revocada"
    assert verificador.shown() == {}


@pytest.mark.parametrize("bad", ["", "no es una lista", "stranger", "cut"])
def test_list_that_does_not_hold_is_not_believed(make_verificador, bad):
    kinds = {"stranger": lista({}, "stranger"), "cut": lista({5: 1})[:-8]}
    verificador = make_verificador(page(kinds.get(bad, bad)).html)
    assert verificador.text(token()) == "sin_lista"
    assert verificador.page.inner_text("#lista") == "no incluida en esta copia"


def test_other_things_people_try_are_answered(verificador, tmp_path):
    assert verificador.text("7Q2M-X4K9-T0WR") == "codigo"
    assert verificador.text("hola") == "ilegible"
    assert verificador.text(f"\n {token()}\n") == "vigente"
    assert verificador.picture(imagenes.qr_of("https://ejemplo.mx")) == "ilegible"
    assert verificador.picture(Image.new("L", (300, 200), 255)) == "sin_qr"
    for name, content, answer in (("x.pdf", b"%PDF-1.7", "pdf"), ("x.png", b"no", "no_imagen")):
        (tmp_path / name).write_bytes(content)
        assert verificador.picture(tmp_path / name) == answer


def test_markup_in_a_name_is_only_text(verificador):
    verificador.text(token(nombre="<img src=x onerror=alert(1)>"))
    assert verificador.page.locator("#respuesta img").count() == 0
    assert verificador.shown()["Nombre"] == "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("which", "name"), [("ours", "vigente"), ("stranger", "clave_desconocida")]
)
def test_camera_reads_a_code(tmp_path, which, name):
    imagenes.film(tmp_path / "camara.y4m", imagenes.qr_of(token(which)))
    (tmp_path / "pagina.html").write_text(page().html)

    def look(tab):
        tab.context.set_offline(True)
        tab.goto((tmp_path / "pagina.html").as_uri())
        tab.click("text=Usar la cámara")
        return tab.locator(SEEN).get_attribute("data-respuesta"), tab.is_visible("#visor")

    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    film = f"--use-file-for-fake-video-capture={tmp_path / 'camara.y4m'}"
    assert in_own_browser(look, *flags, film) == (name, False)


def test_no_camera_is_said_in_words(verificador):
    verificador.page.click("text=Usar la cámara")
    verificador.page.locator("#aviso:not(:empty)").wait_for()
    assert "Elige una imagen" in verificador.page.inner_text("#aviso").replace("elige", "Elige")
    assert verificador.page.is_hidden("#visor")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(verificador, width):
    verificador.page.set_viewport_size({"width": width, "height": 740})
    verificador.text(token(nombre="WÑ" * 30 + " " + "M" * 60))
    verificador.page.evaluate("document.getElementById('respuesta').hidden = false")
    assert verificador.page.evaluate("document.documentElement.scrollWidth") <= width


def test_policy_names_the_script_and_the_style_of_the_file():
    pagina = page()
    html = pagina.html
    for name in ("script", "style"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in pagina.csp
    assert "unsafe" not in pagina.csp
    assert not re.search(r"""<[^>]* (src|href)="(?!data:|#|\?|http://127.0.0.1:8000/)""", html)


def test_text_of_the_issuer_cannot_end_the_script():
    publicadas = {"emisor": "</script><b>x", "portal": "http://x", "demostracion": True}
    html = offline.assemble({**publicadas, "claves": []}, "", NOW).html
    assert html.count("</script>") == 1
    assert "<b>x" not in html


def test_vendored_reader_is_the_one_its_readme_names():
    digest = hashlib.sha256((VENDOR / "lector-qr.js").read_bytes()).hexdigest()
    assert f"| lector-qr.js | {digest} |" in (VENDOR / "README.md").read_text()
    assert "MIT" in (VENDOR / "LICENSE").read_text()


@pytest.fixture
def servida(client, llave, settings):
    """The page as the portal serves it, with a list signed by the key of the database."""
    content = estados.build(reloj.now()).decode()
    ListaEstados.objects.create(contenido=content, emitida_en=reloj.now())
    return client.get("/verificar/sin-conexion/")


def test_portal_gives_it_to_keep(servida, client):
    assert "Content-Disposition" not in servida
    kept = client.get("/verificar/sin-conexion/?descargar")
    assert re.search(
        r'attachment; filename="verificador-nss-\d{4}-\d\d-\d\d\.html"', kept["Content-Disposition"]
    )
    assert b"PRIVATE" not in kept.content


def test_it_is_written_to_a_folder(servida, tmp_path):
    path = offline.write(tmp_path, reloj.now())
    assert path.name == "verificar-sin-conexion.html"
    assert "const DATOS" in path.read_text()


def test_portal_serves_it_under_its_own_policy(servida, llave):
    """Behind the header that was sent, from an address, the script runs and judges."""
    body, policy = servida.content, servida["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    def look(tab):
        tab.goto(f"http://127.0.0.1:{server.server_port}/verificar/sin-conexion/")
        tab.locator("body[data-lista=si]").wait_for()
        tab.context.set_offline(True)
        return Verificador(tab, None).text(genuine), tab.is_visible("#descargar")

    genuine = credencial.encode(told(), llave)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert in_own_browser(look) == ("posterior", True)  # the list is empty
    finally:
        server.shutdown()
        server.server_close()

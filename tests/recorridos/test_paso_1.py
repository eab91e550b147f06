"""Paso 1 and the address in Chromium: help while typing, the machine's work, 300 colonias."""

import json
import re

import psycopg2
import pytest
from playwright.sync_api import Page, expect

from imss_portal.demo.recorrido import next_person

pytestmark = [pytest.mark.pila, pytest.mark.navegador]
PASO1, MANY, COLONIAS = "/asignacion-nss/", "85203", 300
WIDTHS = (360, 1280)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ADD_COLONIAS = """
INSERT INTO catalogos_asentamiento (cp, nombre, nombre_normalizado, tipo, municipio_id, ciudad, zona,
  fuente, n, vigente)
SELECT %(cp)s, 'Campo ' || lpad(k::text, 3, '0'), 'campo ' || lpad(k::text, 3, '0'), 'Ejido',
  municipio_id, '', '', fuente, 1, true
FROM generate_series(1, %(count)s) k,
  (SELECT municipio_id, fuente FROM catalogos_asentamiento WHERE cp = %(cp)s LIMIT 1) one
ON CONFLICT DO NOTHING
"""


@pytest.fixture
def faults(pagina) -> list[str]:
    """What the console and the page complain of, and whom else they ask."""
    told: list[str] = []
    origin = re.compile(r"^(http://127\.0\.0\.1[:/]|blob:|data:)")
    pagina.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    pagina.on("pageerror", lambda error: told.append(str(error)))
    pagina.on("request", lambda r: None if origin.match(r.url) else told.append(r.url))
    return told


@pytest.fixture
def persona(pila) -> str:
    """The CURP of somebody without a number, who walks here and nowhere else."""
    return next_person("asignado", entorno=pila.entorno, folder=pila.folder)


@pytest.fixture
def many_colonias(pila) -> None:
    connection = psycopg2.connect(pila.env["DATABASE_OWNER_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute(ADD_COLONIAS, {"cp": MANY, "count": COLONIAS})
    connection.close()


def main(hoja: Page):
    return hoja.get_by_role("main")


def press(hoja: Page, name: str) -> None:
    main(hoja).get_by_role("button", name=name, exact=True).last.click()


def do_the_work(hoja: Page) -> None:
    """Let the machine pass in place of eyes and ears."""
    main(hoja).get_by_role("button", name="No puedo ver ni oír los caracteres").click()
    done = hoja.locator("#trabajo [role=status]")
    expect(done).to_contain_text("Listo: tu equipo pasó la prueba", timeout=120_000)


def capture(hoja: Page, curp: str, correo: str) -> None:
    hoja.goto(PASO1)
    hoja.get_by_label("CURP", exact=False).first.fill(curp)
    hoja.get_by_label("Correo electrónico", exact=False).first.fill(correo)
    hoja.get_by_label("Confirma tu correo electrónico").fill(correo)
    do_the_work(hoja)
    press(hoja, "Continuar")
    hoja.wait_for_url("**/confirmacion/")


def go_to_address(hoja: Page, estudiante, curp: str, correo: str) -> None:
    """From Paso 1 to the page that asks for an address, as its owner."""
    student = estudiante(curp, correo)
    capture(hoja, curp, correo)
    hoja.get_by_label("Código de seis dígitos").fill(student.leer_codigo())
    hoja.locator("#form-codigo button[type=submit]").click()
    expect(hoja.get_by_role("heading", name="¿Eres tú?")).to_be_visible(timeout=60_000)
    expect(main(hoja)).to_contain_text(curp)
    press(hoja, "Sí, continuar")
    expect(hoja.get_by_role("heading", name="Ingresa tu domicilio")).to_be_visible()


# --- while typing ---------------------------------------------------------------------------


def test_wrong_character_is_told_and_unsaid_while_typing(pagina, faults):
    pagina.goto(PASO1)
    field, note = pagina.locator("#id_curp"), pagina.locator("#nota-curp")
    field.fill("lora071314mgrpvna4")
    field.press("Tab")
    expect(note).to_contain_text("mes «13»")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", re.compile("id_curp_error"))
    field.fill("lora070514mgrpvna4")
    field.press("Tab")
    expect(note).to_contain_text("14 de mayo de 2007")
    assert field.get_attribute("aria-invalid") is None
    assert faults == []


def test_mistyped_mailbox_is_put_right_by_one_press(pagina, faults):
    pagina.goto(PASO1)
    mailbox, again = pagina.locator("#id_correo"), pagina.locator("#id_correo_otra_vez")
    mailbox.fill("ana@gmial.com")
    again.fill("ana@gmial.com")
    button = pagina.get_by_role("button", name="Usar ana@gmail.com")
    expect(button).to_be_visible()
    expect(mailbox).to_have_value("ana@gmial.com")  # never by itself
    button.click()
    expect(mailbox).to_have_value("ana@gmail.com")
    expect(again).to_have_value("ana@gmail.com")
    expect(mailbox).to_be_focused()
    expect(pagina.locator("#nota-correo")).to_be_empty()
    assert pagina.url.endswith(PASO1)
    assert faults == []


def test_paste_is_allowed_everywhere(pagina):
    pagina.goto(PASO1)
    for name in ("id_curp", "id_correo", "id_correo_otra_vez", "id_captcha"):
        pagina.locator(f"#{name}").focus()
        allowed = pagina.evaluate(
            "name => document.getElementById(name).dispatchEvent("
            "new ClipboardEvent('paste', {bubbles: true, cancelable: true}))",
            name,
        )
        assert allowed, name


# --- the challenge --------------------------------------------------------------------------


def test_voice_is_heard(pagina, faults):
    pagina.goto(PASO1)
    pagina.get_by_text("Escuchar los caracteres").click()
    sound = pagina.locator("audio")
    expect(sound).to_be_visible()
    seconds = sound.evaluate(
        "audio => new Promise((said, failed) => {"
        " audio.onloadedmetadata = () => said(audio.duration); audio.onerror = failed;"
        " audio.load(); audio.preload = 'auto'; })"
    )
    assert 4 < seconds < 18
    assert faults == []


def test_without_javascript_image_and_audio_remain(pagina_sin_js):
    pagina_sin_js.goto(PASO1)
    expect(pagina_sin_js.get_by_alt_text("Imagen con cinco letras y números")).to_be_visible()
    pagina_sin_js.get_by_text("Escuchar los caracteres").click()
    expect(pagina_sin_js.locator("audio")).to_be_visible()
    expect(pagina_sin_js.get_by_text("No puedo ver ni oír")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_the_screen(pagina, faults, width):
    pagina.set_viewport_size({"width": width, "height": 900})
    for path in (PASO1, "/ayuda/curp/"):
        pagina.goto(path)
        assert pagina.evaluate(SIDEWAYS) == 0, path
    assert faults == []


# --- the whole of it ------------------------------------------------------------------------


def test_by_work_alone_to_an_address_among_three_hundred(
    pagina, faults, persona, estudiante, many_colonias
):
    go_to_address(pagina, estudiante, persona, "sin.captcha@example.org")
    pagina.get_by_label("Código postal").fill(MANY)
    press(pagina, "Aceptar")
    box, choices = pagina.locator("#filtro-colonia"), pagina.locator("#id_asentamiento")
    status = pagina.locator("[data-filtrar] [role=status]")
    expect(box).to_be_visible()
    assert choices.locator("option").count() >= COLONIAS + 2
    expect(pagina.locator("#id_colonia_escrita")).to_be_hidden()

    box.fill("CAMPÓ 01")
    expect(status).to_have_text("13 colonias.")  # 010 to 019, 001, 101 and 201
    box.fill("campo 017")
    expect(status).to_have_text("Una colonia: queda elegida.")
    assert choices.evaluate("list => list.selectedOptions[0].text") == "Campo 017 (Ejido)"
    box.press("Enter")  # sends nothing
    expect(choices).to_be_focused()

    box.fill("no hay tal")
    expect(status).to_contain_text("Ninguna colonia con ese nombre")
    choices.select_option("otra")
    expect(pagina.locator("#id_colonia_escrita")).to_be_visible()
    pagina.locator("#id_colonia_escrita").fill("Campo Nuevo")
    pagina.get_by_label("Calle").fill("Domicilio conocido")
    pagina.get_by_label("Número exterior").fill("S/N")
    press(pagina, "CONTINUAR")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Unidades médicas")
    press(pagina, "CONTINUAR")
    expect(main(pagina)).to_contain_text("Campo Nuevo (la escribiste tú)")
    assert faults == []


def test_code_found_by_the_colonia_on_a_phone(pagina, faults, persona, estudiante):
    pagina.set_viewport_size({"width": 360, "height": 780})
    go_to_address(pagina, estudiante, persona, "sin.cp@example.org")
    pagina.get_by_role("link", name="Búscalo por tu colonia").click()
    pagina.get_by_label("Estado").select_option(label="Guerrero")
    press(pagina, "Aceptar")
    pagina.get_by_label("Municipio o alcaldía").select_option(label="Taxco de Alarcón")
    pagina.get_by_label("Colonia, pueblo o ranchería").fill("sentro")
    press(pagina, "Buscar")
    mine = pagina.get_by_role("button", name="Es la mía").first
    expect(mine).to_be_visible()  # the page is there before it is measured
    assert pagina.evaluate(SIDEWAYS) == 0
    mine.click()
    expect(pagina.get_by_label("Código postal")).to_have_value("40200")
    assert pagina.evaluate(SIDEWAYS) == 0
    assert faults == []


def test_work_is_done_in_seconds_and_off_the_page(pagina):
    """The page answers while the machine works: it is a worker's job."""
    pagina.goto(PASO1)
    pagina.evaluate(
        "window.ticks = 0; setInterval(() => window.ticks++, 50); window.begun = performance.now();"
    )
    do_the_work(pagina)
    facts = json.loads(
        pagina.evaluate("JSON.stringify([window.ticks, performance.now() - window.begun])")
    )
    ticks, milliseconds = facts
    assert ticks >= milliseconds / 50 * 0.3
    form = pagina.locator("#form-captura")
    assert form.locator("[name=trabajo]").input_value()
    assert len(form.locator("[name=solucion]").input_value().split(",")) == 16

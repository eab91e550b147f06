"""The look itself: a page without fault passes, and each planted fault is named."""

import pytest

from comun.cabeceras import ALWAYS, OF_WINDOWS
from tests.paginas.mirada import Exigencia

pytestmark = [pytest.mark.navegador, pytest.mark.django_db]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
GOOD = """<!DOCTYPE html>
<html lang="es-MX">
  <head>
    <meta charset="utf-8"><title>Prueba</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
  </head>
  <body>
    <main>
      <h1>Prueba</h1>
      <p>Sin validez oficial</p>
      <form action="/"><label for="a">Dato</label> <input id="a" name="a"></form>
    </main>
  </body>
</html>"""
SUMMARY = '<h1>Prueba</h1><div id="resumen-errores" tabindex="-1"><h2>Revisa</h2></div>'
# What is put in place of what, and what has to be said of it.
FAULTS = {
    "campo-sin-etiqueta": ('<label for="a">Dato</label>', "Dato", "axe a 360 px: label"),
    "guion-en-linea": ("</main>", "</main><script>var a = 1;</script>", "en línea: <script>"),
    "guion-que-la-politica-para": ("</main>", "</main><script>var a = 1;</script>", "console: "),
    "estilo-en-linea": ("<h1>", '<h1 style="color: red">', "en línea: <h1 style>"),
    "guion-en-atributo": ("<h1>", '<h1 onclick="go()">', "en línea: <h1 onclick>"),
    "id-de-mas": ("<h1>", '<h1 id="a">', "html: id 'a' 2 veces"),
    "etiqueta-de-nadie": ('for="a"', 'for="b"', "html: <label for> señala a 'b'"),
    "sin-cerrar": ("<h1>Prueba</h1>", "<h1>Prueba", "html: "),
    "p-dentro-de-p": ("<h1>", "<p><div>uno</div></p><h1>", "html: "),
    "boton-en-liga": ("</form>", '</form><a href="/"><button>Ir</button></a>', "html: <button>"),
    "sin-decir-demostracion": ("<p>Sin validez oficial</p>", "", "demostración: la página no"),
    "sin-h1": ("<h1>Prueba</h1>", "<h2>Prueba</h2>", "títulos: 0 h1"),
    "salto-de-titulos": ("</h1>", "</h1><h3>Otro</h3>", "títulos: de h1 salta a h3"),
    "sin-titulo": ("<title>Prueba</title>", "", "html: falta el título"),
    "sin-idioma": (' lang="es-MX"', "", "html: no dice que está en español"),
    "error-sin-decirlo": ("<h1>Prueba</h1>", SUMMARY, "título: falta «Error:»"),
    "error-sin-foco": ("<h1>Prueba</h1>", SUMMARY, "foco: "),
    "error-que-no-hay": ("<title>", "<title>Error: ", "título: dice «Error:»"),
    "autoridad-extinta": ("</h1>", "</h1><p>Acude al INAI</p>", "una autoridad que ya no existe"),
    "texto-palido": ("</h1>", '</h1><p><font color="#ccc">Tenue</font></p>', "color-contrast"),
    "muy-ancha": ("<h1>Prueba", f"<h1>{'x' * 400}", "ancho: "),
    "de-fuera": ("</main>", '</main><img alt="" src="http://127.0.0.2:9/x.png">', "foreign: "),
    "pesada": ("</main>", f"</main><!--{'x' * 40_000}-->", "bytes después de otra"),
    "muy-pesada": ("</main>", f"</main><!--{'x' * 110_000}-->", "bytes si es la primera"),
}


CABECERAS = {
    **ALWAYS,
    **OF_WINDOWS,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@pytest.fixture
def plantar(miradas):
    """Serve a page of the test's own, with our policy, and return what is found in it."""
    mirada = miradas[True]

    def plant(html: str, *, csp: str = CSP, status: int = 200, **changes: str) -> list[str]:
        headers = {**CABECERAS, "Content-Security-Policy": csp, **changes}
        mirada.page.route(
            "**/plantada", lambda route: route.fulfill(status=status, headers=headers, body=html)
        )
        mirada.begin()
        mirada.page.goto(f"{mirada.base}/plantada")
        mirada.settle()
        # What a test serves comes by no wire: it weighs what it has.
        mirada.peso[f"{mirada.base}/plantada"] = len(html)
        try:
            return mirada.faults(Exigencia())
        finally:
            mirada.page.unroute("**/plantada")

    return plant


def test_good_page_passes(plantar):
    assert plantar(GOOD) == []


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_named(plantar, name):
    old, new, said = FAULTS[name]
    assert old in GOOD
    assert any(said in fault for fault in plantar(GOOD.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("csp", "said"),
    [
        ("", "política: sin default-src 'none'"),
        (CSP.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), "'unsafe-inline'"),
        (CSP.replace("style-src 'self'", "style-src https:"), "style-src deja pasar https:"),
        (CSP.replace("frame-ancestors 'none'", ""), "falta frame-ancestors"),
    ],
)
def test_weak_policy_is_named(plantar, csp, said):
    assert any(said in fault for fault in plantar(GOOD, csp=csp))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("X-Content-Type-Options", "", "x-content-type-options: «» no es «nosniff»"),
        ("Cross-Origin-Opener-Policy", "unsafe-none", "cross-origin-opener-policy: «unsafe-none»"),
        ("Permissions-Policy", "camera=*", "permissions-policy"),
        ("Cache-Control", "public, max-age=60", "cache-control"),
        ("X-Robots-Tag", "all", "x-robots-tag"),
        ("Server", "Portal/5.2", "server: dice qué programa es"),
    ],
)
def test_header_that_is_wrong_is_named(plantar, name, value, said):
    assert any(said in fault for fault in plantar(GOOD, **{name: value}))


def test_status_that_was_not_expected_is_named(plantar):
    assert "respuesta: 404, no 200" in plantar(GOOD, status=404)


def test_fault_of_the_server_is_told_once(plantar):
    assert [fault for fault in plantar(GOOD, status=500) if fault.startswith("answer")] == []

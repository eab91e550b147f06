"""Nothing is left out: each address, template, state and field in error has a page that was looked at."""

import pytest
from django.conf import settings
from django.forms import BaseForm, Form

from tests.paginas import casos, mapa
from tramites.enums import Estado, Razon

# Alone, these tests open every page themselves.
pytestmark = [pytest.mark.navegador, pytest.mark.django_db, pytest.mark.timeout(900)]

# Addresses that answer with no page of theirs, and why.
SIN_PAGINA = {
    "salud_viva": "JSON para la sonda",
    "salud_lista": "JSON para la sonda",
    "captcha-audio": "sonido; tests/comun/test_captcha.py lo oye",
    "constancias:claves": "JSON de llaves públicas",
    "constancias:certificado": "certificado PEM",
    "constancias:estados": "lista firmada",
    "constancias:api": "JSON para sistemas",
    "constancias:api_consulta": "JSON para sistemas",
    "constancias:api_esquema": "esquema JSON",
    "derechos:copia_descargar": "PDF o JSON",
    "tramites:ver": "PDF",
    "tramites:descargar": "PDF",
    "buzon:original": "correo como archivo",
    "buzon:adjunto": "archivo adjunto",
}
# Django's own pages for the staff, beyond the entrance, the list of apps and every table.
DE_DJANGO = (
    *("_add", "_change", "_delete", "_history"),
    *("admin:logout", "admin:password_change", "admin:password_change_done", "admin:autocomplete"),
    *("admin:jsi18n", "admin:view_on_site", "admin:app_list", "password"),
)
# Old printed addresses only lead elsewhere; tests/tramites/test_entrada.py follows them.
LLEVA = "^["
# Templates that are no page of the portal.
OTRAS = ("documentos/", "correos/")


def needs_no_page(key: str) -> bool:
    return key in SIN_PAGINA or LLEVA in key or (key.startswith("admin") and belongs_to_django(key))


def belongs_to_django(key: str) -> bool:
    return key.endswith(DE_DJANGO) or not key.startswith("admin:")


def test_every_address_has_a_case_or_a_reason():
    claimed = {key for caso in casos.CASOS for key in caso.claves}
    known = set(mapa.keys())
    assert sorted(claimed - known) == []
    assert sorted(key for key in known - claimed if not needs_no_page(key)) == []
    assert sorted(key for key in claimed if needs_no_page(key)) == []
    assert sorted(set(SIN_PAGINA) - known) == []


def test_every_state_and_reason_has_a_case():
    names = {caso.nombre for caso in casos.CASOS}
    wanted = {f"estado-{one}" for one in set(Estado) - {Estado.INCONCLUSA}}
    wanted |= {f"estado-{Estado.INCONCLUSA}-{one}" for one in Razon}
    assert sorted(wanted - names) == []


def see_all(mirar, visto) -> None:
    """Take what was seen of each case in this run, and open what nobody opened yet."""
    for caso in casos.CASOS:
        if not visto.learn(caso):
            mirar(caso)


def test_every_template_was_seen(mirar, visto):
    see_all(mirar, visto)
    folder = settings.BASE_DIR / "templates"
    pages = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    unseen = {page for page in pages if not page.startswith(OTRAS)} - visto.plantillas
    assert sorted(unseen) == []


def test_every_field_was_seen_in_error(mirar, visto):
    see_all(mirar, visto)
    wanted = {
        (form.__name__, name)
        for form in forms_of_the_project(Form)
        for name in form.base_fields
        if name not in NEVER_WRONG.get(form.__name__, ())
    }
    assert sorted(wanted - visto.errores) == []


# Fields that take whatever comes.
NEVER_WRONG: dict[str, tuple[str, ...]] = {
    "Muestra": ("lugar", "nombre"),
    "MayAskActa": ("acta_anio", "acta_numero"),  # no page has it alone
}


def forms_of_the_project(parent: type[BaseForm]):
    rooms = ("tramites.", "constancias.", "imss_portal.", "comun.")
    for child in parent.__subclasses__():
        if child.__module__.startswith(rooms):
            yield child
        yield from forms_of_the_project(child)

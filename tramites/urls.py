"""Addresses of the steps; no address says who somebody is."""

from collections.abc import Sequence

from django.urls import URLPattern, path, re_path, reverse_lazy
from django.views.generic import RedirectView

from tramites.pasos import (
    acta,
    ayudas,
    buscar,
    captura,
    cierre,
    codigo_postal,
    confirmacion,
    consultas,
    domicilio,
    enlace,
    enmascarada,
    entrada,
    equipo,
    identidad,
    micrositio,
    objecion,
    opinion,
    pase,
    privacidad,
    quiosco,
    sitio,
    tramite,
    unidad,
)

app_name = "tramites"


def old(address: str, *, to: str, args: Sequence[str] = ()) -> URLPattern:
    """An address of the printed guides, in any capitals, that leads where its page is now."""
    view = RedirectView.as_view(url=reverse_lazy(f"{app_name}:{to}", args=args), permanent=True)
    # Django cannot reverse a pattern with (?i), so each letter names both its cases.
    letters = (f"[{ch.lower()}{ch.upper()}]" if ch.isalpha() else ch for ch in address)
    return re_path(f"^{''.join(letters)}/?$", view)


MIO = "asignacion-nss/mi-tramite/"
urlpatterns = [
    path("", entrada.inicio, name="inicio"),
    path("para/<slug:publico>/", entrada.publico, name="publico"),
    path("para/<slug:publico>/<slug:etapa>/", entrada.etapa, name="etapa"),
    path("para/<slug:publico>/<slug:etapa>/<slug:categoria>/", entrada.etapa, name="categoria"),
    path("buscar/", buscar.buscar, name="buscar"),
    path("tramites/", entrada.consulta, name="consulta"),
    old("tramites/imss02008", to="ficha", args=[entrada.NSS]),
    path("tramites/<slug:clave>/", entrada.ficha, name="ficha"),
    path(f"tramites/{entrada.NSS}/iniciar/", entrada.introduccion, name="introduccion"),
    path(f"tramites/{entrada.NSS}/bienvenida/", entrada.bienvenida, name="bienvenida"),
    path("afiliatealimss/", micrositio.micrositio, name="micrositio"),
    old("afiliatealimss", to="micrositio"),
    path("vigencia/", entrada.vigencia, name="vigencia"),
    old("gestionAsegurados-web-externo/asignacionNSS", to="captura"),
    old("gestionAsegurados-web-externo/vigencia", to="vigencia"),
    *[path(f"{name}/", sitio.pagina, {"pagina": name}, name=name) for name in sitio.PAGES],
    path("directorio/", sitio.directorio, name="directorio"),
    path("datos/", sitio.datos, name="datos"),
    path("privacidad/", privacidad.aviso, name="privacidad"),
    path("privacidad/<slug:version>/", privacidad.aviso, name="privacidad_version"),
    path("asignacion-nss/", captura.captura, name="captura"),
    path("asignacion-nss/revisar-curp/", ayudas.revisar_curp, name="revisar_curp"),
    path("asignacion-nss/revisar-correo/", ayudas.revisar_correo, name="revisar_correo"),
    path("ayuda/curp/", ayudas.ayuda_curp, name="ayuda_curp"),
    path("asignacion-nss/confirmacion/", confirmacion.confirmacion, name="confirmacion"),
    path("asignacion-nss/confirmacion/reenviar/", confirmacion.reenviar, name="reenviar"),
    path("asignacion-nss/confirmacion/correo/", confirmacion.cambiar_correo, name="cambiar_correo"),
    path("asignacion-nss/olvidar-equipo/", equipo.olvidar_equipo, name="olvidar_equipo"),
    path("c/", enlace.confirmar, name="confirmar"),
    path("c/nueva/", enlace.renovar, name="renovar"),
    path("c/enviada/", enlace.liga_nueva, name="liga_nueva"),
    path("c/<str:token>", enlace.enlace, name="enlace"),
    path("c/no-fui-yo/", objecion.no_fui_yo, name="no_fui_yo"),
    path("c/no-fui-yo/<str:token>", objecion.aviso, name="aviso"),
    path(MIO, tramite.tramite, name="tramite"),
    path(f"{MIO}comprobante-inconcluso/", tramite.comprobante, name="comprobante"),
    path(f"{MIO}acta/", acta.acta, name="acta"),
    path(f"{MIO}oficina/", tramite.oficina, name="oficina"),
    path(f"{MIO}eres-tu/", identidad.eres_tu, name="eres_tu"),
    path(f"{MIO}no-soy-yo/", identidad.no_soy_yo, name="no_soy_yo"),
    path(f"{MIO}domicilio/", domicilio.domicilio, name="domicilio"),
    path(f"{MIO}domicilio/buscar/", codigo_postal.buscar, name="buscar_cp"),
    path(f"{MIO}unidad/", unidad.unidad, name="unidad"),
    path(f"{MIO}revision/", unidad.revision, name="revision"),
    path(f"{MIO}enmascarada/", enmascarada.pedir, name="enmascarada"),
    path(f"{MIO}documentos/<str:tipo>/", cierre.ver, name="ver"),
    path(f"{MIO}documentos/<str:tipo>/descargar/", cierre.descargar, name="descargar"),
    path(f"{MIO}documentos/<str:tipo>/reenviar/", cierre.reenviar, name="reenviar_documento"),
    path(f"{MIO}quien-consulto/", consultas.quien_consulto, name="quien_consulto"),
    path(f"{MIO}finalizar/", cierre.finalizar, name="finalizar"),
    path("pase/<str:pase>", pase.pase, name="pase"),
    path("quiosco/", quiosco.quiosco, name="quiosco"),
    path("quiosco/poner/", quiosco.poner, name="quiosco_poner"),
    path("quiosco/quitar/", quiosco.quitar, name="quiosco_quitar"),
    path("quiosco/terminar/", quiosco.terminar, name="quiosco_terminar"),
    path("quiosco/aviso/", quiosco.aviso, name="quiosco_aviso"),
    path("quiosco/sigo/", quiosco.sigo, name="quiosco_sigo"),
    path("asignacion-nss/salir/", cierre.salir, name="salir"),
    path("asignacion-nss/fin/", opinion.fin, name="fin"),
]

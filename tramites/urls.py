"""Addresses of the steps; no address says who somebody is."""

from django.urls import path

from tramites.pasos import (
    captura,
    cierre,
    confirmacion,
    domicilio,
    enlace,
    enmascarada,
    inicio,
    tramite,
    unidad,
)

app_name = "tramites"

MIO = "asignacion-nss/mi-tramite/"
urlpatterns = [
    path("", inicio.inicio, name="inicio"),
    path("asignacion-nss/", captura.captura, name="captura"),
    path("asignacion-nss/confirmacion/", confirmacion.confirmacion, name="confirmacion"),
    path("asignacion-nss/confirmacion/reenviar/", confirmacion.reenviar, name="reenviar"),
    path("asignacion-nss/confirmacion/correo/", confirmacion.cambiar_correo, name="cambiar_correo"),
    path("c/", enlace.confirmar, name="confirmar"),
    path("c/nueva/", enlace.renovar, name="renovar"),
    path("c/enviada/", enlace.liga_nueva, name="liga_nueva"),
    path("c/<str:token>", enlace.enlace, name="enlace"),
    path(MIO, tramite.tramite, name="tramite"),
    path(f"{MIO}comprobante-inconcluso/", tramite.comprobante, name="comprobante"),
    path(f"{MIO}domicilio/", domicilio.domicilio, name="domicilio"),
    path(f"{MIO}unidad/", unidad.unidad, name="unidad"),
    path(f"{MIO}revision/", unidad.revision, name="revision"),
    path(f"{MIO}enmascarada/", enmascarada.pedir, name="enmascarada"),
    path(f"{MIO}documentos/<str:tipo>/", cierre.ver, name="ver"),
    path(f"{MIO}documentos/<str:tipo>/descargar/", cierre.descargar, name="descargar"),
    path(f"{MIO}documentos/<str:tipo>/reenviar/", cierre.reenviar, name="reenviar_documento"),
    path(f"{MIO}finalizar/", cierre.finalizar, name="finalizar"),
    path("asignacion-nss/salir/", cierre.salir, name="salir"),
    path("asignacion-nss/fin/", cierre.fin, name="fin"),
]

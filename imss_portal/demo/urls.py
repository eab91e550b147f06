"""Addresses of the demo's mailbox. A mail's key is digits and dashes, never a path."""

from django.urls import path, re_path

from imss_portal.demo import buzon

app_name = "buzon"
urlpatterns = [
    path("", buzon.lista, name="lista"),
    re_path(r"^(?P<clave>[0-9-]+)/$", buzon.mensaje, name="mensaje"),
    re_path(r"^(?P<clave>[0-9-]+)/original/$", buzon.original, name="original"),
    re_path(
        r"^(?P<clave>[0-9-]+)/adjuntos/(?P<numero>[0-9]{1,3})/$", buzon.adjunto, name="adjunto"
    ),
]

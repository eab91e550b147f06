"""Addresses of the rights over data. A folio in one opens nothing: the session decides."""

from django.urls import path

from tramites.derechos.pasos import copias, peticiones

app_name = "derechos"

MIS_DATOS = "mis-datos/"
urlpatterns = [
    path(MIS_DATOS, peticiones.inicio, name="inicio"),
    path(f"{MIS_DATOS}copia/", copias.copia, name="copia"),
    path(f"{MIS_DATOS}copia/<str:formato>/", copias.descargar, name="copia_descargar"),
    path(f"{MIS_DATOS}pedir/", peticiones.pedir, name="pedir"),
    path(f"{MIS_DATOS}peticiones/<slug:folio>/", peticiones.ver, name="peticion"),
    path(f"{MIS_DATOS}peticiones/<slug:folio>/aclarar/", peticiones.aclarar, name="aclarar"),
    path(f"{MIS_DATOS}peticiones/<slug:folio>/retirar/", peticiones.retirar, name="retirar"),
]

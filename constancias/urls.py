"""Addresses open to everybody: public keys, how documents stand, and the verifier."""

from django.urls import path

from constancias import views
from constancias.verificar import api, paginas

app_name = "constancias"

SELLO = ".well-known/nss-sello/"
VERIFICAR = "verificar/"
urlpatterns = [
    path(f"{SELLO}claves.json", views.claves, name="claves"),
    path(f"{SELLO}certificados/<str:serie>.pem", views.certificado, name="certificado"),
    path(f"{SELLO}estados", views.estados, name="estados"),
    path(f"{VERIFICAR}sin-conexion/", views.sin_conexion, name="sin_conexion"),
    path(VERIFICAR, paginas.verificar, name="verificar"),
    path(f"{VERIFICAR}pdf/", paginas.pdf, name="verificar_pdf"),
    path(f"{VERIFICAR}consulta/<uuid:consulta_id>/", paginas.consulta, name="consulta"),
    path(f"{VERIFICAR}api/", api.verificar, name="api"),
    path(f"{VERIFICAR}api/esquema.json", api.esquema, name="api_esquema"),
    path(f"{VERIFICAR}api/<uuid:consulta_id>/", api.consulta, name="api_consulta"),
]

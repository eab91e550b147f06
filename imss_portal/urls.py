"""One include per app."""

from django.contrib import admin
from django.urls import include, path

from comun import views as comun

urlpatterns = [
    path("salud/viva", comun.alive, name="salud_viva"),
    path("salud/lista", comun.ready, name="salud_lista"),
    path("captcha/", include("captcha.urls")),
    path("admin/", admin.site.urls),
    path("", include("constancias.urls")),
    path("", include("tramites.urls")),
    path("buzon/", include("imss_portal.demo.urls")),  # 404 outside the demo
]

handler400 = "comun.views.bad_request"
handler403 = "comun.views.forbidden"
handler404 = "comun.views.not_found"
handler500 = "comun.views.server_error"

"""One include per app."""

from django.contrib import admin
from django.urls import include, path

from comun import views as comun
from comun import views_captcha as captcha
from imss_portal.demo.componentes import componentes

urlpatterns = [
    path("salud/viva", comun.alive, name="salud_viva"),
    path("salud/lista", comun.ready, name="salud_lista"),
    path("captcha/image/<slug:key>/", captcha.image, name="captcha-image"),
    path("captcha/audio/<slug:key>.wav", captcha.audio, name="captcha-audio"),
    path("captcha/trabajo/", captcha.work, name="captcha-trabajo"),
    path("admin/", admin.site.urls),
    path("", include("constancias.urls")),
    path("", include("tramites.derechos.urls")),
    path("", include("tramites.urls")),
    path("componentes/", componentes, name="componentes"),  # 404 outside the demo
    path("buzon/", include("imss_portal.demo.urls")),  # 404 outside the demo
]

handler400 = "comun.views.bad_request"
handler403 = "comun.views.forbidden"
handler404 = "comun.views.not_found"
handler500 = "comun.views.server_error"

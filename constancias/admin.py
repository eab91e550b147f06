"""Staff look up a document or a certificate by its reference; nothing here names a person."""

from django.contrib import admin
from django.http import HttpRequest

from constancias.models import Constancia, LlaveSello


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


@admin.register(Constancia)
class ConstanciaAdmin(ReadOnly):
    list_display = ("folio", "tipo", "estado", "llave", "emitida_en")
    list_filter = ("tipo", "estado")
    search_fields = ("=folio", "=secuencia")
    show_full_result_count = False
    fields = (
        ("folio", "tipo", "estado"),
        ("motivo", "cambio_en", "reemplaza"),
        ("secuencia", "llave", "indice"),
        ("emitida_en", "plantilla_version"),
        "sha256",
        "sello",
    )


@admin.register(LlaveSello)
class LlaveSelloAdmin(ReadOnly):
    list_display = ("serie", "estado", "desde", "hasta", "retirada_en")
    list_filter = ("estado",)
    search_fields = ("=serie",)
    fields = (
        ("serie", "estado", "retirada_en"),
        ("desde", "hasta"),
        "certificado",
        "autoridad",
    )

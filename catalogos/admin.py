"""The reference data, to look at. It comes from files (`cargar_…`): nothing here writes."""

from django.contrib import admin

from catalogos.models import (
    Asentamiento,
    Cobertura,
    Competencia,
    Delegacion,
    Entidad,
    Municipio,
    Subdelegacion,
    UnidadMedica,
    VersionCatalogo,
)
from comun.admin import LookOnly


@admin.register(VersionCatalogo)
class VersionCatalogoAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("catalogo", "fuente", "fecha_corte", "filas", "aplicada_en")
    list_filter = ("catalogo",)


@admin.register(Entidad)
class EntidadAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("nombre", "clave_curp", "clave_inegi")


@admin.register(Municipio)
class MunicipioAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("nombre", "entidad", "clave_inegi")
    list_filter = ("entidad",)
    list_select_related = ("entidad",)
    search_fields = ("nombre_normalizado",)


@admin.register(Asentamiento)
class AsentamientoAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("cp", "nombre", "tipo", "municipio", "zona", "fuente", "vigente")
    list_filter = ("vigente", "fuente")
    list_select_related = ("municipio",)
    search_fields = ("=cp",)  # exact: an index, not a scan
    search_help_text = "Busca por código postal."
    show_full_result_count = False
    ordering = ("cp",)


@admin.register(Delegacion)
class DelegacionAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("clave", "nombre", "vigente")


@admin.register(Subdelegacion)
class SubdelegacionAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("etiqueta", "delegacion", "clave", "nombre", "vigente")
    list_filter = ("delegacion",)
    list_select_related = ("delegacion",)


@admin.register(Competencia)
class CompetenciaAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("municipio", "delegacion", "subdelegacion", "fuente", "vigente")
    list_filter = ("vigente", "delegacion")
    list_select_related = ("municipio", "delegacion", "subdelegacion__delegacion")
    search_fields = ("municipio__nombre_normalizado",)


@admin.register(UnidadMedica)
class UnidadMedicaAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("etiqueta", "tipo", "delegacion", "municipio", "cp", "clues", "vigente")
    list_filter = ("vigente", "tipo", "delegacion")
    list_select_related = ("delegacion", "municipio")
    search_fields = ("=clues", "=cp", "=numero", "nombre")


@admin.register(Cobertura)
class CoberturaAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("cp", "colonia_normalizada", "municipio", "unidad", "desde", "hasta")
    list_select_related = ("municipio", "unidad__municipio")
    search_fields = ("=cp", "colonia_normalizada")

from django.db import migrations

HANDS = {
    "arco.recibida": "registrada_por",
    "arco.procede": "contestada_por",
    "arco.no_procede": "contestada_por",
}


def take_from_the_chain(apps, schema_editor):
    """Rows of before: whose hand it was is in the chain of audit."""
    bitacora = apps.get_model("comun", "Bitacora")
    peticiones = apps.get_model("derechos", "Peticion").objects
    for pk, folio in peticiones.filter(registrada_por="").values_list("pk", "folio"):
        entries = bitacora.objects.filter(objeto=f"arco:{folio}", accion__in=list(HANDS))
        told = {
            HANDS[accion]: actor
            for accion, actor in entries.order_by("n").values_list("accion", "actor")
        }
        if told:
            peticiones.filter(pk=pk).update(**told)


class Migration(migrations.Migration):
    dependencies = [
        ("derechos", "0004_dos_personas"),
        ("comun", "0004_llaves"),
    ]
    operations = [migrations.RunPython(take_from_the_chain, migrations.RunPython.noop)]

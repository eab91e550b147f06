from django.db import migrations


def take_back(apps, schema_editor):
    """Codes grew from 80 to 120 bits: those of before serve no more, and none is counted as left."""
    apps.get_model("personal", "CodigoRecuperacion").objects.filter(usado_en=None).delete()


class Migration(migrations.Migration):
    dependencies = [("personal", "0002_revelacion")]
    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]

"""Each Solicitud says which privacy notice was accepted; those of before say that none was kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tramites", "0005_opinion")]

    operations = [
        migrations.RunSQL(
            "UPDATE tramites_solicitud SET aviso_version = 'sin-registro' WHERE aviso_version = ''",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "solicitud", "aviso_version", models.CharField("versión del aviso", max_length=20)
        ),
        migrations.AddConstraint(
            "solicitud",
            models.CheckConstraint(
                condition=models.Q(("aviso_version", ""), _negated=True),
                name="solicitud_says_which_aviso_was_accepted",
            ),
        ),
    ]

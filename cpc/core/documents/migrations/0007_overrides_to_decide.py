from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    dependencies = [
        ("documents", "0006_second_looks_say_what_was_kept"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="override",
            index=models.Index(
                condition=models.Q(("agreed__isnull", True)), fields=["about_id"], name="override_undecided"
            ),
        ),
    ]

import uuid

import django.contrib.postgres.indexes
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce
from cpc.core.audit.models import THIS_TRANSACTION


class Migration(AtOnce):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("act", models.CharField(help_text="The permission that was used.", max_length=60)),
                ("by_kind", models.CharField(max_length=20)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("on_kind", models.CharField(blank=True, max_length=60)),
                ("on_id", models.BigIntegerField(null=True)),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
                ("part_of", models.UUIDField(null=True)),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=THIS_TRANSACTION,
                        help_text="The one that wrote it: its id is an act there and nowhere else.",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["on_kind", "on_id", "-at"], name="event_on"),
                    models.Index(fields=["about_kind", "about_id", "-at"], name="event_about"),
                    models.Index(fields=["by_id", "-at"], name="event_by"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("who_kind", models.CharField(max_length=20)),
                ("who_id", models.BigIntegerField(null=True)),
                ("who_name", models.CharField(max_length=200)),
                ("child_id", models.BigIntegerField()),
                ("page", models.CharField(max_length=100)),
                ("basis", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["child_id", "-at"], name="look_child"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="look_at"),
                ],
            },
        ),
    ]

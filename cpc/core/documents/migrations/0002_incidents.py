import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataIncident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                (
                    "where_it_lay",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent: it never left"),
                            ("unread", "To read after signing in, and not opened"),
                            ("read", "Opened by its reader after signing in"),
                            ("delivered", "Sent or handed over"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(help_text="What went wrong.")),
                ("asked", models.TextField(blank=True, help_text="What its reader was asked to do.")),
                ("taken_back_by_id", models.BigIntegerField(null=True)),
                ("taken_back_by_name", models.CharField(max_length=200)),
                ("taken_back_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.TextField(blank=True, help_text="How it was settled.")),
                ("settled_by_id", models.BigIntegerField(null=True)),
                ("settled_by_name", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "outgoing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="incident", to="documents.outgoing"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DataIncidentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("about_kind", models.CharField(blank=True, max_length=60)),
                ("about_id", models.BigIntegerField(null=True)),
                (
                    "where_it_lay",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent: it never left"),
                            ("unread", "To read after signing in, and not opened"),
                            ("read", "Opened by its reader after signing in"),
                            ("delivered", "Sent or handed over"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(help_text="What went wrong.")),
                ("asked", models.TextField(blank=True, help_text="What its reader was asked to do.")),
                ("taken_back_by_id", models.BigIntegerField(null=True)),
                ("taken_back_by_name", models.CharField(max_length=200)),
                ("taken_back_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.TextField(blank=True, help_text="How it was settled.")),
                ("settled_by_id", models.BigIntegerField(null=True)),
                ("settled_by_name", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "outgoing",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.outgoing",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="documents.dataincident",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="dataincident",
            index=models.Index(fields=["-taken_back_at"], name="incident_latest"),
        ),
        migrations.AddConstraint(
            model_name="dataincident",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="incident_says_what_went_wrong"
            ),
        ),
        migrations.AddConstraint(
            model_name="dataincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("where_it_lay__in", ["waiting", "unread"]), models.Q(("asked", ""), _negated=True), _connector="OR"
                ),
                name="reader_was_asked_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True)),
                    models.Q(
                        ("settled_at__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("settled_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="settled_says_how",
            ),
        ),
    ]

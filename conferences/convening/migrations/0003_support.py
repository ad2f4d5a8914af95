import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convening", "0002_paediatrician_and_report"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interpreter", "Interpreter"),
                            ("advocate", "Advocate"),
                            ("access", "Help with access"),
                            ("childcare", "Childcare"),
                            ("transport", "Transport"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.TextField(blank=True, help_text="For example the language.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Not arranged yet"),
                            ("booked", "Booked"),
                            ("declined", "Offered and not wanted"),
                            ("not_booked", "Could not be booked"),
                        ],
                        default="needed",
                        max_length=10,
                    ),
                ),
                ("booked_with", models.CharField(blank=True, max_length=200)),
                ("why_not", models.TextField(blank=True, help_text="Why it could not be booked, or is not wanted.")),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support", to="convening.conference"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "support",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SupportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interpreter", "Interpreter"),
                            ("advocate", "Advocate"),
                            ("access", "Help with access"),
                            ("childcare", "Childcare"),
                            ("transport", "Transport"),
                        ],
                        max_length=12,
                    ),
                ),
                ("what", models.TextField(blank=True, help_text="For example the language.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Not arranged yet"),
                            ("booked", "Booked"),
                            ("declined", "Offered and not wanted"),
                            ("not_booked", "Could not be booked"),
                        ],
                        default="needed",
                        max_length=10,
                    ),
                ),
                ("booked_with", models.CharField(blank=True, max_length=200)),
                ("why_not", models.TextField(blank=True, help_text="Why it could not be booked, or is not wanted.")),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="convening.support",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(fields=("conference", "person", "kind"), name="one_support_of_a_kind"),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_by__isnull", True), ("state", "needed")),
                    models.Q(
                        ("recorded_by__isnull", False),
                        ("state", "booked"),
                        models.Q(("booked_with", ""), _negated=True),
                    ),
                    models.Q(
                        ("recorded_by__isnull", False),
                        ("state__in", ["declined", "not_booked"]),
                        models.Q(("why_not", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="support_has_its_answer",
            ),
        ),
    ]

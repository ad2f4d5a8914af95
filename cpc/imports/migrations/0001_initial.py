import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cpc.imports.choices
from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("cases", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spreadsheet", "Our spreadsheet"),
                            ("csv", "One sheet of ours as CSV"),
                            ("census", "Children in need census file"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("faulty", "Has faults"),
                            ("ready", "Ready to load"),
                            ("loading", "Being loaded"),
                            ("loaded", "Loaded"),
                            ("failed", "Not loaded"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("body", models.BinaryField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("faults", models.JSONField(blank=True, default=list)),
                ("notes", models.JSONField(blank=True, default=list)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("why_failed", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("loaded_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("file_name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spreadsheet", "Our spreadsheet"),
                            ("csv", "One sheet of ours as CSV"),
                            ("census", "Children in need census file"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("faulty", "Has faults"),
                            ("ready", "Ready to load"),
                            ("loading", "Being loaded"),
                            ("loaded", "Loaded"),
                            ("failed", "Not loaded"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("why_failed", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("loaded_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="imports.import",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rows", models.JSONField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="set_aside", to="imports.import"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SetAsideEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="imports.setaside",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="imports.import",
                    ),
                ),
                (
                    "settled_by",
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
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", cpc.imports.choices.ImportState)), name="import_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "loaded"), _negated=True),
                    models.Q(("body__isnull", True), ("loaded_at__isnull", False), ("loaded_by__isnull", False)),
                    _connector="OR",
                ),
                name="loaded_import_has_by_and_no_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "ready"), _negated=True), ("faults", []), _connector="OR"),
                name="ready_has_no_fault",
            ),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.UniqueConstraint(fields=("run", "family"), name="set_aside_once"),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="set_aside_settled_has_by",
            ),
        ),
    ]

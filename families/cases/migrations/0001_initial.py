import datetime

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(help_text="The last day.")),
                ("reason", models.TextField()),
                ("ended_on", models.DateField(blank=True, help_text="Taken back before its time.", null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeclaredConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("declared_on", models.DateField(null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="cases.declaredconflict",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declared_conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("until_on", models.DateField(help_text="The last day.")),
                ("only_warnings", models.BooleanField(default=False)),
                (
                    "ended_at",
                    models.DateTimeField(help_text="A review found it not justified, or its user left.", null=True),
                ),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justified"), ("unjustified", "Not justified")],
                        max_length=12,
                    ),
                ),
                ("review_note", models.TextField(blank=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_accesses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "emergency accesses",
            },
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "name",
                    models.CharField(help_text="The name the family is known by here, such as Marlow.", max_length=120),
                ),
                ("case_number", models.CharField(max_length=40, unique=True)),
                (
                    "restricted",
                    models.BooleanField(default=False, help_text="Only people named for this family may see it."),
                ),
                (
                    "restricted_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("staff", "A member of staff, or a relative of one"),
                            ("media", "Interest of the press or the public"),
                            ("protected", "A protected address"),
                            ("pre_adoption", "Before an adoption"),
                            ("serious_case", "A serious case or review"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("restricted_reason", models.TextField(blank=True)),
                ("opened_on", models.DateField()),
                (
                    "search_index",
                    django.contrib.postgres.search.SearchVectorField(blank=True, default="", editable=False),
                ),
                (
                    "social_worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="families",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="families", to="accounts.team"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "families",
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccessEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("until_on", models.DateField(help_text="The last day.")),
                ("only_warnings", models.BooleanField(default=False)),
                (
                    "ended_at",
                    models.DateTimeField(help_text="A review found it not justified, or its user left.", null=True),
                ),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justified"), ("unjustified", "Not justified")],
                        max_length=12,
                    ),
                ),
                ("review_note", models.TextField(blank=True)),
                (
                    "agreed_by",
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
                        to="cases.emergencyaccess",
                    ),
                ),
                (
                    "reviewed_by",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="emergencyaccess",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="emergency_accesses", to="cases.family"
            ),
        ),
        migrations.CreateModel(
            name="DeclaredConflictEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("declared_on", models.DateField(null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "declared_by",
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
                        to="cases.declaredconflict",
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.declaredconflict",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="declaredconflict",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="declared_conflicts", to="cases.family"
            ),
        ),
        migrations.CreateModel(
            name="AccessGrantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(help_text="The last day.")),
                ("reason", models.TextField()),
                ("ended_on", models.DateField(blank=True, help_text="Taken back before its time.", null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="cases.accessgrant",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="accessgrant",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="access_grants", to="cases.family"
            ),
        ),
        migrations.CreateModel(
            name="FamilyAccess",
            fields=[],
            options={
                "verbose_name": "access to a family",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("cases.family",),
        ),
        migrations.CreateModel(
            name="FamilyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(help_text="The name the family is known by here, such as Marlow.", max_length=120),
                ),
                ("case_number", models.CharField(max_length=40)),
                (
                    "restricted",
                    models.BooleanField(default=False, help_text="Only people named for this family may see it."),
                ),
                (
                    "restricted_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("staff", "A member of staff, or a relative of one"),
                            ("media", "Interest of the press or the public"),
                            ("protected", "A protected address"),
                            ("pre_adoption", "Before an adoption"),
                            ("serious_case", "A serious case or review"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("restricted_reason", models.TextField(blank=True)),
                ("opened_on", models.DateField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.family",
                    ),
                ),
                (
                    "social_worker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SaidConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "whom",
                    models.CharField(help_text="A case number, or whom they know, as they said it.", max_length=200),
                ),
                ("reason", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said_conflicts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SaidConflictEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "whom",
                    models.CharField(help_text="A case number, or whom they know, as they said it.", max_length=200),
                ),
                ("reason", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.saidconflict",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
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
        migrations.AddIndex(
            model_name="family",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_index"], name="family_search"),
        ),
        migrations.AddIndex(
            model_name="family",
            index=models.Index(fields=["social_worker", "-opened_on", "-id"], name="family_worker"),
        ),
        migrations.AddIndex(
            model_name="family",
            index=models.Index(fields=["team", "-opened_on", "-id"], name="family_team"),
        ),
        migrations.AddIndex(
            model_name="family",
            index=models.Index(fields=["-opened_on", "-id"], name="family_latest"),
        ),
        migrations.AddIndex(
            model_name="family",
            index=models.Index(condition=models.Q(("restricted", True)), fields=["id"], name="family_restricted"),
        ),
        migrations.AddIndex(
            model_name="emergencyaccess",
            index=models.Index(fields=["user", "family"], name="emergency_user_family"),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                    models.Q(
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reviewed_emergency_has_by_and_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_by__isnull", True),
                    models.Q(("agreed_by", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_agrees_to_their_own_emergency",
            ),
        ),
        migrations.AddIndex(
            model_name="declaredconflict",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)), fields=["user", "family"], name="conflict_user_family"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaredconflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)), fields=("user", "family"), name="one_conflict_a_pair"
            ),
        ),
        migrations.AddIndex(
            model_name="accessgrant",
            index=models.Index(fields=["user", "family"], name="grant_user_family"),
        ),
        migrations.AddConstraint(
            model_name="accessgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__gte", models.F("from_on")),
                    (
                        "until_on__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("from_on"), "+", models.Value(datetime.timedelta(days=184))
                        ),
                    ),
                ),
                name="grant_of_six_months_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="saidconflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="settled_conflict_has_by",
            ),
        ),
    ]

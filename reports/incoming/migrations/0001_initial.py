import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reports.incoming.choices
import reports.incoming.models.uploads
from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("accounts", "0001_initial"),
        ("convening", "0001_initial"),
        ("documents", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("feeling", models.CharField(blank=True, max_length=2)),
                ("working_well", models.TextField(blank=True)),
                ("do_well", models.TextField(blank=True)),
                ("positives", models.TextField(blank=True)),
                ("worried", models.TextField(blank=True)),
                ("others_worry", models.TextField(blank=True)),
                ("important", models.TextField(blank=True)),
                ("must_change", models.TextField(blank=True)),
                ("difficulties", models.TextField(blank=True)),
                ("support_wanted", models.TextField(blank=True)),
                ("support_how", models.TextField(blank=True)),
                ("family_help", models.TextField(blank=True)),
                ("next_steps", models.TextField(blank=True)),
                ("could_do", models.TextField(blank=True)),
                ("scale", models.CharField(blank=True, max_length=2)),
                ("on_reports", models.TextField(blank=True)),
                ("not_talk", models.TextField(blank=True)),
                ("must_not_read", models.TextField(blank=True)),
                ("supporter", models.CharField(blank=True, max_length=200)),
                ("needs", models.TextField(blank=True)),
                ("received_on", models.DateField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        max_length=20,
                    ),
                ),
                (
                    "for_chair",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="convening.conference",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContributionChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.TextField(blank=True)),
                ("scale", models.CharField(blank=True, max_length=2)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="incoming.contribution"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContributionChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("said", models.TextField(blank=True)),
                ("scale", models.CharField(blank=True, max_length=2)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.contribution",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.contributionchild",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContributionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("feeling", models.CharField(blank=True, max_length=2)),
                ("working_well", models.TextField(blank=True)),
                ("do_well", models.TextField(blank=True)),
                ("positives", models.TextField(blank=True)),
                ("worried", models.TextField(blank=True)),
                ("others_worry", models.TextField(blank=True)),
                ("important", models.TextField(blank=True)),
                ("must_change", models.TextField(blank=True)),
                ("difficulties", models.TextField(blank=True)),
                ("support_wanted", models.TextField(blank=True)),
                ("support_how", models.TextField(blank=True)),
                ("family_help", models.TextField(blank=True)),
                ("next_steps", models.TextField(blank=True)),
                ("could_do", models.TextField(blank=True)),
                ("scale", models.CharField(blank=True, max_length=2)),
                ("on_reports", models.TextField(blank=True)),
                ("not_talk", models.TextField(blank=True)),
                ("must_not_read", models.TextField(blank=True)),
                ("supporter", models.CharField(blank=True, max_length=200)),
                ("needs", models.TextField(blank=True)),
                ("received_on", models.DateField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        max_length=20,
                    ),
                ),
                (
                    "for_chair",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        to="incoming.contribution",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContributionScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("called", models.CharField(help_text="What it is, for those who may see it.", max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word document"),
                            ("png", "Picture (PNG)"),
                            ("jpg", "Picture (JPEG)"),
                            ("txt", "Plain text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("body", models.BinaryField()),
                ("received_on", models.DateField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="convening.conference"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContributionScanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("called", models.CharField(help_text="What it is, for those who may see it.", max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word document"),
                            ("png", "Picture (PNG)"),
                            ("jpg", "Picture (JPEG)"),
                            ("txt", "Plain text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
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
                        to="incoming.contributionscan",
                    ),
                ),
                (
                    "uploaded_by",
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
        migrations.CreateModel(
            name="FileCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="file_copy", to="documents.document"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file_copies",
                        to="convening.invitation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "file copies",
            },
        ),
        migrations.CreateModel(
            name="GivenAllTheSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("despite", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convening.invitation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "given all the same",
            },
        ),
        migrations.CreateModel(
            name="PlannedTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("conference_at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        blank=True, help_text="Where, or on which number; for staff alone.", max_length=200
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_talks",
                        to="convening.conference",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlannedTalkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("conference_at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        blank=True, help_text="Where, or on which number; for staff alone.", max_length=200
                    ),
                ),
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
                        to="incoming.plannedtalk",
                    ),
                ),
                (
                    "planned_by",
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
        migrations.CreateModel(
            name="QualityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("in_time", models.BooleanField()),
                ("each_child", models.BooleanField()),
                ("child_heard", models.BooleanField()),
                ("family_heard", models.BooleanField()),
                ("facts_marked", models.BooleanField()),
                ("chronology", models.BooleanField()),
                ("strengths", models.BooleanField()),
                ("analysed", models.BooleanField()),
                ("clear_view", models.BooleanField()),
                ("plain", models.BooleanField()),
                ("number", models.PositiveIntegerField()),
                ("return_reason", models.TextField(blank=True, help_text="For the author.")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveSmallIntegerField()),
                ("whole_page", models.BooleanField(default=False)),
                ("left", models.FloatField(default=0)),
                ("top", models.FloatField(default=0)),
                ("right", models.FloatField(default=1)),
                ("bottom", models.FloatField(default=1)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["page", "id"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("involvement", models.TextField(blank=True)),
                ("chronology", models.TextField(blank=True)),
                ("support_given", models.TextField(blank=True)),
                ("adults", models.TextField(blank=True)),
                ("worried", models.TextField(blank=True)),
                ("danger_statement", models.TextField(blank=True)),
                ("complicating", models.TextField(blank=True)),
                ("working_well", models.TextField(blank=True)),
                ("child_views", models.TextField(blank=True)),
                ("family_views", models.TextField(blank=True)),
                ("told_in_substance", models.TextField(blank=True)),
                ("analysis", models.TextField(blank=True)),
                ("needs_to_happen", models.TextField(blank=True)),
                ("recommendation", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_work", "Social work report"),
                            ("school", "School or nursery report"),
                            ("gp", "GP report"),
                            ("health_visitor", "Health visitor or school nurse report"),
                            ("midwife", "Midwife report"),
                            ("police", "Police report"),
                            ("probation", "Probation report"),
                            ("adult_services", "Adult services report"),
                            ("agency", "Agency report"),
                        ],
                        max_length=20,
                    ),
                ),
                ("author", models.CharField(max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        help_text="The chair alone, for what the police write where they tell it by word of mouth.",
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for changes"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "restricted",
                    models.TextField(blank=True, help_text="What must stay apart from the report that is shared."),
                ),
                (
                    "restricted_audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("restricted_reason", models.TextField(blank=True, help_text="Why it must stay apart.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "number",
                    models.PositiveIntegerField(
                        default=0, help_text="The number of the version that was last submitted."
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "first_submitted_on",
                    models.DateField(help_text="The day on which its first version came.", null=True),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("return_reason", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="accounts.agency",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="convening.conference"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="convening.invitation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QualityCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("in_time", models.BooleanField()),
                ("each_child", models.BooleanField()),
                ("child_heard", models.BooleanField()),
                ("family_heard", models.BooleanField()),
                ("facts_marked", models.BooleanField()),
                ("chronology", models.BooleanField()),
                ("strengths", models.BooleanField()),
                ("analysed", models.BooleanField()),
                ("clear_view", models.BooleanField()),
                ("plain", models.BooleanField()),
                ("number", models.PositiveIntegerField()),
                ("return_reason", models.TextField(blank=True, help_text="For the author.")),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        to="incoming.qualitycheck",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="qualitycheck",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="quality_checks", to="incoming.report"
            ),
        ),
        migrations.CreateModel(
            name="ReportChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.TextField(blank=True)),
                ("seen", models.TextField(blank=True)),
                ("health", models.TextField(blank=True)),
                ("education", models.TextField(blank=True)),
                ("needs", models.TextField(blank=True)),
                ("wishes", models.TextField(blank=True)),
                ("harm", models.TextField(blank=True)),
                ("child_recommendation", models.TextField(blank=True)),
                ("scale", models.TextField(blank=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="incoming.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("about", models.TextField(blank=True)),
                ("seen", models.TextField(blank=True)),
                ("health", models.TextField(blank=True)),
                ("education", models.TextField(blank=True)),
                ("needs", models.TextField(blank=True)),
                ("wishes", models.TextField(blank=True)),
                ("harm", models.TextField(blank=True)),
                ("child_recommendation", models.TextField(blank=True)),
                ("scale", models.TextField(blank=True)),
                (
                    "child",
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
                        to="incoming.reportchild",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("involvement", models.TextField(blank=True)),
                ("chronology", models.TextField(blank=True)),
                ("support_given", models.TextField(blank=True)),
                ("adults", models.TextField(blank=True)),
                ("worried", models.TextField(blank=True)),
                ("danger_statement", models.TextField(blank=True)),
                ("complicating", models.TextField(blank=True)),
                ("working_well", models.TextField(blank=True)),
                ("child_views", models.TextField(blank=True)),
                ("family_views", models.TextField(blank=True)),
                ("told_in_substance", models.TextField(blank=True)),
                ("analysis", models.TextField(blank=True)),
                ("needs_to_happen", models.TextField(blank=True)),
                ("recommendation", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_work", "Social work report"),
                            ("school", "School or nursery report"),
                            ("gp", "GP report"),
                            ("health_visitor", "Health visitor or school nurse report"),
                            ("midwife", "Midwife report"),
                            ("police", "Police report"),
                            ("probation", "Probation report"),
                            ("adult_services", "Adult services report"),
                            ("agency", "Agency report"),
                        ],
                        max_length=20,
                    ),
                ),
                ("author", models.CharField(max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        default="everyone",
                        help_text="The chair alone, for what the police write where they tell it by word of mouth.",
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for changes"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "restricted",
                    models.TextField(blank=True, help_text="What must stay apart from the report that is shared."),
                ),
                (
                    "restricted_audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("everyone", "Any reader"),
                            ("family", "The family"),
                            ("professionals", "Professionals only"),
                            ("chair", "The chair alone"),
                            ("named", "Only people named"),
                            ("police", "Police information, restricted"),
                            ("third_party", "Third-party information, restricted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("restricted_reason", models.TextField(blank=True, help_text="Why it must stay apart.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "number",
                    models.PositiveIntegerField(
                        default=0, help_text="The number of the version that was last submitted."
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                (
                    "first_submitted_on",
                    models.DateField(help_text="The day on which its first version came.", null=True),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("return_reason", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "approved_by",
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
                    "author_user",
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
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.TextField()),
                (
                    "progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("partly", "Partly reached"),
                            ("not_reached", "Not reached"),
                            ("not_known", "We do not know"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="incoming.report"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportOutcomeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("outcome", models.TextField()),
                (
                    "progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("partly", "Partly reached"),
                            ("not_reached", "Not reached"),
                            ("not_known", "We do not know"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.reportoutcome",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convening.invitation"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readers", to="incoming.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportReaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.reportreader",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportSharing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(default=1, help_text="The version of the report that this is about."),
                ),
                ("shared_on", models.DateField(blank=True, null=True)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read_together", "Read through together"),
                            ("by_hand", "Given by hand"),
                            ("post", "Posted"),
                            ("translated", "With an interpreter or translated"),
                            ("by_phone", "Talked through by phone"),
                            ("in_own_words", "Explained in words for a child"),
                        ],
                        max_length=20,
                    ),
                ),
                ("shared_by", models.CharField(blank=True, max_length=200)),
                ("not_shared_reason", models.TextField(blank=True)),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sharings", to="incoming.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportSharingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.PositiveIntegerField(default=1, help_text="The version of the report that this is about."),
                ),
                ("shared_on", models.DateField(blank=True, null=True)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read_together", "Read through together"),
                            ("by_hand", "Given by hand"),
                            ("post", "Posted"),
                            ("translated", "With an interpreter or translated"),
                            ("by_phone", "Talked through by phone"),
                            ("in_own_words", "Explained in words for a child"),
                        ],
                        max_length=20,
                    ),
                ),
                ("shared_by", models.CharField(blank=True, max_length=200)),
                ("not_shared_reason", models.TextField(blank=True)),
                (
                    "parent",
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
                        to="incoming.reportsharing",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("chased", "Chased"),
                            ("again", "Requested again"),
                            ("orally", "Given orally"),
                            ("not_given", "Not given"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("note", models.TextField(blank=True, help_text="Who was spoken to, or why no report is given.")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_steps",
                        to="convening.invitation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("chased", "Chased"),
                            ("again", "Requested again"),
                            ("orally", "Given orally"),
                            ("not_given", "Not given"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("note", models.TextField(blank=True, help_text="Who was spoken to, or why no report is given.")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.reportstep",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField()),
                (
                    "covers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="The children (ids) that the report covered then.",
                        size=None,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="incoming.report"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="ReportVersionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField()),
                (
                    "covers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="The children (ids) that the report covered then.",
                        size=None,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.reportversion",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UploadedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.CharField(help_text="Who wrote it, in words.", max_length=200)),
                (
                    "made",
                    models.CharField(
                        choices=[
                            ("came", "As it came"),
                            ("separate", "A separate version by its author"),
                            ("redacted", "Redacted here"),
                            ("typed", "A copy of a typed report"),
                        ],
                        default="came",
                        max_length=10,
                    ),
                ),
                ("given_name", models.CharField(max_length=200)),
                (
                    "file_name",
                    models.CharField(default=reports.incoming.models.uploads.opaque_name, max_length=40, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word document"),
                            ("png", "Picture (PNG)"),
                            ("jpg", "Picture (JPEG)"),
                            ("txt", "Plain text"),
                        ],
                        max_length=4,
                    ),
                ),
                ("body", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("pages", models.PositiveSmallIntegerField(help_text="0 where it is not known.")),
                ("reading", models.JSONField(help_text="[[where, text, shadow], …]")),
                ("unreadable", models.JSONField(blank=True, default=list)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploaded_files",
                        to="convening.conference",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploaded_files",
                        to="convening.invitation",
                    ),
                ),
                (
                    "made_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="incoming.uploadedfile",
                    ),
                ),
            ],
            options={
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RedactionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("page", models.PositiveSmallIntegerField()),
                ("whole_page", models.BooleanField(default=False)),
                ("left", models.FloatField(default=0)),
                ("top", models.FloatField(default=0)),
                ("right", models.FloatField(default=1)),
                ("bottom", models.FloatField(default=1)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        to="incoming.redaction",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="redaction",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="redactions", to="incoming.uploadedfile"
            ),
        ),
        migrations.CreateModel(
            name="GivenAllTheSameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("despite", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
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
                        to="incoming.givenallthesame",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="givenallthesame",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="all_the_same", to="incoming.uploadedfile"
            ),
        ),
        migrations.CreateModel(
            name="FileCopyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.filecopy",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="filecopy",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="incoming.uploadedfile"
            ),
        ),
        migrations.CreateModel(
            name="UploadedFileChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="incoming.uploadedfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UploadedFileChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.uploadedfilechild",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UploadedFileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("author", models.CharField(help_text="Who wrote it, in words.", max_length=200)),
                (
                    "made",
                    models.CharField(
                        choices=[
                            ("came", "As it came"),
                            ("separate", "A separate version by its author"),
                            ("redacted", "Redacted here"),
                            ("typed", "A copy of a typed report"),
                        ],
                        default="came",
                        max_length=10,
                    ),
                ),
                ("given_name", models.CharField(max_length=200)),
                ("file_name", models.CharField(default=reports.incoming.models.uploads.opaque_name, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word document"),
                            ("png", "Picture (PNG)"),
                            ("jpg", "Picture (JPEG)"),
                            ("txt", "Plain text"),
                        ],
                        max_length=4,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("pages", models.PositiveSmallIntegerField(help_text="0 where it is not known.")),
                ("unreadable", models.JSONField(blank=True, default=list)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.agency",
                    ),
                ),
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
                    "invitation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "made_for",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.uploadedfile",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VersionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.TextField(help_text="What the version must leave out, in words that its author may read."),
                ),
                ("due_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                (
                    "answered_with",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="incoming.uploadedfile",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="incoming.uploadedfile"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convening.invitation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VersionRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "why",
                    models.TextField(help_text="What the version must leave out, in words that its author may read."),
                ),
                ("due_on", models.DateField()),
                ("asked_at", models.DateTimeField()),
                (
                    "answered_with",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
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
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incoming.uploadedfile",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="incoming.versionrequest",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.invitation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("conference", "person"), name="one_contribution_a_person"),
        ),
        migrations.AddConstraint(
            model_name="contributionchild",
            constraint=models.UniqueConstraint(fields=("contribution", "child"), name="one_box_a_child"),
        ),
        migrations.AddConstraint(
            model_name="contributionchild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said", ""), _negated=True), models.Q(("scale", ""), _negated=True), _connector="OR"
                ),
                name="box_about_a_child_is_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedtalk",
            constraint=models.UniqueConstraint(fields=("conference", "person"), name="one_planned_talk_a_person"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("state", "submitted")), fields=["conference"], name="report_to_approve"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("submitted_at__isnull", False), _connector="OR"),
                name="handed_in_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restricted", ""),
                    models.Q(
                        models.Q(("restricted_audience", ""), _negated=True),
                        models.Q(("restricted_audience", "everyone"), _negated=True),
                        models.Q(("restricted_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="restricted_part_has_readers_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="approved_report_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="one_quality_check_a_version"),
        ),
        migrations.AddConstraint(
            model_name="reportchild",
            constraint=models.UniqueConstraint(fields=("report", "child"), name="one_row_a_reported_child"),
        ),
        migrations.AddConstraint(
            model_name="reportoutcome",
            constraint=models.UniqueConstraint(fields=("report", "outcome"), name="one_answer_an_outcome"),
        ),
        migrations.AddConstraint(
            model_name="reportreader",
            constraint=models.UniqueConstraint(fields=("report", "invitation"), name="one_row_a_report_reader"),
        ),
        migrations.AddConstraint(
            model_name="reportsharing",
            constraint=models.UniqueConstraint(fields=("report", "parent"), name="one_sharing_a_parent"),
        ),
        migrations.AddConstraint(
            model_name="reportsharing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("shared_on__isnull", False), models.Q(("how", ""), _negated=True), ("not_shared_reason", "")
                    ),
                    models.Q(
                        ("how", ""), ("shared_on__isnull", True), models.Q(("not_shared_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="shared_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "not_given"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="not_given_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportversion",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="one_row_a_report_version"),
        ),
        migrations.AddIndex(
            model_name="uploadedfile",
            index=models.Index(fields=["conference", "-id"], name="uploaded_for_conference"),
        ),
        migrations.AddConstraint(
            model_name="uploadedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("made__in", reports.incoming.choices.MadeHow)), name="uploaded_made_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", reports.incoming.choices.FileKind)), name="uploaded_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="uploaded_has_hash"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("version_of", models.F("id")), _negated=True), name="uploaded_never_of_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made", "came"), ("made_for__isnull", True), ("version_of__isnull", True)),
                    models.Q(("made", "typed"), ("made_for__isnull", False), ("version_of__isnull", True)),
                    models.Q(
                        ("made__in", ["separate", "redacted"]),
                        ("made_for__isnull", False),
                        ("version_of__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="uploaded_version_says_of_what_for_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="redaction_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bottom__lte", 1),
                    ("left__gte", 0),
                    ("right__lte", 1),
                    ("top__gte", 0),
                    ("bottom__gt", models.F("top")),
                    ("right__gt", models.F("left")),
                ),
                name="redaction_lies_on_its_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="givenallthesame",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="given_all_the_same_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadedfilechild",
            constraint=models.UniqueConstraint(fields=("file", "child"), name="one_row_an_uploaded_child"),
        ),
        migrations.AddConstraint(
            model_name="versionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_with__isnull", True)),
                fields=("file", "reader"),
                name="one_open_request_a_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionrequest",
            constraint=models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="request_says_why"),
        ),
    ]

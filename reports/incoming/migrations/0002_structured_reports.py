import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    dependencies = [
        ("convening", "0001_initial"),
        ("incoming", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="could_do",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="difficulties",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="do_well",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="family_help",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="feeling",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="contribution",
            name="for_chair",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="important",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="must_change",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="must_not_read",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="not_talk",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="others_worry",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="positives",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="scale",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="contribution",
            name="support_how",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="could_do",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="difficulties",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="do_well",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="family_help",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="feeling",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="for_chair",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="important",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="must_change",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="must_not_read",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="not_talk",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="others_worry",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="positives",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="scale",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="contributionevent",
            name="support_how",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="report",
            name="adults",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="report",
            name="audience",
            field=models.CharField(
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
        migrations.AddField(
            model_name="report",
            name="chronology",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="report",
            name="complicating",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="report",
            name="danger_statement",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="report",
            name="first_submitted_on",
            field=models.DateField(help_text="The day on which its first version came.", null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="number",
            field=models.PositiveIntegerField(
                default=0, help_text="The number of the version that was last submitted."
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="support_given",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="report",
            name="told_in_substance",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="child_recommendation",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="education",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="harm",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="health",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="needs",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="scale",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="seen",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchild",
            name="wishes",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="child_recommendation",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="education",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="harm",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="health",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="needs",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="scale",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="seen",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportchildevent",
            name="wishes",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="adults",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="audience",
            field=models.CharField(
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
        migrations.AddField(
            model_name="reportevent",
            name="chronology",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="complicating",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="danger_statement",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="first_submitted_on",
            field=models.DateField(help_text="The day on which its first version came.", null=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="number",
            field=models.PositiveIntegerField(
                default=0, help_text="The number of the version that was last submitted."
            ),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="support_given",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="told_in_substance",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="reportsharing",
            name="number",
            field=models.PositiveIntegerField(default=1, help_text="The version of the report that this is about."),
        ),
        migrations.AddField(
            model_name="reportsharing",
            name="shared_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="reportsharingevent",
            name="number",
            field=models.PositiveIntegerField(default=1, help_text="The version of the report that this is about."),
        ),
        migrations.AddField(
            model_name="reportsharingevent",
            name="shared_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="needs",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="on_reports",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="supporter",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="contributionevent",
            name="needs",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="contributionevent",
            name="on_reports",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="contributionevent",
            name="supporter",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Submitted"),
                    ("returned", "With its author again"),
                    ("approved", "Approved"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="reportevent",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="reportevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Submitted"),
                    ("returned", "With its author again"),
                    ("approved", "Approved"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="reportsharing",
            name="how",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="reportsharingevent",
            name="how",
            field=models.CharField(
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
        migrations.CreateModel(
            name="ContributionChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.TextField()),
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
                ("said", models.TextField()),
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
            name="PlannedTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
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
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quality_checks", to="incoming.report"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
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
        migrations.AddConstraint(
            model_name="contributionchild",
            constraint=models.UniqueConstraint(fields=("contribution", "child"), name="one_box_a_child"),
        ),
        migrations.AddConstraint(
            model_name="plannedtalk",
            constraint=models.UniqueConstraint(fields=("conference", "person"), name="one_planned_talk_a_person"),
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="one_quality_check_a_version"),
        ),
        migrations.AddConstraint(
            model_name="reportoutcome",
            constraint=models.UniqueConstraint(fields=("report", "outcome"), name="one_answer_an_outcome"),
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
    ]

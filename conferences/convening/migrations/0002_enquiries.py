import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    dependencies = [
        ("cases", "0001_initial"),
        ("convening", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DateChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DiscussionAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("owner", models.CharField(help_text="Who does it.", max_length=200)),
                ("due_on", models.DateField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DiscussionActionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("what", models.TextField()),
                ("owner", models.CharField(help_text="Who does it.", max_length=200)),
                ("due_on", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DiscussionAgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("social_care", "Children’s social care"),
                            ("police", "Police"),
                            ("health", "Health"),
                            ("education", "Education"),
                            ("other", "Another agency"),
                        ],
                        max_length=15,
                    ),
                ),
                ("took_part", models.BooleanField()),
                ("people", models.TextField(blank=True, help_text="Names and roles.")),
                ("why_not", models.TextField(blank=True, help_text="Why nobody took part.")),
                ("shared", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("professionals", "Professionals who may read this family’s record"),
                            ("police", "Police information: only those who hold the case, and the conference’s chair"),
                            ("third_party", "About a third party: only those who hold the case, and the chair"),
                        ],
                        default="police",
                        max_length=15,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DiscussionAgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "agency",
                    models.CharField(
                        choices=[
                            ("social_care", "Children’s social care"),
                            ("police", "Police"),
                            ("health", "Health"),
                            ("education", "Education"),
                            ("other", "Another agency"),
                        ],
                        max_length=15,
                    ),
                ),
                ("took_part", models.BooleanField()),
                ("people", models.TextField(blank=True, help_text="Names and roles.")),
                ("why_not", models.TextField(blank=True, help_text="Why nobody took part.")),
                ("shared", models.TextField(blank=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("professionals", "Professionals who may read this family’s record"),
                            ("police", "Police information: only those who hold the case, and the conference’s chair"),
                            ("third_party", "About a third party: only those who hold the case, and the chair"),
                        ],
                        default="police",
                        max_length=15,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DiscussionChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("enquiry", "Start a section 47 enquiry"),
                            ("continues", "The section 47 enquiry that is in progress continues"),
                            ("again", "Not decided yet: hold another strategy discussion"),
                            ("support", "No section 47 enquiry: assessment or support"),
                            ("nothing", "No section 47 enquiry: no further action"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DiscussionChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("enquiry", "Start a section 47 enquiry"),
                            ("continues", "The section 47 enquiry that is in progress continues"),
                            ("again", "Not decided yet: hold another strategy discussion"),
                            ("support", "No section 47 enquiry: assessment or support"),
                            ("nothing", "No section 47 enquiry: no further action"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField()),
                ("worries", models.TextField(help_text="In words for everybody in the plan.")),
                ("review_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("made_on", models.DateField()),
                ("worries", models.TextField(help_text="In words for everybody in the plan.")),
                ("review_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "agreed",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("signed", "Agreed, and signed the page"),
                            ("said", "Agreed, and did not sign"),
                            ("refused", "Did not agree"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanPersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "agreed",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("signed", "Agreed, and signed the page"),
                            ("said", "Agreed, and did not sign"),
                            ("refused", "Did not agree"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("found", models.TextField()),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("held_on", models.DateField()),
                ("found", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("for_all", models.BooleanField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("for_all", models.BooleanField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="enquiry",
            name="an_outcome_has_its_date",
        ),
        migrations.RemoveIndex(
            model_name="enquiry",
            name="enquiry_open",
        ),
        migrations.RemoveField(
            model_name="enquiry",
            name="findings",
        ),
        migrations.RemoveField(
            model_name="enquiry",
            name="outcome",
        ),
        migrations.RemoveField(
            model_name="enquiryevent",
            name="findings",
        ),
        migrations.RemoveField(
            model_name="enquiryevent",
            name="outcome",
        ),
        migrations.RemoveField(
            model_name="strategydiscussion",
            name="decided",
        ),
        migrations.RemoveField(
            model_name="strategydiscussion",
            name="who_took_part",
        ),
        migrations.RemoveField(
            model_name="strategydiscussionevent",
            name="decided",
        ),
        migrations.RemoveField(
            model_name="strategydiscussionevent",
            name="who_took_part",
        ),
        migrations.AddField(
            model_name="enquiry",
            name="return_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="returned_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="signed_off_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="signed_off_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="written_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="enquirychild",
            name="findings",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="enquirychild",
            name="follows",
            field=models.TextField(blank=True, help_text="What follows for this child."),
        ),
        migrations.AddField(
            model_name="enquirychild",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("conference", "Concerns substantiated, likely to suffer significant harm: a conference is needed"),
                    (
                        "support",
                        "Concerns substantiated, not likely to suffer significant harm: child in need or Family Help",
                    ),
                    ("no_further_action", "Concerns not substantiated: no further action"),
                    ("assessment", "Concerns not substantiated: the assessment continues"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="enquirychildevent",
            name="findings",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="enquirychildevent",
            name="follows",
            field=models.TextField(blank=True, help_text="What follows for this child."),
        ),
        migrations.AddField(
            model_name="enquirychildevent",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("conference", "Concerns substantiated, likely to suffer significant harm: a conference is needed"),
                    (
                        "support",
                        "Concerns substantiated, not likely to suffer significant harm: child in need or Family Help",
                    ),
                    ("no_further_action", "Concerns not substantiated: no further action"),
                    ("assessment", "Concerns not substantiated: the assessment continues"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="return_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="returned_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="signed_off_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="signed_off_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="written_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="strategydiscussion",
            name="chaired_by",
            field=models.CharField(default="", help_text="Name and role.", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="strategydiscussion",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="strategydiscussion",
            name="medical",
            field=models.CharField(
                choices=[("not_needed", "Not needed"), ("needed", "Needed"), ("done", "Done")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="strategydiscussion",
            name="medical_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="strategydiscussion",
            name="medical_result",
            field=models.TextField(blank=True, help_text="Empty: not known yet."),
        ),
        migrations.AddField(
            model_name="strategydiscussionevent",
            name="chaired_by",
            field=models.CharField(default="", help_text="Name and role.", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="strategydiscussionevent",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="strategydiscussionevent",
            name="medical",
            field=models.CharField(
                choices=[("not_needed", "Not needed"), ("needed", "Needed"), ("done", "Done")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="strategydiscussionevent",
            name="medical_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="strategydiscussionevent",
            name="medical_result",
            field=models.TextField(blank=True, help_text="Empty: not known yet."),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("signed_off_at__isnull", True)), fields=["family"], name="enquiry_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_at__isnull", True),
                    models.Q(("outcome_on__isnull", False), ("written_by__isnull", False)),
                    _connector="OR",
                ),
                name="written_outcome_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_off_at__isnull", True), ("signed_off_by__isnull", True)),
                    models.Q(
                        ("signed_off_at__isnull", False),
                        ("signed_off_by__isnull", False),
                        ("written_at__isnull", False),
                        models.Q(("signed_off_by", models.F("written_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outcome_is_signed_off_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategydiscussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("medical", "done"), _negated=True), ("medical_on__isnull", False), _connector="OR"
                ),
                name="examination_done_has_its_date",
            ),
        ),
        migrations.AddField(
            model_name="datechange",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="datechange",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="datechange",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="date_changes",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="datechangeevent",
            name="answered_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="datechangeevent",
            name="asked_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="datechangeevent",
            name="discussion",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="datechangeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.datechange",
            ),
        ),
        migrations.AddField(
            model_name="discussionaction",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="convening.strategydiscussion"
            ),
        ),
        migrations.AddField(
            model_name="discussionactionevent",
            name="discussion",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="discussionactionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.discussionaction",
            ),
        ),
        migrations.AddField(
            model_name="discussionagency",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agencies", to="convening.strategydiscussion"
            ),
        ),
        migrations.AddField(
            model_name="discussionagencyevent",
            name="discussion",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="discussionagencyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.discussionagency",
            ),
        ),
        migrations.AddField(
            model_name="discussionchild",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="strategy_discussions", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="discussionchild",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="children", to="convening.strategydiscussion"
            ),
        ),
        migrations.AddField(
            model_name="discussionchildevent",
            name="child",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="discussionchildevent",
            name="discussion",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.strategydiscussion",
            ),
        ),
        migrations.AddField(
            model_name="discussionchildevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.discussionchild",
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="ended_with",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convening.conference"
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="enquiry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="safety_plans", to="convening.enquiry"
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="family",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="safety_plans", to="cases.family"
            ),
        ),
        migrations.AddField(
            model_name="safetyplan",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="safetyplanevent",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="safetyplanevent",
            name="ended_with",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.conference",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanevent",
            name="enquiry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.enquiry",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanevent",
            name="family",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.family",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.safetyplan",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanevent",
            name="written_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="safetyplanperson",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="safety_plans", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="safetyplanperson",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people", to="convening.safetyplan"
            ),
        ),
        migrations.AddField(
            model_name="safetyplanpersonevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanpersonevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.safetyplanperson",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanpersonevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.safetyplan",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanreview",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="convening.safetyplan"
            ),
        ),
        migrations.AddField(
            model_name="safetyplanreview",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="safetyplanreviewevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.safetyplanreview",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanreviewevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.safetyplan",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanreviewevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="safetyplanstep",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="convening.safetyplan"
            ),
        ),
        migrations.AddField(
            model_name="safetyplanstep",
            name="who",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="convening.safetyplanperson"
            ),
        ),
        migrations.AddField(
            model_name="safetyplanstepevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="convening.safetyplanstep",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanstepevent",
            name="plan",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.safetyplan",
            ),
        ),
        migrations.AddField(
            model_name="safetyplanstepevent",
            name="who",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="convening.safetyplanperson",
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)), fields=("discussion",), name="one_open_date_change"
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed__isnull", True), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("agreed__isnull", False), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="answered_date_change_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="datechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by__isnull", True),
                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="date_change_is_answered_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussionagency",
            constraint=models.UniqueConstraint(fields=("discussion", "agency"), name="one_row_a_discussed_agency"),
        ),
        migrations.AddConstraint(
            model_name="discussionagency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("took_part", True), models.Q(("people", ""), _negated=True)),
                    models.Q(("took_part", False), models.Q(("why_not", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agency_took_part_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussionchild",
            constraint=models.UniqueConstraint(fields=("discussion", "child"), name="one_row_a_discussed_child"),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("enquiry",), name="one_safety_plan_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_with__isnull", False),
                    models.Q(("ended_by__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="safety_plan_ends_with_a_conference_or_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplanperson",
            constraint=models.UniqueConstraint(
                fields=("plan", "name", "person"), name="one_row_a_safety_plan_person", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="safetyplanperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed", "not_asked"), ("agreed_on__isnull", False), _connector="OR"),
                name="agreement_has_its_date",
            ),
        ),
    ]

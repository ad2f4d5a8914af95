import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cpc.core.audit.at_once import AtOnce


class Migration(AtOnce):
    initial = True

    dependencies = [
        ("audit", "0002_extensions"),
        ("convening", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "view",
                    models.CharField(
                        choices=[
                            ("plan", "Needs a child protection plan"),
                            ("no_plan", "Does not need a child protection plan"),
                            ("unsure", "Not able to say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "dissents",
                    models.BooleanField(default=False, help_text="Disagrees with the decision, for the record."),
                ),
                ("dissent_reason", models.TextField(blank=True)),
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
                        help_text="Who may read the view and its reasons.",
                        max_length=20,
                    ),
                ),
                (
                    "conference_child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_views",
                        to="convening.conferencechild",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_views",
                        to="convening.invitation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencyViewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "view",
                    models.CharField(
                        choices=[
                            ("plan", "Needs a child protection plan"),
                            ("no_plan", "Does not need a child protection plan"),
                            ("unsure", "Not able to say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "dissents",
                    models.BooleanField(default=False, help_text="Disagrees with the decision, for the record."),
                ),
                ("dissent_reason", models.TextField(blank=True)),
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
                        help_text="Who may read the view and its reasons.",
                        max_length=20,
                    ),
                ),
                (
                    "conference_child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conferencechild",
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
                        to="meeting.agencyview",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("protection_plan", "A child protection plan"),
                            ("child_in_need", "A child in need plan, with the family’s consent"),
                            ("no_plan", "No child protection plan"),
                            ("not_decided", "Not decided: the conference was inquorate or adjourned"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple"),
                        ],
                        help_text="The main kind of harm.",
                        max_length=3,
                    ),
                ),
                ("is_multiple", models.BooleanField(default=False, help_text="More kinds of harm than the main one.")),
                (
                    "threshold",
                    models.TextField(
                        blank=True, help_text="How likely which harm is, in words: the test that was applied."
                    ),
                ),
                ("category_reason", models.TextField(blank=True, help_text="Why this is the main kind of harm.")),
                ("reasons", models.TextField()),
                (
                    "restricted",
                    models.TextField(blank=True, help_text="Reasons that not everybody who is told of it may read."),
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
                (
                    "consent_by",
                    models.CharField(blank=True, help_text="Who consented to a child in need plan.", max_length=200),
                ),
                (
                    "not_decided_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inquorate", "Inquorate"),
                            ("reports_late", "Adjourned: reports were missing, or the family had no time to read them"),
                            ("family_asked", "Adjourned: the family asked for it"),
                            ("interpreter", "Adjourned: there was no interpreter or support"),
                            ("not_safe", "Adjourned: it could not go on safely"),
                            ("adjourned", "Adjourned for another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("interim_plan", models.TextField(blank=True)),
                ("new_date_on", models.DateField(blank=True, null=True)),
                ("new_date_reason", models.TextField(blank=True, help_text="Why the new date is a bank holiday.")),
                ("decided_at", models.DateTimeField()),
                (
                    "conference_child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="convening.conferencechild",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("protection_plan", "A child protection plan"),
                            ("child_in_need", "A child in need plan, with the family’s consent"),
                            ("no_plan", "No child protection plan"),
                            ("not_decided", "Not decided: the conference was inquorate or adjourned"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple"),
                        ],
                        help_text="The main kind of harm.",
                        max_length=3,
                    ),
                ),
                ("is_multiple", models.BooleanField(default=False, help_text="More kinds of harm than the main one.")),
                (
                    "threshold",
                    models.TextField(
                        blank=True, help_text="How likely which harm is, in words: the test that was applied."
                    ),
                ),
                ("category_reason", models.TextField(blank=True, help_text="Why this is the main kind of harm.")),
                ("reasons", models.TextField()),
                (
                    "restricted",
                    models.TextField(blank=True, help_text="Reasons that not everybody who is told of it may read."),
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
                (
                    "consent_by",
                    models.CharField(blank=True, help_text="Who consented to a child in need plan.", max_length=200),
                ),
                (
                    "not_decided_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inquorate", "Inquorate"),
                            ("reports_late", "Adjourned: reports were missing, or the family had no time to read them"),
                            ("family_asked", "Adjourned: the family asked for it"),
                            ("interpreter", "Adjourned: there was no interpreter or support"),
                            ("not_safe", "Adjourned: it could not go on safely"),
                            ("adjourned", "Adjourned for another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("interim_plan", models.TextField(blank=True)),
                ("new_date_on", models.DateField(blank=True, null=True)),
                ("new_date_reason", models.TextField(blank=True, help_text="Why the new date is a bank holiday.")),
                ("decided_at", models.DateTimeField()),
                (
                    "conference_child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conferencechild",
                    ),
                ),
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
                        to="meeting.decision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LiveNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("reason", "Why this conference is being held"),
                            ("danger_statement", "Danger statement"),
                            ("worried", "What we are worried about"),
                            ("working_well", "What is working well"),
                            ("needs_to_happen", "What needs to happen"),
                            ("child_views", "The child’s views"),
                            ("parent_views", "The parent’s views"),
                            ("would_help", "What would help"),
                            ("plan_progress", "Progress of the plan since the last conference"),
                            ("confidential", "For professionals only"),
                        ],
                        max_length=20,
                    ),
                ),
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
                    "wanted_audience",
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
                        help_text="For whom it was typed, where it holds a passage of a restricted text and is kept narrower.",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="convening.conference"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LiveNoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("reason", "Why this conference is being held"),
                            ("danger_statement", "Danger statement"),
                            ("worried", "What we are worried about"),
                            ("working_well", "What is working well"),
                            ("needs_to_happen", "What needs to happen"),
                            ("child_views", "The child’s views"),
                            ("parent_views", "The parent’s views"),
                            ("would_help", "What would help"),
                            ("plan_progress", "Progress of the plan since the last conference"),
                            ("confidential", "For professionals only"),
                        ],
                        max_length=20,
                    ),
                ),
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
                    "wanted_audience",
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
                        help_text="For whom it was typed, where it holds a passage of a restricted text and is kept narrower.",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                        to="meeting.livenote",
                    ),
                ),
                (
                    "saved_by",
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
            name="NoteReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convening.invitation"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readers", to="meeting.livenote"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoteReaderEvent",
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
                    "note",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="meeting.livenote",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="meeting.notereader",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Scaling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(10)])),
                (
                    "conference_child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scalings",
                        to="convening.conferencechild",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scalings", to="convening.invitation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScalingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context_id", models.UUIDField(db_index=True, null=True)),
                ("id", models.BigIntegerField()),
                ("score", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(10)])),
                (
                    "conference_child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="convening.conferencechild",
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
                        to="meeting.scaling",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="agencyview",
            constraint=models.UniqueConstraint(fields=("conference_child", "invitation"), name="one_view_an_agency"),
        ),
        migrations.AddConstraint(
            model_name="agencyview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dissents", False), models.Q(("dissent_reason", ""), _negated=True), _connector="OR"
                ),
                name="dissent_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasons", ""), _negated=True), name="decision_has_reasons"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restricted", ""),
                    models.Q(("restricted_audience__in", ["", "everyone"]), _negated=True),
                    _connector="OR",
                ),
                name="restricted_reasons_have_readers",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "protection_plan"), models.Q(("category", ""), _negated=True)),
                    models.Q(models.Q(("outcome", "protection_plan"), _negated=True), ("category", "")),
                    _connector="OR",
                ),
                name="plan_has_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_multiple", False), models.Q(("category__in", ["", "MUL"]), _negated=True), _connector="OR"
                ),
                name="multiple_has_main_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "child_in_need"), _negated=True),
                    models.Q(("consent_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="child_in_need_has_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "not_decided"), _negated=True),
                    models.Q(
                        models.Q(("not_decided_reason", ""), _negated=True),
                        models.Q(("interim_plan", ""), _negated=True),
                        ("new_date_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="not_decided_says_what_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="livenote",
            constraint=models.UniqueConstraint(
                fields=("conference", "section", "child", "person"), name="one_note_a_place", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="notereader",
            constraint=models.UniqueConstraint(fields=("note", "invitation"), name="one_row_a_note_reader"),
        ),
        migrations.AddConstraint(
            model_name="scaling",
            constraint=models.UniqueConstraint(fields=("conference_child", "invitation"), name="one_scaling_a_person"),
        ),
        migrations.AddConstraint(
            model_name="scaling",
            constraint=models.CheckConstraint(condition=models.Q(("score__lte", 10)), name="scale_ends_at_ten"),
        ),
    ]
